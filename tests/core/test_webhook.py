"""What is posted to webhooks: signed as Standard Webhooks says, and safe in a card or a message."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from monitor.core.edition import Delivery, Edition, Mail, Window
from monitor.core.notice import Notice, notice_edition
from monitor.core.webhook import MOST_STORIES, WebhookKind, posting, signature, webhook_of, webhook_recipient

NOW = datetime(2026, 11, 25, 14, 10, tzinfo=UTC)
SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef01234567").decode()
HOSTILE = "Benefits <b>up</b> & [more](https://evil.example) | *now*"


def story(number: int = 0, **more: object) -> dict[str, object]:
    return {
        "story": f"s{number}",
        "article": f"a{number}",
        "headline": HOSTILE,
        "url": "https://herald.example/1",
        "outlet": "The Herald",
        "published_at": NOW.isoformat(),
        "publishers": 3,
        "major": True,
        "why": [{"text": "Carer Support Payment · ", "mark": ""}, {"text": "Scotland", "mark": "context"}],
        "extract": [{"text": "THE PUBLISHER'S OWN WORDS", "mark": ""}],
        **more,
    }


def edition(*stories: dict[str, object]) -> Edition:
    content = json.dumps({"sections": [{"title": "BENEFITS", "items": list(stories)}]})
    mail = Mail("Alert: Benefits up", "- a source is silent\n", "<p>")
    return Edition("sss/morning-alert/1", "sss", "morning-alert", Window(NOW, NOW), NOW, "f", mail, content)


def posted(kind: WebhookKind, *stories: dict[str, object]) -> dict:
    delivery = Delivery("sss/morning-alert/1", webhook_recipient("newsroom"), "<id1@monitor.example>")
    return json.loads(posting(kind, SECRET, edition(*stories), delivery, NOW).body)


def test_a_notice_about_ourselves_is_no_alert():
    notice = notice_edition("alarms", [Notice("1", "herald-news is silent: nothing since 23:00")], NOW)
    delivery = Delivery(notice.id, webhook_recipient("newsroom"), "<id1@monitor.example>")
    body = json.loads(posting(WebhookKind.SIGNED, SECRET, notice, delivery, NOW).body)
    assert (body["type"], body["stories"]) == ("notice", [])
    assert posted(WebhookKind.SIGNED, story())["type"] == "alert"


def test_a_receiver_can_check_who_it_is_from_and_when():
    body = b'{"a":1}'
    headers = signature(SECRET, "id1", int(NOW.timestamp()), body)
    said = f"id1.{int(NOW.timestamp())}.".encode() + body
    expected = base64.b64encode(hmac.new(b"0123456789abcdef01234567", said, hashlib.sha256).digest()).decode()
    assert headers == {
        "webhook-id": "id1",
        "webhook-timestamp": str(int(NOW.timestamp())),
        "webhook-signature": f"v1,{expected}",
    }


def test_the_example_of_the_standard_comes_out():
    """The example of the specification's own libraries."""
    headers = signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_signed_has_every_story_and_no_text_of_a_publisher():
    said = posted(WebhookKind.SIGNED, story(0), story(1), story(0))
    assert [s["story"] for s in said["stories"]] == ["s0", "s1"]
    assert said["stories"][0]["why"] == "Carer Support Payment · Scotland"
    assert said["id"] == "id1@monitor.example"
    assert "OWN WORDS" not in json.dumps(said)


@pytest.mark.parametrize("kind", list(WebhookKind))
def test_no_form_has_text_of_a_publisher_or_an_address_that_is_not_of_the_web(kind):
    said = json.dumps(posted(kind, story(url="javascript:alert(1)")))
    assert "OWN WORDS" not in said
    assert "javascript" not in said


def test_a_card_for_teams():
    said = posted(WebhookKind.TEAMS, story())
    (attachment,) = said["attachments"]
    assert said["type"] == "message"
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    card = attachment["content"]
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.4")
    assert all(block["type"] == "TextBlock" and block["wrap"] for block in card["body"])
    assert card["actions"] == [
        {"type": "Action.OpenUrl", "title": "The Herald", "url": "https://herald.example/1"}
    ]


def test_nobodys_words_make_a_link_in_a_card():
    link = "[Win](https://evil.example)"
    hostile = edition(story(headline=link, outlet=link, why=[{"text": link, "mark": ""}]))
    hostile = replace(hostile, mail=Mail(f"Alert: {link}", "", "<p>"))
    delivery = Delivery(hostile.id, webhook_recipient("newsroom"), "<id1@monitor.example>")
    said = json.loads(posting(WebhookKind.TEAMS, SECRET, hostile, delivery, NOW).body)
    subject, headline, about = (b["text"] for b in said["attachments"][0]["content"]["body"])
    for line in (subject, headline, about):
        assert "Win" in line
        assert "](" not in line


def test_a_message_for_slack_has_no_link_or_mention_but_ours():
    said = posted(WebhookKind.SLACK, story(headline="<!channel> up"))
    text = said["blocks"][1]["text"]["text"]
    assert text.startswith("<https://herald.example/1|&lt;!channel&gt; up>\n")
    assert all(block["type"] == "section" for block in said["blocks"])
    assert all(len(block["text"]["text"]) <= 3000 for block in said["blocks"])


@pytest.mark.parametrize("kind", [WebhookKind.TEAMS, WebhookKind.SLACK])
def test_many_stories_are_counted(kind):
    said = posted(kind, *(story(n, headline="h" * 300) for n in range(40)))
    assert f"{40 - MOST_STORIES} more" in json.dumps(said)
    assert len(json.dumps(said).encode()) < 28_000


@pytest.mark.parametrize("kind", [WebhookKind.TEAMS, WebhookKind.SLACK])
def test_a_notice_has_its_words(kind):
    assert "a source is silent" in json.dumps(posted(kind))


def test_a_webhook_is_no_mail_address():
    assert webhook_of(webhook_recipient("newsroom")) == "newsroom"
    assert webhook_of("newsroom@example.org") is None
