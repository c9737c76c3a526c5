"""Editions by the calendar: holidays, early ones, those that stand in for others, days, when they are stale."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from morning import AGREEMENT, DIGEST, END, SOURCES, STATES
from test_compose import RECIPIENTS, RENDERER, Clock, fill, wire

from monitor.adapters.cluster import copies
from monitor.core.agreement import Early
from monitor.core.calendar import Holidays
from monitor.core.edition import DeliveryState
from monitor.errors import DeliveryError
from monitor.jobs.compose import Composer, compose_owed
from monitor.jobs.due import due
from monitor.jobs.send import send

MONDAY = date(2023, 11, 27)
HOLIDAYS = Holidays(lambda day: "Founders’ Day" if day == MONDAY else "")
DAY = timedelta(days=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def composer(store, clock) -> Composer:
    for state in STATES.values():
        store.save_source_state(state)
    return Composer(store, SOURCES, copies, RENDERER, clock, holidays=HOLIDAYS)


def made(composer, digest=DIGEST):
    return compose_owed(composer, replace(AGREEMENT, digests=(digest,)), RECIPIENTS).made


def test_a_holiday_has_no_edition_and_the_next_has_all_marked_by_day(store, composer, clock):
    clock.now = END - 3 * DAY
    (friday,) = made(composer)
    fill(store, [wire("herald", 30)])
    clock.now = END
    assert made(composer) == ()
    clock.now = END + DAY
    (tuesday,) = made(composer)
    assert tuesday.window.start == friday.window.end
    assert "Winter Heating Payment in Scotland" in tuesday.mail.text
    content = json.loads(tuesday.content)
    assert [d["day"] for d in content["days"]] == [f"2023-11-{day}" for day in range(24, 29)]
    assert [d["day"] for d in content["days"] if d["stories"]] == ["2023-11-26"]
    assert content["missed"] == []
    assert not tuesday.mail.subject.startswith("Delayed")


@pytest.mark.parametrize(("back", "late"), [(timedelta(minutes=40), True), (timedelta(minutes=10), False)])
def test_down_at_seven_and_back_a_little_later(composer, clock, back, late):
    """F20: sent, and the subject says so where it matters."""
    clock.now = END + DAY
    made(composer)
    clock.now = END + 2 * DAY + back
    (edition,) = made(composer)
    assert edition.mail.subject.startswith("Delayed: ") is late
    assert made(composer) == ()


def test_down_for_days_makes_one_edition_that_owns_up(composer, clock):
    clock.now = END + DAY
    made(composer)
    clock.now = END + 4 * DAY + timedelta(hours=6)  # from Tuesday to Friday 13:00
    (friday,) = made(composer)
    assert json.loads(friday.content)["missed"] == ["2023-11-29T07:00:00+00:00", "2023-11-30T07:00:00+00:00"]
    assert friday.mail.subject.startswith("Delayed: ")
    assert "the 2 editions before it (Wed 29 Nov 07:00 to Thu 30 Nov 07:00)" in " ".join(friday.mail.text.split())
    assert made(composer) == ()


# --------------------------------------------------------------- early

EARLY = replace(DIGEST, early=Early(time(6, 15)))


def lead(hours: float):
    """A story of three publishers."""
    return [wire(outlet, hours + n / 10) for n, outlet in enumerate(("herald", "stv", "daily_record"))]


def test_a_major_story_brings_the_edition_early_and_only_once(store, composer, clock):
    clock.now = END + DAY
    made(composer)
    clock.now = END + 2 * DAY - timedelta(minutes=50)
    assert made(composer, EARLY) == ()
    clock.now = END + 2 * DAY - timedelta(minutes=30)
    assert made(composer, EARLY) == ()
    fill(store, lead(-47))
    (early,) = made(composer, EARLY)
    assert early.id.endswith("20231129T070000Z")
    assert "Winter Heating Payment in Scotland" in early.mail.text
    assert not early.mail.subject.startswith("Delayed")
    assert "Early. Sent before Wed 29 Nov 07:00 because of a major story." in early.mail.text
    assert json.loads(early.content)["until"] == "2023-11-29T06:30:00+00:00"
    clock.now = END + 2 * DAY
    assert made(composer, EARLY) == ()


def test_what_comes_after_an_early_edition_is_in_the_next(store, composer, clock):
    clock.now = END + 2 * DAY - timedelta(minutes=30)
    made(composer)
    fill(store, lead(-46))
    (early,) = made(composer, EARLY)
    fill(store, [replace(wire("bbc", -47.75), headline="Scottish Child Payment rises", body="Glasgow. " * 3)])
    clock.now = END + 3 * DAY
    (thursday,) = made(composer, EARLY)
    assert thursday.window.start == early.made_at
    assert sorted({i.article for i in store.items(early.id)} & {i.article for i in store.items(thursday.id)}) == []
    assert [i.article for i in store.items(thursday.id)]


def test_too_few_publishers_bring_nothing_early(store, composer, clock):
    clock.now = END + DAY
    made(composer)
    fill(store, lead(-46))
    clock.now = END + 2 * DAY - timedelta(minutes=30)
    assert made(composer, replace(DIGEST, early=Early(time(6, 15), publishers=4))) == ()
    (early,) = made(composer, replace(DIGEST, early=Early(time(6, 15), publishers=3)))
    assert early.made_at < early.window.end


# --------------------------------------------------------------- stale


class Down:
    """A post that is closed."""

    def deliver(self, edition, delivery):
        raise DeliveryError("the relay is down")


def test_a_delivery_expires_when_its_digest_says(store, composer, clock):
    clock.now = END + DAY
    (edition,) = made(composer, replace(DIGEST, stale=time(9)))
    assert store.edition(edition.id).stale_at == datetime(2023, 11, 28, 9, tzinfo=UTC)
    clock.now = edition.stale_at
    assert send(store, Down(), clock).pending == 2
    clock.now += timedelta(seconds=1)
    assert send(store, Down(), clock).expired == 2
    states = {(d.state, d.answer) for d in store.deliveries(edition.id)}
    told = "not taken by 09:00, when the edition was stale; last: the relay is down"
    assert states == {(DeliveryState.EXPIRED, told)}


# --------------------------------------------------------------- what is due


def test_what_is_due(store, composer, clock):
    clock.now = END - timedelta(days=3, hours=-2)  # Friday 09:00
    agreement = replace(AGREEMENT, digests=(EARLY, replace(DIGEST, id="weekly", days=(4,), hour=15)))
    first = due(store, agreement, HOLIDAYS, clock, 7)
    assert [(d.digest, d.day.day, d.slot and d.slot.hour, d.owed, d.why) for d in first] == [
        ("weekly", 17, 15, True, "owed: the next run makes it"),
        ("morning", 24, 7, True, "owed: the next run makes it"),
        ("weekly", 24, 15, False, ""),
        ("morning", 27, None, False, "Founders’ Day"),
        ("morning", 28, 7, False, ""),
        ("morning", 29, 7, False, ""),
        ("morning", 30, 7, False, ""),
        ("morning", 1, 7, False, ""),
        ("weekly", 1, 15, False, ""),
    ]
    assert {d.early for d in first if d.digest == "weekly"} == {None}
    assert first[4].early == datetime(2023, 11, 28, 6, 15, tzinfo=UTC)
    compose_owed(composer, agreement, RECIPIENTS)
    then = due(store, agreement, HOLIDAYS, clock, 7)
    assert not any(d.owed for d in then)
    assert [d.since for d in then if d.digest == "morning" and d.slot][:2] == [
        clock.now,  # the edition of 07:00 was made at 09:00
        datetime(2023, 11, 28, 7, tzinfo=UTC),
    ]
