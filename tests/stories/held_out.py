"""The rule's numbers set on one half of the labelled pairs and measured on the other, each way.

    python -m tests.stories.held_out

Which half a pair is in hangs on the fingerprints of its texts. The numbers that do best on a half (the harmonic
mean of precision and recall) are taken; among equals those nearest to today's.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from monitor.core import likeness
from monitor.core.article import Article
from stories.pairs import APART, FOLDS, FRESH, Pair, read_pairs, with_articles

COUNTED = FOLDS | APART
Numbers = dict[str, float | timedelta]
"""The numbers of `core.likeness` by name."""
BETWEEN_OUTLETS: dict[str, Sequence[float | timedelta]] = {
    "CUT": (0.7, 0.75, 0.8, 0.85, 0.9),
    "REWRITTEN": (0.4, 0.45, 0.5, 0.55, 0.6, 0.65),
    "REWRITTEN_LONG": (0.55, 0.6, 0.65, 0.7, 0.75),
    "REWRITTEN_WITHIN": tuple(timedelta(hours=h) for h in (6, 12, 18, 24, 36, 48)),
}
RETITLED: dict[str, Sequence[float | timedelta]] = {
    "RETITLED": (0.7, 0.8, 0.85, 0.9, 0.95),
    "RETITLED_WITHIN": tuple(timedelta(hours=h) for h in (6, 12, 18, 24, 36, 48)),
}
"""What one number does hangs on none of the other group: they are set one group after the other."""


@dataclass(frozen=True)
class Measured:
    """A pair with what the rule looks at."""

    pair: Pair
    one: Article
    other: Article
    shared: int
    sizes: tuple[int, int]

    @property
    def folds(self) -> bool:
        return all(self.sizes) and likeness.are_copies(self.one, self.other, self.shared, self.sizes)


@dataclass(frozen=True)
class Counts:
    """What folds of what should."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def mean(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def today() -> Numbers:
    return {name: getattr(likeness, name) for name in (*BETWEEN_OUTLETS, *RETITLED)}


@contextmanager
def set_to(numbers: Numbers) -> Iterator[None]:
    before = today()
    _set(numbers)
    try:
        yield
    finally:
        _set(before)


def _set(numbers: Numbers) -> None:
    for name, number in numbers.items():
        setattr(likeness, name, number)


def halves() -> tuple[list[Measured], list[Measured]]:
    found = [
        _measured(*one) for one in with_articles([*read_pairs(), *read_pairs(FRESH)]) if one[0].kind in COUNTED
    ]
    return [m for m in found if not _second(m.pair)], [m for m in found if _second(m.pair)]


def _measured(pair: Pair, one: Article, other: Article) -> Measured:
    left, right = (likeness.runs_of(f"{a.standfirst}\n{a.body}") for a in (one, other))
    return Measured(pair, one, other, len(left & right), (len(left), len(right)))


def _second(pair: Pair) -> bool:
    said = min(pair.left.fingerprint, pair.right.fingerprint)
    return bool(int(hashlib.sha256(said.encode()).hexdigest(), 16) % 2)


def counted(pairs: Sequence[Measured], numbers: Numbers) -> Counts:
    with set_to(numbers):
        told = [(m.folds, m.pair.kind in FOLDS) for m in pairs]
    return Counts(told.count((True, True)), told.count((True, False)), told.count((False, True)))


def best_on(pairs: Sequence[Measured]) -> Numbers:
    best = today()
    for group in (BETWEEN_OUTLETS, RETITLED):
        sets = [best | dict(zip(group, values, strict=True)) for values in product(*group.values())]
        best = max(sets, key=lambda numbers: (round(counted(pairs, numbers).mean, 3), -_far(numbers)))
    return best


def _far(numbers: Numbers) -> float:
    """How far numbers are from today's, an hour as much as a hundredth."""
    return sum(_size(number, now) for number, now in zip(numbers.values(), today().values(), strict=True))


def _size(number: float | timedelta, now: float | timedelta) -> float:
    if isinstance(number, timedelta) and isinstance(now, timedelta):
        return abs(number - now) / timedelta(hours=100)
    assert isinstance(number, float)
    assert isinstance(now, float)
    return abs(number - now)


def held_out() -> Counts:
    """Both halves together, each by the numbers that were set on the other."""
    first, second = halves()
    return counted(second, best_on(first)) + counted(first, best_on(second))


if __name__ == "__main__":
    for name, score in (
        ("held out", held_out()),
        ("today's numbers", counted([*halves()[0], *halves()[1]], today())),
    ):
        print(f"{name}: precision {score.precision:.3f}, recall {score.recall:.3f} {score}")
