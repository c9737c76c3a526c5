"""A source's usual rhythm by weekday and hour in London, learned from what was seen.

Counts are sparse: most sources bring less than one article an hour, and a weekday has been seen only a few times.
So each hour of a weekday leans on the same hour of all days of its kind (weekdays, Saturdays, Sundays), and that
on the source's average.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from monitor.core.dates import LONDON
from monitor.core.health.days import HOURS, DayTally, is_bank_holiday

LEARN_DAYS = 56
"""Eight weeks are looked back on: enough for eight of each weekday, and what changed is forgotten after them."""
LEAST_DAYS = 14
"""Days that a source must have been heard on: two of each weekday."""
LEAN_ON_KIND, LEAN_ON_AVERAGE = 4.0, 2.0
"""Weeks' worth of weight that what an hour leans on has."""
LEAST_SPREAD, LEAST_HOUR_SPREAD = 0.1, 0.3
"""No source is as regular as chance alone, whatever the few weeks seen say."""
SUNDAY = 6
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How many articles are usual."""

    rates: tuple[tuple[float, ...], ...]
    """By weekday from Monday, by hour: articles in an hour in which the source is heard."""
    spread: float
    """How much days vary beyond chance (see `chance`)."""
    hour_spread: float
    """The same of hours."""
    days: int
    """Days it was learned from."""

    def least(self, day: date, hour: int) -> float:
        """The usual number in an hour; on a bank holiday that of a Sunday, where that is less."""
        usual, sunday = self.rates[day.weekday()][hour], self.rates[SUNDAY][hour]
        return min(usual, sunday) if is_bank_holiday(day) else usual

    def most(self, day: date, hour: int) -> float:
        """The same where it is more: nobody knows which kind of day a bank holiday is to the source."""
        usual, sunday = self.rates[day.weekday()][hour], self.rates[SUNDAY][hour]
        return max(usual, sunday) if is_bank_holiday(day) else usual

    def on(self, weekday: int) -> float:
        """Articles on a whole day, Monday 0."""
        return sum(self.rates[weekday])

    def between(self, start: datetime, end: datetime) -> float:
        """The usual number in a stretch of time in which the source is heard throughout."""
        total = 0.0
        while start < end:
            until = min(start.replace(minute=0, second=0, microsecond=0) + HOUR, end)
            here = start.astimezone(LONDON)
            total += self.least(here.date(), here.hour) * ((until - start) / HOUR)
            start = until
        return total

    @property
    def weekly(self) -> float:
        """Articles in a week."""
        return sum(self.on(weekday) for weekday in range(7))

    def busy(self) -> tuple[int, int]:
        """The shortest stretch `[from, until)` of hours that has four fifths of a weekday's articles."""
        hours = [sum(self.rates[weekday][h] for weekday in range(5)) for h in range(HOURS)]
        stretches = ((end - start, start, end) for start in range(HOURS) for end in range(start + 1, HOURS + 1))
        _, start, end = min(s for s in stretches if sum(hours[s[1] : s[2]]) >= 0.8 * sum(hours))
        return start, end


def learned_days(tallies: Iterable[DayTally], today: date, left_out: Collection[date] = ()) -> list[DayTally]:
    """The days a rhythm may be learned from: whole, heard, of the last weeks, no bank holidays, none left out."""
    first = today - timedelta(days=LEARN_DAYS)
    return [
        t
        for t in tallies
        if first <= t.day < today and t.heard_hours and t.day not in left_out and not is_bank_holiday(t.day)
    ]


def learn(tallies: Iterable[DayTally], today: date, left_out: Collection[date] = ()) -> Rhythm | None:
    """The rhythm seen before today; None while too few days were heard. `left_out` are days of alarms."""
    days = learned_days(tallies, today, left_out)
    if len(days) < LEAST_DAYS:
        return None
    rates = _rates(days)
    return Rhythm(rates, _spread_of_days(days, rates), _spread_of_hours(days, rates), len(days))


def _kind(weekday: int) -> int:
    """0: Monday to Friday; then Saturday, Sunday."""
    return max(weekday - 4, 0)


def _rates(days: Sequence[DayTally]) -> tuple[tuple[float, ...], ...]:
    seen = [[0.0] * HOURS for _ in range(7)]
    heard = [[0] * HOURS for _ in range(7)]
    for day in days:
        weekday = day.day.weekday()
        for hour in _hours(day):
            seen[weekday][hour] += day.by_hour[hour]
            heard[weekday][hour] += 1
    average = sum(map(sum, seen)) / max(sum(map(sum, heard)), 1)

    def of_kind(kind: int, hour: int) -> float:
        alike = [w for w in range(7) if _kind(w) == kind]
        number, weeks = sum(seen[w][hour] for w in alike), sum(heard[w][hour] for w in alike)
        return (number + LEAN_ON_AVERAGE * average) / (weeks + LEAN_ON_AVERAGE)

    kinds = [[of_kind(kind, hour) for hour in range(HOURS)] for kind in range(3)]
    return tuple(
        tuple(
            (seen[w][h] + LEAN_ON_KIND * kinds[_kind(w)][h]) / (heard[w][h] + LEAN_ON_KIND) for h in range(HOURS)
        )
        for w in range(7)
    )


def _hours(day: DayTally) -> Iterable[int]:
    return (hour for hour in range(HOURS) if day.heard_in(hour))


def _spread_of_days(days: Sequence[DayTally], rates: tuple[tuple[float, ...], ...]) -> float:
    pairs = [(sum(d.by_hour), sum(rates[d.day.weekday()][h] for h in _hours(d))) for d in days]
    return _spread(pairs, LEAST_SPREAD)


def _spread_of_hours(days: Sequence[DayTally], rates: tuple[tuple[float, ...], ...]) -> float:
    pairs = [(d.by_hour[h], rates[d.day.weekday()][h]) for d in days for h in _hours(d)]
    return _spread(pairs, LEAST_HOUR_SPREAD)


def _spread(pairs: Sequence[tuple[int, float]], least: float) -> float:
    """By the method of moments: what the squares of the differences have beyond the mean."""
    weight = sum(mean * mean for _, mean in pairs)
    beyond = sum((number - mean) ** 2 - mean for number, mean in pairs)
    return max(beyond / weight, least) if weight else least
