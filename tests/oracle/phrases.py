"""Section 3: where a phrase stands in a text - whole words, barriers, plurals, possessives, capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from monitor.core.article import Field
from monitor.core.profile import Case
from oracle.text import Text, Word, read


@dataclass(frozen=True)
class Place:
    """Where a phrase stands: the words `[first, last]` of a field."""

    field: Field
    text: Text
    first: int
    last: int

    @property
    def start(self) -> int:
        """Where it begins in the original."""
        return self.text.words[self.first].start

    @property
    def end(self) -> int:
        """Where it ends in the original."""
        return self.text.words[self.last].end

    @property
    def words(self) -> tuple[Word, ...]:
        """Its words."""
        return self.text.words[self.first : self.last + 1]

    def holds(self, other: Place) -> bool:
        """Whether another place stands inside this one."""
        return self.field == other.field and self.first <= other.first and other.last <= self.last

    def overlaps(self, other: Place) -> bool:
        """Whether the two share a word."""
        return self.field == other.field and self.first <= other.last and other.first <= self.last


def words_between(a: Place, b: Place) -> int | None:
    """Section 4: the words strictly between two places of one field; touching or overlapping: 0."""
    if a.field != b.field:
        return None
    return max(0, b.first - a.last - 1, a.first - b.last - 1)


def places(
    texts: dict[Field, Text], phrase: str, *, plural: bool = False, case: Case = Case.ANY
) -> tuple[list[Place], list[Place]]:
    """Where a phrase stands, and where only its capitals are wrong."""
    stands, wrong_case = [], []
    for field, text in texts.items():
        for place, is_plural in _in_text(field, text, phrase, plural):
            right = capitals_right(place, phrase, case, is_plural)
            (stands if right else wrong_case).append(place)
    return stands, wrong_case


def where(texts: dict[Field, Text], phrase: str, case: Case = Case.ANY) -> list[Place]:
    """Where a phrase stands, without plural."""
    return places(texts, phrase, case=case)[0]


def _in_text(field: Field, text: Text, phrase: str, plural: bool) -> Iterator[tuple[Place, bool]]:
    pattern = compiled(phrase)
    if pattern is None:
        return
    for first in text.beginning_with(pattern.words[0].folded[0]):
        last = first + len(pattern.words) - 1
        if last >= len(text.words) or not _words_match(pattern, text, first, last) or not _gaps_match(pattern, text, first, last):
            continue
        final, word = pattern.words[-1], text.words[last]
        if final.matches(word) or final.matches_possessive(word):
            yield Place(field, text, first, last), False
        elif plural and final.matches_plural(word):
            yield Place(field, text, first, last), True


def _words_match(pattern: Pattern, text: Text, first: int, last: int) -> bool:
    """All but the last word, which has more forms."""
    return all(p.matches(w) for p, w in zip(pattern.words[:-1], text.words[first:last], strict=True))


def _gaps_match(pattern: Pattern, text: Text, first: int, last: int) -> bool:
    """Section 3: white space or a hyphen; the term's own punctuation may stand there or not."""
    gaps = text.gaps[first + 1 : last + 1]
    if not all(g.joins or (not g.ends_paragraph and _some_of(own, g.marks)) for own, g in zip(pattern.marks, gaps)):
        return False
    before, after = text.gaps[first].text, text.gaps[last + 1].text
    return before.endswith(pattern.before) and after.startswith(pattern.after)


def _some_of(own: str, marks: str) -> bool:
    """Whether the marks are some of the term's own, in its order."""
    rest = iter(own)
    return bool(marks) and all(m in rest for m in marks)


@dataclass(frozen=True)
class PatternWord:
    """A word of a phrase."""

    folded: str
    written: str
    prefix: bool = False
    """Written with a star: any word that begins so."""

    def matches(self, word: Word) -> bool:
        """Section 3: whole words."""
        return word.folded.startswith(self.folded) if self.prefix else word.folded == self.folded

    def matches_possessive(self, word: Word) -> bool:
        """Section 3: a possessive 's at a term's end is the term."""
        return word.possessive and self.matches(_without_s(word))

    def matches_plural(self, word: Word) -> bool:
        """Section 3: the regular plural of the last word, itself perhaps possessive."""
        plural = regular_plural(self.folded)
        return not self.prefix and (word.folded == plural or (word.possessive and word.folded == plural + "s"))


def _without_s(word: Word) -> Word:
    return Word(word.folded[:-1], word.written[:-1], False, word.start, word.end)


def regular_plural(word: str) -> str:
    """Taxes, benefits, allowances, parties, crutches."""
    if re.search(r"(s|x|z|ch|sh)$", word):
        return word + "es"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + "s"


@dataclass(frozen=True)
class Pattern:
    """A phrase as an editor wrote it."""

    words: tuple[PatternWord, ...]
    marks: tuple[str, ...]
    """Its own punctuation between its words."""
    before: str
    after: str
    """Its own punctuation at its ends, which must stand in the text."""


@lru_cache(maxsize=20_000)
def compiled(phrase: str) -> Pattern | None:
    """A phrase as words and punctuation; None when it has no word, or a star that may not be there."""
    text = read(phrase, mask=False)
    starred = [g.text.startswith("*") for g in text.gaps]
    stars = sum(g.text.count("*") for g in text.gaps)
    too_short = any(s and len(w.folded) < 3 for s, w in zip(starred[1:], text.words, strict=True))
    if not text.words or stars != sum(starred[1:]) or too_short:
        return None
    words = tuple(PatternWord(w.folded, w.written, s) for w, s in zip(text.words, starred[1:], strict=True))
    marks = [g.marks.removeprefix("*") for g in text.gaps]
    return Pattern(words, tuple(marks[1:-1]), marks[0], marks[-1])


def capitals_right(place: Place, phrase: str, case: Case, is_plural: bool) -> bool:
    """Section 3, `case`."""
    pattern = compiled(phrase)
    match case:
        case Case.ANY:
            return True
        case Case.CAPITALISED:
            return proves_nothing(place) or all(w.written[:1].isupper() for w in place.words)
        case Case.LOWER:
            return not any(c.isupper() for w in place.words for c in w.written)
        case Case.EXACT:
            assert pattern is not None
            return all(_exact(p, w) for p, w in zip(pattern.words, place.words, strict=True))


def _exact(pattern: PatternWord, word: Word) -> bool:
    ends = ("s", "es") if word.written.endswith("s") else ()
    return word.written.startswith(pattern.written) and (
        pattern.prefix or word.written in (pattern.written, *(pattern.written + e for e in ends))
    )


def proves_nothing(place: Place) -> bool:
    """Section 3: in an all-capitals or title-case headline a capital proves nothing."""
    words = [w.written for w in place.text.words if w.written[:1].isalpha()]
    capitals = all(w[:1].isupper() for w in words if len(w) > 3)
    return place.field is Field.HEADLINE and len(words) > 1 and capitals
