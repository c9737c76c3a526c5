"""The runs of words of many texts at once, as numbers that can be compared.

A run is four words on end. Words are runs of letters and digits; capitals, punctuation and apostrophes do not
count. Each run is a 64-bit hash: of the ten million of a large archive two are the same by chance once in 400,000
archives. Nothing depends on Python's own hashes, so that every process finds the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from monitor.core.likeness import LEAST_WORDS, RUN_WORDS

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]

_APART = "\0"
_APOSTROPHES = ("'", "\u2019", "\u02bc")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_BLOCK = 50_000
"""Characters hashed at a time: what a processor's own memory has room for."""
_LETTERS = np.array([b if chr(b).isalnum() or b >= 0x80 else 0 for b in range(256)], np.uint64)
"""Of each byte of UTF-8 its number, 0 where it is no part of a word."""
_PRIME = 0x100000001B3
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


@dataclass(frozen=True, slots=True)
class Runs:
    """Every run of every text, each once a text, in order of text."""

    hashes: Hashes
    starts: Numbers
    """Where each text's begin, and one more for the end: text n has `hashes[starts[n]:starts[n + 1]]`, sorted."""

    def of(self, text: int) -> Hashes:
        """The runs of one text."""
        return self.hashes[self.starts[text] : self.starts[text + 1]]

    @property
    def sizes(self) -> Numbers:
        """How many runs each text has; none if it is shorter than 25 words."""
        return np.diff(self.starts)

    @property
    def texts(self) -> Numbers:
        """The text of each run."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)


def runs_of(texts: Sequence[str]) -> Runs:
    """The runs of each text."""
    parts = [_of_block(block) for block in _blocks(texts)]
    counts = np.concatenate([counts for _, counts in parts]) if parts else np.zeros(0, np.int64)
    hashes = np.concatenate([hashes for hashes, _ in parts]) if parts else np.zeros(0, np.uint64)
    return Runs(hashes, np.concatenate(([0], np.cumsum(counts))).astype(np.int64))


def _blocks(texts: Sequence[str]) -> Iterator[list[str]]:
    block: list[str] = []
    size = 0
    for text in texts:
        block.append(text)
        size += len(text)
        if size >= _BLOCK:
            yield block
            block, size = [], 0
    if block:
        yield block


def _of_block(texts: list[str]) -> tuple[Hashes, Numbers]:
    """The runs of some texts, sorted within each, and how many each has."""
    words, owners = _words(texts)
    enough = np.bincount(owners, minlength=len(texts)) >= LEAST_WORDS
    last = RUN_WORDS - 1
    hashes = np.zeros(max(len(words) - last, 0), np.uint64)
    for n in range(RUN_WORDS):
        hashes = (hashes ^ (hashes >> _SHIFT)) * _MIX + words[n : n + len(hashes)]
    begins, owners = owners[: len(hashes)], owners[last:]
    whole = (begins == owners) & enough[owners]
    hashes, owners = hashes[whole], owners[whole]
    order = np.lexsort((hashes, owners))
    hashes, owners = hashes[order], owners[order]
    first = np.ones(len(hashes), bool)
    first[1:] = (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])
    return hashes[first], np.bincount(owners[first], minlength=len(texts))


def _words(texts: list[str]) -> tuple[Hashes, Numbers]:
    """The hash of every word of some texts, and the number of its text.

    A word's is the difference of two sums over all bytes before, each byte times a power of a prime, brought back
    to the power of 0: no loop over words, nor over texts.
    """
    data = np.frombuffer(_plain(texts).encode(), np.uint8)
    letters = _LETTERS[data]
    edges = np.flatnonzero(np.diff(letters != 0, prepend=False))
    starts, ends = edges[::2], edges[1::2]
    powers, back = _powers(len(data))
    sums = np.zeros(len(data) + 1, np.uint64)
    np.cumsum(letters * powers, out=sums[1:])
    owners = np.searchsorted(np.flatnonzero(data == ord(_APART)), starts)
    return (sums[ends] - sums[starts]) * back[starts], owners.astype(np.int64)


@lru_cache(maxsize=2)
def _tables(size: int) -> tuple[Hashes, Hashes]:
    """The powers of the prime, and of its inverse, modulo 2^64."""
    bases = _PRIME, pow(_PRIME, -1, 1 << 64)
    up, down = (np.cumprod(np.array([1] + [base] * (size - 1), np.uint64), dtype=np.uint64) for base in bases)
    return up, down


def _powers(size: int) -> tuple[Hashes, Hashes]:
    """As many powers as there are bytes, from tables of one size unless a text is longer than a block."""
    up, down = _tables(max(4 * _BLOCK, 1 << size.bit_length()))
    return up[:size], down[:size]


def _plain(texts: list[str]) -> str:
    """All texts as one: case folded, without apostrophes, whatever is no letter or digit a space."""
    joined = "".join(f"{text.replace(_APART, ' ')}{_APART}" for text in texts).casefold()
    joined = joined.encode("utf-8", "replace").decode()
    for apostrophe in _APOSTROPHES:
        joined = joined.replace(apostrophe, "")
    for sign in sorted(set(_FOREIGN.findall(joined))):
        if not sign.isalnum():
            joined = joined.replace(sign, " ")
    return joined
