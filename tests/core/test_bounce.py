"""Delivery status notifications: which mail bounced, and whether its address is gone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.bounce import Bounce, bounces_of

NUMBER = "<0123456789abcdef@monitor.example>"


def notification(
    *,
    action: str = "failed",
    status: str = "5.1.1",
    said: str = "smtp; 550 5.1.1 <a@example.org>: no such user",
    original: str = "message/rfc822",
    number: str = NUMBER,
) -> bytes:
    """As Postfix writes one, in short."""
    return f"""\
From: MAILER-DAEMON@mx.example (Mail Delivery System)
To: monitor@monitor.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; a@example.org
Action: {action}
Status: {status}
Diagnostic-Code: {said}

--B
Content-Type: {original}

From: monitor@monitor.example
Message-ID: {number}
Subject: A digest

--B--
""".replace("\n", "\r\n").encode()


@pytest.mark.parametrize("original", ["message/rfc822", "text/rfc822-headers"])
def test_a_notification_names_the_mail_and_the_reason(original):
    (bounce,) = bounces_of(notification(original=original))
    assert bounce == Bounce(NUMBER, "5.1.1", "550 5.1.1 <a@example.org>: no such user")
    assert bounce.hard


@pytest.mark.parametrize(
    ("status", "hard"),
    [
        ("5.1.1", True),
        ("5.0.0", True),
        ("5.2.1", True),
        ("5.4.4", True),
        ("5.2.2", False),
        ("5.7.1", False),
        ("5.3.4", False),
        ("4.4.7", False),
        ("nonsense", True),  # then what the server said decides, or a failure is a failure
    ],
)
def test_a_full_mailbox_or_a_rule_is_no_address_that_is_gone(status, hard):
    (bounce,) = bounces_of(notification(status=status, said="smtp; no words"))
    assert bounce.hard is hard


def test_a_delay_is_no_bounce():
    assert bounces_of(notification(action="delayed", status="4.4.1")) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Subject: Out of office\r\n\r\nI am away.\r\n",
        notification(original="text/plain"),
        notification(number=""),
        notification().replace(b"multipart/report", b"multipart/mixed"),
    ],
)
def test_what_does_not_name_a_mail_of_ours_is_none(content):
    assert bounces_of(content) == []


@given(st.binary(max_size=2000))
def test_no_bytes_break_it(junk):
    bounces_of(junk)
    bounces_of(notification().replace(b"Final-Recipient", junk[:200] + b"\r\nX"))
    bounces_of(notification()[: len(junk)] + junk)
