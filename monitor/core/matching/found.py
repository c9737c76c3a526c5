"""Places in an article, one by one: where a phrase stands, and what covers what."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

import msgspec

from monitor.core.article import Field

HEADLINE, STANDFIRST, BODY = FIELDS = tuple(Field)
"""To name a member of an enumeration takes longer than to place a word: here it is done once."""
ELSEWHERE = inf
"""Words between places of two fields: no scope reaches so far."""


class Found(msgspec.Struct, frozen=True, gc=False):
    """One occurrence of a phrase: words `first` to `last`, both included, counted over all fields."""

    field: Field
    first: int
    last: int
    case_holds: bool = True
    signs: int = 0
    """Punctuation marks in it."""
    opening: bool = False
    """The phrase's own punctuation stands before it too: the bracket of `(Scotland) Act`."""
    closing: bool = False
    """The same behind it: the colon of `credit:`."""

    @property
    def left(self) -> int:
        """Where it begins, its own punctuation included: what comes before what."""
        return 2 * self.first - self.opening

    @property
    def right(self) -> int:
        """Where it ends."""
        return 2 * self.last + self.closing

    @property
    def size(self) -> int:
        """How long it is, in words and punctuation: what *longest* goes by."""
        return self.last - self.first + 1 + self.signs

    def inside(self, other: Found) -> bool:
        """Whether it lies within the other."""
        return other.left <= self.left and self.right <= other.right

    def shorter(self, other: Found) -> bool:
        """Whether it has fewer words and marks."""
        return self.size < other.size

    def overlaps(self, other: Found) -> bool:
        """Whether they share a word."""
        return self.first <= other.last and other.first <= self.last

    def words_between(self, other: Found) -> float:
        """Words strictly between the two; 0 when they touch or overlap, `ELSEWHERE` in another field."""
        if self.field is not other.field:
            return ELSEWHERE
        between = other.first - self.last - 1 if self.first < other.first else self.first - other.last - 1
        return between if between > 0 else 0


class Cover:
    """Places by the words they cover: what touches a place is found without looking at all of them."""

    __slots__ = ("_by_word",)

    def __init__(self, places: Iterable[Found] = ()) -> None:
        self._by_word: dict[int, list[Found]] = {}
        for place in places:
            self.add(place)

    def add(self, place: Found) -> None:
        """One more."""
        for word in range(place.first, place.last + 1):
            self._by_word.setdefault(word, []).append(place)

    def touches(self, place: Found) -> bool:
        """Whether one of them shares a word with it."""
        by_word = self._by_word  # what is longer and overlaps has the one end or the other
        return place.last in by_word or any(word in by_word for word in range(place.first, place.last))

    def around(self, place: Found) -> list[Found]:
        """Those it lies within, in the order they were added."""
        return [c for c in self._by_word.get(place.first, ()) if place.inside(c)]

    def longer(self, place: Found) -> Found | None:
        """The first it lies within that has more words or marks."""
        return next((c for c in self.around(place) if place.shorter(c)), None)
