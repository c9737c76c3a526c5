"""Which of many texts may be copies of some, asked again and again while the many come and go.

`copies` compares all with all. Where a few articles are asked for among those of many days, each day's texts are
made ready once, and a text is looked up by its runs: what shares too few of them is left out, all else is let
through, for `copies` to decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from monitor.adapters.cluster.runs import Hashes, Numbers, runs_of
from monitor.core.likeness import LEAST_SHARED


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Every run of some texts, in order."""

    ids: list[str]
    hashes: Hashes
    owners: Numbers
    """The text of each."""
    sizes: Numbers
    """How many each text has."""

    def like(self, runs: Hashes) -> Iterator[str]:
        """Ids of those that share with a text of these runs what copies share at least."""
        starts = np.searchsorted(self.hashes, runs, "left")
        ends = np.searchsorted(self.hashes, runs, "right")
        there = np.flatnonzero(ends > starts)
        if len(there):
            found = [self.owners[starts[n] : ends[n]] for n in there]
            shared = np.bincount(np.concatenate(found), minlength=len(self.sizes))
            enough = np.maximum(np.ceil(LEAST_SHARED * np.minimum(self.sizes, len(runs))), 1)
            for owner in np.flatnonzero(shared >= enough):
                yield self.ids[owner]


class Sieve:
    """Texts, by the day, and which of them may be copies of one that is asked about."""

    def __init__(self) -> None:
        self._shelves: dict[date, _Shelf] = {}

    def put(self, day: date, texts: Mapping[str, str]) -> None:
        """Have these from now on, by id."""
        runs = runs_of(list(texts.values()))
        order = np.argsort(runs.hashes, kind="stable")
        self._shelves[day] = _Shelf(list(texts), runs.hashes[order], runs.texts[order], runs.sizes)

    def drop(self, day: date) -> None:
        """Have those no more."""
        del self._shelves[day]

    def like(self, texts: Sequence[str]) -> set[str]:
        """Ids of what may be a copy of one of these, themselves included: none is left out that `copies` finds."""
        runs = runs_of(texts)
        asked = [runs.of(n) for n in range(len(texts)) if runs.sizes[n]]
        return {found for one in asked for shelf in self._shelves.values() for found in shelf.like(one)}
