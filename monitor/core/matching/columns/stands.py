"""Where what rules look for stands in the articles of a batch: all that is asked for, found together.

One *asking* is an article and a `Sought`. Its places are beside each other, each stretch once, in reading order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import msgspec
import numpy as np

from monitor.core.matching.columns.hits import Hits
from monitor.core.matching.columns.second_look import looked_at
from monitor.core.matching.columns.sheet import PARTS, Sheet
from monitor.core.matching.found import FIELDS, Cover, Found
from monitor.core.matching.lexicon import Doubt, Lexicon, Sought
from monitor.core.matching.tables import HIGH, Column, Mask, column, distinct, expanded, halves, keys

LARGE = 64
"""Spellings of what is large (the places of a country): there it is sought for each pattern that stands."""


class Places(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Places as columns; words are numbered through the sheet."""

    firsts: Column
    lasts: Column
    fields: Column
    holds: Mask
    """Whether capitals are as they should be."""
    signs: Column
    """Punctuation marks in it."""
    opening: Mask
    closing: Mask

    @classmethod
    def of(cls, found: Sequence[Found], starts: Column) -> Places:
        """Places that were looked at one by one; `starts`: the first word of the article of each."""
        rows = [(f.first, f.last, f.signs, f.case_holds, f.opening, f.closing) for f in found]
        firsts, lasts, signs, holds, opening, closing = np.array(rows, np.int64).reshape(len(rows), 6).T
        fields = column(FIELDS.index(f.field) for f in found)
        marks = (holds.astype(np.bool_), signs, opening.astype(np.bool_), closing.astype(np.bool_))
        return cls(firsts + starts, lasts + starts, fields, *marks)

    @classmethod
    def joined(cls, parts: Sequence[Places]) -> Places:
        """Those of all parts, one part after the other."""
        return cls(*(np.concatenate([getattr(p, name) for p in parts]) for name in cls.__struct_fields__))

    def at(self, rows: Column) -> Places:
        """Some of them."""
        return Places(*(getattr(self, name)[rows] for name in self.__struct_fields__))

    @property
    def lefts(self) -> Column:
        """Where each begins, its own punctuation included (`Found.left`)."""
        return 2 * self.firsts - self.opening

    @property
    def rights(self) -> Column:
        """Where each ends."""
        return 2 * self.lasts + self.closing


class Stands:
    """Everything that was asked for, and where it stands."""

    def __init__(self, sheet: Sheet, hits: Hits, lexicon: Lexicon, asked: Column) -> None:
        """`asked`: keys of article and `Sought`, in order, each once."""
        self.sheet, self.hits, self._lexicon = sheet, hits, lexicon
        self.sought = len(lexicon.asking)
        """How many `Sought` there are."""
        self.asked = asked
        askings, spellings, at = self._candidates(asked)
        rows, self.places = self._looked_at(askings, spellings, at)
        ends = np.searchsorted(rows, np.arange(len(asked) + 1))
        self.starts, self.counts = ends[:-1], np.diff(ends)
        self._found: dict[tuple[int, Sought], list[Found]] = {}
        self._covers: dict[tuple[int, Sought], Cover] = {}

    # ----------------------------------------------------------- what was found

    @property
    def begins(self) -> Column:
        """Where what is asked for of each article begins; at the end, where it ends."""
        articles = np.arange(len(self.sheet.streams))
        return np.searchsorted(self.asked, keys(articles, np.zeros_like(articles)))

    def rows(self, articles: Column, sought: Column) -> tuple[Column, Column]:
        """For each article and number of a `Sought`, all of them asked for: its first place, and how many."""
        at = np.searchsorted(self.asked, keys(articles, sought))
        return self.starts[at], self.counts[at]

    def count(self, articles: Column, sought: Column) -> Column:
        """In how many places each stands."""
        return self.rows(articles, sought)[1]

    def found(self, article: int, sought: Sought) -> list[Found]:
        """Its places one by one, words numbered from the article's first; asked for now if it was not before."""
        listed = self._found.get((article, sought))
        if listed is None:
            listed = self._found[article, sought] = self._listed(article, sought)
        return listed

    def cover(self, article: int, sought: Sought) -> Cover:
        """The same by the words it covers."""
        cover = self._covers.get((article, sought))
        if cover is None:
            cover = self._covers[article, sought] = Cover(self.found(article, sought))
        return cover

    def _listed(self, article: int, sought: Sought) -> list[Found]:
        key = article << HIGH | sought.number
        at = bisect_left(self.asked.data, key)
        if at == len(self.asked) or self.asked[at] != key:
            return Stands(self.sheet, self.hits, self._lexicon, column([key])).found(article, sought)
        start, count = int(self.starts[at]), int(self.counts[at])
        return list(self._one_by_one(article, start, start + count)) if count else []

    def one(self, article: int, row: int) -> Found:
        """One place of an article."""
        (found,) = self._one_by_one(article, row, row + 1)
        return found

    def _one_by_one(self, article: int, begin: int, end: int) -> Iterator[Found]:
        start, places = self.sheet.first(article), self.places
        rows = [getattr(places, name)[begin:end].tolist() for name in Places.__struct_fields__]
        for first, last, field, holds, signs, opening, closing in zip(*rows, strict=True):
            yield Found(FIELDS[field], first - start, last - start, holds, signs, opening, closing)

    # ----------------------------------------------------------- finding it

    def _candidates(self, asked: Column) -> tuple[Column, Column, Column]:
        """Every hit of a spelling's pattern: number of the asking, of the spelling, and of the hit."""
        articles, sought = halves(asked)
        large = self._lexicon.asking.sizes(sought) > LARGE
        small = (~large).nonzero()[0]
        owners, spellings = self._lexicon.asking.of(sought[small])
        patterns = self._lexicon.patterns.column[spellings]
        there = self.hits.somewhere(patterns).nonzero()[0]
        owners, spellings, patterns = small[owners[there]], spellings[there], patterns[there]
        runs = self.hits.run_of(articles[owners], patterns)
        there = (runs >= 0).nonzero()[0]
        parts = [(owners[there], spellings[there], runs[there])]
        parts += [self._in_runs(asked, number) for number in distinct(sought[large]).tolist()]
        owners, spellings, runs = map(np.concatenate, zip(*parts, strict=True))
        at, hits = expanded(self.hits.runs[runs], self.hits.counts[runs])
        return owners[at], spellings[at], hits

    def _in_runs(self, asked: Column, number: int) -> tuple[Column, Column, Column]:
        """The runs of patterns that something large asks for, in the articles for which it is asked for."""
        _, spellings = self._lexicon.asking.of(np.array([number]))
        order = np.argsort(patterns := self._lexicon.patterns.column[spellings], kind="stable")
        patterns, spellings = patterns[order], spellings[order]
        starts = np.searchsorted(patterns, self.hits.run_patterns)
        counts = np.searchsorted(patterns, self.hits.run_patterns, side="right") - starts
        own = keys(self.hits.run_articles, np.full(len(starts), number))
        at = np.minimum(np.searchsorted(asked, own), len(asked) - 1)
        counts[asked[at] != own] = 0
        runs, rows = expanded(starts, counts)
        return at[runs], spellings[rows], runs

    def _looked_at(self, askings: Column, spellings: Column, at: Column) -> tuple[Column, Places]:
        """What of the candidates stands: those sure at a glance, and those that a second look leaves; in order."""
        hits, sheet = self.hits, self.sheet
        ending = self._lexicon.possessives.column[spellings] == 1
        ending[ending] = ~sheet.possessive(hits.lasts[at[ending]])
        stands = (~ending).nonzero()[0]
        askings, spellings, at = askings[stands], spellings[stands], at[stands]
        firsts, lasts = hits.firsts[at], hits.lasts[at]
        sure, holds = self._glance(self._lexicon.doubts.column[spellings], firsts, lasts)
        rows, seen = self._second_look((~sure).nonzero()[0], spellings, at)
        glance = sure.nonzero()[0]
        took = np.concatenate([glance, rows])
        none = np.zeros(len(glance), np.int64)
        capitals, opens, closes = (
            np.concatenate([first, second]).astype(np.bool_)
            for first, second in ((holds[glance], seen[:, 0]), (none, seen[:, 2]), (none, seen[:, 3]))
        )
        signs = np.concatenate([none, seen[:, 1]])
        places = Places(firsts[took], lasts[took], hits.fields[at][took], capitals, signs, opens, closes)
        return self._in_order(askings[took], places)

    def _glance(self, doubts: Column, firsts: Column, lasts: Column) -> tuple[Mask, Mask]:
        """For each place whether a glance is enough, and if so whether its capitals are as they should be."""
        sheet = self.sheet
        sure = sheet.whole(firsts, lasts) & (doubts < Doubt.EXACT)
        holds = np.ones(len(doubts), np.bool_)
        some = (doubts == Doubt.CAPITALS).nonzero()[0]
        sure[some] &= sheet.capitalised(firsts[some], lasts[some])
        some = (doubts == Doubt.SMALL).nonzero()[0]
        sure[some] &= sheet.ascii(firsts[some], lasts[some])
        holds[some] = ~sheet.with_capitals(firsts[some], lasts[some])
        return sure, holds

    def _second_look(self, doubtful: Column, spellings: Column, at: Column) -> tuple[Column, Column]:
        """For each place that stands on a second look which candidate it is, and what was seen."""
        hits, sheet, known = self.hits, self.sheet, self._lexicon.spellings
        rows, seen = [], []
        hit = at[doubtful]
        articles = hits.articles[hit]
        starts = sheet.firsts[articles * PARTS]
        columns = (doubtful, spellings[doubtful], articles, hits.firsts[hit] - starts, hits.lasts[hit] - starts)
        for row, spelling, article, first, last in zip(*(c.tolist() for c in columns), strict=True):
            for looked in looked_at(known[spelling], sheet.text(article), first, last):
                rows.append(row)
                seen.append(looked)
        return np.array(rows, np.int64), np.array(seen, np.int64).reshape(len(seen), 4)

    def _in_order(self, askings: Column, places: Places) -> tuple[Column, Places]:
        """Places in reading order for each asking, each stretch once: a form whose capitals fit is enough."""
        order = np.lexsort((~places.holds, places.rights, places.lefts, askings))
        twice = self._lexicon.twice.column[halves(self.asked)[1]].astype(np.bool_)
        askings, places = askings[order], places.at(order)
        if len(order) > 1:
            same = np.ones(len(order) - 1, np.bool_)
            for values in (askings, places.lefts, places.rights):
                same &= values[1:] == values[:-1]
            kept = np.append(True, ~(same & twice[askings[1:]])).nonzero()[0]
            askings, places = askings[kept], places.at(kept)
        return askings, places
