"""Whether a section is unusually full or empty, measured on earlier editions of the same digest."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

from monitor.core.dates import london_day
from monitor.core.digest.content import Usual
from monitor.core.digest.past import PastEdition
from monitor.core.edition import Window
from monitor.core.health import at_least

LEAST_EDITIONS = 8
"""Fewer earlier editions of the kind say nothing."""
ODDS = 200
"""A number that chance brings less than once in so many editions is unusual: of one section about once a year."""
LEAST_SPREAD = 0.1
"""No section is as regular as chance alone, whatever the few editions say."""
LEAST_MORE = 3
"""Stories beyond the usual: fewer are not worth a line, however seldom."""
TAIL = 0.1
"""The usual stretch leaves out a tenth of the editions at each end."""


def usual_of(section: str, count: int, window: Window, past: Sequence[PastEdition]) -> Usual | None:
    """What is usual in a section, and whether `count` stories filed there are not; None without enough past.

    Editions are alike that cover as many days and, if there are enough of these, end on the same weekday. Numbers
    are taken as negative binomial, with the mean and variance seen (`core.health`).
    """
    alike, same_day = _alike(window, past)
    if len(alike) < LEAST_EDITIONS:
        return None
    counts = sorted(edition.shown.get(section, 0) for edition in alike)
    last = len(counts) - 1
    low, high = counts[floor(TAIL * last)], counts[ceil((1 - TAIL) * last)]
    mean = max(sum(counts) / len(counts), 1 / (len(counts) + 1))
    spread = _spread(counts, mean)
    full = count >= high + LEAST_MORE and at_least(count, mean, spread) < 1 / ODDS
    empty = count < low and 1 - at_least(count + 1, mean, spread) < 1 / ODDS
    return Usual(count, low, high, len(counts), same_day, full, empty)


def _alike(window: Window, past: Sequence[PastEdition]) -> tuple[list[PastEdition], bool]:
    """The editions like this one, and whether they are of the same weekday."""
    as_long = [edition for edition in past if _days(edition.window) == _days(window)]
    weekday = london_day(window.end).weekday()
    same_day = [e for e in as_long if london_day(e.window.end).weekday() == weekday]
    return (same_day, True) if len(same_day) >= LEAST_EDITIONS else (as_long, False)


def _days(window: Window) -> int:
    return (london_day(window.end) - london_day(window.start)).days


def _spread(counts: Sequence[int], mean: float) -> float:
    """How much they vary beyond chance, by the method of moments."""
    variance = sum((count - mean) ** 2 for count in counts) / (len(counts) - 1)
    return max((variance - mean) / mean**2, LEAST_SPREAD)
