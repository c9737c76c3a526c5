"""What a source brought on a day, hour by hour in London; and the days that are like no other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from monitor.core.dates import LONDON
from monitor.core.health.gaps import CoverageGap
from monitor.core.source import SourceState

HOURS = 24


@dataclass(frozen=True, slots=True)
class Poll:
    """One try of a source, and what came of it."""

    state: SourceState
    """As it is after the try."""
    at: datetime
    heard: bool
    articles: int = 0
    usual: bool = True
    """Whether its articles belong to the rhythm: not what a first reading lists, nor what is caught up with."""
    gap: CoverageGap | None = None
    """The gap that the source is, or was, in: closed when it was heard."""


@dataclass(frozen=True, slots=True)
class DayTally:
    """What the polls of one source brought on one London day."""

    source: str
    day: date
    polls: int = 0
    heard: int = 0
    articles: int = 0
    """All that were new, those caught up with too."""
    caught_up: int = 0
    """Of these, what a first reading listed or came after a gap: they say nothing about the rhythm."""
    by_hour: tuple[int, ...] = (0,) * HOURS
    """The others, by the hour that they came in."""
    heard_hours: int = 0
    """A bit for each hour in which the source was heard: 1 for the first, 2 for the second, 4 ..."""

    def with_poll(self, poll: Poll) -> DayTally:
        """The same with one more poll."""
        hour = hour_in_london(poll.at)
        usual = poll.articles if poll.usual else 0
        by_hour = tuple(n + usual if h == hour else n for h, n in enumerate(self.by_hour))
        return replace(
            self,
            polls=self.polls + 1,
            heard=self.heard + poll.heard,
            articles=self.articles + poll.articles,
            caught_up=self.caught_up + poll.articles - usual,
            by_hour=by_hour,
            heard_hours=self.heard_hours | (1 << hour if poll.heard else 0),
        )

    def heard_in(self, hour: int) -> bool:
        """Whether it was heard in that hour."""
        return bool(self.heard_hours >> hour & 1)


def hour_in_london(instant: datetime) -> int:
    """The hour it is in London, 0 to 23."""
    return instant.astimezone(LONDON).hour


def is_bank_holiday(day: date) -> bool:
    """Whether the day is a bank holiday in Scotland or in England.

    By rule, so that every year has them; a holiday proclaimed for one year only is not known.

    >>> is_bank_holiday(date(2026, 4, 3)), is_bank_holiday(date(2026, 4, 7))
    (True, False)
    """
    return day in _bank_holidays(day.year)


@lru_cache(maxsize=32)
def _bank_holidays(year: int) -> frozenset[date]:
    easter = _easter(year)
    fixed = [date(year, 1, 1), date(year, 1, 2), date(year, 11, 30), date(year, 12, 25), date(year, 12, 26)]
    mondays = [_monday(year, 5, 1), _monday(year, 8, 1), _monday(year, 5, 25), _monday(year, 8, 25)]
    return frozenset([*_moved(fixed), *mondays, easter - timedelta(days=2), easter + timedelta(days=1)])


def _monday(year: int, month: int, earliest: int) -> date:
    """The first Monday from a day on: from the 25th of a month of 31 days it is the last one."""
    first = date(year, month, earliest)
    return first + timedelta(days=-first.weekday() % 7)


def _moved(days: list[date]) -> list[date]:
    """The days and, for those at a weekend, the weekdays that stand in for them."""
    taken = list(days)
    for day in days:
        stands_in = day
        while stands_in.weekday() > 4 or (stands_in != day and stands_in in taken):
            stands_in += timedelta(days=1)
        taken.append(stands_in)
    return taken


def _easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian computus (Nature, 20 April 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l = (32 + 2 * e + 2 * i - h - k) % 7  # noqa: E741 (its name in the computus)
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return date(year, month, day + 1)
