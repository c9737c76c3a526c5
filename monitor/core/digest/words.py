"""Texts as they are shown: one line, without characters that would turn or hide what stands around them."""

from __future__ import annotations

import re
from datetime import datetime

from monitor.core.dates import LONDON

_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
"""Control characters, marks that turn the direction of writing, zero-width characters."""
_SPACE = re.compile(r"\s+")
_LONE = re.compile("[\ud800-\udfff]")


def shown(text: str) -> str:
    r"""The text with white space as single spaces (kept at its ends) and nothing hidden in it.

    >>> shown("Tax\n rises\u202e")
    'Tax rises'
    """
    return _LONE.sub("\ufffd", _SPACE.sub(" ", _HIDDEN.sub("", text)))


def line(text: str) -> str:
    """The same, without white space at its ends."""
    return shown(text).strip()


def shortened(text: str, limit: int) -> str:
    """The text cut after a word, with an ellipsis, when it has more characters than the limit.

    >>> shortened("Secretary for Social Justice", 20)
    'Secretary for …'
    """
    if len(text) <= limit:
        return text
    head = text[: limit - 2]
    if not text[limit - 2].isspace():
        head = head.rpartition(" ")[0] or head
    return f"{head.rstrip()} …"


def said_from(when: datetime, now: datetime) -> str:
    """The moment as it is said at another: `today 06:10`, `yesterday 14:10`, `Friday 14:10`, `3 Nov 14:10`."""
    then, local = when.astimezone(LONDON), now.astimezone(LONDON)
    days = (local.date() - then.date()).days
    day = ("today", "yesterday")[days] if 0 <= days < 2 else f"{then:%A}" if days < 7 else f"{then.day} {then:%b}"
    return f"{day} {then:%H:%M}"
