"""What a round over the sources says of their health: tallies, coverage gaps, alarms. Its rules: `core.health`.

A gap opens before anything is read, and closes in the transaction that stores that its source was heard: a kill at
any moment loses none. Alarms are looked for when all is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from monitor.core.article import Entry
from monitor.core.dates import london_day
from monitor.core.health import (
    LEARN_DAYS,
    Alarm,
    AlarmKind,
    CoverageGap,
    DayTally,
    Noticed,
    Poll,
    abandoned,
    begun,
    closed,
    dated_before,
    days_of,
    given_up,
    learn,
    noticed,
    reaches_back,
    settled,
)
from monitor.core.source import SourceState
from monitor.jobs.ingest.report import SourceOutcome, Watched
from monitor.jobs.ports import Clock, Health, Rereads, SourceStates


class Records(SourceStates, Health, Rereads, Protocol):
    """What is read and written of sources besides their articles."""


class Watch:
    """Watches one round; `begin` before it, `end` after it."""

    def __init__(self, records: Records, clock: Clock, allowed: timedelta) -> None:
        self._records = records
        self._clock = clock
        self._allowed = allowed
        self._gaps: dict[str, CoverageGap] = {}
        self._ended: list[CoverageGap] = []
        self._tried: dict[str, SourceState] = {}

    def begin(self, polled: Mapping[str, SourceState]) -> None:
        """Open a gap for every polled source that was not heard for longer than allowed, by us or by its fault."""
        now = self._clock()
        known = self._records.open_gaps()
        new = {
            source: gap
            for source, state in polled.items()
            if source not in known and (gap := begun(state, now, self._allowed))
        }
        gone = [given_up(gap, now) for source, gap in known.items() if source not in polled]
        self._records.save_gaps([*new.values(), *gone])
        self._gaps = {source: gap for source, gap in {**known, **new}.items() if source in polled}

    def older(self, source: str, listed: Iterable[tuple[Collection[str], Entry]]) -> int:
        """How many listed entries (keys, entry) are older than the gap the source is in; 0 when in none.

        The reading before the gap went on after the instant that counts as its; what it stored is older, too.
        """
        gap = self._gaps.get(source)
        if gap is None:
            return 0
        entries = list(listed)
        asked = {key for keys, _ in entries for key in keys}
        known = self._records.older_entries(source, asked, gap.start + self._allowed)
        return sum(
            not known.isdisjoint(keys) or dated_before(entry.published_at, gap.start) for keys, entry in entries
        )

    def poll(self, before: SourceState, after: SourceState, outcome: SourceOutcome) -> Poll:
        """The poll to be stored with the state that it is `after`."""
        self._tried[after.source] = after
        gap = self._gaps.get(after.source)
        return Poll(
            after,
            self._clock(),
            heard=not outcome.error,
            articles=outcome.new,
            usual=before.last_heard is not None and gap is None,
            gap=self._after(gap, after, outcome) if gap else None,
        )

    def _after(self, gap: CoverageGap, state: SourceState, outcome: SourceOutcome) -> CoverageGap:
        if outcome.error:
            return gap if gap.reason else replace(gap, reason=outcome.error)
        caught = self._records.caught_up(gap.source, gap.start + self._allowed, gap.start)
        whole = outcome.unchanged or (reaches_back(outcome.older, outcome.entries) and not outcome.left_out)
        ended = closed(
            gap, state.last_heard or self._clock(), caught_up=caught.articles, since=caught.since, whole=whole
        )
        self._ended.append(ended)
        return ended

    def end(self, polled: Mapping[str, SourceState]) -> Watched:
        """Open and close alarms by what is known now; `polled` as it was before the round."""
        now = self._clock()
        known = self._records.open_alarms()
        opened, over = settled(known, self._noticed({**polled, **self._tried}, now), self._tried, now)
        over += abandoned(known, polled, now)
        opened = self._records.save_alarms(opened, over)
        return Watched(
            open=tuple(self._records.open_alarms()),
            opened=tuple(opened),
            closed=tuple(over),
            gaps=tuple(self._ended),
        )

    def _noticed(self, states: Mapping[str, SourceState], now: datetime) -> dict[str, tuple[Noticed, ...]]:
        today = london_day(now)
        first, after = today - timedelta(days=LEARN_DAYS), today + timedelta(days=1)
        heard = {source for source, state in self._tried.items() if not state.error}
        tallies: defaultdict[str, list[DayTally]] = defaultdict(list)
        for tally in self._records.tallies(first, after, heard):
            tallies[tally.source].append(tally)
        alarms: defaultdict[str, list[Alarm]] = defaultdict(list)
        for alarm in self._records.alarms(now - timedelta(days=LEARN_DAYS), now):
            alarms[alarm.source].append(alarm)
        found: dict[str, tuple[Noticed, ...]] = {}
        for source, state in states.items():
            known = tallies[source] if source in heard else []
            rhythm = learn(known, today, days_of(alarms[source], today)) if known else None
            found[source] = noticed(state, known, rhythm, now)
        return found


def unheard(alarms: Iterable[Alarm]) -> frozenset[str]:
    """The sources of which an alarm says that they could not be heard."""
    return frozenset(alarm.source for alarm in alarms if alarm.kind is AlarmKind.UNHEARD)
