"""Who asks for what stands in a batch: the sections, and of their terms those of which an anchor was seen.

Sections have seats. Each term of each seat has a slot, counted through; before those of a seat comes one for its
query. A *case* is an article and a section that asks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import msgspec
import numpy as np

from monitor.core.matching.columns.hits import Hits
from monitor.core.matching.tables import Column, column, distinct, expanded, halves, keys, turns


class Asked(msgspec.Struct, frozen=True, eq=False, gc=False):
    """The cases of a batch, by article and seat; and what they ask for, by case and place in the profile."""

    articles: Column
    seats: Column
    begins: Column
    """For each case where what it asks for begins; at the end, where the last ends."""
    cases: Column
    """For each slot asked for the number of its case."""
    slots: Column
    numbers: Column
    """The number of the term in its profile; below nought for a query."""

    @property
    def asking(self) -> Column:
        """For each slot asked for the article."""
        return self.articles[self.cases]

    def with_query(self) -> list[int]:
        """The cases that are asked for a query."""
        cases: list[int] = self.cases[self.numbers < 0].tolist()
        return cases

    def numbers_of(self, case: int) -> list[int]:
        """The numbers of a case's terms, the query's first."""
        numbers: list[int] = self.numbers[self.begins[case] : self.begins[case + 1]].tolist()
        return numbers


class Askers:
    """For each anchor the slots that ask for it."""

    def __init__(self, askers: Sequence[Sequence[tuple[int, int]]], terms: Sequence[int]) -> None:
        """`askers`: for each anchor seat and number of the term; `terms`: how many each seat has."""
        self.bases = np.append(0, np.cumsum(column(terms) + 1))
        """The first slot of each seat, and the end."""
        self._counts = column(map(len, askers))
        self._starts = np.cumsum(self._counts) - self._counts
        pairs = column(chain.from_iterable(chain.from_iterable(askers))).reshape(-1, 2)
        self._slots: Column = self.bases[pairs[:, 0]] + pairs[:, 1] + 1

    def asked(self, hits: Hits) -> Asked:
        """Everybody who asks for what stands there."""
        anchors = (hits.run_patterns < len(self._counts)).nonzero()[0]
        patterns = hits.run_patterns[anchors]
        runs, at = expanded(self._starts[patterns], self._counts[patterns])
        articles, slots = halves(distinct(keys(hits.run_articles[anchors][runs], self._slots[at])))
        seats = np.searchsorted(self.bases, slots, side="right") - 1
        of_case = keys(articles, seats)
        begins = turns(of_case)
        ends = np.append(begins, len(slots))
        cases = np.repeat(np.arange(len(begins)), np.diff(ends))
        return Asked(articles[begins], seats[begins], ends, cases, slots, slots - self.bases[seats] - 1)
