"""Notices and pings, on both databases: who hears of what, and that it is said once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.core.edition import Delivery, DeliveryState, Edition, Mail, Window
from monitor.core.health import Alarm, AlarmKind
from monitor.core.lint import Advice, Weight
from monitor.core.recipient import RecipientAct, RecipientVerb
from monitor.errors import DeliveryError
from monitor.jobs.notify import ToldWhom, notify
from monitor.jobs.ping import ping

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MADE = NOW - 40 * MINUTE
EDITION = Edition(
    "sss/morning/1", "sss", "morning", Window(MADE - timedelta(days=1), MADE), MADE, "f", Mail("S", "T", "H"), "{}"
)
WHOM = ToldWhom("monitor.example", ("it@example.org",), ("editor@example.org",), ("ops",))
ADDRESS = {"sss/morning": "https://ping.example/uuid"}


def make(store, *states: DeliveryState, edition: Edition = EDITION) -> None:
    deliveries = [
        Delivery(edition.id, f"r{n}@example.org", f"<{n}@x>", state, answer="its answer")
        for n, state in enumerate(states)
    ]
    assert store.make_edition(edition, [], deliveries)


def told(store, whom: ToldWhom = WHOM, at: datetime = NOW) -> dict[str, str]:
    """What is told then, by standing order."""
    return {edition.digest: edition.mail.text for edition in notify(store, whom, lambda: at)}


SILENT = Alarm(
    "herald-news", AlarmKind.SILENT, NOW - timedelta(hours=9), NOW - timedelta(hours=1), "nothing since 23:00"
)


def test_an_alarm_of_a_source_is_told_to_it_once_and_again_when_it_is_over(store):
    store.save_alarms([SILENT], [])
    text = told(store)["alarms"]
    assert "herald-news is silent: nothing since 23:00" in text
    assert told(store) == {}
    store.save_alarms([], [replace(SILENT, closed=NOW, closing="it brought an article")])
    assert "herald-news is no longer silent" in told(store, at=NOW + MINUTE)["alarms"]
    assert [d.recipient for d in store.open_deliveries()] == ["it@example.org", "webhook:ops"] * 2


def test_mail_that_waits_too_long_is_told_once_for_an_edition(store):
    make(store, DeliveryState.PENDING, DeliveryState.PENDING, DeliveryState.SENT)
    assert "2 mails of sss/morning/1 wait: its answer" in told(store)["alarms"]
    assert told(store) == {}


def test_mail_that_has_just_been_made_is_no_matter(store):
    make(store, DeliveryState.PENDING, edition=replace(EDITION, made_at=NOW - MINUTE))
    assert told(store) == {}


def test_editors_hear_of_addresses_that_failed_and_of_those_suppressed(store):
    make(store, DeliveryState.FAILED, DeliveryState.BOUNCED, DeliveryState.SENT)
    act = RecipientAct(RecipientVerb.SUPPRESS, "r0@example.org", "monitor", "550 no such user", NOW - MINUTE)
    store.act_on_recipient(act)
    store.act_on_recipient(replace(act, recipient="x@example.org", author="A. Editor"))
    text = told(store)["recipients"]
    assert "r0@example.org gets nothing any more: 550 no such user" in text
    assert "r1@example.org did not get sss/morning/1: its answer" in text
    assert "x@example.org" not in text


def test_a_notice_that_fails_is_no_reason_for_another(store):
    store.save_alarms([SILENT], [])
    told(store)
    (mail, hook) = store.open_deliveries()
    store.save_deliveries([replace(d, state=DeliveryState.FAILED, answer="550") for d in (mail, hook)])
    assert told(store) == {}


def test_with_nobody_to_tell_it_is_told_when_there_is_somebody(store):
    store.save_alarms([SILENT], [])
    assert told(store, ToldWhom("monitor.example")) == {}
    assert "alarms" in told(store)


# --------------------------------------------------------------- pings


class Outside:
    """Hears pings; deaf as often as told."""

    def __init__(self, deaf: int = 0) -> None:
        self.deaf = deaf
        self.heard: list[str] = []
        self.texts: list[str] = []

    def __call__(self, url: str, text: str) -> None:
        if self.deaf:
            self.deaf -= 1
            raise DeliveryError("no answer")
        self.heard.append(url.removeprefix(ADDRESS["sss/morning"]))
        self.texts.append(text)


def pinged(store, outside: Outside, at: datetime = MADE + MINUTE):
    return ping(store, ADDRESS, outside, lambda: at)


@pytest.mark.parametrize(
    ("states", "after", "heard"),
    [
        ([DeliveryState.PENDING], MINUTE, ["/start"]),
        ([DeliveryState.SENT, DeliveryState.WITHHELD], MINUTE, ["/start", ""]),
        ([DeliveryState.SENT, DeliveryState.FAILED], MINUTE, ["/start", ""]),
        ([DeliveryState.FAILED], MINUTE, ["/start", "/fail"]),
        ([DeliveryState.SENT, DeliveryState.EXPIRED], MINUTE, ["/start", "/fail"]),
        ([DeliveryState.SENT, DeliveryState.PENDING], 31 * MINUTE, ["/start", "/fail"]),
        ([], MINUTE, ["/start", ""]),
    ],
)
def test_somebody_outside_hears_how_an_edition_fares(store, states, after, heard):
    make(store, *states)
    outside = Outside()
    pinged(store, outside, MADE + after)
    assert outside.heard == heard
    pinged(store, outside, MADE + after)
    assert outside.heard == heard
    assert all("@" not in text for text in outside.texts)


def test_a_failure_is_taken_back_when_the_mail_is_out_after_all(store):
    make(store, DeliveryState.PENDING)
    outside = Outside()
    pinged(store, outside, MADE + 31 * MINUTE)
    (delivery,) = store.deliveries(EDITION.id)
    store.save_delivery(replace(delivery, state=DeliveryState.SENT))
    pinged(store, outside, MADE + 32 * MINUTE)
    assert outside.heard == ["/start", "/fail", ""]


def test_what_nobody_heard_is_said_again_and_is_a_fault(store):
    make(store, DeliveryState.SENT)
    outside = Outside(deaf=1)
    report = pinged(store, outside)
    assert (report.said, [f.what for f in report.faults]) == ((), ["no answer"])
    assert pinged(store, outside).said == ("sss/morning/1/start", "sss/morning/1")


def test_other_digests_and_old_editions_are_not_told(store):
    make(store, DeliveryState.SENT)
    make(store, DeliveryState.SENT, edition=replace(EDITION, id="sss/weekly/1", digest="weekly"))
    outside = Outside()
    pinged(store, outside, MADE + timedelta(days=2))
    assert outside.heard == []


ADVICE = {
    "sss": (
        Advice("benefits", "it never hit", "take it away", "Foyso", Weight.CHECK),
        Advice("benefits", "a note"),
    )
}


def weekly(store, at: datetime, whom: ToldWhom = WHOM) -> list[str]:
    return [e.mail.text for e in notify(store, whom, lambda: at, lambda: ADVICE) if e.digest == "profiles"]


def test_what_is_to_be_checked_in_profiles_is_told_to_editors_once_a_week(store):
    (text,) = weekly(store, NOW)
    assert "1 thing in profiles to look at" in text
    assert "- sss, benefits: Foyso: it never hit (take it away)" in text
    assert "a note" not in text, "what is only good to know waits for monitor profiles lint"
    assert weekly(store, NOW + timedelta(days=1)) == []
    sunday = NOW + timedelta(days=4)
    assert weekly(store, sunday) == [], "the week ends with Sunday in London"
    assert weekly(store, sunday + timedelta(days=1)) != []
    assert {d.recipient for d in store.open_deliveries()} == {"editor@example.org"}


def test_with_no_editor_to_tell_profiles_are_not_looked_at(store):
    def advise():
        raise AssertionError("looked at for nobody")

    assert notify(store, replace(WHOM, editors=()), lambda: NOW, advise) == ()
