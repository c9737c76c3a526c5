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
from monitor.core.matching.tables import Column, Growing, Lists, Mask, expanded, halves
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
        self.lists = Lists()
        self.sought, self.blockers = Growing(), Growing()
        self._looked_for: list[tuple[Sought, Sought]] = []
        self.names, self.named = Ready(), Growing()
        """Words as lists have them, as JSON; and under which name each of all words is reported."""

    def number(self, words: Sequence[ContextWord]) -> int:
        """The number of a list; the same for the same words."""
        return self._lexicon.once(("list", words), lambda: self.lists.add([self._word(w) for w in words]))

    def _word(self, word: ContextWord) -> int:
        sought = self._lexicon.sought(context_phrases(word))
        blockers = self._lexicon.sought(Phrase(blocker) for blocker in word.blockers)
        self._looked_for.append((sought, blockers))
        self.sought.add(sought.number)
        self.blockers.add(blockers.number)
        self.named.add(self.names.number(as_json(word.word)))
        return len(self.named) - 1

    def asked(self, number: int) -> Iterator[int]:
        """The numbers of everything that a list asks for."""
        words = self.lists.of(np.array([number]))[1]
        return (of for column in (self.sought, self.blockers) for of in column.column[words].tolist())

    def standing(self, groups: Column, stands: Stands) -> Words:
        """The places of each group's words that count; a group is a key of article and list.

        Capitals are as they should be, and no longer blocker lies over it. Terms never take context words away.
        """
        articles, lists = halves(groups)
        owners, words = self.lists.of(lists)
        starts, counts = stands.rows(articles[owners], self.sought.column[words])
        there = counts.nonzero()[0]
        rows, at = expanded(starts[there], counts[there])
        owners, words = owners[there][rows], words[there][rows]
        counted = stands.places.holds[at] & ~self._blocked(articles[owners], words, at, stands)
        owners, words, at = owners[counted], words[counted], at[counted]
        order = np.lexsort((words, stands.places.firsts[at], owners))
        return Words(owners[order], words[order], stands.places.at(at[order]))

    def _blocked(self, articles: Column, words: Column, at: Column, stands: Stands) -> Mask:
        """Which of these places lie within a longer blocker of their word."""
        may = (stands.count(articles, self.blockers.column[words]) > 0).nonzero()[0]
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
