"""Bounces: mail that comes back with a reason, as delivery status notifications (RFC 3464) tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default

from monitor.core.recipient import one_line

STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
MOST_OF_A_REASON = 300


@dataclass(frozen=True, slots=True)
class Bounce:
    """One mail that did not arrive."""

    message_id: str
    """Of our mail: who bounced is looked up by it, and not by what a stranger writes."""
    status: str
    """As RFC 3463 has it: `5.1.1`."""
    reason: str
    """What the server said."""

    @property
    def hard(self) -> bool:
        """Whether the address does not exist: not a full mailbox, a rule, a server that is away."""
        found = STATUS.fullmatch(self.status)
        if found is None or found[1] != "5":
            return False
        subject, detail = int(found[2]), int(found[3])
        return subject in (0, 1) or (subject, detail) in ((2, 0), (2, 1), (4, 4))


def bounces_of(content: bytes) -> list[Bounce]:
    """What a message says bounced; nothing when it is no notification of a failure, or not of a mail of ours.

    A delay is none: the server goes on trying.
    """
    report = message_from_bytes(content, policy=default)
    if report.get_content_type() != "multipart/report":
        return []
    number = _original(report)
    if not number:
        return []
    return [Bounce(number, status, reason) for status, reason in _failures(report)]


def _failures(report: Message) -> Iterator[tuple[str, str]]:
    """Status and reason of each recipient that it failed for."""
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status":
            for fields in part.get_payload():
                if isinstance(fields, Message) and str(fields.get("Action", "")).strip().lower() == "failed":
                    yield _status(fields), _reason(fields)


def _status(fields: Message) -> str:
    found = STATUS.search(f"{fields.get('Status', '')} {fields.get('Diagnostic-Code', '')}")
    return found[0] if found else "5.0.0"


def _reason(fields: Message) -> str:
    said = one_line(str(fields.get("Diagnostic-Code", "") or fields.get("Status", "")))
    return said.partition(";")[2].strip()[:MOST_OF_A_REASON] or said[:MOST_OF_A_REASON]


def _original(report: Message) -> str:
    """The Message-ID of the mail that came back, from what of it is in the report."""
    for part in report.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822" and isinstance(mail := _first(part), Message):
            return one_line(str(mail.get("Message-ID", "")))
        if kind == "text/rfc822-headers" and isinstance(part, EmailMessage):
            headers = message_from_bytes(part.get_content().encode("utf-8", "replace"), policy=default)
            return one_line(str(headers.get("Message-ID", "")))
    return ""


def _first(part: Message) -> object:
    inside = part.get_payload()
    return inside[0] if isinstance(inside, list) and inside else None
