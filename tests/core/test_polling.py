"""When a source is asked next: the rules on plain values, and what they come to over days (F3-F8)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core import polling
from monitor.core.source import Source, SourceState, Trouble

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FEED, MOVED = "https://paper.example/feed", "https://paper.example/new"
FRESH = SourceState("s", url=FEED)


def failed(state: SourceState, now: datetime, status: int | None = None) -> SourceState:
    return polling.failed(state, now, "answers", Trouble.STATUS, status=status)


def asked_at(answer: Callable[[SourceState, datetime], SourceState], days: float) -> list[timedelta]:
    """When a source is asked that a run looks at each minute, from noon on."""
    state, asked = FRESH, []
    for minute in range(round(days * 1440)):
        now = NOON + minute * MINUTE
        if polling.is_due(state, now):
            asked.append(now - NOON)
            state = answer(state, now)
    return asked


def gaps(asked: list[timedelta]) -> list[timedelta]:
    return [later - sooner for sooner, later in itertools.pairwise(asked)]


# --------------------------------------------------------------- a source that is heard


def changing(every: timedelta) -> Callable[[SourceState, datetime], SourceState]:
    """A source that changes so often."""

    def answer(state: SourceState, now: datetime) -> SourceState:
        new = state.last_heard is None or (now - NOON) // every > (state.last_heard - NOON) // every
        return polling.heard(state, now, new=new)

    return answer


@pytest.mark.parametrize(
    ("changes", "usual"),
    [(5 * MINUTE, 15 * MINUTE), (20 * MINUTE, 15 * MINUTE), (80 * MINUTE, 40 * MINUTE), (9 * HOUR, HOUR)],
)
def test_how_often_it_changes_is_learned_within_a_quarter_and_a_whole_hour(
    changes: timedelta, usual: timedelta
) -> None:
    day = gaps(asked_at(changing(changes), 3))
    assert all(15 * MINUTE - polling.GRACE <= gap <= HOUR for gap in day)
    settled = sorted(day[len(day) // 2 :])
    assert abs(settled[len(settled) // 2] - usual) <= usual / 4


def test_a_source_that_is_new_to_us_is_asked_less_and_less_until_it_changes() -> None:
    first = polling.heard(FRESH, NOON, new=True)
    assert (first.next_due, first.due_why) == (NOON + 15 * MINUTE, "it was new just now")
    later = polling.heard(first, NOON + 80 * MINUTE, new=False)
    assert (later.next_due, later.due_why) == (
        NOON + 120 * MINUTE,
        "nothing new for 80 minutes",
    )


def test_a_source_that_never_changes_is_asked_hourly_and_says_why() -> None:
    state = polling.heard(FRESH, NOON, new=False)
    assert (state.next_due, state.due_why) == (NOON + HOUR, "nothing new yet")
    slow = polling.heard(replace(FRESH, last_new=NOON - 2 * DAY, rhythm=60), NOON, new=False)
    assert (slow.next_due, slow.due_why) == (NOON + HOUR, "nothing new since 28 February")


def test_a_night_without_news_does_not_make_a_quick_source_slow() -> None:
    state = replace(FRESH, last_new=NOON, last_heard=NOON, rhythm=1200)
    morning = NOON + 9 * HOUR
    assert polling.usual_wait(state, morning)[0] == 15 * MINUTE
    woken = polling.heard(state, morning, new=True)
    assert woken.rhythm == 1200 + round(polling.WEIGHT * (7200 - 1200))
    assert woken.due_why == "it changes about every 45 minutes"


def test_settings_that_ask_less_often_than_hourly_are_kept() -> None:
    state = polling.heard(FRESH, NOON, new=True, every=3 * HOUR)
    assert state.next_due == NOON + 3 * HOUR


def test_what_is_due_within_a_minute_is_due() -> None:
    state = replace(FRESH, next_due=NOON + 59 * timedelta(seconds=1))
    assert polling.is_due(state, NOON)
    assert not polling.is_due(state, NOON - 2 * timedelta(seconds=1))


# --------------------------------------------------------------- a source that fails (F6)


def test_over_a_week_a_failing_source_is_asked_less_and_less_and_never_given_up() -> None:
    week = gaps(asked_at(failed, 7))
    quarter = 15 * MINUTE
    assert [round(gap / quarter) for gap in week] == [1, 2, 4, 8, 16, 32, 64, 96, 96, 96, 96, 96]


def test_a_success_ends_a_failure() -> None:
    state = polling.heard(FRESH, NOON, new=True)
    for hours in (1, 2, 24):
        state = failed(state, NOON + hours * HOUR)
    assert (state.failing_since, state.failures, state.last_heard) == (NOON + HOUR, 3, NOON)
    state = polling.heard(state, NOON + 25 * HOUR, new=False)
    assert (state.error, state.trouble, state.failures, state.failing_since) == ("", Trouble.NONE, 0, None)


@given(st.integers(1, 10_000), st.integers(1, 1440))
def test_no_wait_is_longer_than_a_day_or_shorter_than_it_was(failures: int, minutes: int) -> None:
    every = minutes * MINUTE
    assert every <= polling.backoff(failures, every) <= polling.backoff(failures + 1, every) <= DAY


def test_a_suspect_answer_is_no_success_and_is_looked_at_again_within_the_hour() -> None:
    state = replace(FRESH, etag='"1"', body_fingerprint="f", last_heard=NOON - HOUR, last_new=NOON - HOUR)
    for n in range(30):
        state = polling.suspect(state, NOON + n * HOUR, "the feed is empty", Trouble.SUSPECT, every=15 * MINUTE)
        assert state.next_due is not None
        assert state.next_due <= NOON + (n + 1) * HOUR
    assert (state.etag, state.body_fingerprint, state.last_heard) == ('"1"', "f", NOON - HOUR)
    assert (state.trouble, state.failing_since, state.failures) == (Trouble.SUSPECT, NOON, 30)


# --------------------------------------------------------------- gone (F5)


def after(answers: Iterable[tuple[float, int]]) -> SourceState:
    """The state after answers of some status at hours."""
    state = FRESH
    for hours, status in answers:
        now = NOON + hours * HOUR
        state = polling.heard(state, now, new=False) if status == 200 else failed(state, now, status)
    return state


@pytest.mark.parametrize(
    ("answers", "gone"),
    [
        ([(0, 410)], False),
        ([(0, 410), (1, 410), (23.9, 410)], False),
        ([(0, 410), (24, 410)], True),
        ([(0, 410), (5, 503), (24, 410)], True),
        ([(0, 410), (5, 200), (24, 410)], False),
        ([(0, 404), (48, 404)], False),
        ([(0, 410), (24, 410), (30, 200)], False),
    ],
)
def test_gone_after_two_410_a_day_apart_and_no_success_between(
    answers: list[tuple[float, int]], gone: bool
) -> None:
    state = after(answers)
    assert (state.trouble is Trouble.GONE) is gone
    assert polling.is_due(state, NOON + 900 * HOUR) is not gone


def test_a_gone_source_with_a_new_address_is_asked_again() -> None:
    gone = after([(0, 410), (24, 410)])
    state = polling.settled_at(gone, Source("s", "paper", url=MOVED))
    assert polling.is_due(state, NOON + 25 * HOUR)
    assert (state.url, state.gone_since, state.error) == (MOVED, None, "")


# --------------------------------------------------------------- moved (F8)


def test_three_equal_permanent_redirects_are_believed() -> None:
    state = FRESH
    for seen in range(1, 4):
        assert polling.address(state) == FEED
        state = polling.led_to(state, MOVED)
        assert state.moved_seen == seen
    assert polling.address(state) == MOVED
    assert polling.led_to(state, "") == state, "asked there, it redirects no more"


@pytest.mark.parametrize("between", ["", "https://paper.example/other"])
def test_redirects_that_differ_are_not_believed(between: str) -> None:
    state = FRESH
    for target in (MOVED, MOVED, between, MOVED, MOVED):
        state = polling.led_to(state, target)
    assert polling.address(state) == FEED


def test_a_move_away_from_encryption_is_not_believed() -> None:
    state = FRESH
    for _ in range(5):
        state = polling.led_to(state, "http://paper.example/feed")
    assert polling.address(state) == FEED


def test_an_address_it_moved_to_that_fails_twice_is_given_up_for_the_one_in_the_file() -> None:
    state = replace(FRESH, moved_to=MOVED, moved_seen=3)
    state = failed(state, NOON, 404)
    assert polling.address(state) == MOVED
    assert polling.address(failed(state, NOON + HOUR, 404)) == FEED


def test_the_editor_writes_the_new_address_and_nothing_is_forgotten() -> None:
    state = replace(FRESH, moved_to=MOVED, moved_seen=3, etag='"1"', body_fingerprint="f", rhythm=60)
    state = polling.settled_at(state, Source("s", "paper", url=MOVED))
    assert (state.url, state.moved_to, state.etag, state.rhythm) == (MOVED, "", '"1"', 60)


def test_another_address_is_begun_anew_but_what_was_heard_stays() -> None:
    state = replace(FRESH, etag='"1"', body_fingerprint="f", last_heard=NOON, last_new=NOON, next_due=NOON + DAY)
    state = polling.settled_at(state, Source("s", "paper", url="https://elsewhere.example/feed"))
    assert (state.etag, state.body_fingerprint, state.next_due) == ("", "", None)
    assert (state.last_heard, state.last_new) == (NOON, NOON)


# --------------------------------------------------------------- Retry-After (F7)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", 2 * MINUTE),
        (" 0 ", timedelta(0)),
        (format_datetime(NOON + 2 * HOUR, usegmt=True), 2 * HOUR),
        ("Monday, 02-Mar-26 13:00:00 GMT", HOUR),
        ("Mon Mar  2 13:00:00 2026", HOUR),
        (format_datetime(NOON - 2 * HOUR, usegmt=True), timedelta(0)),
        (str(10 * 365 * 86_400), DAY),
        (format_datetime(NOON.replace(year=2036), usegmt=True), DAY),
        ("9" * 5_000, DAY),
        ("-5", timedelta(0)),
        ("1.5", timedelta(0)),
        ("soon", timedelta(0)),
        ("", timedelta(0)),
        ("Mon, 99 Foo 2026 99:99:99 GMT", timedelta(0)),
        ("\u0663\u0660", timedelta(0)),
    ],
)
def test_retry_after_in_every_form_a_day_at_most(header: str, wait: timedelta) -> None:
    assert polling.wait_asked(header, NOON) == wait


@given(st.text())
def test_no_header_breaks_it(header: str) -> None:
    assert timedelta(0) <= polling.wait_asked(header, NOON) <= DAY


@pytest.mark.parametrize(
    ("stretch", "text"),
    [
        (MINUTE, "1 minute"),
        (90 * MINUTE, "90 minutes"),
        (3 * HOUR, "3 hours"),
        (DAY, "1 day"),
        (0 * DAY, "0 seconds"),
    ],
)
def test_stretches_of_time_are_said(stretch: timedelta, text: str) -> None:
    assert polling.said(stretch) == text
