"""The cases of a batch weighed, the tangled ones place by place; what became of their places in columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import msgspec
import numpy as np

from monitor.core.matching import native
from monitor.core.matching.columns.asked import Asked
from monitor.core.matching.columns.sheet import PARTS
from monitor.core.matching.columns.stands import Places, Stands
from monitor.core.matching.columns.terms import REASONS, Credits, Rejects, Unapproved
from monitor.core.matching.found import Found
from monitor.core.matching.query import Asked as AskedQuery
from monitor.core.matching.scan import Scan
from monitor.core.matching.seats import Seats
from monitor.core.matching.tables import Column, column
from monitor.core.matching.terms import Credit, TermHits

Scans: TypeAlias = Callable[[int], Scan]
"""The articles of a batch by number, to look at them place by place."""


class Weighed(msgspec.Struct, frozen=True, eq=False, gc=False):
    """What became of the places of some cases."""

    credits: Credits
    rejects: Rejects

    def and_also(self, other: Weighed) -> Weighed:
        """Both together; no case is in both of them."""
        return Weighed(Credits.of([self.credits, other.credits]), Rejects.of([self.rejects, other.rejects]))

    @classmethod
    def of(cls, hits: Sequence[tuple[int, TermHits]], asked: Asked, stands: Stands, seats: Seats) -> Weighed:
        """The same in columns; `hits`: of each case, in order."""
        kept = [
            (case, credit, derived)
            for case, found in hits
            for listed, derived in ((found.direct, False), (found.derived, True))
            for credit in listed
        ]
        lost = [(case, reject) for case, found in hits for reject in found.rejected]
        cases, names, places = _columns([(case, credit) for case, credit, _ in kept], asked, stands, seats)
        credited = Credits.of([Credits(cases, names, places, np.array([one for *_, one in kept], np.bool_))])
        cases, names, places = _columns([(case, (s, f)) for case, (s, f, _, _) in lost], asked, stands, seats)
        reasons = column(REASONS.index(reason) for _, (_, _, reason, _) in lost)
        return cls(credited, Rejects(cases, names, places, reasons, [detail for _, (*_, detail) in lost]))


def _columns(
    rows: Sequence[tuple[int, Credit]], asked: Asked, stands: Stands, seats: Seats
) -> tuple[Column, Column, Places]:
    """Of each row the case, the name under which its place is reported, and the place."""
    cases = column(case for case, _ in rows)
    names = column(seats.terms.name(sought.term.name) for _, (sought, _) in rows)
    found: list[Found] = [place for _, (_, place) in rows]
    return cases, names, Places.of(found, stands.sheet.firsts[asked.articles[cases] * PARTS])


@native.twin(native.weighing)
def weighed(asked: Asked, stands: Stands, seats: Seats, scans: Scans) -> tuple[Weighed, Unapproved]:
    """What became of every place where terms stand, of the cases that are asked for no query.

    And of all cases the places where an alias stands that nobody has approved.
    """
    plain, tangled = seats.terms.plain(asked, stands)
    hits = []
    for case in tangled:
        judge = seats.judge(int(asked.seats[case]))
        hits.append((case, judge.weighed(scans(int(asked.articles[case])), asked.numbers_of(case))[0]))
    found = Weighed.of(hits, asked, stands, seats)
    return Weighed(Credits.of([plain, found.credits]), found.rejects), _unapproved(asked, stands, seats, scans)


def _unapproved(asked: Asked, stands: Stands, seats: Seats, scans: Scans) -> Unapproved:
    found = [
        (case, *one)
        for case in seats.terms.aliased(asked, stands)
        for one in seats.judge(int(asked.seats[case])).aliases(
            scans(int(asked.articles[case])), asked.numbers_of(case)
        )
    ]
    of_terms = _columns([(case, credit) for case, credit, _ in found], asked, stands, seats)
    return Unapproved(*of_terms, column(seats.terms.name(alias) for *_, alias in found))


def weighed_queries(
    cases: Sequence[int], asked: Asked, stands: Stands, seats: Seats, scans: Scans
) -> tuple[Weighed, dict[int, AskedQuery]]:
    """The same of `cases`, which are asked for a query, and the queries that decide, by case."""
    hits, queries = [], {}
    for case in cases:
        judge = seats.judge(int(asked.seats[case]))
        found, query = judge.weighed(scans(int(asked.articles[case])), asked.numbers_of(case))
        hits.append((case, found))
        if query:
            queries[case] = query
    return Weighed.of(hits, asked, stands, seats), queries
