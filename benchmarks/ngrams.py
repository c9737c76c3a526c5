"""Words, phrases and names of a corpus, with how many articles have each: what profile sets are drawn from.

A run is a stretch of words with single spaces between them. Phrases are taken from within runs, so that each of
them stands in the corpus as it is written.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from monitor.core.article import Article

Numbers: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

LONGEST = 4
"""Words of the longest phrase."""
NAME = 0.9
"""In which share of its places inside a run a word has a capital when it is part of a name."""
_TOKEN = re.compile(r"\w[\w']*|[^\w ]+| {2,}")
_TAG = re.compile(r"<[^<>]*>")
_SMALL = frozenset(
    (
        "a about after again all also an and any are as at be because been before but by can could did do "
        "does down for from had has have he her here him his how i if in into is it its just like made make "
        "many may me might more most much must my no nor not now of off on one only or our out over own s "
        "said same say says she should so some such than that the their them then there these they this those "
        "through to too under up us very was we were what when where which while who will with would you your"
    ).split()
)


@dataclass(frozen=True)
class Phrase:
    """A stretch of the corpus: where it starts, and of how many words."""

    at: int
    words: int


class Ngrams:
    """Every phrase of up to four words of a corpus, by the place where it stands."""

    def __init__(self, articles: Sequence[Article]) -> None:
        tokens, starts = _tokens(articles)
        self.tokens = tokens
        """All words as written; '' where a run ends."""
        self.starts: list[int] = starts.tolist()
        """Where each article's tokens start; one more than articles."""
        self.vocabulary, self.ids = _numbered(tokens)
        self.article_of = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        self.fit = self._by_place([len(w) > 2 and _plain(w) and w not in _SMALL for w in self.vocabulary])
        """Whether a phrase may start or end at a place: a word of content."""
        self.names: list[int] = self._names().tolist()
        """The places where two words stand that have a capital, here and nearly everywhere."""
        self._reach: list[list[int]] = [reach.tolist() for reach in self._counted()]

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return len(self.starts) - 1

    def reach(self, phrase: Phrase) -> int:
        """How many articles have the phrase; 0 when none that an editor might write starts there: *of the*."""
        reach = self._reach[phrase.words - 1]
        return reach[phrase.at] if phrase.at < len(reach) else 0

    def written(self, phrase: Phrase) -> str:
        """The phrase with its capitals."""
        return " ".join(self.tokens[phrase.at : phrase.at + phrase.words])

    def places(self, word: str) -> Numbers:
        """Where a word stands."""
        return np.flatnonzero(self.ids == self.vocabulary.get(word, -2))

    def _counted(self) -> Iterator[Numbers]:
        """For each length: how many articles have the phrase that starts at a place; 0 for what is none."""
        inner = self._by_place([_plain(w) for w in self.vocabulary])
        codes, whole = self.ids, self.ids >= 0
        for words in range(1, LONGEST + 1):
            following = self.ids[words - 1 :]
            codes, whole = codes[: len(following)], whole[: len(following)] & (following >= 0)
            if words > 1:
                codes = codes * len(self.vocabulary) + following
            if words > 2:
                whole = whole & inner[words - 2 :][: len(whole)]
            _, codes = np.unique(np.where(whole, codes, -1), return_inverse=True)
            pairs = np.unique(codes * self.articles + self.article_of[: len(codes)])
            reach = np.bincount(pairs // self.articles)[codes]
            yield np.where(whole & self.fit[: len(codes)] & self.fit[words - 1 :], reach, 0)

    def _names(self) -> Numbers:
        capital = np.array([t[:1].isupper() for t in self.tokens], dtype=bool)
        inside = np.concatenate(([False], self.ids[:-1] >= 0)) & (self.ids >= 0)
        size = len(self.vocabulary)
        seen = np.bincount(self.ids[inside], minlength=size)
        capitals = np.bincount(self.ids[inside & capital], minlength=size)
        named = self._by_place(list(capitals >= np.maximum(1, NAME * seen)))
        named &= capital & self.fit
        return np.flatnonzero(named[:-1] & named[1:])

    def _by_place(self, by_word: list[bool]) -> Flags:
        flags = np.array([*by_word, False], dtype=bool)  # the last is for the ends of runs, number -1
        return flags[self.ids]


def _plain(word: str) -> bool:
    """A word of plain letters that cannot be a possessive or plural of another.

    Peers that know no possessives can then be asked for the same thing as we are: see `documents.py`.
    """
    return word.isascii() and word.isalpha() and not word.endswith("s")


def _tokens(articles: Sequence[Article]) -> tuple[list[str], Numbers]:
    tokens: list[str] = []
    starts = [0]
    for article in articles:
        for text in (article.headline, article.standfirst, article.body):
            plain = html.unescape(_TAG.sub("\n", text)).replace("\u2019", "'")
            tokens += [t if t[0].isalnum() else "" for t in _TOKEN.findall(plain)]
            tokens.append("")
        starts.append(len(tokens))
    return tokens, np.array(starts, dtype=np.int64)


def _numbered(tokens: list[str]) -> tuple[dict[str, int], Numbers]:
    vocabulary: dict[str, int] = {}
    ids = [vocabulary.setdefault(t.lower(), len(vocabulary)) if t else -1 for t in tokens]
    return vocabulary, np.array(ids, dtype=np.int64)
