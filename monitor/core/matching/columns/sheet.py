"""The words of many articles, numbered through: where each stands, and what of it can be told at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, chain

import numpy as np
from numpy.typing import NDArray

from monitor.core.matching import native
from monitor.core.matching.characters import plain
from monitor.core.matching.folding import BETWEEN, Folded
from monitor.core.matching.markup import Decoded
from monitor.core.matching.tables import Column, Mask, column, distinct, keys
from monitor.core.matching.text import Text, words_of

PARTS = 3
"""Headline, standfirst and body of each article, always all three."""
LEAD_WORDS = 75
"""Words of the body that belong to the lead (section 1)."""
_LATIN = [chr(number) for number in range(256)]
"""`?` stands for itself and for every character that is not in Latin-1: of that nothing is told at a glance."""
_JOINS = np.array([c not in ("?", BETWEEN) and plain(c) in (" ", "\n", "-") for c in _LATIN])
"""Alone between two words it leaves a phrase whole (`Text.joins`)."""
_DIVIDES = np.array([c not in ("?", BETWEEN) and plain(c).strip() not in ("", "-", "'") for c in _LATIN])
"""Between two words it surely does not, whatever else stands there."""
_CAPITAL = np.array([c.isascii() and (c.isupper() or c.isdigit()) for c in _LATIN])
"""A word that begins with it is surely capitalised."""
_UPPER = np.array([c.isascii() and c.isupper() for c in _LATIN])
_FOREIGN = np.array([not c.isascii() or c == "?" for c in _LATIN])
_ENDS_IN_S = np.array([c in ("s", "S") for c in _LATIN])
TELLS = np.packbits([_JOINS, _DIVIDES, _CAPITAL, _UPPER, _FOREIGN, _ENDS_IN_S], axis=0, bitorder="little").ravel()
"""`Tells` of each character, for the twins."""
_HYPHEN = np.array([plain(c) == "-" or c == "?" for c in _LATIN])
_APOSTROPHE = np.array([plain(c) == "'" or c == "?" for c in _LATIN])


class Sheet:
    """The words of a batch, by numbers that count through all its articles, and through all their fields."""

    def __init__(self, texts: Sequence[Folded]) -> None:
        self._texts = texts
        self._made: dict[int, Text] = {}
        self.streams = column(accumulate((len(t.stream) for t in texts), initial=0))
        """Where the stream of each article starts in all of them."""
        self.starts, self.heads, self.tails = words_of(texts)
        """Where each word starts in the streams; where it starts and ends in the joined texts."""
        self.kept = np.concatenate([t.kept for t in texts])
        """Which characters of the joined texts are in the streams."""
        edges = column(chain.from_iterable([t.edges for t in texts])).reshape(len(texts), PARTS + 1)[:, :PARTS]
        lengths = column([len(part.text) + 1 for t in texts for part in t.parts])
        before = (np.cumsum(lengths) - lengths).reshape(len(texts), PARTS)
        self.offsets: Column = (before + np.arange(1, len(texts) + 1)[:, np.newaxis]).ravel()
        """Where each part starts in the joined texts."""
        self.firsts: Column = np.searchsorted(self.starts, (edges + self.streams[:-1, np.newaxis]).ravel())
        """The first word of each part, or of what follows where it has none."""
        self.joined = _latin([t.joined for t in texts])
        """The texts as they are, a byte for a character."""

    def text(self, article: int) -> Text:
        """The words of one article, numbered from nought."""
        text = self._made.get(article)
        if text is None:
            firsts = self._first_words[article * PARTS : (article + 1) * PARTS + 1]
            begin = int(self.offsets[article * PARTS]) - 1
            text = Text(self._texts[article], (self.starts, self.heads, self.tails), firsts, begin)
            self._made[article] = text
        return text

    def letters(self, article: int) -> str:
        """The joined texts of one article, as they are."""
        return self._texts[article].joined

    def decoded(self, part: int) -> Decoded:
        """The text of a part, with the map back to its original."""
        return self._texts[part // PARTS].parts[part % PARTS]

    def is_whole(self, part: int, first: int, last: int) -> bool:
        """Whether the words of a part from one to another stand letter for letter in its original."""
        offset = int(self.offsets[part])
        return self.decoded(part).is_same(int(self.heads[first]) - offset, int(self.tails[last]) - offset)

    def moved(self, parts: Column) -> Mask:
        """Whether the texts of parts are not letter for letter their originals."""
        return ~self.whole_parts[parts]

    def originals(self, parts: Column, starts: Column, ends: Column) -> tuple[Column, Column]:
        """Where stretches of parts that were moved start and end in their originals (`Decoded.stretch`)."""
        rows = [
            (part, at, *origin)
            for part in distinct(parts).tolist()
            for at, origin in zip(self.decoded(part).breaks, self.decoded(part).origins, strict=True)
        ]
        owners, breaks, firsts, lasts, whole = np.array(rows, np.int64).reshape(len(rows), 5).T
        pieces, same = keys(owners, breaks), whole == 1
        of_start = np.searchsorted(pieces, keys(parts, starts), side="right") - 1
        of_end = np.searchsorted(pieces, keys(parts, ends - 1), side="right") - 1
        begins = firsts[of_start] + np.where(same[of_start], starts - breaks[of_start], 0)
        return begins, np.where(same[of_end], firsts[of_end] + ends - breaks[of_end], lasts[of_end])

    @cached_property
    def whole_parts(self) -> Mask:
        """Of each part whether its text is letter for letter its original."""
        return np.array([part.is_whole for text in self._texts for part in text.parts], np.bool_)

    def first(self, article: int) -> int:
        """The number of an article's first word."""
        return self._first_words[article * PARTS]

    @cached_property
    def _first_words(self) -> list[int]:
        """The first word of each part; at the end, the end."""
        return [*self.firsts.tolist(), len(self.starts)]

    def parts_of(self, words: Column) -> Column:
        """The number of the part that each word stands in: three for each article."""
        parts: Column = np.searchsorted(self.firsts, words, side="right") - 1
        return parts

    def body_words(self, articles: Column) -> Column:
        """How long their bodies are, in words."""
        ends = np.append(self.firsts, len(self.starts))
        words: Column = ends[(articles + 1) * PARTS] - ends[articles * PARTS + 2]
        return words

    def in_lead(self, words: Column) -> Mask:
        """Whether words stand in the standfirst or the first 75 words of the body."""
        parts = self.parts_of(words)
        field = parts % PARTS
        lead: Mask = (field == 1) | ((field == 2) & (words - self.firsts[parts] < LEAD_WORDS))
        return lead

    @cached_property
    def _gaps(self) -> Column:
        """Length of the gap before each word; the first word of all has none."""
        return np.append(0, self.heads[1:] - self.tails[:-1])

    @cached_property
    def _before(self) -> Column:
        """The character right before each word's own, where the gap starts."""
        return np.append(0, self.joined[self.tails[:-1]])

    @cached_property
    def rough(self) -> Column:
        """For each word how many gaps up to it may not join a phrase."""
        return np.cumsum((self._gaps != 1) | ~_JOINS[self._before])

    @cached_property
    def _small(self) -> Column:
        """For each word how many before it may begin small."""
        return np.append(0, np.cumsum(~_CAPITAL[self.joined[self.heads]]))

    @cached_property
    def _capitals(self) -> Column:
        """Where capitals of ASCII are."""
        return _UPPER[self.joined].nonzero()[0]

    @cached_property
    def _foreign(self) -> Column:
        """Where characters are that are not of ASCII."""
        return _FOREIGN[self.joined].nonzero()[0]

    @cached_property
    def hyphens(self) -> Mask:
        """For each word, and the end, whether the gap before it may be a hyphen that joins it to another."""
        before = self._before
        may = ((self._gaps == 1) & _HYPHEN[before]) | (
            (self._gaps == 2) & _APOSTROPHE[before]
        )  # Carers'-Allowance
        return np.append(may, False)

    def whole(self, firsts: Column, lasts: Column) -> Mask:
        """Whether surely nothing but white space or a hyphen stands between the words of a stretch."""
        rough = self.rough
        whole: Mask = rough[firsts] == rough[lasts]
        return whole

    def capitalised(self, firsts: Column, lasts: Column) -> Mask:
        """Whether surely each word begins with a capital or a digit."""
        small = self._small
        capitals: Mask = small[firsts] == small[lasts + 1]
        return capitals

    def ascii(self, firsts: Column, lasts: Column) -> Mask:
        """Whether surely a stretch is written in ASCII."""
        return ~self._any(self._foreign, firsts, lasts)

    def with_capitals(self, firsts: Column, lasts: Column) -> Mask:
        """Whether a stretch has a capital of ASCII."""
        return self._any(self._capitals, firsts, lasts)

    def _any(self, places: Column, firsts: Column, lasts: Column) -> Mask:
        begins = np.searchsorted(places, self.heads[firsts])
        some: Mask = begins < np.searchsorted(places, self.tails[lasts])
        return some

    def possessive(self, words: Column) -> Mask:
        """Whether words end in an apostrophe and s (`Text.possessive`)."""
        tails = self.tails[words]
        long = tails - self.heads[words] >= len("x's")
        kept = self.kept
        ends = kept[tails - 1] & ~kept[tails - 2] & kept[tails - 3] & _ENDS_IN_S[self.joined[tails - 1]]
        possessive: Mask = long & ends
        return possessive

    def may_be_joined(self, firsts: Column, lasts: Column) -> Mask:
        """Whether a hyphen may join a stretch to the word before or behind it."""
        hyphens = self.hyphens
        joined: Mask = hyphens[firsts] | hyphens[lasts + 1]
        return joined


@native.twin(native.sheet)
def _latin(texts: Sequence[str]) -> NDArray[np.uint8]:
    """The texts, one after the other, a byte for a character; `?` for one that is not in Latin-1."""
    return np.frombuffer("".join(texts).encode("latin-1", "replace"), np.uint8)
