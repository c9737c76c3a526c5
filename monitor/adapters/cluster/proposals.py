"""Which pairs of many texts are worth comparing: none that are copies is left out, and few others are in.

Two ways, each good at what the other is not. MinHash sketches (rensa) find texts that are mostly the same, however
many there are. A copy cut to a fifth of its text is nothing like the whole to a sketch: it is found by its rarest
runs, since of any text whose runs stand for the most part in another, some of the rarest must.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from monitor.adapters.cluster.runs import Runs
from monitor.core.likeness import LEAST_SHARED

Pair = tuple[int, int]

_PERMUTATIONS = 128
_ROWS = 4
"""Of a band: texts that share half their runs have one of 32 bands in common 87 times in 100."""
_SEED = 42
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], np.uint64)
"""What the rows of a band are joined with to one number."""


def proposed(runs: Runs) -> set[Pair]:
    """Pairs of texts, by number, the smaller first."""
    return {*_by_sketches(runs), *_by_rare_runs(runs)}


def _by_sketches(runs: Runs) -> Iterator[Pair]:
    texts = np.flatnonzero(runs.sizes)
    starts = np.concatenate((runs.starts[:-1][texts], runs.starts[-1:])).astype(np.uint64)
    sketches = RMinHash.digest_matrix_from_flat_token_hashes(runs.hashes, starts, _PERMUTATIONS, _SEED)
    rows = np.array(sketches.to_rows(), np.uint64).reshape(len(texts), _PERMUTATIONS // _ROWS, _ROWS)
    for band in (rows * _FACTORS).sum(axis=2).T:
        yield from _pairs(band, texts)


def _pairs(group: NDArray[np.uint64], texts: NDArray[np.int64]) -> Iterator[Pair]:
    """Every pair of texts in the same group."""
    order = np.argsort(group, kind="stable")
    borders = np.concatenate(([0], np.flatnonzero(np.diff(group[order])) + 1, [len(group)]))
    several = np.flatnonzero(np.diff(borders) > 1)
    for begin, end in zip(borders[several], borders[several + 1], strict=True):
        yield from combinations(texts[order[begin:end]].tolist(), 2)


def _by_rare_runs(runs: Runs) -> Iterator[Pair]:
    """Each text with those that share one of its rarest runs.

    A text of n runs that shares m of them with another cannot have all of the other n - m + 1 to itself.
    """
    texts = runs.texts
    order = np.argsort(runs.hashes, kind="stable")
    borders = np.concatenate(([0], np.flatnonzero(np.diff(runs.hashes[order])) + 1, [len(order)]))
    counts = np.diff(borders)
    group = np.empty(len(order), np.int64)
    group[order] = np.repeat(np.arange(len(counts)), counts)
    shared = counts[group] > 1 if len(order) else np.zeros(0, bool)
    having = np.bincount(texts[shared], minlength=len(runs.sizes))
    least = np.ceil(LEAST_SHARED * runs.sizes).astype(np.int64)
    for text in np.flatnonzero((having >= least) & (having > 0)):
        own = np.arange(runs.starts[text], runs.starts[text + 1])
        own = own[shared[own]]
        rarest = own[np.argsort(counts[group[own]], kind="stable")][: having[text] - least[text] + 1]
        found = [texts[order[borders[g] : borders[g + 1]]] for g in group[rarest]]
        for other in np.unique(np.concatenate(found)):
            if other != text:
                yield min(int(text), int(other)), max(int(text), int(other))
