"""All patterns as one trie of words: our own automaton, which takes a step for each word, not for each letter.

A stream is words with a space before and after each, and every pattern begins with a word: so nothing can begin
anywhere else, and most words begin nothing. The tables are small, and a text costs little more however many
patterns there are. Only where a pattern ends within a word (`disab*`: a *stem*) are letters compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from operator import itemgetter
from typing import TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from monitor.core.matching import native
from monitor.core.matching.tables import NONE, Column, column

Hits: TypeAlias = tuple[Column, Column]
"""Each place where a pattern stands: where in the stream it ends, half-open, and the pattern's number."""
_Numbers: TypeAlias = NDArray[np.int32]
ROOT = 0
STEM = "*"
"""Stands behind the label of a stem; no folded word holds it."""
_PATTERN = re.compile(r"(?: [^ *]+)+ ?")
_WORD = re.compile("[^ ]+")


class Trie:
    """Finds every place of every pattern in a stream."""

    engine = "trie"

    def __init__(self, state: bytes) -> None:
        """The trie of what `packed` says.

        Raises:
            ValueError: it says no such thing.
        """
        labels, self.parents, self.steps, self.outputs = _unpacked(state)
        """Of each node which one it is below, by which label; and the pattern that ends there, or `NONE`."""
        self.labels = labels
        """Words, and stems with `STEM` behind them, each once."""
        self.tables = native.trie.Tables(labels, self.parents, self.steps, self.outputs) if native.BUILT else None
        """What the compiled twin walks."""

    @classmethod
    def of(cls, patterns: Sequence[str]) -> Trie:
        """The trie of some patterns, each once.

        Raises:
            ValueError: one does not begin with a space, or has two together: no stream has it.
        """
        below: dict[tuple[int, str], int] = {}
        outputs = [NONE]
        for number, pattern in enumerate(patterns):
            node = ROOT
            for label in _labels(pattern):
                node = below.setdefault((node, label), len(outputs))
                if node == len(outputs):
                    outputs.append(NONE)
            outputs[node] = number
        labels = {label: at for at, label in enumerate(dict.fromkeys(label for _, label in below))}
        parents = [NONE, *(parent for parent, _ in below)]
        steps = [NONE, *(labels[label] for _, label in below)]
        columns = [np.array(of, np.int32).tobytes() for of in (parents, steps, outputs)]
        return cls(msgspec.msgpack.encode([[*labels], *columns]))

    def hits(self, stream: str) -> Hits:
        """Every hit, in order of their ends."""
        return _hits(self, stream)

    def packed(self) -> bytes:
        """What the same trie is made of again."""
        columns = [of.tobytes() for of in (self.parents, self.steps, self.outputs)]
        return msgspec.msgpack.encode([self.labels, *columns])

    # ----------------------------------------------------------- as it is walked

    @cached_property
    def below(self) -> dict[tuple[int, str], int]:
        """The node below another, by the word that leads there."""
        rows = zip(self.parents.tolist(), self.steps.tolist(), strict=True)
        return {(parent, self.labels[step]): node for node, (parent, step) in enumerate(rows) if node}

    @cached_property
    def stems(self) -> dict[int, list[tuple[str, int]]]:
        """The stems below a node, the shortest first, each with the pattern that ends with it."""
        found: dict[int, list[tuple[str, int]]] = {}
        for (parent, label), node in self.below.items():
            if label.endswith(STEM):
                found.setdefault(parent, []).append((label.removesuffix(STEM), int(self.outputs[node])))
        return {node: sorted(stems, key=lambda s: len(s[0])) for node, stems in found.items()}


def _unpacked(state: bytes) -> tuple[list[str], _Numbers, _Numbers, _Numbers]:
    """Labels, parents, steps and outputs; what is walked by the compiled twin is looked at before."""
    try:
        labels, *packed = msgspec.msgpack.decode(state, type=tuple[list[str], bytes, bytes, bytes])
        parents, steps, outputs = (np.frombuffer(column, np.int32) for column in packed)
    except (msgspec.MsgspecError, ValueError) as error:
        raise ValueError(f"not a packed trie: {error}") from error
    nodes = np.arange(len(outputs))
    wrong = len({len(parents), len(steps), len(outputs)}) > 1 or not len(nodes)
    if wrong or np.any(parents >= nodes) or np.any(parents[1:] < 0):
        raise ValueError("not a packed trie: a node is below none that comes before it")
    if np.any(steps[1:] < 0) or np.any(steps >= len(labels)):
        raise ValueError("not a packed trie: a step has no label")
    return labels, parents, steps, outputs


def _labels(pattern: str) -> list[str]:
    """The steps to where a pattern ends."""
    if not _PATTERN.fullmatch(pattern):
        raise ValueError(
            f"{pattern!r} is no pattern of a stream: a space before each word, none twice, and no star"
        )
    words = pattern.split()
    return words if pattern.endswith(" ") else [*words[:-1], words[-1] + STEM]


@native.twin(native.trie)
def _hits(trie: Trie, stream: str) -> Hits:
    """Every hit, in order of their ends."""
    words = [(*match.span(), match.group()) for match in _WORD.finditer(stream)]
    found = [hit for first in range(len(words)) for hit in _from(trie, words, first)]
    found.sort(key=itemgetter(0))  # of those that end together the longest stays first
    return column(end for end, _ in found), column(number for _, number in found)


def _from(trie: Trie, words: Sequence[tuple[int, int, str]], first: int) -> Iterator[tuple[int, int]]:
    """The hits that begin with one of the words."""
    node, behind = ROOT, words[first][0]
    for at in range(first, len(words)):  # no copy of all that follows, for each word
        start, end, word = words[at]
        if start != behind:  # two spaces: a part without words stands between
            return
        for stem, number in trie.stems.get(node, ()):
            if word.startswith(stem):
                yield start + len(stem), number
        below = trie.below.get((node, word))
        if below is None:
            return
        node, behind = below, end + 1
        if trie.outputs[node] != NONE:
            yield behind, int(trie.outputs[node])
