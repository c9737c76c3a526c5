"""What stands where in an article: every occurrence of every phrase that any rule asks for, by what asked.

A `Lexicon` is made once from all profiles; a `Scan` is one article seen through it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from monitor.core.article import Article, Field
from monitor.core.match import Span
from monitor.core.matching.automaton import Automaton
from monitor.core.matching.phrases import Ending, Phrase, Spelling, case_holds
from monitor.core.matching.text import Text, read

LEAD_WORDS = 75
"""Words of the body that belong to the lead (section 1)."""


@dataclass(frozen=True, slots=True)
class Found:
    """One occurrence of a phrase: tokens `first` to `last`, both included, of a field."""

    field: Field
    first: int
    last: int
    phrase: Phrase
    case_holds: bool = True

    def inside(self, other: Found) -> bool:
        """Whether it lies within the other."""
        return self.field is other.field and other.first <= self.first and self.last <= other.last

    def shorter(self, other: Found) -> bool:
        """Whether it has fewer tokens."""
        return self.last - self.first < other.last - other.first

    def overlaps(self, other: Found) -> bool:
        """Whether they share a token."""
        return self.field is other.field and self.first <= other.last and other.first <= self.last


class Cover:
    """Places by the tokens they cover: what touches a place is found without looking at all of them."""

    def __init__(self, places: Iterable[Found] = ()) -> None:
        self._by_token: dict[tuple[Field, int], list[Found]] = {}
        for place in places:
            self.add(place)

    def add(self, place: Found) -> None:
        """One more."""
        for token in range(place.first, place.last + 1):
            self._by_token.setdefault((place.field, token), []).append(place)

    def touches(self, place: Found) -> bool:
        """Whether one of them shares a token with it."""
        return any((place.field, token) in self._by_token for token in range(place.first, place.last + 1))

    def around(self, place: Found) -> list[Found]:
        """Those it lies within, in the order they were added."""
        return [c for c in self._by_token.get((place.field, place.first), ()) if place.inside(c)]

    def longer(self, place: Found) -> Found | None:
        """The first it lies within that has more tokens."""
        return next((c for c in self.around(place) if place.shorter(c)), None)


class Lexicon:
    """All phrases, each under the key of what asked for it: a term, a list, a blocker."""

    def __init__(self, phrases: Iterable[tuple[Hashable, Phrase]]) -> None:
        spelt: dict[str, list[tuple[Hashable, Spelling]]] = {}
        for key, phrase in phrases:
            for spelling in phrase.spellings():
                spelt.setdefault(spelling.pattern, []).append((key, spelling))
        self._askers = list(spelt.values())
        self._automaton = Automaton(spelt)

    def scan(self, article: Article) -> Scan:
        """The article with everything that stands in it."""
        texts = {f: read(article.text_of(f)) for f in Field}
        if _starts_with(texts[Field.BODY], texts[Field.STANDFIRST]):
            texts[Field.STANDFIRST] = read("")
        found: dict[Hashable, list[Found]] = {}
        for name, text in texts.items():
            self._find(name, text, found)
        return Scan(article, texts, found)

    def _find(self, name: Field, text: Text, found: dict[Hashable, list[Found]]) -> None:
        for number, start, _ in self._automaton.find(text.stream):
            first = text.token_at[start + 1]
            for key, spelling in self._askers[number]:
                last = first + spelling.pattern.rstrip().count(" ") - 1
                ending = _ending(spelling.ending, possessive=last in text.possessive)
                if ending is None:
                    continue
                holds = case_holds(spelling.phrase, ending, text, first, last)
                found.setdefault(key, []).append(Found(name, first, last, spelling.phrase, holds))


def _ending(spelt: Ending, *, possessive: bool) -> Ending | None:
    """How a word ends, its apostrophe seen: *Grant's* is no plural, and *grants* no possessive."""
    if spelt is Ending.POSSESSIVE:
        return spelt if possessive else None
    return Ending.POSSESSIVE if spelt is Ending.PLURAL and possessive else spelt


def _starts_with(body: Text, standfirst: Text) -> bool:
    """Whether the body starts with the standfirst, a closing full stop or ellipsis apart."""
    tokens = standfirst.tokens
    while tokens and not tokens[-1].isalnum():
        tokens = tokens[:-1]
    return bool(tokens) and body.tokens[: len(tokens)] == tokens


@dataclass(frozen=True)
class Scan:
    """One article as compared, and what stands in it."""

    article: Article
    texts: Mapping[Field, Text]
    found: Mapping[Hashable, list[Found]]
    _read: dict[Hashable, tuple[Found, ...]] = field(default_factory=dict, repr=False, compare=False)
    _covers: dict[tuple[Hashable, ...], Cover] = field(default_factory=dict, repr=False, compare=False)

    def of(self, key: Hashable) -> Sequence[Found]:
        """What was found for a key, each stretch once, in reading order."""
        if key not in self.found:
            return ()
        if key not in self._read:
            order = list(Field)
            wrong_case_first = sorted(self.found[key], key=lambda f: f.case_holds)
            unique = {(f.field, f.first, f.last): f for f in wrong_case_first}  # one form that fits is enough
            ordered = sorted(unique.values(), key=lambda f: (order.index(f.field), f.first, f.last))
            self._read[key] = tuple(ordered)
        return self._read[key]

    def cover(self, *keys: Hashable) -> Cover:
        """The same for several keys, by token."""
        if keys not in self._covers:
            self._covers[keys] = Cover(found for key in keys for found in self.of(key))
        return self._covers[keys]

    def span(self, found: Found) -> Span:
        """The stretch of the original text."""
        text = self.texts[found.field]
        start, end = text.starts[found.first], text.ends[found.last]
        return Span(found.field, start, end, text.original[start:end])

    def words_between(self, a: Found, b: Found) -> int | None:
        """Words strictly between two stretches of one field; 0 when they touch or overlap."""
        if a.field is not b.field:
            return None
        left, right = (a, b) if a.first <= b.first else (b, a)
        words = self.texts[a.field].words_before
        return max(0, words[right.first] - words[left.last + 1])

    def in_lead(self, found: Found) -> bool:
        """Whether it stands in the standfirst or the first 75 words of the body."""
        if found.field is Field.BODY:
            return self.texts[Field.BODY].words_before[found.first] < LEAD_WORDS
        return found.field is Field.STANDFIRST

    @cached_property
    def body_words(self) -> int:
        """How long the body is, in words."""
        return self.texts[Field.BODY].words
