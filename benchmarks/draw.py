"""Draws what one agreement looks for: a topic, terms seen in its articles and elsewhere, context words, names.

How often things are seen is what makes a set true to life. Most terms of an agreement stand in a handful of
articles, a few in many; half of them stand in articles of the topic, where its context words stand too, and the
others are seen out of context: they are the near misses.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import numpy as np

from benchmarks.ngrams import LONGEST, Ngrams, Phrase

TRIES = 300
"""Places looked at for one phrase before any will do."""
TOPIC = (0.02, 0.08)
"""In which share of the articles a topic's word stands."""
CONTEXT = (0.03, 0.2)
"""The same for a context word."""
BANDS = ((0.62, 0.0, 0.0003), (0.87, 0.0003, 0.0012), (1.0, 0.0012, 0.0105))
"""Up to which share of the terms, and in how many of the articles those stand: more than, and at most."""
ON_TOPIC, IN_TOPIC = 0.55, 0.3
"""Share of the terms that hold the topic's word (as *housing benefit* does), or else are of its articles."""
TOO_SMALL = "the corpus is too small to draw profiles from it: give it a hundred articles or more"
LENGTHS = (1, 2, 2, 2, 2, 3, 3, 4)
"""Words of a term; one is drawn."""


@dataclass(frozen=True)
class Draw:
    """Draws for one agreement. The same chance gives the same agreement."""

    grams: Ngrams
    chance: Random
    topic: str
    """The word that its subject goes by."""
    places: list[int]
    """Where the word stands."""
    articles: list[int]
    """The articles it stands in."""

    @classmethod
    def of(cls, grams: Ngrams, chance: Random) -> Draw:
        """With a topic of its own.

        Raises:
            SystemExit: the corpus has too little to draw from.
        """
        if not grams.names:
            raise SystemExit(TOO_SMALL)
        low, high = (share * grams.articles for share in TOPIC)
        everywhere = cls(grams, chance, "", [], list(range(grams.articles)))
        word = everywhere._look(everywhere._anywhere, (1,), low, high)
        topic = grams.written(word).lower()
        places = grams.places(topic)
        return cls(grams, chance, topic, places.tolist(), np.unique(grams.article_of[places]).tolist())

    def term(self, lengths: tuple[int, ...] = LENGTHS) -> Phrase:
        """A phrase, seldom or often seen as the bands say."""
        at = self.chance.random()
        if at < ON_TOPIC:
            return self._look(self._on_topic, lengths, *self._band())
        return self._look(self._in_topic if at < ON_TOPIC + IN_TOPIC else self._anywhere, lengths, *self._band())

    def name(self) -> Phrase:
        """Two words with capitals, as of a person."""
        in_topic = self.chance.random() < ON_TOPIC + IN_TOPIC
        return self._look(self._named_in_topic if in_topic else self._named, (2,), *self._band())

    def context(self) -> str:
        """A word that is often seen in articles of the topic."""
        low, high = (share * self.grams.articles for share in CONTEXT)
        return self.grams.written(self._look(self._in_topic, (1, 1, 1, 2), low, high)).lower()

    def longer(self, phrase: Phrase) -> str:
        """The phrase and the word behind it, where it stands: a blocker. '' where a run ends."""
        wider = Phrase(phrase.at, phrase.words + 1)
        return self.grams.written(wider) if phrase.words < LONGEST and self.grams.reach(wider) else ""

    def nearby(self, phrase: Phrase) -> str:
        """A word of content that stands shortly before or behind it: a guard's word."""
        places = [phrase.at + n for n in (-3, -2, -4, phrase.words + 1, phrase.words + 2, phrase.words + 3)]
        fit = [p for p in places if 0 <= p < len(self.grams.ids) and self.grams.fit[p]]
        return self.grams.tokens[fit[0]].lower() if fit else self.topic

    def _band(self) -> tuple[float, float]:
        """In how many articles the next term is to stand: more than, and at most.

        However small a corpus is, a term may stand in two of its articles.
        """
        at = self.chance.random()
        low, high = next(((low, high) for share, low, high in BANDS if at < share), BANDS[-1][1:])
        return low * self.grams.articles, max(high * self.grams.articles, 2)

    def _look(self, place: Callable[[int], int], lengths: tuple[int, ...], low: float, high: float) -> Phrase:
        """A phrase at one of such places that so many articles have; any phrase when none is found.

        Raises:
            SystemExit: the corpus has no phrases.
        """
        any_will_do = None
        for tried in range(TRIES * 25):
            words = lengths[self._below(len(lengths))]
            phrase = Phrase(place(words), words)
            reach = self.grams.reach(phrase)
            if low < reach <= high:
                return phrase
            any_will_do = phrase if reach else any_will_do
            if any_will_do and tried >= TRIES:
                return any_will_do
        raise SystemExit(TOO_SMALL)

    def _anywhere(self, words: int) -> int:
        return self._below(len(self.grams.tokens))

    def _in_topic(self, words: int) -> int:
        article = self.articles[self._below(len(self.articles))]
        start, end = self.grams.starts[article : article + 2]
        return start + self._below(end - start)

    def _on_topic(self, words: int) -> int:
        """Where a phrase starts or ends with the topic's word."""
        place = self.places[self._below(len(self.places))]
        return place if self.chance.random() < 0.5 else max(0, place - words + 1)

    def _named(self, words: int) -> int:
        return self.grams.names[self._below(len(self.grams.names))]

    def _named_in_topic(self, words: int) -> int:
        """The first name behind a place of the topic's articles."""
        behind = bisect_left(self.grams.names, self._in_topic(words))
        return self.grams.names[min(behind, len(self.grams.names) - 1)]

    def _below(self, number: int) -> int:
        return int(self.chance.random() * number)
