"""What templates may use beside Jinja's own filters: times, counts, links, lines of plain text."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable
from datetime import date, datetime
from itertools import islice

from monitor.core.agreement import Layout
from monitor.core.dates import LONDON
from monitor.core.digest import EditionContent, Piece, shortened
from monitor.core.edition import Window
from monitor.core.links import web_link

WIDTH = 72
"""Columns of the text part (RFC 5322 asks for 78 at most; quoted once it still fits)."""
WORDS_A_MINUTE = 220
BY_NAME = 7
"""Stories that the brief layout names, top stories among them."""


# --------------------------------------------------------------- times


def day(when: date) -> str:
    """`Mon 27 Nov`; of an instant in London."""
    local = when.astimezone(LONDON) if isinstance(when, datetime) else when
    return f"{local:%a} {local.day} {local:%b}"


def weekday(when: datetime) -> str:
    """`Sunday`, in London."""
    return f"{when.astimezone(LONDON):%A}"


def clock(when: datetime) -> str:
    """`06:12`, in London."""
    return f"{when.astimezone(LONDON):%H:%M}"


def long_day(when: datetime) -> str:
    """`Monday 27 November 2023`, in London."""
    local = when.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B %Y}"


def moment(when: datetime) -> str:
    """`Mon 27 Nov 07:00`, in London."""
    return f"{day(when)} {when.astimezone(LONDON):%H:%M}"


def near(when: datetime, other: datetime) -> str:
    """The moment as a reader at another moment says it: `Sun 21:03` in the same week, else `Mon 6 Nov 21:03`."""
    days = (other.astimezone(LONDON).date() - when.astimezone(LONDON).date()).days
    return f"{when.astimezone(LONDON):%a %H:%M}" if 0 <= days < 7 else moment(when)


def day_ago(when: datetime, other: datetime) -> str:
    """The day as a reader at another moment says it: `today`, `yesterday`, `on Tuesday`, `on Tue 7 Nov`."""
    days = (other.astimezone(LONDON).date() - when.astimezone(LONDON).date()).days
    if days in (0, 1):
        return ("today", "yesterday")[days]
    return f"on {weekday(when)}" if 0 < days < 7 else f"on {day(when)}"


def with_weekend(window: Window) -> bool:
    """Whether a whole weekend lies in the window."""
    start, end = window.start.astimezone(LONDON), window.end.astimezone(LONDON)
    return (end.date() - start.date()).days > end.weekday() + 2 if end.weekday() < 5 else False


# --------------------------------------------------------------- texts


def count(number: int, one: str, many: str = "") -> str:
    """`1 story`, `14 stories`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def anchor(name: str) -> str:
    """A name that can stand in an `id` attribute."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def starred(pieces: Iterable[Piece]) -> str:
    """Pieces as plain text, what is marked between stars."""
    return "".join(f"*{p.text}*" if p.mark and p.text.strip() else p.text for p in pieces)


def joined(pieces: Iterable[Piece]) -> str:
    """Pieces as plain text."""
    return "".join(p.text for p in pieces)


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """The text in lines of 72 columns; words longer than that (addresses) stay whole."""
    lines = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)


def apart(left: str, right: str, fill: str = " ") -> str:
    """Two texts at the two ends of a line."""
    room = WIDTH - len(left) - len(right) - 2
    return f"{left} {fill * max(1, room)} {right}"


def minutes_to_read(content: EditionContent) -> int:
    """How long what the layout shows takes, in minutes, 1 at least."""
    top = sum(_words(t.headline, joined(t.why)) for t in content.top)
    match content.layout:
        case Layout.BRIEF:
            words = top + sum(_words(i.headline) for i in islice(content.items, BY_NAME))
        case Layout.WEEKLY:
            words = top + sum(_words(i.headline, i.outlet) for i in content.items)
        case Layout.MINISTERIAL:
            words = sum(_words(i.headline, joined(i.extract)) for i in content.items)
        case _:
            words = sum(_words(i.headline, joined(i.extract), joined(i.why)) for i in content.items)
    return max(1, round(words / WORDS_A_MINUTE))


def _words(*texts: str) -> int:
    return sum(len(text.split()) for text in texts)


FILTERS: dict[str, Callable[..., object]] = {
    f.__name__: f
    for f in (
        anchor,
        apart,
        clock,
        count,
        day,
        day_ago,
        joined,
        long_day,
        moment,
        near,
        shortened,
        starred,
        web_link,
        weekday,
        with_weekend,
        wrapped,
    )
}
"""What templates may use beside Jinja's own."""
