"""What the automaton saw in many articles, as places of patterns: words from the first to the last."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, repeat

import msgspec
import numpy as np

from monitor.core.matching import native
from monitor.core.matching.automaton import Automaton
from monitor.core.matching.columns.sheet import PARTS, Sheet
from monitor.core.matching.folding import Folded
from monitor.core.matching.tables import Column, Mask, column, expanded

STANDFIRST = 1


class Seen(msgspec.Struct, frozen=True, eq=False, gc=False):
    """What the automaton said of each article of a batch."""

    ends: Column
    """Where each hit ends in the streams of the batch, one after the other; in this order."""
    patterns: Column
    starts: Column
    """Where the stream of each article starts in them."""
    begins: Column
    """Where the hits of each article begin in the columns."""
    behinds: Column
    """And where they end."""

    @classmethod
    def by(cls, automaton: Automaton, texts: Sequence[Folded]) -> Seen:
        """All texts read in one go: a space ends each and one begins the next, and no pattern has two together."""
        ends, patterns = automaton.hits("".join([text.stream for text in texts]))
        edges = column(accumulate((len(text.stream) for text in texts), initial=0))
        at = np.searchsorted(ends, edges, side="right")
        return cls(ends, patterns, edges[:-1], at[:-1], at[1:])

    def with_any_below(self, number: int) -> Column:
        """The articles in which a pattern of a lower number stands."""
        below = np.append(0, np.cumsum(self.patterns < number))
        return (below[self.begins] < below[self.behinds]).nonzero()[0]

    def of(self, articles: Column) -> Seen:
        """The same of some articles alone, which are then counted through."""
        own = (of[articles] for of in (self.starts, self.begins, self.behinds))
        return Seen(self.ends, self.patterns, *own)


class Hits(msgspec.Struct, frozen=True, eq=False, gc=False):
    """The hits of a batch that count, by article, those of an article in order of their ends."""

    articles: Column
    patterns: Column
    firsts: Column
    """The word with which each begins."""
    lasts: Column
    fields: Column

    @classmethod
    def of(cls, sheet: Sheet, seen: Seen, further: Column) -> Hits:
        """`further`: of each pattern, how many words it has behind the first."""
        return cls(*_places(sheet, seen, further))


@native.twin(native.hits)
def _places(sheet: Sheet, seen: Seen, further: Column) -> tuple[Column, ...]:
    """The columns of `Hits`."""
    articles, at = expanded(seen.begins, seen.behinds - seen.begins)
    patterns = seen.patterns[at]
    ends = seen.ends[at] - seen.starts[articles] + sheet.streams[articles]
    lasts = np.searchsorted(sheet.starts, ends) - 1
    firsts = lasts - further[patterns]
    fields = sheet.parts_of(firsts) % PARTS
    there = _once(sheet, articles, fields)
    return articles[there], patterns[there], firsts[there], lasts[there], fields[there]


def _once(sheet: Sheet, articles: Column, fields: Column) -> Mask:
    """Which hits are searched: not those in a standfirst with which the body starts again (section 1)."""
    above = fields == STANDFIRST
    again = [article for article in set(articles[above].tolist()) if sheet.text(article).starts_again(1, 2)]
    return ~(above & np.isin(articles, column(again))) if again else np.ones(len(articles), np.bool_)


def further_in(patterns: Sequence[str]) -> Column:
    """How many words each has behind the first: a space stands before every word, and behind the last of most."""
    spaces = column(map(str.count, patterns, repeat(" ")))
    closed = column(pattern.endswith(" ") for pattern in patterns)
    return spaces - closed - 1
