"""One batch of articles before the seats: all hits in columns, and every OICW rule judged on all of them.

What has to be weighed place by place is weighed (`section.py`), and its hits join the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from monitor.core.article import Article
from monitor.core.match import AliasHit, Hit, Rejected, Span
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
from monitor.core.matching.tables import Column, column
from monitor.core.matching.terms import TermHits


class Sitting:
    """Articles in each of which an anchor stands, the sections that are asked, and what they look for."""

    def __init__(self, batch: Sequence[Article], texts: Sequence[Folded], seen: Seen, seats: Seats) -> None:
        self.batch = batch
        self._seats = seats
        self._sheet = Sheet(texts)
        self._asked, self._stands = seats.asked(self._sheet, seen)
        self._scans: dict[int, Scan] = {}
        self.articles: list[int] = self._asked.articles.tolist()
        """Of each case the number of the article."""
        self.seats: list[int] = self._asked.seats.tolist()
        """Of each case the number of the seat."""
        self.judges = [seats.judge(seat) for seat in self.seats]
        """Of each case the judge of its section."""
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
        return self.weighed[case][0].to_rejected(self.scan(self.articles[case]))

    def aliases(self) -> Iterator[tuple[int, list[AliasHit]]]:
        """The cases in which a name stands that nobody has approved, and where."""
        for case in self._seats.terms.aliased(self._asked, self._stands):
            scan = self.scan(self.articles[case])
            yield case, list(self.judges[case].aliases(scan, self._numbers(case)))

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
        return self.judges[case].weighed(self.scan(self.articles[case]), self._numbers(case))

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

    def hits(self) -> tuple[list[Hit], list[int]]:
        """The hits of all cases, and where those of each case begin; at the end, where they end."""
        names = self._seats.terms.names
        found = spans(self._credits.places, self.batch, self._sheet)
        named = [names[number] for number in self._credits.names.tolist()]
        begins = np.searchsorted(self._credits.cases, np.arange(len(self.articles) + 1))
        return list(map(Hit, named, found, self._credits.derived.tolist())), begins.tolist()

    def standing(self, *, derived: bool) -> tuple[list[bool], list[bool], list[int]]:
        """Of each case whether a hit stands in the headline, whether in the lead, and how many there are.

        Not those that are derived, if `derived` is not asked for.
        """
        kept = np.ones(len(self._credits.cases), np.bool_) if derived else ~self._credits.derived
        cases, places = self._credits.cases[kept], self._credits.places
        headline, lead = places.fields[kept] == 0, self._sheet.in_lead(places.firsts[kept])
        count = len(self.articles)
        counted = [np.bincount(cases[some], minlength=count) for some in (headline, lead)]
        return (counted[0] > 0).tolist(), (counted[1] > 0).tolist(), np.bincount(cases, minlength=count).tolist()

    def body_words(self) -> list[int]:
        """Of each case how many words the article's body has."""
        words: list[int] = self._sheet.body_words(self._asked.articles).tolist()
        return words

    def context(self, cases: Column) -> tuple[Tasks, Nearest, list[Span]]:
        """The OICW rules of some cases, the nearest word of each, and where it stands, of those that have one."""
        tasks = self._seats.tasks(self._asked, cases)
        nearest = self._seats.context.judged(tasks, self._credits.cases, self._credits.places, self._stands)
        words = nearest.words[nearest.words >= 0]
        return tasks, nearest, spans(nearest.standing.places.at(words), self.batch, self._sheet)
