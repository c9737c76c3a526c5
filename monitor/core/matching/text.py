"""A text as it is compared, with a map back to the original (the contract, sections 2 and 3).

`Text` is one field, or all the fields of an article, as numbered words. What stands between two words - white
space, a hyphen, punctuation, the end of a sentence or paragraph - is read from the original when somebody asks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from monitor.core.matching import native
from monitor.core.matching.characters import BLANK_LINE, plain
from monitor.core.matching.folding import BETWEEN, SPACE, Folded, folded
from monitor.core.matching.standfirst import heads, is_cut, shared

PARAGRAPH = "\u00b6"
"""The sign of a gap that ends a paragraph."""
_STOP = re.compile(r"[.!?][^\w\s]*+(\s?)")
"""A sentence may end where white space stands behind; all marks are taken, so that none is begun with again."""
ABBREVIATIONS = frozenset(
    (
        "Mr Mrs Ms Dr Cllr Prof Rev Hon St No Co Ltd eg ie v vs Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
    ).split()
)
"""Words after which a full stop ends no sentence."""
_SENTENCE_END = re.compile(r""".*[.!?]['")\]]*\s+["'(\[]*$""", re.DOTALL)
FEW = 64
"""Of so many gaps the punctuation is counted each time; between words farther apart it was counted before."""
SHORT = 3
"""Letters of a word that may be small in a headline of title case."""
WordPlaces: TypeAlias = "tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]"
"""Where each word starts in the stream; where it starts in the joined texts, and where it ends in them."""
_JOINING = frozenset(" \n-")
"""What alone between two words leaves a phrase whole."""


class Text:
    """Words, numbered over all parts; gap *n* stands before word *n*, and one more behind the last word."""

    def __init__(
        self, text: Folded, words: WordPlaces | None = None, firsts: Sequence[int] = (), begin: int = 0
    ) -> None:
        """`words`: where its words stand among those of many, when that is known already.

        Then `firsts`: the number there of the first word of each part, and behind the last; `begin`: where its
        joined parts begin in those of all.
        """
        self.stream = text.stream
        """Folded words with a space before and after each, and one where a part ends that the next one shares."""
        self.edges = text.edges
        """Where in the stream the parts begin and end."""
        self._joined, self._parts, self._kept = text.joined, text.parts, text.kept
        if words is None:
            words = words_of([text])
            firsts = np.searchsorted(words[0], text.edges).tolist()
        self._heads, self._tails = words[1].data, words[2].data
        """Where each word of all texts starts in the joined parts, and where it ends."""
        self._first, self._begin = firsts[0], begin
        self.firsts = [first - self._first for first in firsts]
        """The number of the first word of each part, or of what follows when it has none; at the end, of all."""
        self._looked_at: dict[int, bool] = {}
        self._shouting: dict[int, bool] = {}

    # ----------------------------------------------------------- words

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The folded words."""
        return tuple(self.stream.split())

    def part_of(self, word: int) -> int:
        """The number of the part a word stands in."""
        return bisect_right(self.firsts, word) - 1

    @cached_property
    def _offsets(self) -> list[int]:
        """Where each part starts in the joined ones; one more than parts."""
        return [*accumulate((len(part.text) + 1 for part in self._parts), initial=1)]

    def _head(self, word: int) -> int:
        """Where a word starts in the joined parts."""
        return self._heads[self._first + word] - self._begin

    def _tail(self, word: int) -> int:
        """Where it ends."""
        return self._tails[self._first + word] - self._begin

    # ----------------------------------------------------------- places in the original

    def start(self, word: int) -> int:
        """Where a word starts in the original of its part."""
        return self.stretch(word, word)[0]

    def stretch(self, first: int, last: int) -> tuple[int, int]:
        """Where the words from one to another start and end in the original of their part."""
        part = bisect_right(self.firsts, first) - 1
        offset = self._offsets[part]
        return self._parts[part].stretch(self._head(first) - offset, self._tail(last) - offset)

    def possessive(self, word: int) -> bool:
        """Whether it ends in an apostrophe and s: within a word what is not in the stream is an apostrophe."""
        tail = self._tail(word)
        if tail - self._head(word) < 3 or self._joined[tail - 1] not in "sS":
            return False
        letter, apostrophe, ending = self._kept[tail - 3 : tail].tolist()
        return bool(letter and not apostrophe and ending)

    # ----------------------------------------------------------- gaps

    def gap(self, number: int, part: int = -1) -> str:
        """What stands before a word, in its part; behind the last word of a part when that is given."""
        begin, finish = self._between(number, self.part_of(number) if part < 0 else part)
        gap = plain(self._joined[begin:finish])
        return gap[1:] if gap[:1] == "'" and self._joined[begin - 1].isalpha() else gap  # Carers' Allowance

    def _between(self, number: int, part: int) -> tuple[int, int]:
        """Where the gap before a word starts and ends, in a part of the joined ones."""
        begin = self._tail(number - 1) if number > self.firsts[part] else self._offsets[part]
        return begin, self._head(number) if number < self.firsts[part + 1] else self._offsets[part + 1] - 1

    def joins(self, number: int) -> bool:
        """Whether a phrase runs on over the gap before a word: white space, or one unspaced hyphen (section 3)."""
        begin = self._tail(number - 1)
        if self._head(number) - begin == 1:
            char = self._joined[begin]
            return char in _JOINING or (char != BETWEEN and plain(char) in _JOINING)
        return not sign(self.gap(number))

    def _inner(self, number: int) -> bool:
        """Whether words of one part stand on both sides of a gap."""
        return 0 < number < self.firsts[-1] and number not in self.firsts

    def follows(self, number: int) -> bool:
        """Whether a word stands right after another one, with nothing but white space or a hyphen between."""
        return self._inner(number) and not self.sign(number)

    def signs_within(self, first: int, last: int) -> int:
        """How many gaps with punctuation stand between two words."""
        if last - first > FEW:
            return self._signs_up_to[last] - self._signs_up_to[first]
        return sum(self._has_signs(n) for n in range(first + 1, last + 1))

    def _has_signs(self, number: int) -> bool:
        """Whether a gap between words has punctuation."""
        return not self.joins(number) and bool("".join(self.gap(number).split()))

    @cached_property
    def _signs_up_to(self) -> list[int]:
        """How many gaps with punctuation stand before each word and those before it, parts' beginnings aside."""
        return [*accumulate(self._inner(n) and self._has_signs(n) for n in range(self.firsts[-1]))]

    def hyphen(self, number: int) -> bool:
        """Whether one unspaced hyphen, and nothing else, joins a word to the one before it."""
        return self._inner(number) and self.gap(number) == "-"

    def sign(self, number: int) -> str:
        """What the gap before a word says besides being one: see `sign`."""
        return sign(self.gap(number))

    def sign_behind(self, word: int) -> str:
        """The same for the gap behind a word, the end of its part included."""
        return sign(self.gap(word + 1, self.part_of(word)))

    def sign_start(self, word: int) -> int:
        """Where in the original the punctuation before a word starts."""
        part = self.part_of(word)
        begin, finish = self._between(word, part)
        gap = self._joined[begin:finish]
        return self._parts[part].start(finish - len(gap.lstrip()) - self._offsets[part])

    def sign_end(self, word: int) -> int:
        """Where in the original the punctuation behind a word ends."""
        part = self.part_of(word)
        begin, finish = self._between(word + 1, part)
        return self._parts[part].end(begin + len(self._joined[begin:finish].rstrip()) - self._offsets[part])

    def ends_sentence(self, number: int) -> bool:
        """Whether a sentence ends before a word (section 4).

        It does at . ! ? with closing quotes, before a space and a capital, digit or opening quote, and where a
        paragraph ends.
        """
        gap = self.gap(number)
        if BLANK_LINE.search(gap):
            return True
        if not _SENTENCE_END.match(gap) or not number:
            return False
        follower = self.written(number)[0]
        opens = follower.isupper() or follower.isdigit() or gap[-1] in "\"'(["
        return opens and not (gap.startswith(".") and self._is_abbreviation(number - 1))

    def written(self, word: int) -> str:
        """A word with the capitals and marks it is written with."""
        return self._joined[self._head(word) : self._tail(word)]

    def _is_abbreviation(self, word: int) -> bool:
        """Whether no sentence ends after it: Mr, No (but not *no*), a single letter."""
        written = self.written(word)
        return written in ABBREVIATIONS or (len(written) == 1 and written.isalpha())

    # ----------------------------------------------------------- all of it

    @property
    def signs(self) -> tuple[str, ...]:
        """What each gap says besides being one: punctuation, `PARAGRAPH`, or nothing; of a text of one part."""
        count = len(self.words)
        return (*(sign(self.gap(n)) for n in range(count)), sign(self.gap(count, 0)))

    @property
    def tokens(self) -> tuple[str, ...]:
        """Words and the signs between them, as they stand; of a text of one part."""
        pairs = zip(self.signs, (*self.words, ""), strict=True)
        return tuple(token for pair in pairs for token in pair if token)

    @cached_property
    def paragraphs(self) -> list[int]:
        """The number of each word before which a paragraph ends."""
        return _paragraph_ends(self._joined, self._own_heads, self._edges())

    @cached_property
    def stops(self) -> list[int]:
        """The number of each word before which a sentence may end."""
        return _possible_stops(self._joined, self._own_heads, self._edges())

    @property
    def sentences(self) -> list[int]:
        """The number of each word before which a sentence ends."""
        return sorted({*filter(self._stops_before, self.stops), *self.paragraphs})

    def _stops_before(self, number: int) -> bool:
        """Whether a sentence ends there, looked at once."""
        if number not in self._looked_at:
            self._looked_at[number] = self.ends_sentence(number)
        return self._looked_at[number]

    def same_paragraph(self, first: int, last: int) -> bool:
        """Whether no paragraph ends between two words, the first before the last."""
        return bisect_right(self.paragraphs, last) <= bisect_right(self.paragraphs, first)

    def same_sentence(self, first: int, last: int) -> bool:
        """Whether no sentence does; only what stands between them is looked at."""
        if not self.same_paragraph(first, last):
            return False
        begin, end = bisect_right(self.stops, first), bisect_right(self.stops, last)
        return not any(map(self._stops_before, self.stops[begin:end]))

    @cached_property
    def _own_heads(self) -> NDArray[np.int64]:
        """Where each word of this text starts in the joined parts."""
        own = np.asarray(self._heads[self._first : self._first + self.firsts[-1]])
        return own - self._begin

    def _edges(self) -> set[int]:
        """The words with which parts begin, and the end: no paragraph or sentence ends before them."""
        return {0, *self.firsts}

    def starts_again(self, own: int, other: int) -> bool:
        """Whether one part says all that another does, from its beginning: its words, and the marks between them.

        Neither what a feed wrote behind it counts nor how it ends: its last word may be cut short.
        """
        begin, behind = self.edges[own : own + 2]
        words, start = self.stream[begin:behind].split(), self.edges[other]
        more = start + behind - begin + 1  # one letter more tells a word from one that goes on
        again = self.stream[start : min(more, self.edges[other + 1])].split()
        same = shared(words, again)
        if not same:
            return False
        cut = same + 1 if is_cut(words[same:], again[same:], same) else 0
        counts = heads(words, self.stream[self.edges[0] : self.edges[1]].split())
        most = max((n for n in counts if n <= same or (n == cut and self._breaks_off(own, n))), default=0)
        alike = self._marks_alike(own, other, most)
        return any(0 < n <= alike for n in counts)

    def _marks_alike(self, own: int, other: int, most: int) -> int:
        """How many words, but no more, two parts begin with the same marks between; paragraphs are white space."""
        at, again = self.firsts[own], self.firsts[other]
        pairs = ((self.gap(at + n, own), self.gap(again + n, other)) for n in range(1, most))
        return next((n for n, (gap, one) in enumerate(pairs, 1) if marks(gap) != marks(one)), most)

    def _breaks_off(self, part: int, count: int) -> bool:
        """Whether dots, or no marks at all, stand behind the first words of a part."""
        behind = marks(self.gap(self.firsts[part] + count, part)).lstrip("[(")
        return not behind or behind.startswith(("...", "\u2026"))

    @property
    def sentence_of(self) -> tuple[int, ...]:
        """The number of the sentence each word stands in."""
        sentences = self.sentences
        return tuple(bisect_right(sentences, word) for word in range(len(self.words)))

    def shouts(self, part: int) -> bool:
        """Whether a part is all capitals or title case, so that its capitals prove nothing; it is read once."""
        if part not in self._shouting:
            self._shouting[part] = self._capitals_throughout(part)
        return self._shouting[part]

    def _capitals_throughout(self, part: int) -> bool:
        """The same as it is read (section 3)."""
        some = False
        for number in range(self.firsts[part], self.firsts[part + 1]):
            small = self._joined[self._head(number)].islower()
            if small and len(self.words[number]) > SHORT:
                return False
            some |= not small
        return some


@native.twin(native.text)
def _paragraph_ends(joined: str, heads: NDArray[np.int64], edges: Container[int]) -> list[int]:
    """The number of each word before which a blank line stands."""
    return _before(BLANK_LINE.finditer(joined), heads, edges)


@native.twin(native.text)
def _possible_stops(joined: str, heads: NDArray[np.int64], edges: Container[int]) -> list[int]:
    """The number of each word before which a sentence may end."""
    return _before((stop for stop in _STOP.finditer(joined) if stop.group(1)), heads, edges)


def _before(ends: Iterable[re.Match[str]], heads: NDArray[np.int64], edges: Container[int]) -> list[int]:
    """The number of each word, but those at edges, in the gap before which one of them begins."""
    starts = [match.start() for match in ends]
    found = dict.fromkeys(np.searchsorted(heads, starts).tolist())
    return [number for number in found if number not in edges]


@native.twin(native.text)
def words_of(texts: Sequence[Folded]) -> WordPlaces:
    """Where the words of texts start in their streams, one after the other; where they start and end in them."""
    stream = "".join([text.stream for text in texts]).encode("latin-1", "replace")
    letters = np.frombuffer(stream, np.uint8) != SPACE  # the first and last characters are spaces
    turns = (letters[1:] != letters[:-1]).nonzero()[0] + 1
    places = np.concatenate([text.kept for text in texts]).nonzero()[0]
    return turns[::2], places[turns[::2]], places[turns[1::2] - 1] + 1


def sign(gap: str) -> str:
    """What a gap says besides being one: its punctuation, or `PARAGRAPH`; '' for white space or one hyphen."""
    return PARAGRAPH if BLANK_LINE.search(gap) else marks(gap)


def marks(gap: str) -> str:
    """The punctuation of a gap; '' for white space or one hyphen."""
    return "" if gap == "-" else "".join(gap.split())


def read(original: str) -> Text:
    """The text of a field as compared.

    >>> read("So-called “Universal Credit”.").tokens
    ('so', 'called', '"', 'universal', 'credit', '".')
    """
    return Text(folded([[original]])[0])


@lru_cache(maxsize=16_384)  # names, not articles: advice on an agreement compares each with each
def comparable(text: str) -> str:
    """The text as the matcher compares it: the same for terms that match the same.

    >>> comparable("Carer's Allowance & Low-Income")
    'carers allowance and low income'
    """
    return " ".join(read(text).tokens)
