"""The health of sources on simulated weeks: rhythms, silences, floods, gaps; the clock is ours, so is chance."""

from __future__ import annotations

import math
import os
import random
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.core.dates import london_day
from monitor.core.health import (
    LEARN_DAYS,
    Alarm,
    AlarmKind,
    CoverageGap,
    DayTally,
    Poll,
    abandoned,
    begun,
    days_of,
    given_up,
    hour_in_london,
    learn,
    month_of,
    noticed,
    reaches_back,
    report,
    settled,
    unrecorded,
)
from monitor.core.health.chance import at_least, none_at_all
from monitor.core.health.days import is_bank_holiday
from monitor.core.source import Outlet, Source, Sources, SourceState

MONDAY = datetime(2026, 9, 7, tzinfo=UTC)
"""Midnight in the summer: 01:00 in London."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OFFICE = [0.0] * 8 + [2.0] * 10 + [0.0] * 6
QUIET = [0.0] * 24


def drawn(mean: float, chance: random.Random) -> int:
    """A number of Poisson's, by Knuth's way."""
    number, product, limit = 0, chance.random(), math.exp(-mean)
    while product > limit:
        number, product = number + 1, product * chance.random()
    return number


@dataclass
class World:
    """A source that is polled every hour, and the alarms that this sounds."""

    rates: dict[int, list[float]]
    """By weekday: articles an hour in London."""
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    now: datetime = MONDAY
    state: SourceState = field(default_factory=lambda: SourceState("s"))
    tallies: dict[date, DayTally] = field(default_factory=dict)
    alarms: list[Alarm] = field(default_factory=list)
    learned: tuple[date, object] = (date.min, None)

    def poll(self, articles: int, error: str = "", *, usual: bool = True) -> None:
        heard = not error
        self.state = replace(
            self.state,
            last_tried=self.now,
            error=error,
            last_heard=self.now if heard else self.state.last_heard,
            last_new=self.now if articles else self.state.last_new,
            failing_since=None if heard else self.state.failing_since or self.now,
        )
        day = london_day(self.now)
        poll = Poll(self.state, self.now, heard, articles, usual)
        self.tallies[day] = self.tallies.get(day, DayTally("s", day)).with_poll(poll)
        self.watch(day)
        self.now += HOUR

    def watch(self, day: date) -> None:
        if self.learned[0] != day:
            seen = [t for t in self.tallies.values() if t.day >= day - timedelta(days=LEARN_DAYS)]
            self.learned = (day, learn(seen, day, days_of(self.alarms, day)))
        recent = [t for t in self.tallies.values() if t.day >= day - timedelta(days=LEARN_DAYS)]
        found = {"s": noticed(self.state, recent, self.learned[1], self.now)}
        opened, over = settled(self.open, found, {"s": self.state}, self.now)
        ended = {(a.kind, a.opened): a for a in over}
        self.alarms = [ended.get((a.kind, a.opened), a) for a in self.alarms] + opened

    @property
    def open(self) -> list[Alarm]:
        return [a for a in self.alarms if a.closed is None]

    def mean(self) -> float:
        day = london_day(self.now)
        weekday = 6 if is_bank_holiday(day) else day.weekday()
        return self.rates.get(weekday, QUIET)[hour_in_london(self.now)]

    def live(self, days: float) -> World:
        """As usual for so many days."""
        for _ in range(round(days * 24)):
            mean = self.mean()
            self.poll(drawn(mean, self.chance) if mean else 0)
        return self

    def silent(self, hours: int) -> World:
        for _ in range(hours):
            self.poll(0)
        return self


def office() -> World:
    """Twenty articles a working day, none at night and none at weekends."""
    return World(dict.fromkeys(range(5), OFFICE))


# --------------------------------------------------------------- rhythm


def test_a_new_source_has_no_rhythm_yet_and_no_alarm():
    world = office().live(13).silent(24 * 5)
    assert learn(world.tallies.values(), london_day(world.now)) is not None
    assert learn(list(world.tallies.values())[:10], london_day(world.now)) is None
    assert office().live(9).silent(24 * 3).alarms == []


def test_a_rhythm_is_learned_by_weekday_and_hour_in_london():
    world = office().live(56)
    rhythm = learn(world.tallies.values(), london_day(world.now))
    assert rhythm is not None
    assert rhythm.on(0) == pytest.approx(20, rel=0.15)
    assert rhythm.on(6) < 1
    start, end = rhythm.busy()
    assert 8 <= start <= 9
    assert 16 <= end <= 18
    assert rhythm.weekly == pytest.approx(100, rel=0.15)


def test_what_a_first_reading_and_a_catching_up_bring_teaches_nothing():
    world = office()
    world.poll(400, usual=False)
    world.live(28)
    rhythm = learn(world.tallies.values(), london_day(world.now))
    assert rhythm is not None
    assert rhythm.weekly < 130
    assert next(iter(world.tallies.values())).caught_up == 400


# --------------------------------------------------------------- silence


def test_nights_weekends_and_the_turn_of_the_clock_are_silent_and_no_alarm():
    """Nine weeks over the end of summer time, 25 October 2026."""
    assert office().live(63).alarms == []


def test_a_silence_on_a_working_day_sounds_within_the_day_and_is_over_with_an_article():
    world = office().live(56)
    world.silent(34)
    (alarm,) = world.open
    assert alarm.kind is AlarmKind.SILENT
    assert alarm.opened - MONDAY - 56 * DAY < 20 * HOUR
    assert "it answers and has brought nothing new for" in alarm.why
    world.poll(1)
    (alarm,) = world.alarms
    assert (alarm.closed, alarm.closing) == (world.now - HOUR, "it brought an article")


def test_a_source_that_is_dead_stays_in_alarm_however_long():
    world = office().live(56).silent(24 * 80)
    (alarm,) = world.open
    assert alarm.kind is AlarmKind.SILENT


def test_a_bank_holiday_is_as_silent_as_a_sunday():
    world = World(dict.fromkeys(range(5), OFFICE), now=MONDAY - 63 * DAY)  # Monday 6 July
    world.live(56)  # up to Monday 31 August 2026: the late summer bank holiday
    assert is_bank_holiday(london_day(world.now))
    assert world.live(1).silent(8).alarms == []


def test_a_weekly_blog_never_sounds():
    blog = World({2: [0.0] * 10 + [1.0] + [0.0] * 13})
    assert blog.live(180).silent(24 * 60).alarms == []


def test_a_source_that_is_not_heard_is_not_called_silent_but_unheard_after_a_day():
    world = office().live(56)
    for _ in range(24):
        world.poll(0, "timed out")
    assert world.alarms == []
    for _ in range(3):
        world.poll(0, "timed out")
    (alarm,) = world.open
    assert (alarm.kind, alarm.since) == (AlarmKind.UNHEARD, MONDAY + 56 * DAY - HOUR)
    assert alarm.why.endswith("timed out")
    world.poll(3)
    assert world.alarms[0].closing == "it was heard again"


# --------------------------------------------------------------- flood


def test_a_flood_sounds_and_is_over_when_it_is_over_and_is_not_learned():
    world = office().live(56)
    world.live(10 / 24)
    world.poll(180)
    (alarm,) = world.open
    assert alarm.kind is AlarmKind.FLOOD
    assert alarm.why.startswith("18")
    usual = world.learned[1]
    world.live(4 / 24)
    assert world.open == []
    assert world.alarms[0].closing.startswith("no longer far more than usual")
    world.live(1)
    assert world.learned[1].weekly == pytest.approx(usual.weekly, rel=0.1)


def test_a_few_articles_more_are_no_flood_even_for_a_weekly_blog():
    blog = World({2: [0.0] * 10 + [1.0] + [0.0] * 13}).live(70)
    blog.poll(14)
    assert blog.alarms == []
    blog.live(1)
    blog.poll(60)
    assert [a.kind for a in blog.open] == [AlarmKind.FLOOD]


@pytest.mark.parametrize("number", range(40 if os.environ.get("MONITOR_FULL") else 2))
def test_chance_alone_sounds_hardly_ever(number):
    """Sources of all sizes, bursts included, over seven months: at most one alarm each, most none."""
    chance = random.Random(number)
    size = 10 ** chance.uniform(-1, 0.7)
    shape = [size * chance.uniform(0, 2) if 6 <= h < 23 else 0.05 * size for h in range(24)]
    rates = {w: [r * (0.4 if w > 4 else 1.0) for r in shape] for w in range(7)}
    world = World(rates, chance)
    for _ in range(210):
        world.live(1)
    assert len(world.alarms) <= 1, world.alarms


# --------------------------------------------------------------- chance


def test_with_next_to_no_spread_numbers_are_poissons_and_with_it_they_are_wider():
    poisson = 1 - sum(math.exp(-3) * 3**k / math.factorial(k) for k in range(8))
    assert at_least(8, 3, 1e-6) == pytest.approx(poisson, rel=1e-3)
    assert at_least(8, 3, 0.5) > 3 * poisson
    assert none_at_all([2.0, 1.0], 1e-6) == pytest.approx(math.exp(-3), rel=1e-4)
    assert none_at_all([2.0, 1.0], 0.5) > math.exp(-3)
    assert at_least(4000, 3.0, 0.3) == pytest.approx(0, abs=1e-9)
    assert (at_least(15, 0.0, 0.3), at_least(0, 0.0, 0.3)) == (0.0, 1.0)


def test_bank_holidays_are_those_of_the_calendar():
    """As gov.uk lists them for Scotland and for England and Wales, one with the other."""
    year = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]
    listed = [(1, 1), (1, 2), (1, 4), (3, 26), (3, 29), (5, 3), (5, 31), (8, 2), (8, 30), (11, 30)]
    listed += [(12, 25), (12, 26), (12, 27), (12, 28)]
    assert [(d.month, d.day) for d in year if is_bank_holiday(d)] == listed


# --------------------------------------------------------------- gaps


NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def test_a_gap_begins_when_a_source_was_last_heard_and_only_after_what_is_allowed():
    state = SourceState("s", last_tried=NOON, last_heard=NOON, error="")
    assert begun(state, NOON + 3 * HOUR) is None
    gap = begun(replace(state, last_tried=NOON + 4 * HOUR, error="timed out"), NOON + 4 * HOUR)
    assert gap == CoverageGap("s", NOON, reason="timed out")
    assert gap.why == "timed out"


def test_our_own_outage_is_told_from_the_sources_fault():
    gap = begun(SourceState("s", last_tried=NOON, last_heard=NOON), NOON + 9 * HOUR)
    assert gap is not None
    assert gap.ours
    assert gap.why == "nobody polled it: Monitor was not running"
    assert replace(gap, reason="timed out").why.endswith("; then: timed out")


def test_a_source_never_heard_is_in_a_gap_from_its_first_try_and_one_never_tried_in_none():
    assert begun(SourceState("s"), NOON) is None
    state = SourceState("s", last_tried=NOON + 5 * HOUR, failing_since=NOON, error="404")
    assert begun(state, NOON + 5 * HOUR) == CoverageGap("s", NOON, reason="404")


def test_a_gap_that_no_run_recorded_is_there_all_the_same():
    states = [SourceState(s, last_tried=NOON, last_heard=NOON) for s in ("a", "b", "c")]
    known = [CoverageGap("a", NOON), CoverageGap("b", NOON - DAY, NOON - HOUR, whole=True)]
    found = unrecorded(states, known, NOON + 9 * HOUR, 3 * HOUR)
    assert [(gap.source, gap.start, gap.open) for gap in found] == [("b", NOON, True), ("c", NOON, True)]
    assert unrecorded(states, known, NOON + 2 * HOUR, 3 * HOUR) == []


def test_reaching_back_wants_more_than_a_pinned_entry():
    assert not reaches_back(1, 20)
    assert reaches_back(2, 20)
    assert not reaches_back(9, 100)
    assert reaches_back(1, 1)
    assert not reaches_back(0, 0)


def test_a_gap_of_a_source_that_is_no_longer_polled_ends_and_is_not_called_whole():
    over = given_up(CoverageGap("s", NOON, reason="404"), NOON + DAY)
    assert (over.end, over.whole, over.reason) == (NOON + DAY, False, "404; the source is no longer polled")
    alarm = Alarm("s", AlarmKind.UNHEARD, NOON, NOON, "404")
    assert abandoned([alarm], {"t": 1}, NOON)[0].closing == "the source is no longer polled"
    assert abandoned([alarm], {"s": 1}, NOON) == []


# --------------------------------------------------------------- the month


def test_a_month_counts_what_lies_in_it_in_london():
    month = month_of("2026-10")
    assert (month.start, month.end) == (datetime(2026, 9, 30, 23, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC))
    outlet = Outlet("o", "Outlet", "owner", "UK", 1, sources=(Source("s", "o", url="https://o.example/feed"),))
    tallies = [DayTally("s", date(2026, 10, d), 4, 3, 2) for d in (1, 31)] + [
        DayTally("s", date(2026, 11, 1), 9, 9, 9)
    ]
    tallies += [DayTally("old", date(2026, 10, 3), 1, 1, 1)]
    long = CoverageGap("s", month.start - DAY, month.start + DAY, whole=True)
    still = CoverageGap("s", month.end - HOUR)
    alarms = [Alarm("s", AlarmKind.SILENT, month.start, month.end + HOUR, "x")]
    here, gone = report(month, Sources.of([outlet]), tallies, [long, still], alarms, month.end + DAY)
    assert (here.polls, here.heard, here.articles, here.outlet) == (8, 6, 4, "Outlet")
    assert (here.missed, here.incomplete, len(here.alarms)) == (DAY + HOUR, 1, 0)
    assert (gone.source, gone.outlet, gone.articles) == ("old", "", 1)


@pytest.mark.parametrize("text", ["2026", "2026-13", "26-01", "2026-1", "november", "2026-11-01"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 (the command line says it in words)
        month_of(text)
