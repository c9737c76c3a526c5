"""Sending, on both databases: each delivery to its state, whatever the server says and wherever we are killed."""

from __future__ import annotations

import signal
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import killed_workers
import pytest
from clean_processes import CLEAN

from monitor.adapters.mail import Outbox, Sender
from monitor.core.edition import Delivery, DeliveryState, Edition, Mail, Variant, Window, message_id
from monitor.core.recipient import RecipientAct, RecipientVerb
from monitor.errors import DeliveryError, RecipientRefused, ServerUnavailable
from monitor.jobs.send import SendReport, send

END = datetime(2023, 11, 27, 7, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
EDITION = Edition(
    "sss/morning/1", "sss", "morning", Window(END - timedelta(days=1), END), END, "f", Mail("S", "T", "H"), "{}"
)
YES = "250 taken"
LATER = DeliveryError("450 later")
NEVER = RecipientRefused("550 no such user")
SILENCE = DeliveryError("no answer", unknown=True)


class Server:
    """A post that answers each recipient from its list, the last answer for ever; remembers who was asked for."""

    def __init__(self, **answers: list[str | DeliveryError]) -> None:
        self.answers = answers
        self.asked: list[str] = []
        self.ids: list[str] = []

    def deliver(self, edition: Edition, delivery: Delivery) -> str:
        name = delivery.recipient.partition("@")[0]
        self.asked.append(name)
        self.ids.append(delivery.message_id)
        answers = self.answers.get(name, [YES])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, DeliveryError):
            raise answer
        return answer


class Clock:
    """Tells the time it was set to."""

    def __init__(self) -> None:
        self.now = END + MINUTE

    def __call__(self) -> datetime:
        return self.now

    def __iadd__(self, more: timedelta) -> Clock:
        self.now += more
        return self


@pytest.fixture
def clock() -> Clock:
    return Clock()


def make(store, *names: str, edition: Edition = EDITION) -> None:
    addresses = [f"{name}@example.org" for name in names]
    deliveries = [Delivery(edition.id, a, message_id(edition.id, a, "monitor.example")) for a in addresses]
    assert store.make_edition(edition, [], deliveries)


def states(store, edition: Edition = EDITION) -> dict[str, str]:
    return {d.recipient.partition("@")[0]: str(d.state) for d in store.deliveries(edition.id)}


def one(store) -> Delivery:
    (delivery,) = store.deliveries(EDITION.id)
    return delivery


def test_what_is_open_is_sent_once(store, clock):
    make(store, "ann", "bob")
    server = Server()
    assert send(store, server, clock) == SendReport(sent=2)
    assert send(store, server, clock) == SendReport()
    assert server.asked == ["ann", "bob"]
    assert states(store) == {"ann": "sent", "bob": "sent"}
    delivery = store.deliveries(EDITION.id)[0]
    assert (delivery.attempts, delivery.last_tried, delivery.answer) == (1, clock.now, YES)


def test_one_that_fails_stops_no_other(store, clock):
    make(store, "later", "never", "silence", "ann")
    report = send(store, Server(later=[LATER], never=[NEVER], silence=[SILENCE]), clock)
    assert report == SendReport(sent=1, failed=1, unknown=1, pending=1)
    assert states(store) == {"later": "pending", "never": "failed", "silence": "unknown", "ann": "sent"}


def test_refused_for_good_is_never_tried_again(store, clock):
    make(store, "never")
    server = Server(never=[NEVER, YES])
    send(store, server, clock)
    clock += timedelta(hours=1)
    assert send(store, server, clock) == SendReport()
    assert one(store).answer == "550 no such user"


def test_refused_for_now_waits_longer_each_time_and_comes_through(store, clock):
    make(store, "later")
    server = Server(later=[LATER] * 7 + [YES])
    tried = []
    for _ in range(90):
        before = len(server.asked)
        send(store, server, clock)
        if len(server.asked) > before:
            tried.append((clock.now - END) // MINUTE)
        clock += MINUTE
    assert tried == [1, 2, 4, 8, 16, 31, 46, 61]
    assert one(store).state is DeliveryState.SENT
    assert len(set(server.ids)) == 1


def test_without_an_answer_it_is_tried_once_more_after_ten_minutes(store, clock):
    make(store, "silence")
    server = Server(silence=[SILENCE, YES])
    send(store, server, clock)
    clock += 10 * MINUTE - timedelta(seconds=1)
    assert send(store, server, clock) == SendReport(unknown=1)
    assert len(server.asked) == 1
    clock += timedelta(seconds=1)
    assert send(store, server, clock) == SendReport(sent=1)
    assert server.ids[0] == server.ids[1]
    assert one(store).attempts == 2


def test_twice_without_an_answer_is_the_end(store, clock):
    make(store, "silence")
    server = Server(silence=[SILENCE])
    for _ in range(5):
        send(store, server, clock)
        clock += 11 * MINUTE
    assert len(server.asked) == 2
    assert one(store).state is DeliveryState.FAILED


def test_an_unknown_one_refused_for_now_stays_unknown(store, clock):
    """The first may have arrived: it is not tried a third time as if nothing had been said, only with patience."""
    make(store, "silence")
    server = Server(silence=[SILENCE, LATER, SILENCE])
    for _ in range(5):
        send(store, server, clock)
        clock += 11 * MINUTE
    assert len(server.asked) == 3
    assert one(store).state is DeliveryState.FAILED


def test_what_is_stale_is_not_sent(store, clock):
    make(store, "later", "new")
    clock.now = END + timedelta(hours=6)
    server = Server(later=[LATER])
    send(store, server, clock)
    clock += MINUTE
    assert send(store, server, clock) == SendReport(expired=1)
    assert states(store) == {"later": "expired", "new": "sent"}
    assert "450 later" in next(d.answer for d in store.deliveries(EDITION.id) if d.state is DeliveryState.EXPIRED)


def test_a_relay_down_for_three_hours_loses_nothing(store, clock):
    make(store, "ann")
    server = Server(ann=[DeliveryError("no connection")])
    for _ in range(180):
        send(store, server, clock)
        clock += MINUTE
    server.answers = {}
    clock += 15 * MINUTE
    assert send(store, server, clock) == SendReport(sent=1)
    assert one(store).attempts < 20


def test_the_oldest_edition_goes_first(store, clock):
    second = replace(EDITION, id="sss/morning/2", window=Window(END, END + timedelta(hours=1)))
    make(store, "two", edition=second)
    make(store, "one")
    server = Server()
    send(store, server, clock)
    assert server.asked == ["one", "two"]


def test_the_outbox_takes_it(store, clock, tmp_path):
    make(store, "ann")
    send(store, Outbox(tmp_path, Sender("m@monitor.example")), clock)
    assert one(store).state is DeliveryState.SENT
    assert Path(one(store).answer).read_bytes().startswith(b"Subject: S")


# --------------------------------------------------------------- the server takes nothing


class Down(Server):
    """A server that takes nothing for so many asks."""

    def __init__(self, asks: int) -> None:
        super().__init__()
        self.left = asks

    def deliver(self, edition: Edition, delivery: Delivery) -> str:
        if self.left:
            self.left -= 1
            self.asked.append("down")
            raise ServerUnavailable("no connection to mail.example:587")
        return super().deliver(edition, delivery)


def test_a_server_that_takes_nothing_is_asked_once_for_everybody(store, clock):
    make(store, *(f"r{n}" for n in range(120)))
    server = Down(asks=2)
    report = send(store, server, clock)
    assert (report.pending, report.unavailable) == (120, "no connection to mail.example:587")
    assert server.asked == ["down"]
    assert send(store, server, clock) == SendReport(pending=120)
    clock += MINUTE
    send(store, server, clock)
    clock += MINUTE
    assert send(store, server, clock) == SendReport(pending=120)
    assert server.asked == ["down", "down"]
    clock += MINUTE
    assert send(store, server, clock) == SendReport(sent=120)
    assert {d.attempts for d in store.deliveries(EDITION.id)} == {3}


def test_a_server_that_goes_away_half_way_leaves_what_was_sent_sent(store, clock):
    make(store, "ann", "bob", "cem")
    server = Server(bob=[ServerUnavailable("421 closing"), YES])
    report = send(store, server, clock)
    assert (report.sent, report.pending) == (1, 2)
    clock += MINUTE
    assert send(store, server, clock) == SendReport(sent=2)
    assert server.asked == ["ann", "bob", "bob", "cem"]


def test_asked_to_stop_it_stops_between_two(store, clock):
    make(store, "ann", "bob", "cem")
    server = Server()
    report = send(store, server, clock, lambda: len(server.asked) < 2)
    assert report == SendReport(sent=2)
    assert states(store) == {"ann": "sent", "bob": "sent", "cem": "pending"}


# --------------------------------------------------------------- who nothing goes to

GONE = RecipientRefused("550 5.1.1 no such user", gone=True)


def test_an_address_that_does_not_exist_gets_nothing_more_until_it_is_lifted(store, clock):
    make(store, "gone", "ann")
    report = send(store, Server(gone=[GONE]), clock)
    assert (report.sent, report.failed, report.suppressed) == (1, 1, ("gone@example.org",))
    (act,) = store.recipient_acts()["gone@example.org"]
    assert (act.verb, act.author, act.reason) == (RecipientVerb.SUPPRESS, "monitor", "550 5.1.1 no such user")
    second = replace(EDITION, id="sss/morning/2", window=Window(END, END + timedelta(hours=1)))
    make(store, "gone", edition=second)
    server = Server()
    assert send(store, server, clock) == SendReport(withheld=1)
    assert server.asked == []
    (kept,) = store.deliveries(second.id)
    assert kept.answer.startswith("suppressed by monitor on 27 Nov 2023: 550 5.1.1")


def test_a_server_that_knows_nobody_suppresses_nobody(store, clock):
    everybody = [f"r{n}" for n in range(5)]
    make(store, *everybody)
    report = send(store, Server(**{name: [GONE] for name in everybody}), clock)
    assert (report.failed, report.suppressed) == (5, ())
    assert store.recipient_acts() == {}


def test_who_is_paused_while_a_mail_waits_does_not_get_it(store, clock):
    make(store, "ann")
    send(store, Server(ann=[LATER]), clock)
    store.act_on_recipient(RecipientAct(RecipientVerb.PAUSE, "ann@example.org", "A. Editor", "on leave", clock()))
    clock += MINUTE
    assert send(store, Server(), clock) == SendReport(withheld=1)


def test_who_wants_some_sections_gets_their_variant_and_the_others_all(store, clock):
    some = Variant("benefits", Mail("S of benefits", "T of benefits", "H of benefits"), "{}")
    deliveries = [
        Delivery(EDITION.id, "ann@example.org", "<1@x>"),
        Delivery(EDITION.id, "bob@example.org", "<2@x>", variant="benefits"),
    ]
    assert store.make_edition(EDITION, [], deliveries, [some])
    seen = {}

    class Reading(Server):
        def deliver(self, edition: Edition, delivery: Delivery) -> str:
            seen[delivery.recipient] = edition.mail.subject
            return super().deliver(edition, delivery)

    assert send(store, Reading(), clock) == SendReport(sent=2)
    assert seen == {"ann@example.org": "S", "bob@example.org": "S of benefits"}


# --------------------------------------------------------------- killed


@pytest.mark.parametrize(
    ("when", "number", "doubled"), [("before", 1, 0), ("before", 3, 0), ("after", 1, 1), ("after", 4, 1)]
)
def test_killed_at_any_step_nothing_is_lost_and_at_most_one_is_doubled(
    store, store_url, tmp_path, when, number, doubled
):
    make(store, "ann", "bob", "cem", "dee")
    log = tmp_path / "taken"
    log.touch()

    def run(when: str) -> int | None:
        process = CLEAN.Process(target=killed_workers.send_all, args=(store_url, log, when, number))
        process.start()
        process.join(120)
        return process.exitcode

    assert run(when) == -signal.SIGKILL
    assert run("never") == 0
    taken = Counter(log.read_text().split())
    assert len(taken) == 4
    assert taken.total() == 4 + doubled
    assert set(states(store).values()) == {"sent"}


def test_while_one_sends_another_does_nothing(store, clock):
    make(store, "ann", "bob")
    server = Server()
    with store.sending() as alone:
        assert alone
        assert send(store, server, clock) == SendReport()
    assert server.asked == []
    assert send(store, server, clock) == SendReport(sent=2)
