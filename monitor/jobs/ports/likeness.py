"""What finding copies needs: the comparing of texts, and a sieve before it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from monitor.core.article import Article
from monitor.core.likeness import Wording


class Clusterer(Protocol):
    """`adapters.cluster.copies`."""

    def __call__(self, articles: Sequence[Article]) -> Sequence[tuple[str, str]]:
        """Pairs of ids of articles whose texts are near-duplicates, verified.

        Whether two are depends on these two alone.
        """


class Sieve(Protocol):
    """`adapters.cluster.Sieve`: leaves out what a `Clusterer` need not compare."""

    def put(self, day: date, texts: Mapping[str, str]) -> None:
        """Have these from now on, by the ids of their articles."""

    def drop(self, day: date) -> None:
        """Have those no more."""

    def like(self, texts: Sequence[str]) -> Collection[str]:
        """Ids of those it has that may be copies of one of these; a `Clusterer` finds no others."""


class Wordings(Protocol):
    """What stored articles are compared by."""

    def wordings(self, since: datetime, until: datetime) -> list[Wording]:
        """Of every text first seen in `[since, until)`, also where it changed since; in no order."""
