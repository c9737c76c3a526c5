"""The words of OICW lists in the articles of a batch: where each stands and counts (section 4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
import numpy as np

from monitor.core.match import as_json
from monitor.core.matching.columns.stands import Places, Stands
from monitor.core.matching.lexicon import Lexicon, Sought
from monitor.core.matching.phrases import Phrase, context_phrases
from monitor.core.matching.ready import Ready
from monitor.core.matching.rows import WORD
from monitor.core.matching.tables import Column, Growing, Mask, Table, expanded, halves
from monitor.core.profile import ContextWord


class Words(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Places of context words, in groups; those of a group in reading order, then in the order of the list."""

    groups: Column
    numbers: Column
    """Which word of all lists each is."""
    places: Places

    def at(self, rows: Column) -> Words:
        """Some of them."""
        return Words(self.groups[rows], self.numbers[rows], self.places.at(rows))


class WordLists:
    """Lists of context words, each with blockers of its own, numbered as they are made."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.words = Table(*WORD)
        """The words of all lists, one list after the other."""
        self.ends = Growing()
        """Where among them each list ends; before the first nought."""
        self.ends.add(0)
        self.names = Ready()
        """Words as lists have them, as JSON."""
        self._looked_for: list[tuple[Sought, Sought]] = []

    def number(self, words: Sequence[ContextWord]) -> int:
        """The number of a list; the same for the same words."""
        return self._lexicon.once(("list", words), lambda: self._add(words))

    def _add(self, words: Sequence[ContextWord]) -> int:
        for word in words:
            sought = self._lexicon.sought(context_phrases(word))
            blockers = self._lexicon.sought(Phrase(blocker) for blocker in word.blockers)
            self._looked_for.append((sought, blockers))
            self.words.add(sought.number, blockers.number, self.names.number(as_json(word.word)))
        self.ends.add(len(self.words))
        return len(self.ends) - 2

    def asked(self, number: int) -> Iterator[int]:
        """The numbers of everything that a list asks for."""
        begin, end = self.ends.column[number : number + 2].tolist()
        return (sought.number for both in self._looked_for[begin:end] for sought in both)

    def _of(self, lists: Column) -> tuple[Column, Column]:
        """The words of these lists, one list after the other: which of `lists` each is of, and its number."""
        begins = self.ends.column[lists]
        return expanded(begins, self.ends.column[lists + 1] - begins)

    def standing(self, groups: Column, stands: Stands) -> Words:
        """The places of each group's words that count; a group is a key of article and list.

        Capitals are as they should be, and no longer blocker lies over it. Terms never take context words away.
        """
        articles, lists = halves(groups)
        owners, words = self._of(lists)
        starts, counts = stands.rows(articles[owners], self.words.of("sought", words))
        there = counts.nonzero()[0]
        rows, at = expanded(starts[there], counts[there])
        owners, words = owners[there][rows], words[there][rows]
        counted = stands.places.holds[at] & ~self._blocked(articles[owners], words, at, stands)
        owners, words, at = owners[counted], words[counted], at[counted]
        order = np.lexsort((words, stands.places.firsts[at], owners))
        return Words(owners[order], words[order], stands.places.at(at[order]))

    def _blocked(self, articles: Column, words: Column, at: Column, stands: Stands) -> Mask:
        """Which of these places lie within a longer blocker of their word."""
        may = (stands.count(articles, self.words.of("blockers", words)) > 0).nonzero()[0]
        blocked = np.zeros(len(at), np.bool_)
        for row in may.tolist():
            article = int(articles[row])
            cover = stands.cover(article, self._looked_for[int(words[row])][1])
            blocked[row] = cover.longer(stands.one(article, int(at[row]))) is not None
        return blocked


def list_phrases(words: Iterable[ContextWord]) -> Iterator[Phrase]:
    """Everything such a list asks for."""
    for word in words:
        yield from context_phrases(word)
        yield from (Phrase(blocker) for blocker in word.blockers)
