"""Whether one stretch of an article stands within a scope of another (section 4)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from monitor.core.article import Field
from monitor.core.matching.found import BODY, HEADLINE, STANDFIRST, Found
from monitor.core.matching.scan import Scan
from monitor.core.matching.scopes import MAKES, Makes
from monitor.core.profile import Scope

HEAD = (HEADLINE, STANDFIRST)
BEFORE = 8
"""Places before another that are looked at: they may lie within one another, so the last need not be nearest."""

Name = TypeVar("Name")


class Neighbours(Generic[Name]):
    """Named places, of which only the few that can be nearest to another need a look.

    The nearest is among them, and so is one that shares its sentence, paragraph or field if any does.
    """

    def __init__(self, places: Iterable[tuple[Name, Found]]) -> None:
        self._fields: dict[Field, list[tuple[Name, Found]]] = {}
        for name, place in places:
            self._fields.setdefault(place.field, []).append((name, place))
        for listed in self._fields.values():
            listed.sort(key=lambda n: n[1].first)
        self._firsts = {f: [p.first for _, p in listed] for f, listed in self._fields.items()}

    def of(self, place: Found) -> Iterator[tuple[Name, Found]]:
        """Those around it in its own field, and the first of each other field."""
        for field, listed in self._fields.items():
            if field is place.field:
                at = bisect_right(self._firsts[field], place.first)
                yield from listed[max(0, at - BEFORE) : at + 1]
            else:
                yield listed[0]


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
