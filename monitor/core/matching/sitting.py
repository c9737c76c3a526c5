"""One batch of articles before the seats: all hits in columns, and every OICW rule judged on all of them.

What has to be weighed place by place is weighed (`section.py`), and its hits join the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from monitor.core.article import Article
from monitor.core.match import quoted
from monitor.core.matching import native
from monitor.core.matching.columns.context import Nearest, Tasks
from monitor.core.matching.columns.hits import Seen
from monitor.core.matching.columns.sheet import LEAD_WORDS, Sheet
from monitor.core.matching.columns.spans import Cuts
from monitor.core.matching.columns.stands import Places
from monitor.core.matching.columns.terms import REASONS, Credits
from monitor.core.matching.folding import Folded
from monitor.core.matching.place import Placed
from monitor.core.matching.query import Asked as AskedQuery
from monitor.core.matching.scan import Scan
from monitor.core.matching.seats import Seats
from monitor.core.matching.tables import Column, Mask
from monitor.core.matching.weighing import weighed, weighed_queries


class Sitting:
    """Articles in each of which an anchor stands, the sections that are asked, and what they look for."""

    def __init__(self, batch: Sequence[Article], texts: Sequence[Folded], seen: Seen, seats: Seats) -> None:
        self.batch = batch
        self._seats = seats
        self.sheet = Sheet(texts)
        self._asked, self._stands = seats.asked(self.sheet, seen)
        self._scans: dict[int, Scan] = {}
        self.articles, self.seats = self._asked.articles, self._asked.seats
        """Of each case the number of the article, and of the seat."""
        found, self.unapproved = weighed(self._asked, self._stands, seats, self.scan)
        """Where aliases stand that nobody has approved."""
        self.queries: dict[int, AskedQuery] = {}
        """The queries that decide, by case."""
        with_query = self._asked.with_query()
        if with_query:
            of_queries, self.queries = weighed_queries(with_query, self._asked, self._stands, seats, self.scan)
            found = found.and_also(of_queries)
        self.credits, self.rejects = found.credits, found.rejects
        """The hits, and where a term stands and yet is no hit."""

    def scan(self, article: int) -> Scan:
        """One of the articles, to look at it place by place."""
        scan = self._scans.get(article)
        if scan is None:
            scan = self._scans[article] = Scan(self.batch[article], article, self._stands)
        return scan

    @cached_property
    def outlets(self) -> Column:
        """Of each article the number of its outlet, or `UNKNOWN`."""
        return self._seats.outlets.numbers(article.outlet for article in self.batch)

    def placed(self, articles: Column, rules: Column) -> Placed:
        """What place rules find in articles, by the numbers of both."""
        return self._seats.places.judged(articles, rules, self.batch, self.outlets, self._stands)

    # ----------------------------------------------------------- what the rules are judged on

    def standing(self, *, derived: bool) -> tuple[Mask, Mask, Column]:
        """Of each case whether a hit stands in the headline, whether in the lead, and how many there are.

        Not those that are derived, if `derived` is not asked for.
        """
        return _standing(self.credits, self.sheet, self.articles, derived)

    @cached_property
    def hit_counts(self) -> Column:
        """Of each case how many hits there are."""
        return np.bincount(self.credits.cases, minlength=len(self.articles))

    @cached_property
    def hits_begin(self) -> Column:
        """Where the hits of each case begin; at the end, where they end."""
        return np.append(0, np.cumsum(self.hit_counts))

    @cached_property
    def rejects_begin(self) -> Column:
        """The same for what is rejected."""
        return np.append(0, np.cumsum(np.bincount(self.rejects.cases, minlength=len(self.articles))))

    def body_words(self) -> Column:
        """Of each case how many words the article's body has."""
        return self.sheet.body_words(self._asked.articles)

    def context_tasks(self, cases: Column) -> Tasks:
        """The OICW rules of some cases."""
        return self._seats.tasks(self._asked, cases)

    def nearest(self, tasks: Tasks) -> Nearest:
        """The nearest context word of each."""
        return self._seats.context.judged(tasks, self.credits.cases, self.credits.places, self._stands)

    def held(self, tasks: Tasks) -> Mask:
        """Whether each holds, and no more."""
        return self._seats.context.held(tasks, self.credits.cases, self.credits.places, self._stands)

    # ----------------------------------------------------------- what is written down

    def hits(self) -> list[str]:
        """The hits of all cases as JSON."""
        found = self.credits
        return self._hits(found.names, found.places, found.derived)

    def rejected(self) -> list[str]:
        """The places that are no hits as JSON."""
        lost = self.rejects
        hits = self._hits(lost.names, lost.places, np.zeros(len(lost.cases), np.bool_))
        rows = zip(hits, lost.reasons.tolist(), quoted(lost.details), strict=True)
        return [f'{{"hit":{hit},"reason":"{REASONS[reason]}","detail":{detail}}}' for hit, reason, detail in rows]

    def aliases(self) -> list[str]:
        """The places where an alias stands that nobody has approved as JSON."""
        found, sections, known = self.unapproved, self._seats.sections, self._seats.terms.names
        hits = self._hits(found.names, found.places, np.zeros(len(found.cases), np.bool_))
        named = self._seats.named[self.seats[found.cases]]
        rows = zip(named.tolist(), found.aliases.tolist(), hits, strict=True)
        return [f'{{"section":{sections[own]},"alias":{known[alias]},"hit":{hit}}}' for own, alias, hit in rows]

    def _hits(self, names: Column, places: Places, derived: Mask) -> list[str]:
        known = self._seats.terms.names
        rows = zip(names.tolist(), self.cuts(places).written(self.batch), derived.tolist(), strict=True)
        return [
            f'{{"term":{known[name]},"span":{{{span}}},"derived":{"true" if one else "false"}}}'
            for name, span, one in rows
        ]

    def cuts(self, places: Places) -> Cuts:
        """Where places stand in the original texts."""
        return Cuts.of(places, self.sheet)


@native.twin(native.sitting, LEAD_WORDS)
def _standing(hits: Credits, sheet: Sheet, articles: Column, derived: bool) -> tuple[Mask, Mask, Column]:
    """Of each case whether a hit is in the headline, whether in the lead, and how many; derived ones or not."""
    kept = np.ones(len(hits.cases), np.bool_) if derived else ~hits.derived
    cases, places, count = hits.cases[kept], hits.places, len(articles)
    headline, lead = places.fields[kept] == 0, sheet.in_lead(places.firsts[kept])
    in_headline, in_lead = (np.bincount(cases[some], minlength=count) > 0 for some in (headline, lead))
    return in_headline, in_lead, np.bincount(cases, minlength=count)
