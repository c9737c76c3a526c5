"""Whether one stretch of an article stands within a scope of another (section 4, the table of scopes)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from monitor.core.article import Field
from monitor.core.matching.found import BODY, HEADLINE, STANDFIRST, Found
from monitor.core.matching.scan import Scan
from monitor.core.profile import Scope, ScopeUnit

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
    return HOLDS[scope.unit](hit, word, scope.words, scan)


def near(hit: Found, word: Found, words: int, scan: Scan) -> bool:
    """Whether at most so many words stand between the two, in one field."""
    return hit.words_between(word) <= words


def _in_head(hit: Found, word: Found, words: int, scan: Scan) -> bool:
    return word.field is not BODY


def _near_or_in_head(hit: Found, word: Found, words: int, scan: Scan) -> bool:
    return word.field is not BODY or hit.field is not BODY or near(hit, word, words, scan)


def _in_one_paragraph(hit: Found, word: Found, words: int, scan: Scan) -> bool:
    return hit.field is word.field and _between(scan.text.same_paragraph, hit, word)


def _in_one_sentence(hit: Found, word: Found, words: int, scan: Scan) -> bool:
    return hit.field is word.field and _between(scan.text.same_sentence, hit, word)


HOLDS: dict[ScopeUnit, Callable[[Found, Found, int, Scan], bool]] = {
    ScopeUnit.DOCUMENT: lambda hit, word, words, scan: True,
    ScopeUnit.HEADLINE: _in_head,
    ScopeUnit.PARAGRAPH: _in_one_paragraph,
    ScopeUnit.SENTENCE: _in_one_sentence,
    ScopeUnit.WORDS: near,
    ScopeUnit.WORDS_OR_HEADLINE: _near_or_in_head,
}
"""By unit: whether a word stands within so many words, where words count, of a hit."""


def _between(same: Callable[[int, int], bool], a: Found, b: Found) -> bool:
    """Whether two stretches share a sentence or paragraph: none ends between them."""
    left, right = (a, b) if a.first <= b.first else (b, a)
    return right.first <= left.last or same(left.last, right.first)
