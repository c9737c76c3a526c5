"""Lines on two logarithmic scales, as SVG that any browser shows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

Line: TypeAlias = Sequence[tuple[float, float]]
"""Points from left to right, above zero."""

WIDTH, HEIGHT = 760, 440
LEFT, RIGHT, TOP, BOTTOM = 70, 200, 44, 52
COLOURS = ("#0b4f9e", "#c2571a", "#2a7d4f", "#8a2b6b", "#5a5a5a", "#a08000", "#b02a30", "#3d7f9a")
LABEL_APART = 15
"""Pixels between the names of two lines, at least."""


@dataclass(frozen=True)
class _Scale:
    """From a value to a place, by its logarithm; from one power of ten to another."""

    low: int
    high: int
    start: float
    end: float

    @classmethod
    def over(cls, values: Sequence[float], start: float, end: float) -> _Scale:
        low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
        return cls(low, max(high, low + 1), start, end)

    def at(self, value: float) -> float:
        return self.start + (math.log10(value) - self.low) / (self.high - self.low) * (self.end - self.start)

    @property
    def powers(self) -> list[float]:
        return [10.0**power for power in range(self.low, self.high + 1)]


def drawing(title: str, across: str, upwards: str, lines: Mapping[str, Line]) -> str:
    """An SVG: each line with its name at its end; values without points are left out."""
    lines = {name: line for name, line in lines.items() if line}
    x = _Scale.over([x for line in lines.values() for x, _ in line], LEFT, WIDTH - RIGHT)
    y = _Scale.over([y for line in lines.values() for _, y in line], HEIGHT - BOTTOM, TOP)
    places = _apart({name: y.at(line[-1][1]) for name, line in lines.items()})
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(title)}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        _text(LEFT, TOP - 20, title, "start", 'font-size="15" font-weight="bold"'),
        *_grid(x, y),
        _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, across),
        _text(16, (TOP + HEIGHT - BOTTOM) / 2, upwards, "middle", "", turned=True),
    ]
    for number, (name, line) in enumerate(lines.items()):
        parts += _drawn(name, [(x.at(a), y.at(b)) for a, b in line], COLOURS[number % len(COLOURS)], places[name])
    return "\n".join([*parts, "</svg>"]) + "\n"


def _grid(x: _Scale, y: _Scale) -> list[str]:
    parts = []
    for value in x.powers:
        parts.append(_stroke(x.at(value), TOP, x.at(value), HEIGHT - BOTTOM))
        parts.append(_text(x.at(value), HEIGHT - BOTTOM + 18, f"{value:,g}"))
    for value in y.powers:
        parts.append(_stroke(LEFT, y.at(value), WIDTH - RIGHT, y.at(value)))
        parts.append(_text(LEFT - 8, y.at(value) + 4, f"{value:,g}", "end"))
    return parts


def _drawn(name: str, points: Sequence[tuple[float, float]], colour: str, label: float) -> list[str]:
    path = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
    end = points[-1][0]
    return [
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>',
        *(f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{colour}"/>' for a, b in points),
        _text(end + 10, label + 4, name, "start", f'fill="{colour}"'),
    ]


def _apart(ends: Mapping[str, float]) -> dict[str, float]:
    """Heights for the names of lines, so that none lies over another."""
    placed: dict[str, float] = {}
    last = -math.inf
    for name in sorted(ends, key=lambda n: ends[n]):
        last = placed[name] = max(ends[name], last + LABEL_APART)
    return placed


def _stroke(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#dddddd"/>'


def _text(x: float, y: float, text: str, anchor: str = "middle", more: str = "", *, turned: bool = False) -> str:
    turn = f'transform="rotate(-90 {x:.1f} {y:.1f})"' if turned else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {more} {turn}>{escape(text)}</text>'
