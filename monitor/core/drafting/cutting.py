"""Cuts a text in which terms run together: the likeliest cuts, each with how sure they are.

All ways to cut are weighed at once (a semi-Markov chain): the weight of one way is the product of how much each of
its stretches looks like a name. A cut is sure when nearly all of the weight agrees on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, inf, log

from monitor.core.drafting.signs import Known, Word, likeness, parted, words_of

LONGEST = 14
"""Words of a term at most, a bracket being one."""
SURE = 0.8
"""From so much confidence on a cut is not marked as doubtful."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One stretch of a text that is taken for one term."""

    start: int
    end: int
    """Half-open, in the text."""
    confidence: float
    """Between 0 and 1: the share of all weighed ways in which exactly this stretch is one term."""

    @property
    def doubtful(self) -> bool:
        """Whether a person should look."""
        return self.confidence < SURE


def cut(text: str, known: Known, whole: float = 0.0) -> tuple[Cut, ...]:
    """The terms of a text, in order; `whole` (a logarithm of odds) speaks for its being one term."""
    words = words_of(text)
    if not words:
        return ()
    chain = _Chain(words, known, whole)
    return tuple(
        Cut(words[start].start, words[end - 1].end, chain.confidence(start, end))
        for start, end in chain.likeliest()
    )


class _Chain:
    """The stretches of a text and their weights."""

    def __init__(self, words: Sequence[Word], known: Known, whole: float) -> None:
        self._size = len(words)
        self._reach = max(LONGEST, known.dictionary.longest)
        self._score = {
            (start, end): _score(words, start, end, known) + (whole if end - start == self._size else 0.0)
            for end in range(1, self._size + 1)
            for start in self._starts(end)
        }
        self._before = self._sums(forwards=True)
        self._after = self._sums(forwards=False)

    def _starts(self, end: int) -> Iterator[int]:
        """Where a stretch that ends there may begin; the whole text is one, however long."""
        first = max(0, end - self._reach)
        if first and end == self._size:
            yield 0
        yield from range(first, end)

    def _sums(self, *, forwards: bool) -> list[float]:
        """The logarithm of the weight of all ways to cut what lies before (or after) each place."""
        near: list[list[tuple[int, float]]] = [[] for _ in range(self._size + 1)]
        for (start, end), score in self._score.items():
            place, other = (end, start) if forwards else (start, end)
            near[place].append((other, score))
        sums = [0.0] * (self._size + 1)
        others = range(1, self._size + 1) if forwards else range(self._size - 1, -1, -1)
        for place in others:
            sums[place] = _sum([sums[other] + score for other, score in near[place]])
        return sums

    def confidence(self, start: int, end: int) -> float:
        """The share of all ways in which this stretch is one term."""
        weight = self._before[start] + self._score[start, end] + self._after[end]
        return min(1.0, exp(weight - self._before[self._size]))

    def likeliest(self) -> list[tuple[int, int]]:
        """The stretches of the one way with the most weight."""
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, self._size + 1):
            best.append(max((best[start][0] + self._score[start, end], start) for start in self._starts(end)))
        spans, end = [], self._size
        while end:
            spans.append((best[end][1], end))
            end = best[end][1]
        return spans[::-1]


def _score(words: Sequence[Word], start: int, end: int, known: Known) -> float:
    before = words[start - 1] if start else None
    torn = parted(before, words[start], known) if before else 0.0
    return likeness(words[start:end], before, known) + torn


def _sum(logarithms: Sequence[float]) -> float:
    top = max(logarithms, default=-inf)
    return top if top == -inf else top + log(sum(exp(x - top) for x in logarithms))
