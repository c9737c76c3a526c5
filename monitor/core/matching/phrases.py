"""What is searched for a term or a word: its spellings as patterns, and what each occurrence must still show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

import msgspec

from monitor.core.matching.text import Text, read
from monitor.core.profile import Case, ContextWord

SMALL_WORDS = frozenset("a an and at by de for in of on or the to with".split())
"""Words that stay in lower case inside a name: `capitalised` asks nothing of them."""


_TITLED = re.compile(r"[a-z]{2,}\.(?: [a-z0-9]+)+", re.ASCII | re.IGNORECASE)
"""*Mr. Surname*: each person has sixteen of these, and needs no reading."""


class Phrase(msgspec.Struct, frozen=True, gc=False):
    """One form to search, with what an occurrence must show to count."""

    form: str
    """As written: `Social Security (Scotland) Act`, `disab*`."""
    case: Case = Case.ANY
    plural: bool = False
    """Also the regular plural of the last word."""
    plural_any_case: bool = False
    """The plural counts in any case, whatever `case` says (context words)."""

    def patterns(self) -> Iterator[str]:
        """Every pattern that finds the phrase; none when it has no letter or digit."""
        return (pattern for pattern, _ in self._endings(shape_of(self.form)))

    def spellings(self) -> Iterator[Spelling]:
        """The same, each with what an occurrence must still show."""
        shape = shape_of(self.form)
        further = len(shape.words) - 1
        for pattern, ending in self._endings(shape):
            sure = self.case is Case.ANY and ending is not Ending.POSSESSIVE
            yield Spelling(pattern, self, ending, shape, len(pattern) - 1, further, sure)

    def _endings(self, shape: Shape) -> Iterator[tuple[str, Ending]]:
        """Each pattern, and how it ends."""
        if not shape.words:
            return
        stem, last = f" {' '.join(shape.words)}", shape.words[-1]
        if self.form.endswith("*"):
            yield stem, Ending.PREFIX
            return
        yield f"{stem} ", Ending.PLAIN
        if shape.closing:
            return
        plural = plural_of(last) if self.plural else ""
        if plural:
            yield f"{stem[: len(stem) - len(last)]}{plural} ", Ending.PLURAL
        if plural != f"{last}s":
            yield f"{stem}s ", Ending.POSSESSIVE


class Shape(msgspec.Struct, frozen=True, gc=False):
    """The words of a form, and its own punctuation, which may stand there or not (section 3)."""

    words: tuple[str, ...]
    signs: tuple[str, ...] = ()
    """Before the first word, between the words, behind the last; none at all when there is no punctuation."""

    @property
    def opening(self) -> str:
        """What it begins with: the bracket of `(Scotland) Act`."""
        return self.signs[0] if self.signs else ""

    @property
    def closing(self) -> str:
        """What it ends with: the colon of `credit:`."""
        return self.signs[-1] if self.signs else ""


def shape_of(form: str) -> Shape:
    """The words and punctuation of a form, the star of a prefix apart."""
    bare = form.rstrip("*")
    if bare.isascii() and bare.replace(" ", "").isalnum():
        return Shape(tuple(bare.lower().split()))
    if _TITLED.fullmatch(bare):
        title, *words = bare.lower().split()
        return Shape((title[:-1], *words), ("", ".", *[""] * len(words)))
    text = read(bare)
    return Shape(text.words, text.signs if any(text.signs) else ())


class Ending(StrEnum):
    """How a spelling ends: what still has to be looked at in the original."""

    PLAIN = "plain"
    PLURAL = "plural"
    POSSESSIVE = "possessive"
    """Ends in an apostrophe and s, or it is another word."""
    PREFIX = "prefix"
    """Runs on to the end of its word."""


class Spelling(msgspec.Struct, frozen=True, gc=False):
    """One pattern of the stream for a phrase."""

    pattern: str
    phrase: Phrase
    ending: Ending
    shape: Shape
    back: int
    """Characters from its first letter to where a hit of the pattern ends."""
    further: int
    """How many words it has behind the first."""
    sure: bool
    """Whether capitals and the last letters are as they must be wherever the pattern stands."""


def plural_of(word: str) -> str:
    """The regular plural of a folded word; '' for one that does not end in a letter.

    >>> plural_of("payment"), plural_of("economy"), plural_of("tax"), plural_of("bonus"), plural_of("2018")
    ('payments', 'economies', 'taxes', 'bonuses', '')
    """
    if not word or not word[-1].isalpha():
        return ""
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return f"{word}es"
    if word.endswith("y") and len(word) > 1 and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}s"


def context_phrases(word: ContextWord) -> tuple[Phrase, ...]:
    """The phrases that count as a context word: itself, its plural in any case, and `also`."""
    own = Phrase(word.word, word.case, plural=word.plural, plural_any_case=True)
    return (own, *(Phrase(also, plural=True) for also in word.also))


def case_holds(phrase: Phrase, ending: Ending, text: Text, first: int, last: int) -> bool:
    """Whether the capitals of an occurrence are as the phrase asks."""
    if phrase.case is Case.ANY or (phrase.plural_any_case and ending is Ending.PLURAL):
        return True
    words = _written(text, first, last)
    match phrase.case:
        case Case.CAPITALISED:
            small = _written_small(phrase.form)
            return all(not w[0].islower() or w.lower() in SMALL_WORDS or w in small for w in words)
        case Case.LOWER:
            return all(w == w.lower() for w in words)
        case _:
            return _exact(phrase.form, words)


def _written(text: Text, first: int, last: int) -> list[str]:
    """The words as written, in all but their capitals as compared: without apostrophes, marks, ligatures."""
    return [_bare(text.written(n)) or text.words[n] for n in range(first, last + 1)]


def _bare(word: str) -> str:
    if word.isascii() and word.isalnum():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if c.isalnum())


@lru_cache(maxsize=4096)
def _form(form: str) -> tuple[str, ...]:
    text = read(form.rstrip("*"))
    return tuple(_written(text, 0, len(text.words) - 1))


def _written_small(form: str) -> tuple[str, ...]:
    """Words that the editor wrote small in a name with capitals: the h of *Na h-Eileanan Siar*."""
    words = _form(form)
    return tuple(w for w in words if w[0].islower()) if any(w[0].isupper() for w in words) else ()


def _exact(form: str, words: list[str]) -> bool:
    """What a plural or possessive adds to the last word may be in any case."""
    *heads, last = _form(form)
    stem = last[:-1] if last[-1] in "yY" else last  # parties
    return heads == words[:-1] and words[-1].startswith((last, stem))
