"""Who asks for what stands in a batch: the sections, and of their terms those of which an anchor was seen.

Sections have seats. Each term of each seat has a slot, counted through; before those of a seat comes one for its
query. A *case* is an article and a section that asks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import chain

import msgspec
import numpy as np

from monitor.core.matching import native
from monitor.core.matching.columns.hits import Hits
from monitor.core.matching.tables import Column, Lists, column, distinct, expanded, halves, keys, turns


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
        self.seats = np.repeat(np.arange(len(terms)), np.diff(self.bases))
        """The seat of each slot."""
        self.ends = np.append(0, np.cumsum(column(map(len, askers))))
        """Where among `slots` those that ask for each anchor end; before the first nought."""
        pairs = column(chain.from_iterable(chain.from_iterable(askers))).reshape(-1, 2)
        self.slots: Column = self.bases[pairs[:, 0]] + pairs[:, 1] + 1

    def asked(self, hits: Hits) -> Asked:
        """Everybody who asks for what stands there."""
        return Asked(*_asked(self, hits))


@native.twin(native.hits)
def _asked(askers: Askers, hits: Hits) -> tuple[Column, ...]:
    """The columns of `Asked`."""
    anchors = (hits.patterns < len(askers.ends) - 1).nonzero()[0]
    starts, ends = askers.ends[hits.patterns[anchors]], askers.ends[hits.patterns[anchors] + 1]
    rows, at = expanded(starts, ends - starts)
    articles, slots = halves(distinct(keys(hits.articles[anchors][rows], askers.slots[at])))
    seats = askers.seats[slots]
    begins = turns(keys(articles, seats))
    ends = np.append(begins, len(slots))
    cases = np.repeat(np.arange(len(begins)), np.diff(ends))
    return articles[begins], seats[begins], ends, cases, slots, slots - askers.bases[seats] - 1


class Wanted:
    """What all who ask look for, by numbers of `Sought`: for each case and for each slot asked for a list."""

    def __init__(
        self, asked: Asked, of_cases: Column, case_lists: Lists, of_slots: Column, slot_lists: Lists
    ) -> None:
        self.asked = asked
        self.of_cases, self.case_lists = of_cases, case_lists
        self.of_slots, self.slot_lists = of_slots, slot_lists

    @cached_property
    def keys(self) -> Column:
        """Keys of article and `Sought`, in order, each once."""
        cases, by_cases = self.case_lists.of(self.of_cases)
        slots, by_slots = self.slot_lists.of(self.of_slots)
        wanted = [keys(self.asked.articles[cases], by_cases), keys(self.asked.asking[slots], by_slots)]
        return distinct(np.concatenate(wanted))
