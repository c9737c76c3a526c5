"""Alarms: a source that falls silent or floods against its rhythm, or cannot be heard for a day.

Chance alone sounds an alarm about once in ten years of a source; a source that brings too little to have a rhythm
sounds none, and one that is new says that it has none yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from monitor.core.dates import LONDON, london_day
from monitor.core.health.chance import at_least, none_at_all
from monitor.core.health.days import HOURS, DayTally
from monitor.core.health.rhythm import LEARN_DAYS, Rhythm
from monitor.core.source import SourceState

UNHEARD_AFTER = timedelta(hours=24)
YEARS = 10
"""One false alarm of each kind in so many years of a source."""
LEAST_WEEKLY = 3.0
"""Articles a week below which silence says nothing: a weekly blog may pause."""
FLOOD_HOURS = 3
LEAST_FLOOD, FLOOD_TIMES = 15, 3
"""A flood has so many articles in these hours at least, and so many times the usual number."""
HOURS_A_YEAR = 8766


class AlarmKind(StrEnum):
    """What is wrong."""

    SILENT = "silent"
    """It answers, and brings nothing, against its rhythm."""
    FLOOD = "flood"
    """It brings far more than usual."""
    UNHEARD = "unheard"
    """It could not be heard for 24 hours."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something about a source that somebody should look at; stored, open until it is over."""

    source: str
    kind: AlarmKind
    since: datetime
    """When what it is about began."""
    opened: datetime
    why: str
    """What was seen and what is usual, in a sentence without a full stop."""
    closed: datetime | None = None
    closing: str = ""
    """Why it was closed."""

    @property
    def remedy(self) -> str:
        """What to do about it."""
        match self.kind:
            case AlarmKind.SILENT:
                return "see whether the outlet publishes and its feed lists it; monitor sources check tells more"
            case AlarmKind.FLOOD:
                return "see whether the feed lists old articles anew, or something else than news"
            case AlarmKind.UNHEARD:
                return "monitor sources check tells more"


@dataclass(frozen=True, slots=True)
class Noticed:
    """What is wrong with a source now."""

    kind: AlarmKind
    since: datetime
    why: str


def noticed(
    state: SourceState, tallies: Sequence[DayTally], rhythm: Rhythm | None, now: datetime
) -> tuple[Noticed, ...]:
    """What is wrong now with a source that has just been tried; `tallies` in the order of their days."""
    start = state.last_heard or state.failing_since
    if state.error and start and now - start > UNHEARD_AFTER:
        return (Noticed(AlarmKind.UNHEARD, start, f"not heard for {_hours(now - start)}: {state.error}"),)
    if rhythm is None or state.error:
        return ()
    found = (_silence(tallies, rhythm, now), _flood(tallies, rhythm, now))
    return tuple(n for n in found if n)


def _silence(tallies: Sequence[DayTally], rhythm: Rhythm, now: datetime) -> Noticed | None:
    """Whether what should have come since the last article is too much to be chance."""
    if rhythm.weekly < LEAST_WEEKLY:
        return None
    means, since = _expected_since_the_last(tallies, rhythm, now)
    chance = none_at_all(means, rhythm.spread)
    if chance >= 1 / (YEARS * 52 * rhythm.weekly):
        return None
    why = f"it answers and has brought nothing new for {_hours(now - since)}, when {_about(sum(means))} are usual"
    return Noticed(AlarmKind.SILENT, since, why)


def _expected_since_the_last(
    tallies: Sequence[DayTally], rhythm: Rhythm, now: datetime
) -> tuple[list[float], datetime]:
    """What is usual in the hours heard since the one that brought the last article, day by day; and since when."""
    here = now.astimezone(LONDON)
    means: list[float] = []
    since = here
    for tally in reversed(tallies):
        of_day = 0.0
        for hour in reversed(range(here.hour + 1 if tally.day == here.date() else HOURS)):
            if tally.by_hour[hour]:
                return [*means, of_day], since
            since = datetime(tally.day.year, tally.day.month, tally.day.day, hour, tzinfo=LONDON)
            part = here.minute / 60 if (tally.day, hour) == (here.date(), here.hour) else 1.0
            of_day += part * rhythm.least(tally.day, hour) if tally.heard_in(hour) else 0.0
        means.append(of_day)
    return means, since


def _flood(tallies: Sequence[DayTally], rhythm: Rhythm, now: datetime) -> Noticed | None:
    """Whether what came in the last hours is too much to be chance."""
    known = {tally.day: tally for tally in tallies[-2:]}
    hours = [(now - timedelta(hours=n)).astimezone(LONDON) for n in range(FLOOD_HOURS)]
    number, mean = 0, 0.0
    for hour in hours:
        tally = known.get(hour.date())
        number += tally.by_hour[hour.hour] if tally else 0
        mean += rhythm.most(hour.date(), hour.hour)
    if number < max(LEAST_FLOOD, FLOOD_TIMES * mean):
        return None
    if at_least(number, mean, rhythm.hour_spread) >= 1 / (YEARS * HOURS_A_YEAR):
        return None
    since = hours[-1].replace(minute=0, second=0, microsecond=0)
    why = f"{number} new articles in {FLOOD_HOURS} hours, when {_about(mean)} are usual"
    return Noticed(AlarmKind.FLOOD, since, why)


def settled(
    open_alarms: Iterable[Alarm],
    found: Mapping[str, Sequence[Noticed]],
    tried: Mapping[str, SourceState],
    now: datetime,
) -> tuple[list[Alarm], list[Alarm]]:
    """The alarms to open and those to close, with the reason.

    `found` and `tried` are by source; of a source that is not in `tried` nothing was looked at. One that is no
    longer polled has to be told apart by the caller (`abandoned`).
    """
    known = {(alarm.source, alarm.kind): alarm for alarm in open_alarms}
    now_wrong = {(source, n.kind): n for source, each in found.items() for n in each}
    opened = [
        Alarm(source, kind, n.since, now, n.why)
        for (source, kind), n in now_wrong.items()
        if (source, kind) not in known
    ]
    over = [
        replace(alarm, closed=now, closing=reason)
        for key, alarm in known.items()
        if alarm.source in tried and key not in now_wrong and (reason := _over(alarm, tried[alarm.source]))
    ]
    return opened, over


def _over(alarm: Alarm, state: SourceState) -> str:
    """Why an alarm is over; empty when nothing says that it is."""
    match alarm.kind:
        case AlarmKind.UNHEARD if not state.error:
            return "it was heard again"
        case AlarmKind.FLOOD if not state.error:
            return f"no longer far more than usual in {FLOOD_HOURS} hours"
        case AlarmKind.SILENT if state.last_new and state.last_new > alarm.opened:
            return "it brought an article"
    return ""


def abandoned(open_alarms: Iterable[Alarm], polled: Iterable[str], now: datetime) -> list[Alarm]:
    """The alarms of sources that are no longer polled, closed."""
    known = set(polled)
    return [
        replace(a, closed=now, closing="the source is no longer polled")
        for a in open_alarms
        if a.source not in known
    ]


def days_of(alarms: Iterable[Alarm], today: date) -> frozenset[date]:
    """The days of silences and floods: nothing about the rhythm is learned from them."""
    days: set[date] = set()
    for alarm in alarms:
        if alarm.kind is not AlarmKind.UNHEARD:
            first = max(london_day(alarm.since), today - timedelta(days=LEARN_DAYS))
            last = london_day(alarm.closed) if alarm.closed else today
            days |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return frozenset(days)


def _hours(length: timedelta) -> str:
    hours = round(length / timedelta(hours=1))
    return f"{hours} hours" if hours < 72 else f"{round(hours / 24)} days"


def _about(number: float) -> str:
    return f"about {round(number)}" if number >= 1.5 else ("about one" if number >= 0.5 else "none or one")
