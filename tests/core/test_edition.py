"""The calendar of editions: each day once, right across both clock changes; names that never change."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.agreement import Digest
from monitor.core.edition import (
    LONDON,
    Edition,
    Mail,
    Window,
    current,
    edition_id,
    is_delayed,
    message_id,
    next_slot,
    owed,
    previous_slot,
)

WEEKDAYS = (0, 1, 2, 3, 4)


def digest(days: tuple[int, ...] = WEEKDAYS, hour: int = 7, minute: int = 0) -> Digest:
    return Digest("morning", "Morning digest", (), days, hour, minute, ())


def edition(window: Window) -> Edition:
    return Edition("a/morning/x", "a", "morning", window, window.end, "f", Mail("s", "t", "h"), "{}")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


# --------------------------------------------------------------- what is owed


def test_first_edition_starts_at_the_slot_before():
    monday = owed(digest(), None, utc(2023, 11, 27, 7, 0, 1))
    assert monday == Window(utc(2023, 11, 24, 7), utc(2023, 11, 27, 7))


def test_it_is_owed_from_the_slot_on_and_not_before():
    last = edition(Window(utc(2023, 11, 23, 7), utc(2023, 11, 24, 7)))
    assert owed(digest(), last, utc(2023, 11, 27, 6, 59, 59)) is None
    assert owed(digest(), last, utc(2023, 11, 27, 7)) == Window(utc(2023, 11, 24, 7), utc(2023, 11, 27, 7))


def test_nothing_is_owed_twice():
    now = utc(2023, 11, 27, 9)
    made = edition(owed(digest(), None, now))
    assert owed(digest(), made, now) is None
    assert owed(digest(), made, now + timedelta(hours=21, minutes=59)) is None


def test_days_nobody_looked_are_in_one_edition():
    last = edition(Window(utc(2023, 11, 13, 7), utc(2023, 11, 14, 7)))
    assert owed(digest(), last, utc(2023, 11, 29, 12)) == Window(utc(2023, 11, 14, 7), utc(2023, 11, 29, 7))


def test_a_slot_moved_back_is_not_owed_again():
    last = edition(Window(utc(2023, 11, 24, 7), utc(2023, 11, 27, 7)))
    earlier = digest(hour=6, minute=30)
    assert owed(earlier, last, utc(2023, 11, 27, 8)) is None
    assert owed(earlier, last, utc(2023, 11, 28, 6, 30)) == Window(utc(2023, 11, 27, 7), utc(2023, 11, 28, 6, 30))


def test_a_digest_of_no_day_is_never_owed():
    assert owed(digest(days=()), None, utc(2023, 11, 27, 9)) is None
    assert next_slot(digest(days=()), utc(2023, 11, 27, 9)) is None


def test_a_clock_set_back_an_hour_owes_nothing_new():
    made = edition(owed(digest(), None, utc(2023, 11, 27, 7, 0, 5)))
    assert owed(digest(), made, utc(2023, 11, 27, 6, 0, 5)) is None
    assert owed(digest(), made, utc(2023, 11, 27, 7, 0, 5)) is None


# --------------------------------------------------------------- the clock changes


@pytest.mark.parametrize("year", range(2020, 2036))
@pytest.mark.parametrize(("hour", "minute"), [(7, 0), (0, 30), (2, 0), (23, 45)])
def test_each_weekday_of_a_year_has_one_edition_and_no_gap(year, hour, minute):
    daily = digest(hour=hour, minute=minute)
    now, stop = utc(year, 1, 1), utc(year + 1, 1, 1)
    last, made = None, []
    while now <= stop:
        window = owed(daily, last, now)
        if window:
            last = edition(window)
            made.append(window)
        now += timedelta(hours=3)
    days = [w.end.astimezone(LONDON).date() for w in made]
    first, final = date(year, 1, 1), date(year, 12, 31)
    expected = [first + timedelta(days=n) for n in range((final - first).days + 1)]
    assert days[1:] == [d for d in expected if d.weekday() in WEEKDAYS and d > days[0]]
    assert days[0] >= first - timedelta(days=4)
    assert all((w.end.astimezone(LONDON).hour, w.end.astimezone(LONDON).minute) == (hour, minute) for w in made)
    assert all(a.end == b.start for a, b in pairwise(made))


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
    assert previous_slot(digest(days=tuple(range(7))), now) == end


@pytest.mark.parametrize("day", [date(2024, 3, 31), date(2024, 10, 27), date(2028, 2, 29)])
def test_an_hour_that_is_not_or_is_twice_still_comes_once(day):
    """The library refuses such an hour; if one comes through, the day has one edition."""
    daily = digest(days=tuple(range(7)), hour=1, minute=30)
    start = datetime(day.year, day.month, day.day, tzinfo=LONDON).astimezone(UTC) - timedelta(days=1)
    last, made = edition(Window(start, start)), 0
    for minutes in range(0, 3 * 24 * 60, 10):
        window = owed(daily, last, start + timedelta(minutes=minutes))
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
    before, after = previous_slot(schedule, now), next_slot(schedule, now)
    assert before <= now < after
    assert next_slot(schedule, before) == after
    assert previous_slot(schedule, after - timedelta.resolution) == before
    assert after - before <= timedelta(days=7, hours=1)


@given(schedules, st.lists(st.timedeltas(timedelta(minutes=1), timedelta(days=9)), max_size=30), instants)
def test_windows_follow_each_other_whatever_the_heartbeat(schedule, gaps, now):
    last = None
    for gap in gaps:
        window = owed(schedule, last, now)
        if window:
            assert window.start < window.end <= now
            assert last is None or window.start == last.window.end
            last = edition(window)
        assert owed(schedule, last, now) is None
        now += gap


# --------------------------------------------------------------- late, preview, names


def test_a_quarter_of_an_hour_is_in_time():
    window = Window(utc(2023, 11, 24, 7), utc(2023, 11, 27, 7))
    assert not is_delayed(window, utc(2023, 11, 27, 7, 15))
    assert is_delayed(window, utc(2023, 11, 27, 7, 15, 1))


def test_a_preview_runs_from_the_last_edition_to_now():
    now = utc(2023, 11, 27, 12)
    last = edition(Window(utc(2023, 11, 24, 7), utc(2023, 11, 27, 7)))
    assert current(digest(), last, now) == Window(utc(2023, 11, 27, 7), now)
    assert current(digest(), None, now) == Window(utc(2023, 11, 27, 7), now)
    assert current(digest(days=()), None, now) == Window(now - timedelta(days=1), now)


def test_an_edition_is_named_by_its_window_in_utc():
    summer = owed(digest(), None, utc(2024, 7, 1, 12))
    assert edition_id("sss", "morning", summer) == "sss/morning/20240701T060000Z"


def test_a_message_id_is_of_edition_and_recipient_alone():
    first = message_id("sss/morning/20231127T070000Z", "a@example.org", "example.org")
    assert first == message_id("sss/morning/20231127T070000Z", " A@Example.org ", "example.org")
    assert first != message_id("sss/morning/20231128T070000Z", "a@example.org", "example.org")
    assert first != message_id("sss/morning/20231127T070000Z", "b@example.org", "example.org")
    assert first.startswith("<")
    assert first.endswith("@example.org>")
