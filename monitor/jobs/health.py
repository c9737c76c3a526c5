"""Health: how each source is heard now, and how a month of it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from monitor.core.dates import london_day
from monitor.core.health import (
    LEARN_DAYS,
    Alarm,
    CoverageGap,
    DayTally,
    Month,
    MonthLine,
    Rhythm,
    allowed,
    begun,
    days_of,
    learn,
    report,
    unrecorded,
)
from monitor.core.source import Outlet, Source, Sources, SourceState
from monitor.jobs import ports
from monitor.jobs.ports import Clock


class Records(ports.SourceStates, ports.Health, Protocol):
    """What is read of the database."""


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How one source is heard now."""

    source: Source
    outlet: Outlet
    state: SourceState
    days: int
    """Days of the last weeks on which it was heard."""
    rhythm: Rhythm | None
    """What is usual; None: not enough was seen yet."""
    gap: CoverageGap | None
    """The gap it is in."""
    alarms: tuple[Alarm, ...]
    """Those that are open."""


def health(sources: Sources, records: Records, clock: Clock, every: timedelta) -> tuple[SourceHealth, ...]:
    """How every polled source is heard now, in the order of the files; stores nothing.

    `every` is how often a source is asked at most. A gap that no run has recorded yet, since none has run, is
    there all the same.
    """
    now = clock()
    today = london_day(now)
    states, gaps = records.source_states(), records.open_gaps()
    tallies: defaultdict[str, list[DayTally]] = defaultdict(list)
    for tally in records.tallies(today - timedelta(days=LEARN_DAYS), today):
        tallies[tally.source].append(tally)
    alarms = _by_source(records.alarms(now - timedelta(days=LEARN_DAYS), now))

    def of(source: Source) -> SourceHealth:
        state = states.get(source.id, SourceState(source.id))
        known, rung = tallies[source.id], alarms[source.id]
        return SourceHealth(
            source,
            sources.outlets[source.outlet],
            state,
            days=sum(bool(tally.heard) for tally in known),
            rhythm=learn(known, today, days_of(rung, today)),
            gap=gaps.get(source.id) or begun(state, now, allowed(every)),
            alarms=tuple(a for a in rung if a.closed is None),
        )

    return tuple(of(source) for source in sources.polled())


def month_report(
    sources: Sources, records: Records, month: Month, clock: Clock, every: timedelta
) -> tuple[MonthLine, ...]:
    """What a month brought of each source, and what it missed; gaps that no run has recorded yet, too."""
    now = clock()
    known = records.gaps(month.start, month.end)
    states, polled = records.source_states(), {source.id for source in sources.polled()}
    new = unrecorded(
        (states[s] for s in polled & states.keys()), records.open_gaps().values(), now, allowed(every)
    )
    return report(
        month,
        sources,
        records.tallies(month.first, month.after),
        [*known, *new],
        records.alarms(month.start, month.end),
        now,
    )


def _by_source(alarms: Iterable[Alarm]) -> defaultdict[str, list[Alarm]]:
    by_source: defaultdict[str, list[Alarm]] = defaultdict(list)
    for alarm in alarms:
        by_source[alarm.source].append(alarm)
    return by_source
