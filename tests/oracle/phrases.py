"""Section 3: where a phrase stands in a text - whole words, barriers, plurals, possessives, capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from monitor.core.article import Field
from monitor.core.profile import Case
from oracle.text import Text, Word, read

SMALL_WORDS = "a an and at by de for in of on or the to with".split()
"""Words that names write small."""

Texts = dict[Field, Text]


@dataclass(frozen=True)
class Place:
    """Where a phrase stands: the words `[first, last]` of a field."""

    field: Field
    text: Text
    first: int
    last: int
    opening: bool = False
    """The phrase's own punctuation stands before it too: ( of `(Scotland) Act`."""
    closing: bool = False
    """The same behind it: the colon of `credit:`."""

    @property
    def words(self) -> tuple[Word, ...]:
        """Its words."""
        return self.text.words[self.first : self.last + 1]

    @property
    def size(self) -> int:
        """How long it is, in words and punctuation: what *longest* and *longer* go by."""
        inner = self.text.gaps[self.first + 1 : self.last + 1]
        return len(self.words) + sum(bool(g.marks) for g in inner) + self.opening + self.closing

    def holds(self, other: Place) -> bool:
        """Whether another place stands inside this one."""
        if self.field != other.field or other.first < self.first or self.last < other.last:
            return False
        left = self.opening or not other.opening or self.first < other.first
        right = self.closing or not other.closing or other.last < self.last
        return left and right

    def overlaps(self, other: Place) -> bool:
        """Whether the two share a word."""
        return self.field == other.field and self.first <= other.last and other.first <= self.last


def words_between(a: Place, b: Place) -> int | None:
    """Section 4: the words strictly between two places of one field; touching or overlapping: 0."""
    if a.field != b.field:
        return None
    return max(0, b.first - a.last - 1, a.first - b.last - 1)


def where(texts: Texts, phrase: str, *, plural: bool = False, case: Case = Case.ANY) -> list[Place]:
    """Every place where a phrase stands, its capitals right."""
    return [p for p, _, right in standing(texts, phrase, plural, case) if right]


def standing(texts: Texts, phrase: str, plural: bool, case: Case) -> Iterator[tuple[Place, bool, bool]]:
    """Every place where a phrase stands; whether in the plural; whether its capitals are right."""
    pattern = compiled(phrase)
    for field, text in texts.items():
        for place, is_plural in _in_text(field, text, pattern, plural):
            yield place, is_plural, capitals_right(place, pattern, case)


@dataclass(frozen=True)
class Pattern:
    """A phrase as an editor wrote it."""

    words: tuple[Word, ...]
    marks: tuple[str, ...]
    """Its own punctuation: before the first word, between the words, behind the last."""
    prefix: bool
    """Its last word ends in a star: any word that begins so."""


@lru_cache(maxsize=20_000)
def compiled(phrase: str) -> Pattern:
    """A phrase as words and punctuation."""
    text = read(phrase.rstrip("*"))
    return Pattern(text.words, tuple(g.marks for g in text.gaps), phrase.endswith("*"))


def _in_text(field: Field, text: Text, pattern: Pattern, plural: bool) -> Iterator[tuple[Place, bool]]:
    """Section 3: the words one after another, with nothing between them that bars; and whether in the plural."""
    for first in text.beginning_with(pattern.words[0].folded[0]) if pattern.words else ():
        last = first + len(pattern.words) - 1
        if last >= len(text.words):
            continue
        same = [w.folded for w in pattern.words[:-1]] == [w.folded for w in text.words[first:last]]
        form = form_of(text.words[last], pattern, plural)
        if same and form and _nothing_bars(pattern, text, first, last):
            for place in _with_edges(Place(field, text, first, last), pattern):
                yield place, form == "plural"


def form_of(word: Word, pattern: Pattern, plural: bool) -> str | None:
    """Section 3: how a word is the last one of a phrase: itself, its possessive, its regular plural."""
    last = pattern.words[-1].folded
    if word.folded == last or (pattern.prefix and word.folded.startswith(last)):
        return "plain"
    if pattern.prefix or pattern.marks[-1]:
        return None
    if word.possessive and word.folded == last + "s":
        return "possessive"
    return "plural" if plural and word.folded == regular_plural(last) else None


def _nothing_bars(pattern: Pattern, text: Text, first: int, last: int) -> bool:
    """Section 3: white space or one unspaced hyphen; the phrase's own punctuation may stand there or not."""
    gaps = text.gaps[first + 1 : last + 1]
    return all(
        g.joins or (not g.ends_paragraph and g.marks == own)
        for own, g in zip(pattern.marks[1:-1], gaps, strict=True)
    )


def _with_edges(place: Place, pattern: Pattern) -> Iterator[Place]:
    """The place without and with the phrase's own punctuation before and behind it, where that stands there."""
    yield place
    opening, closing = pattern.marks[0], pattern.marks[-1]
    opens = bool(opening) and place.text.gaps[place.first].sign == opening
    closes = bool(closing) and place.text.gaps[place.last + 1].sign == closing
    for edges in {(opens, False), (False, closes), (opens, closes)} - {(False, False)}:
        yield replace(place, opening=edges[0], closing=edges[1])


def regular_plural(word: str) -> str | None:
    """Taxes, bonuses, allowances, parties, crutches."""
    if not word[-1].isalpha():
        return None
    if re.search(r"(s|x|z|ch|sh)$", word):
        return word + "es"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + "s"


def capitals_right(place: Place, pattern: Pattern, case: Case) -> bool:
    """Section 3, `case`."""
    written = [w.written for w in place.words]
    match case:
        case Case.ANY:
            return True
        case Case.CAPITALISED:
            small = _written_small(pattern)
            return all(not w[0].islower() or w.lower() in SMALL_WORDS or w in small for w in written)
        case Case.LOWER:
            return all(w == w.lower() for w in written)
        case Case.EXACT:
            wanted = [w.written for w in pattern.words]
            return written[:-1] == wanted[:-1] and _same_stem(written[-1], wanted[-1])


def _written_small(pattern: Pattern) -> list[str]:
    """Words that the editor wrote small inside a name with capitals: the h of *Na h-Eileanan Siar*."""
    words = [w.written for w in pattern.words]
    return [w for w in words if w[0].islower()] if any(w[0].isupper() for w in words) else []


def _same_stem(written: str, wanted: str) -> bool:
    """Whether it begins as wanted; what its plural or possessive adds may be in any case."""
    return written.startswith(wanted) or (wanted.lower().endswith("y") and written.startswith(wanted[:-1]))
