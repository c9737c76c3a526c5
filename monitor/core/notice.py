"""Notices: something is wrong with us, and IT or the editors are told, each thing once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from monitor.core.edition import Edition, Mail, Window, edition_id

OURS = "-"
"""Stands for an agreement's id in the editions that are about ourselves: no agreement can be called so."""
ONCE = "Each of these is told once. What is wrong now these commands show:"
COMMANDS = ("monitor sources health", "monitor digest list", "monitor recipients list", "monitor profiles lint")
STYLE = (
    "body { margin: 0; padding: 20px 24px; max-width: 600px; font: 16px/1.5 sans-serif; color: #1a1a1a; "
    "background: #ffffff; overflow-wrap: anywhere; } h1 { margin: 0; font-size: 22px; line-height: 1.3; } "
    "ul { padding: 0 0 0 20px; } li { margin: 0 0 10px; } .foot { font-size: 14px; color: #555b61; } "
    ".foot li { margin: 0; } @media (prefers-color-scheme: dark) { "
    "body { background: #1b1b1b !important; color: #f0f0f0 !important; } .foot { color: #b9bec3 !important; } }"
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
    first = notices[0].line.partition(": ")[0]
    subject = f"Monitor: {first}{f' and {len(notices) - 1} more' if len(notices) > 1 else ''}"
    title = f"{len(notices)} things to look at" if len(notices) > 1 else "One thing to look at"
    lines = [*(f"- {notice.line}" for notice in notices), "", ONCE, *(f"  {command}" for command in COMMANDS), ""]
    return Mail(subject, "\n".join(lines), _page(subject, title, notices))


def _page(subject: str, title: str, notices: Sequence[Notice]) -> str:
    """Narrow, dark where the reader's machine is, and without an address to fetch."""
    head = (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(subject)}</title><style>{STYLE}</style></head>"
    )
    said = "".join(f"<li>{_led(notice.line)}</li>" for notice in notices)
    commands = "".join(f"<li><code>{command}</code></li>" for command in COMMANDS)
    foot = f'<div class="foot"><p>{escape(ONCE)}</p><ul>{commands}</ul></div>'
    return f'{head}<body><div role="main"><h1>{title}</h1><ul>{said}</ul>{foot}</div></body></html>'


def _led(line: str) -> str:
    """What it is in bold, then why and what to do."""
    what, colon, more = line.partition(": ")
    return f"<b>{escape(what)}</b>{colon}{escape(more)}"
