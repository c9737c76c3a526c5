"""Places of a query's parts, and which of them stand near each other: each with the nearest of the other side.

One partner for each place, so that a chain of NEAR over a text full of its words stays as long as the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import msgspec

from monitor.core.article import Field
from monitor.core.matching.found import ELSEWHERE, Cover, Found
from monitor.core.matching.reach import holds_within
from monitor.core.matching.scan import Scan
from monitor.core.matching.terms import Credit
from monitor.core.profile import Scope, ScopeUnit
from monitor.core.query import Reach, Unit

AMONG = 64
"""Places across another that are looked at, for one that shares no word with it: all, but in odd texts."""
ANYWHERE = Reach(Unit.WORDS, 10**9)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands: a stretch of a field, and the hits that make it."""

    stretch: Found
    hits: tuple[Credit, ...]

    def clear_of(self, other: Place) -> bool:
        """Whether no hit of the one shares a word with a hit of the other."""
        return not any(a.overlaps(b) for _, a in self.hits for _, b in other.hits)


def times_of(places: Iterable[Place]) -> int:
    """How many places there are, those that share a word counted once."""
    taken, times = Cover(), 0
    for place in sorted(places, key=lambda p: p.stretch.first - p.stretch.last):
        if not taken.touches(place.stretch):
            taken.add(place.stretch)
            times += 1
    return times


class _Side:
    """The places of one side in one field, to find the nearest to another."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._starts = sorted(places, key=lambda p: (p.stretch.first, p.stretch.last))
        self._firsts = [p.stretch.first for p in self._starts]
        self._ends = sorted(self._starts, key=lambda p: (p.stretch.last, p.stretch.first))
        self._lasts = [p.stretch.last for p in self._ends]
        self._longest = max(p.stretch.last - p.stretch.first for p in self._starts)

    def before(self, place: Place) -> Place | None:
        """The nearest that ends before it begins."""
        at = bisect_left(self._lasts, place.stretch.first)
        return self._ends[at - 1] if at else None

    def after(self, place: Place) -> Place | None:
        """The nearest that begins after it has ended."""
        at = bisect_right(self._firsts, place.stretch.last)
        return self._starts[at] if at < len(self._starts) else None

    def among(self, place: Place) -> Place | None:
        """One that lies within or across it, and yet shares no hit's word with it: what is between two others."""
        behind = bisect_right(self._firsts, place.stretch.last)
        first = bisect_left(self._firsts, place.stretch.first - self._longest, 0, behind)
        for at in range(behind - 1, max(first, behind - AMONG) - 1, -1):
            other = self._starts[at]
            if other.stretch.overlaps(place.stretch) and other.clear_of(place):
                return other
        return None


class Pairing:
    """The places of two sides, each joined with the nearest of the other in reach."""

    def __init__(self, left: Sequence[Place], right: Sequence[Place], reach: Reach, scan: Scan) -> None:
        self._left, self._right, self._reach, self._scan = left, right, reach, scan
        self._scope = Scope(ScopeUnit(reach.unit), reach.words)
        self._sides = [_by_field(left), _by_field(right)]

    def joined(self) -> tuple[Place, ...]:
        """The stretch from each place to the nearest one in reach on the other side."""
        made: dict[tuple[object, ...], Place] = {}
        for places, other, first in ((self._left, 1, True), (self._right, 0, False)):
            for place in places:
                if partner := self._partner(place, other, first=first):
                    joined = _joined(place, partner)
                    hits = sorted((f.first, f.last, k.number) for k, f in joined.hits)
                    made.setdefault((joined.stretch.field, *hits), joined)
        return tuple(made.values())

    def alone(self) -> tuple[Place, ...]:
        """The places of the left side that have none of the right one in reach."""
        return tuple(p for p in self._left if not self._partner(p, 1, first=True))

    def distance(self) -> int | None:
        """How many words stand between the nearest two of one field, whatever the reach; None: there are none."""
        anywhere = Pairing(self._left, self._right, replace(ANYWHERE, ordered=self._reach.ordered), self._scan)
        found = [
            place.stretch.words_between(partner.stretch)
            for place in self._left
            if (partner := anywhere._partner(place, 1, first=True))
        ]
        least = min(found, default=ELSEWHERE)
        return None if least == ELSEWHERE else int(least)

    def _partner(self, place: Place, other: int, *, first: bool) -> Place | None:
        """The nearest in reach on the other side; `first`: in an ordered pair this one comes first."""
        side = self._sides[other].get(place.stretch.field)
        if side is None:
            return None
        if self._reach.ordered:
            found = [side.after(place) if first else side.before(place)]
        else:
            found = [side.among(place), side.before(place), side.after(place)]
        reached = [p for p in found if p and self._in_reach(place, p)]
        return min(reached, key=lambda p: place.stretch.words_between(p.stretch), default=None)

    def _in_reach(self, a: Place, b: Place) -> bool:
        return holds_within(a.stretch, b.stretch, self._scope, self._scan)


def _by_field(places: Iterable[Place]) -> dict[Field, _Side]:
    listed: dict[Field, list[Place]] = {}
    for place in places:
        listed.setdefault(place.stretch.field, []).append(place)
    return {field: _Side(of) for field, of in listed.items()}


def _joined(a: Place, b: Place) -> Place:
    first, last = min(a.stretch.first, b.stretch.first), max(a.stretch.last, b.stretch.last)
    whole = msgspec.structs.replace(a.stretch, first=first, last=last, opening=False, closing=False)
    return Place(whole, (*a.hits, *b.hits))
