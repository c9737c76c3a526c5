"""What keeping an archive in order needs: texts that may be kept for a time, the health of sources, measures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from monitor.core.health import Alarm, CoverageGap, DayTally
from monitor.core.retention import Term


@dataclass(frozen=True, slots=True)
class DueTexts:
    """The stored texts of an outlet that may be kept no longer."""

    articles: int = 0
    unjudged: int = 0
    """How many of them some agreement has not judged, and never will."""
    oldest: datetime | None = None
    """When the oldest of them was stored."""


class Texts(Protocol):
    """The publishers' texts in the archive, which may be kept for a time."""

    def outlets_with_text(self) -> list[str | None]:
        """The outlets of which any text is stored; None among them for articles of no known outlet."""

    def due_texts(self, term: Term, agreements: Sequence[str]) -> DueTexts:
        """What a purge would take now."""

    def purge_texts(self, term: Term, limit: int, at: datetime) -> int:
        """Empty standfirst and body of at most so many articles, in one transaction; how many there were.

        Headline, address, dates, judgements and editions stay, and the article keeps its id.
        """

    def wipe_freed(self) -> bool:
        """Have the database let go of what was purged; False when another process keeps it from doing so now."""


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """What came of a source after a gap."""

    articles: int = 0
    since: datetime | None = None
    """The earliest date any of them gives itself."""


class Health(Protocol):
    """How each source is heard: tallies of days, coverage gaps, alarms."""

    def tallies(self, first: date, after: date, sources: Collection[str] | None = None) -> list[DayTally]:
        """What these sources, or all, brought on the days `[first, after)`, by source and day."""

    def totals(self) -> dict[str, tuple[int, int, int]]:
        """Polls, of these heard, and articles of every source, ever."""

    def open_gaps(self) -> dict[str, CoverageGap]:
        """The gap that each source is in, by source id."""

    def gaps(self, since: datetime, until: datetime) -> list[CoverageGap]:
        """All gaps that have any of `[since, until)` in them, by source and start."""

    def save_gaps(self, gaps: Iterable[CoverageGap]) -> None:
        """Store gaps, open ones once and closed ones over the open; a closed one stays as it is."""

    def caught_up(self, source: str, seen_after: datetime, dated_from: datetime) -> CaughtUp:
        """The articles of a source first seen after an instant, and their earliest date from another on."""

    def older_entries(self, source: str, keys: Iterable[str], than: datetime) -> set[str]:
        """Which of these entry keys led to an article that was seen by then."""

    def open_alarms(self) -> list[Alarm]:
        """The alarms that are not over."""

    def alarms(self, since: datetime, until: datetime) -> list[Alarm]:
        """The alarms that were open at some time of `[since, until)`."""

    def save_alarms(self, opened: Iterable[Alarm], closed: Iterable[Alarm]) -> list[Alarm]:
        """Store new alarms, and close others, in one transaction; the new ones that were not open yet."""


class MeasureKind(StrEnum):
    """Whether a number may fall."""

    GAUGE = "gauge"
    COUNTER = "counter"


@dataclass(frozen=True, slots=True)
class Measured:
    """One number, and what it is of."""

    labels: Mapping[str, str]
    number: float


@dataclass(frozen=True, slots=True)
class Measure:
    """A thing that is measured; `adapters.metrics` gives a counter's name its `_total`."""

    name: str
    text: str
    kind: MeasureKind
    values: tuple[Measured, ...]
