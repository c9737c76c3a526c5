"""Counts as bars: where each stands in the drawing. The template draws them; a table beside says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT, FOOT = 720, 160, 24
WIDEST = 60
GAP = 0.2
"""Of a bar's room, left free."""
NARROW = 0.55
"""The same of the bar in front of another."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, in the drawing's own units."""

    x: float
    y: float
    width: float
    height: float
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its bars."""

    bars: tuple[Bar, ...]
    unit: str
    """`day`, `week` or `month`."""
    most: int
    first: str
    last: str
    behind: tuple[Bar, ...] = ()
    """What was, where the bars say what would be: one behind each."""
    width: float = WIDTH
    height: int = HEIGHT + FOOT
    floor: int = HEIGHT


def chart(unit: str, counts: Sequence[tuple[date, int]]) -> Chart | None:
    """The bars of counts by day, week or month; None when there is nothing to compare."""
    if len(counts) < 2:
        return None
    most = max(number for _, number in counts)
    room = min(WIDTH / len(counts), WIDEST)
    bars = []
    for place, (day, number) in enumerate(counts):
        bars.append(_bar(place * room, room, GAP, number, most, label(unit, day)))
    return Chart(tuple(bars), unit, most, bars[0].label, bars[-1].label)


def pair_chart(unit: str, counts: Sequence[tuple[date, int, int]]) -> Chart | None:
    """The bars of counts before and after, by day, week or month; None when there is nothing to compare."""
    if len(counts) < 2:
        return None
    most = max(max(before, after) for _, before, after in counts)
    room = min(WIDTH / len(counts), WIDEST)
    behind, bars = [], []
    for place, (day, before, after) in enumerate(counts):
        behind.append(_bar(place * room, room, GAP, before, most, label(unit, day)))
        bars.append(_bar(place * room, room, NARROW, after, most, label(unit, day)))
    return Chart(tuple(bars), unit, most, bars[0].label, bars[-1].label, tuple(behind))


def _bar(x: float, room: float, gap: float, number: int, most: int, said: str) -> Bar:
    height = round(number / most * (HEIGHT - 4), 1) if most else 0.0
    left, top, width = round(x + room * gap / 2, 1), round(HEIGHT - height, 1), round(room * (1 - gap), 1)
    return Bar(left, top, width, height, said, number)


def label(unit: str, day: date) -> str:
    """`27 November 2026`, `week of 23 November 2026`, `November 2026`."""
    whole = f"{day.day} {day:%B %Y}"
    return {"day": whole, "week": f"week of {whole}"}.get(unit, f"{day:%B %Y}")
