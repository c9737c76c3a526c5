"""What the automaton saw in many articles, put in order: every place of every pattern, by article and pattern."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, repeat

import numpy as np

from monitor.core.matching.automaton import Automaton
from monitor.core.matching.columns.sheet import PARTS, Sheet
from monitor.core.matching.folding import Folded
from monitor.core.matching.tables import Column, Mask, column, distinct, keys

STANDFIRST = 1
NONE = -1


class Seen:
    """What the automaton said of each article of a batch."""

    def __init__(self, articles: Column, ends: Column, patterns: Column) -> None:
        self.articles, self.patterns = articles, patterns
        self.ends = ends
        """Where in the article's stream a hit ends."""

    @classmethod
    def by(cls, automaton: Automaton, texts: Sequence[Folded]) -> Seen:
        """All texts read in one go: a space ends each and one begins the next, and no pattern has two together."""
        ends, patterns = automaton.hits("".join([text.stream for text in texts]))
        starts = column(accumulate((len(text.stream) for text in texts), initial=0))
        articles = np.searchsorted(starts, ends) - 1
        return cls(articles, ends - starts[articles], patterns)

    def with_any_below(self, number: int) -> Column:
        """The articles in which a pattern of a lower number stands."""
        return distinct(self.articles[self.patterns < number])

    def of(self, articles: Column) -> Seen:
        """The same of some articles alone, which are then counted through."""
        at = np.searchsorted(articles, self.articles)
        mine = articles[np.minimum(at, len(articles) - 1)] == self.articles
        return Seen(at[mine], self.ends[mine], self.patterns[mine])


class Hits:
    """The hits of a batch as columns, sorted by article, pattern and place."""

    def __init__(self, sheet: Sheet, seen: Seen, lengths: Column, further: Column) -> None:
        """`lengths`, `further`: of each pattern, how many characters it has, and words behind the first."""
        order = np.argsort(keys(seen.articles, seen.patterns), kind="stable")  # ends of a pattern are in order
        articles, patterns = seen.articles[order], seen.patterns[order]
        begins = sheet.streams[articles] + seen.ends[order] - lengths[patterns] + 1
        firsts = np.searchsorted(sheet.starts, begins)
        fields = sheet.parts_of(firsts) % PARTS
        there = _once(sheet, articles, fields)
        self.articles, self.patterns = articles[there], patterns[there]
        self.firsts: Column = firsts[there]
        """The word with which each begins."""
        self.lasts: Column = self.firsts + further[self.patterns]
        self.fields: Column = fields[there]
        self._runs(len(lengths), len(sheet.streams) - 1)

    def _runs(self, patterns: int, articles: int) -> None:
        """All hits of one pattern in one article are a run; a table tells which."""
        changes = (np.diff(self.articles) != 0) | (np.diff(self.patterns) != 0)
        self.runs: Column = np.append(0, changes.nonzero()[0] + 1)[: len(self.articles)]
        """Where each run starts."""
        self.counts: Column = np.diff(np.append(self.runs, len(self.articles)))
        self.run_articles, self.run_patterns = self.articles[self.runs], self.patterns[self.runs]
        known = distinct(self.run_patterns)
        self._known = np.full(patterns, NONE, np.int32)
        self._known[known] = np.arange(len(known))
        self._table = np.full((articles, len(known) + 1), NONE, np.int32)
        self._table[self.run_articles, self._known[self.run_patterns]] = np.arange(len(self.runs))

    def run_of(self, articles: Column, patterns: Column) -> Column:
        """The run of each article and pattern; `NONE` where the pattern does not stand in the article."""
        return self._table[articles, self._known[patterns]].astype(np.int64)

    def somewhere(self, patterns: Column) -> Mask:
        """Whether each pattern stands in any article at all."""
        somewhere: Mask = self._known[patterns] != NONE
        return somewhere


def _once(sheet: Sheet, articles: Column, fields: Column) -> Mask:
    """Which hits are searched: not those in a standfirst with which the body starts again (section 1)."""
    above = fields == STANDFIRST
    again = [article for article in set(articles[above].tolist()) if sheet.text(article).starts_again(1, 2)]
    return ~(above & np.isin(articles, column(again))) if again else np.ones(len(articles), np.bool_)


def lengths_of(patterns: Sequence[str]) -> Column:
    """How many characters each has."""
    return column(map(len, patterns))


def further_in(patterns: Sequence[str]) -> Column:
    """How many words each has behind the first: a space stands before every word, and behind the last of most."""
    spaces = column(map(str.count, patterns, repeat(" ")))
    closed = column(pattern.endswith(" ") for pattern in patterns)
    return spaces - closed - 1
