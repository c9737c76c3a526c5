"""One batch of articles before the seats: all hits in columns, and every OICW rule judged on all of them.

What has to be weighed place by place is weighed (`section.py`), and its hits join the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from monitor.core.article import Article
from monitor.core.match import AliasHit, Rejected
from monitor.core.matching.columns.context import Nearest, Tasks
from monitor.core.matching.columns.hits import Seen
from monitor.core.matching.columns.sheet import PARTS, Sheet
from monitor.core.matching.columns.spans import spans
from monitor.core.matching.columns.stands import Places
from monitor.core.matching.columns.terms import Credits
from monitor.core.matching.folding import Folded
from monitor.core.matching.query import Asked as AskedQuery
from monitor.core.matching.scan import Scan
from monitor.core.matching.seats import Seats
from monitor.core.matching.section import SectionJudge
from monitor.core.matching.tables import Column, Mask, column
from monitor.core.matching.terms import TermHits


class Sitting:
    """Articles in each of which an anchor stands, the sections that are asked, and what they look for."""

    def __init__(self, batch: Sequence[Article], texts: Sequence[Folded], seen: Seen, seats: Seats) -> None:
        self.batch = batch
        self._seats = seats
        self._sheet = Sheet(texts)
        self._asked, self._stands = seats.asked(self._sheet, seen)
        self._scans: dict[int, Scan] = {}
        self.articles, self.seats = self._asked.articles, self._asked.seats
        """Of each case the number of the article, and of the seat."""
        plain, tangled = seats.terms.plain(self._asked, self._stands)
        self.weighed = {case: self._weigh(case) for case in tangled}
        """What became of the places that had to be weighed, by case."""
        self._credits = Credits.of([plain, self._of_weighed()])

    def scan(self, article: int) -> Scan:
        """One of the articles, to look at it place by place."""
        scan = self._scans.get(article)
        if scan is None:
            scan = self._scans[article] = Scan(self.batch[article], article, self._stands)
        return scan

    def rejected(self, case: int) -> tuple[Rejected, ...]:
        """Where a term stands and yet is no hit, of a case that had to be weighed."""
        return self.weighed[case][0].to_rejected(self._scan_of(case))

    def aliases(self) -> Iterator[tuple[int, list[AliasHit]]]:
        """The cases in which a name stands that nobody has approved, and where."""
        for case in self._seats.terms.aliased(self._asked, self._stands):
            yield case, list(self._judge_of(case).aliases(self._scan_of(case), self._numbers(case)))

    def _judge_of(self, case: int) -> SectionJudge:
        return self._seats.judge(int(self.seats[case]))

    def _scan_of(self, case: int) -> Scan:
        return self.scan(int(self.articles[case]))

    # ----------------------------------------------------------- what has to be weighed

    def _numbers(self, case: int) -> list[int]:
        """The numbers of a case's terms, the query's first."""
        numbers, begins = self._all_numbers
        return numbers[begins[case] : begins[case + 1]]

    @cached_property
    def _all_numbers(self) -> tuple[list[int], list[int]]:
        """The numbers of all cases, and where those of each begin."""
        begins = np.searchsorted(self._asked.cases, np.arange(len(self.articles) + 1))
        return self._asked.numbers.tolist(), begins.tolist()

    def _weigh(self, case: int) -> tuple[TermHits, AskedQuery | None]:
        return self._judge_of(case).weighed(self._scan_of(case), self._numbers(case))

    def _of_weighed(self) -> Credits:
        """The hits of the tangled cases."""
        rows = [
            (case, self._seats.terms.name(sought.term.name), derived, found)
            for case, (hits, _) in self.weighed.items()
            for listed, derived in ((hits.direct, False), (hits.derived, True))
            for sought, found in listed
        ]
        cases, names = column(row[0] for row in rows), column(row[1] for row in rows)
        derived = column(row[2] for row in rows)
        starts = self._sheet.firsts[self._asked.articles[cases] * PARTS]
        places = Places.of([row[3] for row in rows], starts)
        return Credits(cases, names, places, derived.astype(np.bool_))

    # ----------------------------------------------------------- what the rules are judged on

    def standing(self, *, derived: bool) -> tuple[Mask, Mask, Column]:
        """Of each case whether a hit stands in the headline, whether in the lead, and how many there are.

        Not those that are derived, if `derived` is not asked for.
        """
        kept = np.ones(len(self._credits.cases), np.bool_) if derived else ~self._credits.derived
        cases, places = self._credits.cases[kept], self._credits.places
        headline, lead = places.fields[kept] == 0, self._sheet.in_lead(places.firsts[kept])
        count = len(self.articles)
        in_headline, in_lead = (np.bincount(cases[some], minlength=count) > 0 for some in (headline, lead))
        return in_headline, in_lead, np.bincount(cases, minlength=count)

    @cached_property
    def hit_counts(self) -> Column:
        """Of each case how many hits there are."""
        return np.bincount(self._credits.cases, minlength=len(self.articles))

    def body_words(self) -> Column:
        """Of each case how many words the article's body has."""
        return self._sheet.body_words(self._asked.articles)

    def context_tasks(self, cases: Column) -> Tasks:
        """The OICW rules of some cases."""
        return self._seats.tasks(self._asked, cases)

    def nearest(self, tasks: Tasks) -> Nearest:
        """The nearest context word of each."""
        return self._seats.context.judged(tasks, self._credits.cases, self._credits.places, self._stands)

    def held(self, tasks: Tasks) -> Mask:
        """Whether each holds, and no more."""
        return self._seats.context.held(tasks, self._credits.cases, self._credits.places, self._stands)

    # ----------------------------------------------------------- what is written down

    def hits(self) -> tuple[list[str], list[int]]:
        """The hits of all cases as JSON, and where those of each case begin; at the end, where they end."""
        names, named = self._seats.terms.names, self._credits.names.tolist()
        derived = ["true" if one else "false" for one in self._credits.derived.tolist()]
        begins = np.searchsorted(self._credits.cases, np.arange(len(self.articles) + 1))
        hits = [
            f'{{"term":{names[name]},"span":{{{span}}},"derived":{one}}}'
            for name, span, one in zip(named, self.spans(self._credits.places), derived, strict=True)
        ]
        return hits, begins.tolist()

    def spans(self, places: Places) -> list[str]:
        """The span of each place as JSON, without the braces around it."""
        return spans(places, self.batch, self._sheet)
