"""Notices: something is wrong with us, and IT or the editors are told, each thing once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from monitor.core.edition import Edition, Mail, Window, edition_id

OURS = "-"
"""Stands for an agreement's id in the editions that are about ourselves: no agreement can be called so."""
WORDS = (
    "Monitor tells this once. What is wrong now, monitor sources health, digest list, recipients list and "
    "profiles lint show."
)


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that somebody should look at."""

    what: str
    """Names it: told under that name once."""
    line: str
    """What it is, and what to do, in a line."""


def notice_edition(order: str, notices: Sequence[Notice], now: datetime) -> Edition:
    """The mail that tells them, as an edition of the standing order `alarms`, `recipients` or `profiles`."""
    window = Window(now, now)
    return Edition(
        id=edition_id(OURS, order, window),
        agreement=OURS,
        digest=order,
        window=window,
        made_at=now,
        fingerprint="",
        mail=notice_mail(notices),
        content="{}",
    )


def notice_mail(notices: Sequence[Notice]) -> Mail:
    """Subject, text and HTML; the first notice leads."""
    more = f" and {len(notices) - 1} more" if len(notices) > 1 else ""
    subject = f"Monitor: {notices[0].line.partition(': ')[0]}{more}"
    items = "".join(f"<li>{escape(notice.line)}</li>" for notice in notices)
    head = f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(subject)}</title></head>'
    html = f'{head}<body style="font: 16px/1.5 sans-serif"><ul>{items}</ul><p>{escape(WORDS)}</p></body></html>'
    return Mail(subject, "\n".join([*(f"- {notice.line}" for notice in notices), "", WORDS, ""]), html)
