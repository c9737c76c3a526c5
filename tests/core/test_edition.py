"""Editions: when they are late, when stale, and names that never change."""

from dataclasses import replace
from datetime import UTC, datetime

from monitor.core.edition import STALE, Edition, Mail, Window, edition_id, is_delayed, message_id, seen_until


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


WINDOW = Window(utc(2023, 11, 24, 7), utc(2023, 11, 27, 7))

# --------------------------------------------------------------- late, early, stale


def test_a_quarter_of_an_hour_is_in_time():
    assert not is_delayed(WINDOW, utc(2023, 11, 27, 7, 15))
    assert is_delayed(WINDOW, utc(2023, 11, 27, 7, 15, 1))


def test_it_holds_what_was_seen_until_it_was_made_unless_it_was_made_in_time():
    assert seen_until(WINDOW, utc(2023, 11, 27, 6, 20)) == utc(2023, 11, 27, 6, 20)
    assert seen_until(WINDOW, utc(2023, 11, 27, 7, 10)) == utc(2023, 11, 27, 7)
    assert seen_until(WINDOW, utc(2023, 11, 27, 9)) == utc(2023, 11, 27, 9)


def test_an_edition_of_before_there_was_such_a_time_is_stale_after_six_hours():
    made = Edition("a/m/x", "a", "m", WINDOW, utc(2023, 11, 27, 7, 1), "f", Mail("s", "t", "h"), "{}")
    assert made.expires == utc(2023, 11, 27, 7, 1) + STALE
    assert replace(made, stale_at=utc(2023, 11, 27, 13)).expires == utc(2023, 11, 27, 13)


def test_an_edition_is_named_by_its_window_in_utc():
    summer = Window(utc(2024, 6, 28, 6), utc(2024, 7, 1, 6))
    assert edition_id("sss", "morning", summer) == "sss/morning/20240701T060000Z"


def test_a_message_id_is_of_edition_and_recipient_alone():
    first = message_id("sss/morning/20231127T070000Z", "a@example.org", "example.org")
    assert first == message_id("sss/morning/20231127T070000Z", " A@Example.org ", "example.org")
    assert first != message_id("sss/morning/20231128T070000Z", "a@example.org", "example.org")
    assert first != message_id("sss/morning/20231127T070000Z", "b@example.org", "example.org")
    assert first.startswith("<")
    assert first.endswith("@example.org>")
