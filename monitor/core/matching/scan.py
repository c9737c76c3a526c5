"""What stands where in an article: every occurrence of what a rule looks for, made out when the rule asks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import inf
from operator import attrgetter
from typing import Any, TypeAlias, TypeVar

import msgspec

from monitor.core.article import Article, Field
from monitor.core.match import Span
from monitor.core.matching.folding import Folded
from monitor.core.matching.lexicon import NOTHING, Sought
from monitor.core.matching.phrases import Ending, Spelling, case_holds
from monitor.core.matching.text import Text

LEAD_WORDS = 75
"""Words of the body that belong to the lead (section 1)."""
HEADLINE, STANDFIRST, BODY = FIELDS = tuple(Field)
"""To name a member of an enumeration takes longer than to place a word: here it is done once."""
Value = TypeVar("Value")
ELSEWHERE = inf
"""Words between places of two fields: no scope reaches so far."""
Ends: TypeAlias = Mapping[int, Sequence[int]]
"""By number of the pattern: where in the stream it ends."""
_PLURAL, _POSSESSIVE = Ending.PLURAL, Ending.POSSESSIVE
_in_order = attrgetter("first", "last")


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
        return any(word in self._by_word for word in range(place.first, place.last + 1))

    def around(self, place: Found) -> list[Found]:
        """Those it lies within, in the order they were added."""
        return [c for c in self._by_word.get(place.first, ()) if place.inside(c)]

    def longer(self, place: Found) -> Found | None:
        """The first it lies within that has more words or marks."""
        return next((c for c in self.around(place) if place.shorter(c)), None)


class Scan:
    """One article as compared, and what stands in it."""

    def __init__(self, article: Article, folded: Folded, ends: Ends) -> None:
        self.article = article
        self.text = Text(folded)
        self.ends = ends
        self.seen = frozenset(ends)
        """The numbers of the patterns that stand in it."""
        self.body_start = self.text.firsts[2]
        """The number of the body's first word."""
        self.body_words = len(self.text.starts) - 1 - self.body_start
        """How long the body is, in words."""
        self._originals = {field: article.text_of(field) for field in FIELDS}
        self._of: dict[Sought, tuple[Found, ...]] = {NOTHING: ()}
        self._covers: dict[Sought, Cover] = {}
        self._memo: dict[object, Any] = {}
        self._again: bool | None = None

    def of(self, sought: Sought) -> tuple[Found, ...]:
        """Where what is sought stands, each stretch once, in reading order."""
        found = self._of.get(sought)
        if found is None:
            found = self._of[sought] = self._find(sought)
        return found

    def memo(self, asker: object, find: Callable[[Scan], Value]) -> Value:
        """What somebody finds in this article, looked for once however many ask."""
        if asker not in self._memo:
            self._memo[asker] = find(self)
        found: Value = self._memo[asker]
        return found

    def cover(self, sought: Sought) -> Cover:
        """The same by the words it covers."""
        cover = self._covers.get(sought)
        if cover is None:
            cover = self._covers[sought] = Cover(self.of(sought))
        return cover

    def _find(self, sought: Sought) -> tuple[Found, ...]:
        found: list[Found] = []
        for number in sought.numbers & self.seen:
            for spelling in sought.spellings[number]:
                found += self._places(spelling, self.ends[number])
        if len(found) < 2:
            return tuple(found)
        return _once(found) if sought.twice else tuple(sorted(found, key=_in_order))

    def _places(self, spelling: Spelling, ends: Sequence[int]) -> list[Found]:
        """Where a spelling stands that the automaton saw end here; not what is none on a second look."""
        found: list[Found] = []
        text = self.text
        _, standfirst, body, _ = text.edges
        own, further = spelling.shape.signs, spelling.further
        for end in ends:
            begin = end - spelling.back
            field = BODY if begin > body else STANDFIRST if begin > standfirst else HEADLINE
            if field is STANDFIRST and self.standfirst_again:
                continue
            first = bisect_left(text.starts, begin)
            last = first + further
            signs = self._signs_within(own, first, last) if further else 0
            if signs is None:
                continue
            capitals = spelling.sure or self._capitals_hold(spelling, first, last)
            if capitals is None:
                continue
            found.append(place := Found(field, first, last, capitals, signs))
            if own:
                found += self._with_edges(place, spelling)
        return found

    def _capitals_hold(self, spelling: Spelling, first: int, last: int) -> bool | None:
        """Whether the capitals of a place are as its phrase asks; None where it does not end as it should."""
        ending, phrase, text = spelling.ending, spelling.phrase, self.text
        if ending is _POSSESSIVE and not text.possessive(last):
            return None
        if ending is _PLURAL and phrase.plural_any_case and text.possessive(last):
            ending = _POSSESSIVE  # *Grant's* is no plural
        return case_holds(phrase, ending, text, first, last)

    def _signs_within(self, own: Sequence[str], first: int, last: int) -> int | None:
        """How many marks stand within, all of them the phrase's own; None when anything else does (section 3)."""
        joins = self.text.joins
        signs = 0
        for number in range(first + 1, last + 1):
            if joins(number):
                continue
            if not own or self.text.sign(number) != own[number - first]:
                return None
            signs += 1
        return signs

    def _with_edges(self, place: Found, spelling: Spelling) -> Iterator[Found]:
        """The place with the phrase's own punctuation before and behind it, where that stands there."""
        shape = spelling.shape
        opens = bool(shape.opening) and self.text.sign(place.first) == shape.opening
        closes = bool(shape.closing) and self.text.sign_behind(place.last) == shape.closing
        for opening, closing in {(opens, False), (False, closes), (opens, closes)} - {(False, False)}:
            signs = place.signs + opening + closing
            yield msgspec.structs.replace(place, opening=opening, closing=closing, signs=signs)

    @property
    def standfirst_again(self) -> bool:
        """Whether the body starts with the standfirst, which is then not searched (section 1)."""
        if self._again is None:
            self._again = self._starts_again()
        return self._again

    def _starts_again(self) -> bool:
        text, (_, first, second, _) = self.text, self.text.edges
        standfirst = text.stream[first:second].rstrip()
        if not standfirst or not text.stream.startswith(f"{standfirst} ", second):
            return False
        words, own, other = standfirst.count(" "), text.firsts[1], text.firsts[2]
        return all(text.sign(own + n) == text.sign(other + n) for n in range(words))

    def span(self, found: Found) -> Span:
        """The stretch of the original text."""
        start, end = self.text.stretch(found.first, found.last)
        if found.opening or found.closing:
            start, end = self._to_signs(found, start, end)
        return Span(found.field, start, end, self._originals[found.field][start:end])

    def original(self, first: int, last: int, field: Field) -> str:
        """The words from one to another, of one field, as the article has them."""
        start, end = self.text.stretch(first, last)
        return self._originals[field][start:end]

    def _to_signs(self, found: Found, start: int, end: int) -> tuple[int, int]:
        if found.opening:
            start = self.text.sign_start(found.first)
        if found.closing:
            end = self.text.sign_end(found.last)
        return start, end

    def in_lead(self, found: Found) -> bool:
        """Whether it stands in the standfirst or the first 75 words of the body."""
        if found.field is BODY:
            return found.first - self.body_start < LEAD_WORDS
        return found.field is STANDFIRST

    def words_up_to(self, found: Found) -> int:
        """Words of the article from its beginning to the end of a place, the standfirst once."""
        words = found.last + 1
        again = found.field is BODY and self.standfirst_again
        return words - (self.body_start - self.text.firsts[1]) if again else words


def _once(found: list[Found]) -> tuple[Found, ...]:
    """Each stretch once, in reading order; one form whose capitals fit is enough."""
    found.sort(key=lambda f: f.case_holds)
    unique = {(f.first, f.last, f.opening, f.closing): f for f in found}
    return tuple(sorted(unique.values(), key=lambda f: (f.left, f.right)))
