"""Leaving a list by the link of a mail, and bounces that are posted: nobody has signed in for either."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browsing import Visitor

from monitor import app
from monitor.core.edition import Delivery, DeliveryState, Edition, Mail, Window
from monitor.core.unsubscribing import link_of
from monitor.core.ways_back import NOBODYS
from monitor.core.webhook import signature

SECRET = "what our links are made with"
BOUNCES = "what our bounces are signed with"
NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ONE_CLICK = b"List-Unsubscribe=One-Click"


@pytest.fixture(scope="module")
def anybody(serving, made: Path) -> Visitor:
    """Somebody at the service of a workspace that has sent mail."""
    someone = serving("[mail]", f'secret = "{SECRET}"', f'bounce_secret = "{BOUNCES}"')
    window = Window(NOW - timedelta(days=1), NOW)
    edition = Edition("sss/lunch/1", "sss", "lunch", window, NOW, "f", Mail("S", "T", "H"), "{}")
    names = ("ann", "bob", "cem", "dee", "flo")
    sent = [Delivery(edition.id, f"{n}@reader.example", f"<{n}@x>", DeliveryState.SENT) for n in names]
    with app.open_workspace(made) as opened:
        opened.store.make_edition(edition, [], sent)
    return someone


def path_of(name: str) -> str:
    return urlsplit(link_of("https://monitor.example", SECRET, "sss/lunch", f"{name}@reader.example")).path


def stopped(made: Path, name: str) -> list[str]:
    with app.open_workspace(made) as opened:
        return [str(a.verb) for a in opened.store.recipient_acts().get(f"{name}@reader.example", ())]


def test_to_look_at_a_link_changes_nothing(anybody, made):
    for method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE"):
        anybody.ask(method, path_of("ann"))
    answer = anybody.get(path_of("ann"))
    assert answer.status == 200
    assert "Stop these mails" in answer.text
    assert "ann@" not in answer.text
    assert stopped(made, "ann") == []


def test_the_button_and_the_mail_reader_post_the_same(anybody, made):
    assert b"List-Unsubscribe" in anybody.get(path_of("bob")).body
    answer = anybody.ask("POST", path_of("bob"), ONE_CLICK, FORM)
    assert answer.status == 200
    assert "no more of these mails" in answer.text
    assert stopped(made, "bob") == ["unsubscribe"]
    assert anybody.ask("POST", path_of("bob"), ONE_CLICK, FORM).status == 200
    assert stopped(made, "bob") == ["unsubscribe"]


def test_a_post_of_something_else_changes_nothing(anybody, made):
    assert anybody.ask("POST", path_of("cem"), b"", FORM).status == 400
    assert anybody.ask("POST", path_of("cem"), b"List-Unsubscribe=Yes", FORM).status == 400
    assert stopped(made, "cem") == []


def test_a_reader_pauses_with_a_day_back_and_is_told_what_is_wrong_with_it(anybody, made):
    at = path_of("flo")
    for said in (b"back=", b"back=yesterday", b"back=2020-01-01"):
        answer = anybody.ask("POST", f"{at}/pause", said, FORM)
        assert (answer.status, "There is a problem" in answer.text) == (422, True)
    assert stopped(made, "flo") == []
    back = datetime.now(UTC).date() + timedelta(days=40)
    answer = anybody.ask("POST", f"{at}/pause", f"back={back:%d/%m/%Y}".encode(), FORM)
    assert (answer.status, f"before {back:%A} {back.day} {back:%B %Y}" in answer.text) == (200, True)
    assert f'action="{at}/resume"' in anybody.get(at).text
    assert "written to again" in anybody.ask("POST", f"{at}/resume", b"", FORM).text
    assert stopped(made, "flo") == ["pause", "resume"]
    assert anybody.ask("POST", f"{at[:-3]}/pause", f"back={back}".encode(), FORM).status == 404


def test_the_link_in_a_copy_is_nobodys_and_says_so(anybody):
    answer = anybody.get(f"/unsubscribe/sss/lunch/{NOBODYS}")
    assert (answer.status, "nobody&#39;s" in answer.text or "nobody's" in answer.text) == (404, True)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_that_is_cut_off_says_so(anybody, method):
    body = ONE_CLICK if method == "POST" else b""
    answer = anybody.ask(method, path_of("cem")[:-3], body, FORM)
    assert answer.status == 404
    assert "does not work" in answer.text


# --------------------------------------------------------------- bounces


def post(anybody: Visitor, body: bytes, *, secret: str = BOUNCES, at: float = 0, kind: str = "application/json"):
    headers = signature(secret, "n1", int(time.time() + at), body)
    return anybody.ask("POST", "/bounces", body, {**headers, "Content-Type": kind})


def bounce(name: str, status: str = "5.1.1") -> bytes:
    return json.dumps({"message_id": f"<{name}@x>", "status": status, "reason": "no such user"}).encode()


def test_a_signed_bounce_is_taken(anybody, made):
    answer = post(anybody, bounce("dee"))
    assert (answer.status, json.loads(answer.body)["suppressed"]) == (200, 1)
    assert stopped(made, "dee") == ["suppress"]
    assert json.loads(post(anybody, bounce("dee")).body)["known"] == 1
    assert json.loads(post(anybody, bounce("stranger")).body)["strange"] == 1


@pytest.mark.parametrize("more", [{"secret": "somebody else's secret, long"}, {"at": -400}, {"at": 400}])
def test_one_that_is_not_signed_by_us_now_is_refused(anybody, made, more):
    assert post(anybody, bounce("cem"), **more).status == 401
    assert anybody.ask("POST", "/bounces", bounce("cem")).status == 401
    assert stopped(made, "cem") == []


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"message_id": 1, "status": "", "reason": ""}', b'{"status": "5.1.1"}']
)
def test_one_that_cannot_be_read_says_what_to_write(anybody, body):
    answer = post(anybody, body)
    assert answer.status == 422
    assert "message_id" in answer.text


def test_a_notification_as_it_came_is_taken(anybody):
    assert post(anybody, b"Subject: Out of office\r\n\r\nAway.", kind="message/rfc822").status == 200
