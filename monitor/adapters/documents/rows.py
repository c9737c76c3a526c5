"""Rows of a table whose lines are not drawn, as they are where labels stand at the middle of tall cells.

What is known of a page is where its words stand. A column of labels is parted from the rest by a gap that no word
reaches over. Each label then has a row of lines beside it: around its middle or, where a row is torn by the end of
the page, from its top on. Of all ways to give lines to labels the one that fits best is taken; it is sure only
when no other fits nearly as well.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import inf
from statistics import median
from typing import Any

Word = dict[str, Any]
NEARLY = 2.0
"""Points by which places may differ that are one."""
MOST_CROSSING = 0.2
"""Of the lines of a page: those that may reach over the gap, as titles do."""
OFF_MIDDLE = 0.3
"""How far the middle of a row may be from its label's, in ways from line to line: half a way is one line more."""
OFF_TOP = 1.6
"""Points by which the top of a label and that of its row may differ."""
NO_GAP = 0.4
"""What it costs that a row begins no further below the last than lines do inside one."""
CARRIED_OVER = 0.2
"""What it costs that lines at the head of a page belong to a label before it."""
CLEARLY = 0.15
"""By how much every other way must cost more."""


@dataclass(frozen=True)
class Block:
    """Words that stand together: a label, or a line beside labels."""

    words: tuple[Word, ...]

    @cached_property
    def top(self) -> float:
        """Where it begins, in points from the top of its page."""
        return min(float(word["top"]) for word in self.words)

    @cached_property
    def bottom(self) -> float:
        """Where it ends."""
        return max(float(word["bottom"]) for word in self.words)

    @property
    def middle(self) -> float:
        """Half-way between."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Row:
    """A label with the words beside it."""

    label: tuple[Word, ...]
    """Empty: at the head of a page, of a row that began on the page before."""
    beside: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A stretch of a page, row by row."""

    rows: tuple[Row, ...]
    sure: bool


def gap_after_labels(runs: Iterable[Sequence[Word]]) -> float | None:
    """Where the second column begins on pages of these runs of words; None where no gap parts labels from it."""
    spans = [(float(run[0]["x0"]), float(run[-1]["x1"])) for run in runs]
    first = min((left for left, _ in spans), default=0.0)
    begins = Counter(round(left) for left, _ in spans if left > first + NEARLY)
    found = [(_crossing(spans, left), left) for left, number in begins.items() if number > 1]
    crossing, left = min(found, default=(len(spans), 0))
    return float(left) if crossing <= MOST_CROSSING * len(spans) else None


def _crossing(spans: Iterable[tuple[float, float]], at: float) -> int:
    return sum(left < at - NEARLY < right for left, right in spans)


def rows_of(labels: Sequence[Block], lines: Sequence[Block], *, goes_on: bool) -> Rows | None:
    """The rows of a stretch, from top to bottom; None where reading line by line gives the same.

    `goes_on`: lines at its head may belong to a row of the page before.
    """
    if not labels or not lines:
        return None
    fit = _Fit(labels, lines, goes_on=goes_on)
    starts = fit.best()
    if starts == _below(labels, lines) or (starts is None and _line_by_line(labels, lines)):
        return None
    if starts is None:
        return Rows((Row((), tuple(_words(sorted((*labels, *lines), key=lambda b: b.top)))),), sure=False)
    ends = [*starts[1:], len(lines)]
    rows = [Row(label.words, tuple(_words(lines[a:b]))) for label, a, b in zip(labels, starts, ends, strict=True)]
    head = [Row((), tuple(_words(lines[: starts[0]])))] if starts[0] else []
    return Rows((*head, *rows), fit.is_sure(starts))


def _words(blocks: Iterable[Block]) -> Iterator[Word]:
    return (word for block in blocks for word in block.words)


def _below(labels: Sequence[Block], lines: Sequence[Block]) -> list[int]:
    """Where the lines of each label begin when none of them stands above it."""
    return [sum(line.top < label.top - OFF_TOP for line in lines) for label in labels]


def _line_by_line(labels: Sequence[Block], lines: Sequence[Block]) -> bool:
    """Whether every label stands beside the first of its lines, or alone."""
    for label in labels:
        beside = [line for line in lines if line.bottom > label.top and line.top < label.bottom]
        if beside and abs(beside[0].top - label.top) > OFF_TOP and abs(beside[0].bottom - label.bottom) > OFF_TOP:
            return False
    return lines[0].top >= labels[0].top - OFF_TOP


class _Fit:
    """What each way to give lines to labels costs; the lines of a label begin where those before it end."""

    def __init__(self, labels: Sequence[Block], lines: Sequence[Block], *, goes_on: bool) -> None:
        self._labels, self._lines = labels, lines
        self._tops, self._bottoms = [line.top for line in lines], [line.bottom for line in lines]
        ways = [b.bottom - a.bottom for a, b in pairwise(lines)]
        self._way = median(ways) if ways else lines[0].bottom - lines[0].top
        self._least = min(ways, default=0.0)
        head = [0.0] + [CARRIED_OVER if goes_on else inf] * len(lines)
        self._before = [head]
        for number in range(len(labels)):
            self._before.append(self._next(number, self._before[-1]))
        after = [inf] * len(lines) + [0.0]
        self._after = [after]
        for number in reversed(range(len(labels))):
            self._after.insert(0, self._earlier(number, self._after[0]))

    def _next(self, number: int, before: Sequence[float]) -> list[float]:
        costs = [inf] * len(before)
        for start, end in self._stretches(number):
            if before[start] < inf:
                costs[end] = min(costs[end], before[start] + self._cost(number, start, end))
        return costs

    def _earlier(self, number: int, after: Sequence[float]) -> list[float]:
        costs = [inf] * len(after)
        for start, end in self._stretches(number):
            if after[end] < inf:
                costs[start] = min(costs[start], after[end] + self._cost(number, start, end))
        return costs

    def _stretches(self, number: int) -> Iterator[tuple[int, int]]:
        """From which line to which a label's may go at all: between the labels above and below it."""
        above = self._labels[number - 1].bottom - NEARLY if number else -inf
        below = self._labels[number + 1].top + NEARLY if number + 1 < len(self._labels) else inf
        first = bisect_left(self._tops, above)
        last = bisect_right(self._bottoms, below)
        return ((start, end) for start in range(first, last + 1) for end in range(start, last + 1))

    def _cost(self, number: int, start: int, end: int) -> float:
        """What it costs that a label has these lines; infinite when it cannot."""
        label, beside = self._labels[number], self._lines[start:end]
        top = min([label.top, *(line.top for line in beside[:1])])
        above = self._lines[start - 1].bottom if start else -inf
        if number:
            above = max(above, self._labels[number - 1].bottom)
        below = self._lines[end].top if end < len(self._lines) else inf
        bottom = max([label.bottom, *(line.bottom for line in beside[-1:])])
        if top < above - NEARLY or bottom > below + NEARLY:
            return inf
        return self._misfit(label, beside) + self._begins(start) if beside else 0.0

    def _misfit(self, label: Block, beside: Sequence[Block]) -> float:
        off = abs((beside[0].top + beside[-1].bottom) / 2 - label.middle) / self._way
        at_top = abs(beside[0].top - label.top) <= OFF_TOP
        return 0.0 if at_top else off if off <= OFF_MIDDLE else inf

    def _begins(self, start: int) -> float:
        if not start:
            return 0.0
        way = self._lines[start].bottom - self._lines[start - 1].bottom
        return 0.0 if way > 1.15 * self._least else NO_GAP

    def best(self) -> list[int] | None:
        """Where the lines of each label begin, in the way that costs least; None when no way fits."""
        if min(a + b for a, b in zip(self._before[0], self._after[0], strict=True)) == inf:
            return None
        starts = []
        for before, after in zip(self._before[:-1], self._after[:-1], strict=True):
            costs = [a + b for a, b in zip(before, after, strict=True)]
            starts.append(costs.index(min(costs)))
        return starts

    def is_sure(self, starts: Sequence[int]) -> bool:
        """Whether every way that has the lines of any label begin elsewhere costs clearly more."""
        for start, before, after in zip(starts, self._before, self._after, strict=False):
            costs = [a + b for a, b in zip(before, after, strict=True)]
            if any(cost < costs[start] + CLEARLY for n, cost in enumerate(costs) if n != start):
                return False
        return True
