"""Whether one stretch of an article stands within a scope of another (section 4)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

from monitor.core.article import Field
from monitor.core.matching.found import BODY, HEADLINE, STANDFIRST, Found
from monitor.core.matching.scan import Scan
from monitor.core.matching.scopes import MAKES, Makes
from monitor.core.profile import Scope

HEAD = (HEADLINE, STANDFIRST)


class Neighbours:
    """Places, of which only the few that can be nearest to another need a look."""

    def __init__(self, places: Iterable[Found]) -> None:
        fields: dict[Field, list[Found]] = {}
        for place in places:
            fields.setdefault(place.field, []).append(place)
        self._fields = {field: _Line(listed) for field, listed in fields.items()}

    def of(self, place: Found) -> Iterator[Found]:
        """Of its own field those around it, and the first of each other field.

        The nearest is among them, and so is one that shares its sentence, paragraph or field if any does.
        """
        for field, line in self._fields.items():
            yield from line.around(place) if field is place.field else line.starts[:1]

    def apart(self, place: Found) -> list[Found]:
        """Of its own field the nearest on each side that shares no word with it."""
        line = self._fields.get(place.field)
        return line.apart(place) if line else []


class _Line:
    """The places of one field, which may lie within one another."""

    def __init__(self, places: list[Found]) -> None:
        self.starts = sorted(places, key=lambda p: (p.first, -p.right))
        self._firsts = [p.first for p in self.starts]
        self._furthest = [*accumulate(self.starts, _further)]
        self._ends = sorted(self.starts, key=lambda p: (p.last, -p.left))
        self._lasts = [p.last for p in self._ends]

    def around(self, place: Found) -> list[Found]:
        """Of those that begin with it or before, the one that reaches furthest; and the next behind."""
        at = bisect_right(self._firsts, place.first)
        return [*self._furthest[max(at - 1, 0) : at], *self.starts[at : at + 1]]

    def apart(self, place: Found) -> list[Found]:
        """The last that ends before it, and the first that begins behind it; of several the longest."""
        before, behind = bisect_left(self._lasts, place.first), bisect_right(self._firsts, place.last)
        return [*self._ends[max(before - 1, 0) : before], *self.starts[behind : behind + 1]]


def _further(one: Found, other: Found) -> Found:
    """The one that reaches further."""
    return other if other.last > one.last else one


def holds_within(hit: Found, word: Found, scope: Scope, scan: Scan) -> bool:
    """Whether a word stands within the scope of a hit."""
    makes = MAKES[scope.unit]
    return (
        Makes.ANYWHERE in makes
        or (Makes.NEAR in makes and hit.words_between(word) <= scope.words)
        or (Makes.WORD_IN_HEAD in makes and word.field is not BODY)
        or (Makes.HIT_IN_HEAD in makes and hit.field is not BODY)
        or (Makes.IN_SENTENCE in makes and _in_one(scan.text.same_sentence, hit, word))
        or (Makes.IN_PARAGRAPH in makes and _in_one(scan.text.same_paragraph, hit, word))
    )


def _in_one(same: Callable[[int, int], bool], a: Found, b: Found) -> bool:
    """Whether two stretches share a sentence or paragraph: none ends between them."""
    left, right = (a, b) if a.first <= b.first else (b, a)
    return a.field is b.field and (right.first <= left.last or same(left.last, right.first))
