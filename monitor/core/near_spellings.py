"""Other spellings of a term that hits nothing: one word written a little differently, the others as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from monitor.core.article import Article
from monitor.core.matching.text import read
from monitor.core.replay.words import Word, Words, all_of

LIKE = 0.8
"""Of two words: how alike they are at least, as shares of letters in order."""
JOINING = frozenset({"of", "for", "on", "in", "and", "the", "to", "at"})
"""Words that are mistaken for one another: Centre *of*, Centre *for*."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """The words of a form, one of them open."""

    words: tuple[str, ...]
    open: int

    @property
    def others(self) -> Words:
        """What an article must hold to be looked at."""
        return all_of([Word(word) for n, word in enumerate(self.words) if n != self.open])


def spellings(form: str) -> Iterator[Spelling]:
    """The form with each of its words open in turn; none of a form of one word: there is nothing to hold on to."""
    words = read(form).words
    for number in range(len(words) if len(words) > 1 else 0):
        if any(word not in JOINING for n, word in enumerate(words) if n != number):
            yield Spelling(words, number)


def found_in(article: Article, spelling: Spelling) -> Counter[str]:
    """Which other spellings the article has, each with how often."""
    found: Counter[str] = Counter()
    size = len(spelling.words)
    for field in (article.headline, article.standfirst, article.body):
        text = read(field)
        for start in range(len(text.words) - size + 1):
            window = text.words[start : start + size]
            if _is_one(window, spelling):
                found[" ".join(text.written(n) for n in range(start, start + size))] += 1
    return found


def _is_one(window: tuple[str, ...], spelling: Spelling) -> bool:
    same = all(a == b for n, (a, b) in enumerate(zip(window, spelling.words, strict=True)) if n != spelling.open)
    return same and _alike(window[spelling.open], spelling.words[spelling.open])


def _alike(one: str, other: str) -> bool:
    """Whether one may be written for the other.

    >>> _alike("foysol", "foyso"), _alike("for", "of"), _alike("tax", "taxi"), _alike("pier", "poverty")
    (True, True, True, False)
    """
    if one == other:
        return False
    return {one, other} <= JOINING or SequenceMatcher(None, one, other, autojunk=False).ratio() >= LIKE
