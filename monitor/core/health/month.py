"""The month of each source: what was asked, heard, brought, missed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from monitor.core.dates import london_time
from monitor.core.health.alarms import Alarm
from monitor.core.health.days import DayTally
from monitor.core.health.gaps import CoverageGap
from monitor.core.source import Sources

OfSource = TypeVar("OfSource", DayTally, CoverageGap, Alarm)


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month in London."""

    first: date

    @property
    def after(self) -> date:
        """The first day of the month after."""
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def start(self) -> datetime:
        """Its first instant, UTC."""
        return london_time(self.first)

    @property
    def end(self) -> datetime:
        """The first instant after it, UTC."""
        return london_time(self.after)

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"


def month_of(text: str) -> Month:
    """The month written as 2026-11.

    Raises:
        ValueError: it is not written so.

    >>> str(month_of("2026-11").after)
    '2026-12-01'
    """
    year, _, month = text.partition("-")
    if not (len(year) == 4 and len(month) == 2) or year == "9999":  # no month comes after its last
        raise ValueError(text)
    return Month(date(int(year), int(month), 1))


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One source's month."""

    source: str
    outlet: str
    """The outlet's name; empty for a source that is no longer in the files."""
    polls: int = 0
    heard: int = 0
    articles: int = 0
    gaps: tuple[CoverageGap, ...] = ()
    """All that lie in the month, or reach into it."""
    missed: timedelta = timedelta(0)
    """How much of the month lies in gaps."""
    alarms: tuple[Alarm, ...] = ()
    """Those that were open at some time of the month."""

    @property
    def incomplete(self) -> int:
        """Gaps after which some articles may be missing, or that are still open."""
        return sum(not gap.whole for gap in self.gaps)


def report(
    month: Month,
    sources: Sources,
    tallies: Iterable[DayTally],
    gaps: Iterable[CoverageGap],
    alarms: Iterable[Alarm],
    now: datetime,
) -> tuple[MonthLine, ...]:
    """A line for every source polled today or in the month, in the order of the files, the others after them."""
    polled = {s.id: sources.outlets[s.outlet].name for s in sources.polled()}
    until = min(month.end, max(now, month.start))
    of_month = [t for t in tallies if month.first <= t.day < month.after]
    in_gap = [g for g in gaps if g.within(month.start, until)]
    alarmed = [a for a in alarms if a.opened < month.end and (a.closed is None or a.closed >= month.start)]
    days, missed, rung = _by_source(of_month), _by_source(in_gap), _by_source(alarmed)
    others = sorted({*days, *missed, *rung} - polled.keys())
    return tuple(
        MonthLine(
            source,
            polled.get(source, ""),
            polls=sum(t.polls for t in days[source]),
            heard=sum(t.heard for t in days[source]),
            articles=sum(t.articles for t in days[source]),
            gaps=tuple(missed[source]),
            missed=sum((g.within(month.start, until) for g in missed[source]), timedelta(0)),
            alarms=tuple(rung[source]),
        )
        for source in (*polled, *others)
    )


def _by_source(records: Iterable[OfSource]) -> defaultdict[str, list[OfSource]]:
    by_source: defaultdict[str, list[OfSource]] = defaultdict(list)
    for record in records:
        by_source[record.source].append(record)
    return by_source
