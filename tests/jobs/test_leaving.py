"""Bounces and links to unsubscribe, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.adapters.bounces import bounced_mails
from monitor.core.bounce import Bounce
from monitor.core.edition import Delivery, DeliveryState, Edition, Mail, Window
from monitor.core.recipient import RecipientAct, RecipientVerb, standing
from monitor.core.unsubscribing import link_of, token_of
from monitor.errors import InputError, UnknownRecord
from monitor.jobs.bounces import BounceReport, take_bounces
from monitor.jobs.leave import Leaver, own_list, pause, resume, unsubscribe

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
SECRET = "a secret of this workspace"
LISTED = "sss/morning"
HARD = Bounce("<0@x>", "5.1.1", "550 no such user")


def clock() -> datetime:
    return NOW


def by(store, secret: str = SECRET) -> Leaver:
    return Leaver(store, secret, clock)


@pytest.fixture
def sent(store):
    """Two mails of a morning, taken by the server."""
    window = Window(NOW - timedelta(days=1), NOW)
    edition = Edition("sss/morning/1", "sss", "morning", window, NOW, "f", Mail("S", "T", "H"), "{}")
    deliveries = [
        Delivery(edition.id, address, f"<{n}@x>", DeliveryState.SENT)
        for n, address in enumerate(("Ann@Example.org", "bob@example.org"))
    ]
    assert store.make_edition(edition, [], deliveries)
    return store


def states(store) -> list[str]:
    return [str(d.state) for d in store.deliveries("sss/morning/1")]


def test_a_hard_bounce_suppresses_and_is_written_down_once(sent):
    assert take_bounces(sent, [[HARD]], clock) == BounceReport(suppressed=("Ann@Example.org",))
    assert take_bounces(sent, [[HARD]], clock) == BounceReport(known=1)
    assert states(sent) == ["bounced", "sent"]
    (act,) = sent.recipient_acts()["ann@example.org"]
    assert (act.verb, act.author) == (RecipientVerb.SUPPRESS, "monitor")
    assert act.reason == "bounced: 5.1.1 550 no such user"


def test_a_passing_bounce_is_written_down_and_stops_nothing(sent):
    report = take_bounces(sent, [[Bounce("<1@x>", "5.2.2", "552 full")]], clock)
    assert report == BounceReport(passing=("bob@example.org",))
    assert states(sent) == ["sent", "bounced"]
    assert sent.recipient_acts() == {}


def test_a_stranger_stops_nobodys_mail(sent):
    assert take_bounces(sent, [[Bounce("<made-up@x>", "5.1.1", "bob@example.org")]], clock) == BounceReport(
        strange=1
    )
    assert states(sent) == ["sent", "sent"]


# --------------------------------------------------------------- links


def test_a_link_names_nobody_and_takes_its_reader_off_its_list_alone(sent):
    link = link_of("https://monitor.example/", SECRET, LISTED, "ANN@example.org")
    assert link.startswith("https://monitor.example/unsubscribe/sss/morning/")
    assert "ann" not in link.lower()
    token = link.rpartition("/")[2]
    assert own_list(by(sent), LISTED, token).address == "ann@example.org"
    assert sent.recipient_acts() == {}
    for _ in range(2):
        assert unsubscribe(by(sent), LISTED, token).stopped
    (act,) = sent.recipient_acts()["ann@example.org"]
    assert (act.verb, act.digest, act.author) == (RecipientVerb.UNSUBSCRIBE, LISTED, "the reader")


def test_a_reader_pauses_a_list_with_a_day_back_and_takes_it_back(sent):
    token = token_of(SECRET, LISTED, "ann@example.org")
    for back in (NOW.date(), NOW.date() - timedelta(days=1), NOW.date() + timedelta(days=400)):
        with pytest.raises(InputError):
            pause(by(sent), LISTED, token, back)
    assert sent.recipient_acts() == {}
    paused = pause(by(sent), LISTED, token, date(2026, 12, 8)).paused
    assert (paused.until, paused.digest, paused.author) == (
        datetime(2026, 12, 8, tzinfo=UTC),
        LISTED,
        "the reader",
    )
    acts = sent.recipient_acts()["ann@example.org"]
    assert standing(acts, LISTED, NOW) == paused
    assert standing(acts, LISTED, paused.until) is None
    assert standing(acts, "sss/weekly", NOW) is None
    assert own_list(by(sent), LISTED, token_of(SECRET, LISTED, "bob@example.org")).paused is None
    for _ in range(2):
        assert resume(by(sent), LISTED, token).paused is None
    assert [a.verb for a in sent.recipient_acts()["ann@example.org"]] == ["pause", "resume"]


def test_what_an_editor_paused_no_reader_resumes(sent):
    sent.act_on_recipient(RecipientAct(RecipientVerb.PAUSE, "ann@example.org", "an editor", "on leave", NOW))
    token = token_of(SECRET, LISTED, "ann@example.org")
    assert resume(by(sent), LISTED, token).paused is None
    assert standing(sent.recipient_acts()["ann@example.org"], LISTED, NOW).author == "an editor"


def test_on_leave_too_each_is_written_down_once(sent):
    sent.act_on_recipient(RecipientAct(RecipientVerb.PAUSE, "ann@example.org", "an editor", "on leave", NOW))
    token = link_of("https://monitor.example/", SECRET, LISTED, "ann@example.org").rpartition("/")[2]
    for _ in range(2):
        unsubscribe(by(sent), LISTED, token)
        take_bounces(sent, [[HARD]], clock)
    said = [act.verb for act in sent.recipient_acts()["ann@example.org"]]
    assert said == [RecipientVerb.PAUSE, RecipientVerb.UNSUBSCRIBE, RecipientVerb.SUPPRESS]


@pytest.mark.parametrize(
    ("secret", "listed", "token"),
    [
        (SECRET, LISTED, token_of("another secret", LISTED, "ann@example.org")),
        (SECRET, "sss/weekly", token_of(SECRET, LISTED, "ann@example.org")),
        (SECRET, LISTED, token_of(SECRET, LISTED, "nobody@example.org")),
        (SECRET, LISTED, ""),
        ("", LISTED, token_of("", LISTED, "ann@example.org")),
    ],
)
def test_a_link_that_was_not_made_here_takes_nobody_off(sent, secret, listed, token):
    with pytest.raises(UnknownRecord):
        unsubscribe(by(sent, secret), listed, token)
    assert sent.recipient_acts() == {}


# --------------------------------------------------------------- where bounces arrive


def test_a_maildir_is_emptied_of_what_was_read(tmp_path):
    for folder in ("new", "cur", "tmp"):
        (tmp_path / folder).mkdir()
    for name in ("1.a", "2.b"):
        (tmp_path / "new" / name).write_bytes(name.encode())
    reading = bounced_mails(tmp_path)
    assert next(reading) == b"1.a"
    assert [p.name for p in sorted((tmp_path / "new").iterdir())] == ["1.a", "2.b"]  # its reader is not done
    assert list(reading) == [b"2.b"]
    assert list(bounced_mails(tmp_path)) == []
    assert sorted(p.name for p in (tmp_path / "cur").iterdir()) == ["1.a:2,S", "2.b:2,S"]


def test_eml_files_of_a_folder_are_put_aside(tmp_path):
    (tmp_path / "one.eml").write_bytes(b"Subject: x\n\n")
    (tmp_path / "note.txt").write_bytes(b"no mail")
    assert list(bounced_mails(tmp_path)) == [b"Subject: x\n\n"]
    assert list(bounced_mails(tmp_path)) == []
    assert (tmp_path / "taken" / "one.eml").exists()


def test_an_mbox_stays_as_it_is(tmp_path):
    box = tmp_path / "box"
    box.write_bytes(b"".join(b"From a@b Wed Nov 25 08:00:00 2026\nSubject: %d\n\nx\n\n" % n for n in (1, 2)))
    for _ in range(2):
        assert [b"Subject: 1" in m for m in bounced_mails(box)] == [True, False]


def test_where_there_is_nothing_is_said(tmp_path):
    with pytest.raises(InputError, match="none"):
        list(bounced_mails(tmp_path / "none"))
