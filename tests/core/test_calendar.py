"""The calendar of editions: each day once, right across both clock changes and on holidays, whatever the zone."""

from calendar import isleap
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from os import environ
from zoneinfo import ZoneInfo

import pytest
import time_machine
from dateutil.easter import easter
from hypothesis import given
from hypothesis import strategies as st

from monitor.adapters.holidays import scottish
from monitor.app import now
from monitor.core.agreement import Digest, Early, OnHolidays
from monitor.core.calendar import (
    NO_HOLIDAYS,
    Holidays,
    Override,
    agenda,
    current,
    early,
    missed,
    next_slot,
    owed,
    previous_slot,
    slots_between,
    stale_at,
    upcoming,
)
from monitor.core.dates import LONDON
from monitor.core.edition import Edition, Mail, Window

FULL = environ.get("MONITOR_FULL") == "1"
WEEKDAYS = (0, 1, 2, 3, 4)
SCOTTISH = Holidays(scottish)


def digest(days: tuple[int, ...] = WEEKDAYS, hour: int = 7, minute: int = 0, **more: object) -> Digest:
    return Digest("morning", "Morning digest", (), days, hour, minute, (), **more)


def edition(window: Window, made_at: datetime | None = None) -> Edition:
    return Edition("a/morning/x", "a", "morning", window, made_at or window.end, "f", Mail("s", "t", "h"), "{}")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


# --------------------------------------------------------------- what is owed


def test_first_edition_starts_at_the_slot_before():
    monday = owed(digest(), NO_HOLIDAYS, None, utc(2023, 11, 27, 7, 0, 1))
    assert monday == Window(utc(2023, 11, 24, 7), utc(2023, 11, 27, 7))


def test_it_is_owed_from_the_slot_on_and_not_before():
    last = edition(Window(utc(2023, 11, 23, 7), utc(2023, 11, 24, 7)))
    assert owed(digest(), NO_HOLIDAYS, last, utc(2023, 11, 27, 6, 59, 59)) is None
    monday = Window(utc(2023, 11, 24, 7), utc(2023, 11, 27, 7))
    assert owed(digest(), NO_HOLIDAYS, last, utc(2023, 11, 27, 7)) == monday


def test_nothing_is_owed_twice():
    now = utc(2023, 11, 27, 9)
    made = edition(owed(digest(), NO_HOLIDAYS, None, now))
    assert owed(digest(), NO_HOLIDAYS, made, now) is None
    assert owed(digest(), NO_HOLIDAYS, made, now + timedelta(hours=21, minutes=59)) is None


def test_days_nobody_looked_are_in_one_edition():
    last = edition(Window(utc(2023, 11, 13, 7), utc(2023, 11, 14, 7)))
    window = Window(utc(2023, 11, 14, 7), utc(2023, 11, 29, 7))
    assert owed(digest(), NO_HOLIDAYS, last, utc(2023, 11, 29, 12)) == window


def test_a_slot_moved_back_is_not_owed_again():
    last = edition(Window(utc(2023, 11, 24, 7), utc(2023, 11, 27, 7)))
    earlier = digest(hour=6, minute=30)
    assert owed(earlier, NO_HOLIDAYS, last, utc(2023, 11, 27, 8)) is None
    tuesday = Window(utc(2023, 11, 27, 7), utc(2023, 11, 28, 6, 30))
    assert owed(earlier, NO_HOLIDAYS, last, utc(2023, 11, 28, 6, 30)) == tuesday


def test_a_digest_of_no_day_is_never_owed():
    assert owed(digest(days=()), NO_HOLIDAYS, None, utc(2023, 11, 27, 9)) is None
    assert next_slot(digest(days=()), NO_HOLIDAYS, utc(2023, 11, 27, 9)) is None


def test_a_clock_set_back_an_hour_owes_nothing_new():
    made = edition(owed(digest(), NO_HOLIDAYS, None, utc(2023, 11, 27, 7, 0, 5)))
    assert owed(digest(), NO_HOLIDAYS, made, utc(2023, 11, 27, 6, 0, 5)) is None
    assert owed(digest(), NO_HOLIDAYS, made, utc(2023, 11, 27, 7, 0, 5)) is None


# --------------------------------------------------------------- the clock changes


LISTED = {
    2020: "01-01 01-02 04-10 05-08 05-25 08-03 11-30 12-25 12-28",
    2021: "01-01 01-04 04-02 05-03 05-31 08-02 11-30 12-27 12-28",
    2022: "01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27",
    2023: "01-02 01-03 04-07 05-01 05-08 05-29 08-07 11-30 12-25 12-26",
    2024: "01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26",
    2025: "01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26",
    2026: "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28",
    2027: "01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28",
}
"""Bank holidays in Scotland on weekdays, as the governments listed them; further years are not listed yet."""
CUP = date(2026, 6, 15)


def by_rule(year: int) -> list[date]:
    """The weekdays that are holidays every year; what falls on a weekend has the next weekday that is free."""

    def mondays(month: int) -> list[date]:
        days = (date(year, month, n) for n in range(1, 32))
        return [day for day in days if day.weekday() == 0]

    fixed = [date(year, *day) for day in ((1, 1), (1, 2), (11, 30), (12, 25), (12, 26))]
    kept = [day for day in fixed if day.weekday() < 5]
    for day in set(fixed) - set(kept):
        free = (day + timedelta(days=n) for n in range(1, 5))
        kept.append(next(d for d in free if d.weekday() < 5 and d not in kept))
    return sorted([*kept, easter(year) - timedelta(days=2), mondays(5)[0], mondays(5)[-1], mondays(8)[0]])


def weekdays_off(year: int, holidays: Holidays) -> list[date]:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    return [d for d in days if d.year == year and d.weekday() < 5 and holidays.name(d)]


@pytest.mark.parametrize("year", LISTED)
def test_holidays_are_those_that_were_listed(year):
    listed = [date.fromisoformat(f"{year}-{day}") for day in LISTED[year].split()]
    assert weekdays_off(year, SCOTTISH) == listed


@pytest.mark.parametrize("year", range(2028, 2036))
def test_holidays_to_come_follow_the_rule(year):
    assert weekdays_off(year, SCOTTISH) == by_rule(year)


def the_year_as_lived(year: int, standing: Digest, holidays: Holidays, zone: str) -> list[Window]:
    """The windows of the editions that a heartbeat of three hours makes on a machine in that zone."""
    last, made = None, []
    start, hours = datetime(year, 1, 1, tzinfo=ZoneInfo(zone)), 367 * 24
    with time_machine.travel(start, tick=False) as traveller:
        for _ in range(0, hours, 3):
            traveller.shift(timedelta(hours=3))
            window = owed(standing, holidays, last, now())
            if window:
                last = edition(window)
                made.append(window)
    return made


@pytest.mark.parametrize(
    ("year", "hour", "minute", "zone"),
    [
        (year, *at, zone)
        for year in range(2020, 2036)
        for at in ((7, 0), (0, 30), (2, 0), (23, 45))
        for zone in ("UTC", "Europe/London", "Pacific/Auckland")
        if FULL or (at == (7, 0) and zone == "UTC") or year in (2022, 2026)
    ],
)
def test_each_day_has_the_edition_it_owes_once_and_holidays_none(year, hour, minute, zone):
    """F18: every day of sixteen years, 29 February and both clock changes in them."""
    made = the_year_as_lived(year, digest(hour=hour, minute=minute), SCOTTISH, zone)
    days = [w.end.astimezone(LONDON).date() for w in made]
    off = {date.fromisoformat(f"{year}-{d}") for d in LISTED[year].split()} if year in LISTED else {*by_rule(year)}
    whole = (date(year, 1, 1) + timedelta(days=n) for n in range(366 if isleap(year) else 365))
    expected = [d for d in whole if d.weekday() in WEEKDAYS and d not in off]
    assert [d for d in days[1:] if d.year == year] == [d for d in expected if d > days[0]]
    assert days[0] <= expected[0]
    assert all((w.end.astimezone(LONDON).hour, w.end.astimezone(LONDON).minute) == (hour, minute) for w in made)
    assert all(a.end == b.start for a, b in pairwise(made))


def test_a_holiday_proclaimed_late_counts_when_the_workspace_says_so():
    """F19: a library of before knows nothing of it."""
    old = Holidays(lambda day: "" if day == CUP else scottish(day))
    told = replace(old, overrides={CUP: Override(CUP, True, "Cup holiday", "proclaimed in spring")})
    friday = edition(Window(utc(2026, 6, 11, 6), utc(2026, 6, 12, 6)))
    monday, tuesday = utc(2026, 6, 15, 6), utc(2026, 6, 16, 6)
    assert owed(digest(), old, friday, monday) == Window(utc(2026, 6, 12, 6), monday)
    assert owed(digest(), told, friday, monday) is None
    assert owed(digest(), told, friday, tuesday) == Window(utc(2026, 6, 12, 6), tuesday)


def test_a_holiday_that_the_body_does_not_keep_is_a_day_like_others():
    day = date(2026, 11, 30)
    told = replace(SCOTTISH, overrides={day: Override(day, False, "Saint Andrew's Day", "the office is open")})
    friday = edition(Window(utc(2026, 11, 26, 7), utc(2026, 11, 27, 7)))
    assert owed(digest(), SCOTTISH, friday, utc(2026, 11, 30, 9)) is None
    assert owed(digest(), told, friday, utc(2026, 11, 30, 9)).end == utc(2026, 11, 30, 7)


def test_a_holiday_that_is_named_after_its_edition_went_out_changes_nothing():
    made = edition(Window(utc(2026, 6, 12, 6), utc(2026, 6, 15, 6)))
    told = Holidays(overrides={CUP: Override(CUP, True, "Cup holiday", "proclaimed on the day")})
    assert owed(digest(), told, made, utc(2026, 6, 15, 12)) is None
    assert owed(digest(), told, made, utc(2026, 6, 16, 6)).start == utc(2026, 6, 15, 6)


def test_a_digest_may_go_out_on_holidays():
    always = digest(holidays=OnHolidays.SEND)
    assert next_slot(always, SCOTTISH, utc(2026, 12, 24, 12)) == utc(2026, 12, 25, 7)
    assert next_slot(digest(), SCOTTISH, utc(2026, 12, 24, 12)) == utc(2026, 12, 29, 7)


def test_a_weekly_digest_moves_to_the_next_working_day():
    """Good Friday and Easter Monday: the latter is no holiday in Scotland."""
    weekly = digest(days=(4,), holidays=OnHolidays.MOVE)
    assert next_slot(weekly, SCOTTISH, utc(2026, 3, 30)) == utc(2026, 4, 6, 6)
    assert next_slot(weekly, SCOTTISH, utc(2026, 4, 6, 6)) == utc(2026, 4, 10, 6)
    new_year = digest(days=(3,), holidays=OnHolidays.MOVE)
    assert next_slot(new_year, SCOTTISH, utc(2025, 12, 30)) == utc(2026, 1, 5, 7)


def test_what_moves_to_a_day_that_has_an_edition_makes_no_second():
    daily = digest(holidays=OnHolidays.MOVE)
    slots = list(slots_between(daily, SCOTTISH, utc(2026, 4, 1, 12), utc(2026, 4, 8)))
    assert slots == [utc(2026, 4, 2, 6), utc(2026, 4, 6, 6), utc(2026, 4, 7, 6)]


def test_a_weekly_digest_that_skips_carries_two_weeks():
    weekly = digest(days=(4,))
    last = edition(Window(utc(2026, 3, 20, 7), utc(2026, 3, 27, 7)))
    assert owed(weekly, SCOTTISH, last, utc(2026, 4, 9)) is None
    assert owed(weekly, SCOTTISH, last, utc(2026, 4, 10, 6)) == Window(utc(2026, 3, 27, 7), utc(2026, 4, 10, 6))


# --------------------------------------------------------------- a clock at fault


@pytest.mark.parametrize("step", [timedelta(hours=1), timedelta(hours=-1)])
@pytest.mark.parametrize("after", [-90, -5, 0, 70])
def test_a_clock_that_steps_an_hour_still_makes_each_edition_once(step, after):
    """F18: it is wrong by an hour from some time around seven on, and put right three hours later."""
    wrong = utc(2023, 11, 28, 7) + timedelta(minutes=after)
    last, ends = edition(Window(utc(2023, 11, 24, 7), utc(2023, 11, 27, 7))), []
    for minutes in range(0, 3 * 24 * 60, 10):
        true = utc(2023, 11, 27, 12) + timedelta(minutes=minutes)
        clock = true + step if wrong <= true < wrong + timedelta(hours=3) else true
        if window := owed(digest(), NO_HOLIDAYS, last, clock):
            last = edition(window, clock)
            ends.append(window.end)
    assert ends == [utc(2023, 11, 28, 7), utc(2023, 11, 29, 7), utc(2023, 11, 30, 7)]


# --------------------------------------------------------------- early


MORNING = digest(early=Early(time(6, 15)))


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [(6, 14, None), (6, 15, True), (6, 59, True), (7, 0, None), (12, 0, None)],
)
def test_an_edition_may_be_early_between_its_two_times(hour, minute, expected):
    last = edition(Window(utc(2023, 11, 24, 7), utc(2023, 11, 27, 7)))
    window = early(MORNING, NO_HOLIDAYS, last, utc(2023, 11, 28, hour, minute))
    assert window == (Window(utc(2023, 11, 27, 7), utc(2023, 11, 28, 7)) if expected else None)
    assert early(digest(), NO_HOLIDAYS, last, utc(2023, 11, 28, hour, minute)) is None


def test_an_early_edition_takes_the_slot_and_the_next_one_begins_where_it_was_made():
    made = edition(Window(utc(2023, 11, 27, 7), utc(2023, 11, 28, 7)), utc(2023, 11, 28, 6, 20))
    assert early(MORNING, NO_HOLIDAYS, made, utc(2023, 11, 28, 6, 21)) is None
    assert owed(MORNING, NO_HOLIDAYS, made, utc(2023, 11, 28, 7)) is None
    assert owed(MORNING, NO_HOLIDAYS, made, utc(2023, 11, 29, 7)).start == utc(2023, 11, 28, 6, 20)
    assert current(MORNING, NO_HOLIDAYS, made, utc(2023, 11, 28, 6, 40)).start == utc(2023, 11, 28, 6, 20)
    after = Window(utc(2023, 11, 28, 6, 20), utc(2023, 11, 29, 7))
    assert upcoming(MORNING, NO_HOLIDAYS, made, utc(2023, 11, 28, 6, 40)) == after


def test_no_edition_is_early_on_a_holiday():
    last = edition(Window(utc(2026, 12, 23, 7), utc(2026, 12, 24, 7)))
    assert early(MORNING, SCOTTISH, last, utc(2026, 12, 25, 6, 30)) is None
    assert early(MORNING, SCOTTISH, last, utc(2026, 12, 29, 6, 30)).end == utc(2026, 12, 29, 7)


# --------------------------------------------------------------- stale


@pytest.mark.parametrize(
    ("stale", "made_at", "expected"),
    [
        (None, utc(2023, 11, 27, 7, 1), utc(2023, 11, 27, 13, 1)),
        (time(13), utc(2023, 11, 27, 7, 1), utc(2023, 11, 27, 13)),
        (time(13), utc(2023, 11, 27, 6, 20), utc(2023, 11, 27, 13)),
        (time(13), utc(2023, 11, 27, 13), utc(2023, 11, 27, 19)),  # made late: it has its six hours
        (time(6), utc(2023, 11, 27, 7, 1), utc(2023, 11, 28, 6)),  # before its slot: the next morning
    ],
)
def test_when_an_edition_is_stale(stale, made_at, expected):
    window = Window(utc(2023, 11, 24, 7), utc(2023, 11, 27, 7))
    assert stale_at(digest(stale=stale), window, made_at) == expected


def test_stale_is_a_time_in_london():
    window = Window(utc(2024, 6, 28, 6), utc(2024, 7, 1, 6))
    assert stale_at(digest(stale=time(13)), window, window.end) == utc(2024, 7, 1, 12)


# --------------------------------------------------------------- agenda, missed


def test_the_agenda_says_why_a_day_has_no_edition():
    told = replace(SCOTTISH, overrides={CUP: Override(CUP, True, "Cup holiday", "proclaimed in spring")})
    days = list(agenda(digest(), told, utc(2026, 6, 12, 12), date(2026, 6, 16)))
    assert [(d.day.day, d.slot, d.why) for d in days] == [
        (15, None, "Cup holiday (holidays.yaml: proclaimed in spring)"),
        (16, utc(2026, 6, 16, 6), ""),
    ]
    weekly = digest(days=(4,), holidays=OnHolidays.MOVE)
    moved = list(agenda(weekly, SCOTTISH, utc(2026, 4, 1), date(2026, 4, 6)))
    assert [(d.day.day, d.slot is None, d.why) for d in moved] == [
        (3, True, "Good Friday"),
        (6, False, "instead of Fri 3 Apr, Good Friday"),
    ]


def test_slots_that_nobody_was_there_for():
    last = edition(Window(utc(2026, 11, 24, 7), utc(2026, 11, 25, 7)))
    window = owed(digest(), SCOTTISH, last, utc(2026, 12, 2, 9))
    assert missed(digest(), SCOTTISH, last, window) == (
        utc(2026, 11, 26, 7),
        utc(2026, 11, 27, 7),
        utc(2026, 12, 1, 7),  # the 30th is a holiday
    )
    assert missed(digest(), SCOTTISH, None, window) == ()


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (utc(2024, 3, 30, 12), utc(2024, 3, 30, 7)),  # winter: UTC
        (utc(2024, 3, 31, 12), utc(2024, 3, 31, 6)),  # the day the clocks go forward
        (utc(2024, 10, 26, 12), utc(2024, 10, 26, 6)),
        (utc(2024, 10, 27, 12), utc(2024, 10, 27, 7)),  # the day they go back
    ],
)
def test_seven_is_seven_in_london(now, end):
    assert previous_slot(digest(days=tuple(range(7))), NO_HOLIDAYS, now) == end


@pytest.mark.parametrize("day", [date(2024, 3, 31), date(2024, 10, 27), date(2028, 2, 29)])
def test_an_hour_that_is_not_or_is_twice_still_comes_once(day):
    """The library refuses such an hour; if one comes through, the day has one edition."""
    daily = digest(days=tuple(range(7)), hour=1, minute=30)
    start = datetime(day.year, day.month, day.day, tzinfo=LONDON).astimezone(UTC) - timedelta(days=1)
    last, made = edition(Window(start, start)), 0
    for minutes in range(0, 3 * 24 * 60, 10):
        window = owed(daily, NO_HOLIDAYS, last, start + timedelta(minutes=minutes))
        if window:
            last, made = edition(window), made + 1
    assert made == 3


schedules = st.builds(
    digest,
    days=st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    hour=st.integers(2, 23),
    minute=st.integers(0, 59),
)
instants = st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC))


@given(schedules, instants)
def test_slots_are_neighbours(schedule, now):
    before, after = previous_slot(schedule, NO_HOLIDAYS, now), next_slot(schedule, NO_HOLIDAYS, now)
    assert before <= now < after
    assert next_slot(schedule, NO_HOLIDAYS, before) == after
    assert previous_slot(schedule, NO_HOLIDAYS, after - timedelta.resolution) == before
    assert after - before <= timedelta(days=7, hours=1)


@given(schedules, st.lists(st.timedeltas(timedelta(minutes=1), timedelta(days=9)), max_size=30), instants)
def test_windows_follow_each_other_whatever_the_heartbeat(schedule, gaps, now):
    last = None
    for gap in gaps:
        window = owed(schedule, NO_HOLIDAYS, last, now)
        if window:
            assert window.start < window.end <= now
            assert last is None or window.start == last.window.end
            last = edition(window)
        assert owed(schedule, NO_HOLIDAYS, last, now) is None
        now += gap


# --------------------------------------------------------------- preview


def test_a_preview_runs_from_the_last_edition_to_now():
    now = utc(2023, 11, 27, 12)
    last = edition(Window(utc(2023, 11, 24, 7), utc(2023, 11, 27, 7)))
    assert current(digest(), NO_HOLIDAYS, last, now) == Window(utc(2023, 11, 27, 7), now)
    assert current(digest(), NO_HOLIDAYS, None, now) == Window(utc(2023, 11, 27, 7), now)
    assert current(digest(days=()), NO_HOLIDAYS, None, now) == Window(now - timedelta(days=1), now)
