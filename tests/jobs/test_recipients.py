"""An editor's word on an address, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.core.agreement import Agreement, Alerts, Digest
from monitor.core.recipient import Recipient, RecipientVerb
from monitor.errors import InputError
from monitor.jobs.addressing import nameless
from monitor.jobs.recipients import decide, listed

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY = timedelta(days=1)
GROUPS = {"comms": ("A@example.org", "b@example.org"), "policy": ("a@example.org",)}
PAUSE, RESUME, SUPPRESS, LIFT = (RecipientVerb(v) for v in ("pause", "resume", "suppress", "lift"))


def clock() -> datetime:
    return NOW


def say(store, verb, address="a@example.org", author="A. Editor", reason="on leave", **more):
    return decide(store, verb, address, author, reason, clock, **more)


def stopped(store, people=None) -> dict[str, str]:
    return {one.address: one.stopped for one in listed(store, GROUPS, people or {}, clock)}


def test_an_address_is_listed_once_with_all_its_names(store):
    (first, second) = listed(store, GROUPS, {"b@example.org": Recipient("b@example.org", ("benefits",))}, clock)
    assert (first.address, first.groups, first.sections) == ("A@example.org", ("comms", "policy"), ())
    assert (second.address, second.sections) == ("b@example.org", ("benefits",))


def test_paused_and_resumed_with_all_of_it_remembered(store):
    say(store, PAUSE, "A@Example.org ", until=NOW + DAY)
    assert stopped(store)["A@example.org"].startswith("paused until 26 Nov 2026 by A. Editor")
    say(store, RESUME, reason="back early")
    assert stopped(store) == {"A@example.org": "", "b@example.org": ""}
    (one, _) = listed(store, GROUPS, {}, clock)
    assert [(act.verb, act.reason) for act in one.acts] == [(PAUSE, "on leave"), (RESUME, "back early")]


def test_who_is_not_at_an_allowed_domain_is_said_to_get_nothing(store):
    found = {one.address: one.stopped for one in listed(store, GROUPS, {}, clock, ("example.net",))}
    assert found["A@example.org"] == "example.org is not among mail.allowed_domains"
    say(store, PAUSE)
    (first, _) = listed(store, GROUPS, {}, clock, ("Example.net.",))
    assert first.stopped.startswith("example.org is not among mail.allowed_domains; paused by")
    (_, other) = listed(store, {"x": ("c@EXAMPLE.net",)}, {}, clock, ("Example.net.",))
    assert other.stopped == ""


def test_a_slip_of_the_pen_pauses_nobody(store):
    with pytest.raises(InputError, match="nothing goes to a@exmaple"):
        say(store, PAUSE, "a@exmaple.org", known=GROUPS["comms"])
    say(store, PAUSE, "a@EXAMPLE.org", known=GROUPS["comms"])
    say(store, SUPPRESS, "never@example.org", known=GROUPS["comms"])


def test_names_without_an_address_are_told_before_anything_is_due():
    alerts = Alerts(to=("duty", "comms"), webhooks=("newsroom", "elsewhere"))
    digest = Digest("morning", "Morning", (), (0,), 7, 0, ("comms", "polcy"), alerts=alerts)
    found = list(nameless([Agreement("sss", "S", "A", (), digests=(digest,))], GROUPS, ("newsroom",)))
    assert [(f.where, f.field) for f in found] == [
        ("sss/morning", "recipients"),
        ("sss/morning", "recipients"),
        ("sss/morning", "alerts"),
    ]
    assert ["'polcy'" in found[0].what, "'duty'" in found[1].what, "'elsewhere'" in found[2].what] == [True] * 3
    assert "names there: comms, policy" in found[0].remedy


def test_who_was_decided_on_stays_listed_without_a_group(store):
    say(store, SUPPRESS, "left@example.org", reason="has left us")
    assert "left@example.org" in stopped(store)


def test_of_one_digest_alone(store):
    say(store, SUPPRESS, digest="sss/weekly")
    assert "from sss/weekly" in stopped(store)["A@example.org"]
    assert [one.partly for one in listed(store, GROUPS, {}, clock)] == [True, False]
    say(store, LIFT, digest="sss/weekly", reason="asked for it again")
    assert stopped(store)["A@example.org"] == ""


@pytest.mark.parametrize(
    ("verb", "more", "words"),
    [
        (PAUSE, {"author": " "}, "--author"),
        (PAUSE, {"reason": "x"}, "needs a reason"),
        (PAUSE, {"address": "nobody"}, "not a mail address"),
        (PAUSE, {"address": "a@b.example\r\nBcc: c@d.example"}, "not a mail address"),
        (PAUSE, {"until": NOW}, "--back"),
        (RESUME, {}, "not paused"),
        (LIFT, {}, "not suppressed"),
    ],
)
def test_what_cannot_be_decided_is_refused(store, verb, more, words):
    with pytest.raises(InputError, match=words):
        say(store, verb, **more)
    assert store.recipient_acts() == {}
