"""Instants as publishers and vendors write them, to aware UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

EARLIEST, LATEST = 1990, 2100
"""Years a publisher can mean; other dates are a clock at fault or were misread."""
LONDON = ZoneInfo("Europe/London")
"""What a British publisher means who names no zone."""

_FORMS = (
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%d %B %Y %H:%M:%S",
    "%d %B %Y %H:%M",
    "%d %B %Y",
    "%d %b %Y %H:%M",
    "%d %b %Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d",
)
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_ZONE_NAME = re.compile(r"\s+(?P<name>BST|GMT|UTC|Z)$", re.IGNORECASE)
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")


def instant(text: str) -> datetime | None:
    """The instant a text means, aware UTC; None when it means none, or one no publisher can mean.

    ISO 8601, RFC 2822, seconds or milliseconds since 1970, and British day-first forms. No zone means London.

    >>> instant("Mon, 01 Jul 2024 10:00:00 BST").isoformat()
    '2024-07-01T09:00:00+00:00'
    >>> instant("03/02/2024 09:30").isoformat()
    '2024-02-03T09:30:00+00:00'
    >>> instant("yesterday")
    """
    text = " ".join(text.split())
    if not text or len(text) > 60:
        return None
    for read in (_iso, _epoch, _british, _rfc2822):
        try:
            found = read(text)
        except (ValueError, OverflowError, IndexError, TypeError):  # not in this form; email.utils raises all four
            continue
        if found is not None:
            return _sane(found)
    return None


def _iso(text: str) -> datetime | None:
    return datetime.fromisoformat(
        _ZONE_NAME.sub("+00:00", text) if text.endswith((" UTC", " GMT", " Z")) else text
    )


def _epoch(text: str) -> datetime | None:
    if not _EPOCH.fullmatch(text):
        return None
    seconds = float(text)
    return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)


def _british(text: str) -> datetime | None:
    zone = _ZONE_NAME.search(text)
    bare = _ORDINAL.sub("", _WEEKDAY.sub("", _ZONE_NAME.sub("", text)))
    for form in _FORMS:
        try:
            found = datetime.strptime(bare, form)  # noqa: DTZ007 - the zone is given below
        except ValueError:
            continue
        if zone is None:
            return found
        return found.replace(tzinfo=UTC) - timedelta(hours=zone["name"].upper() == "BST")
    return None


def in_london(when: datetime | None, form: str = "%Y-%m-%d %H:%M") -> str:
    """An instant by London's clock, as people read it everywhere in Monitor; empty for none.

    >>> in_london(datetime(2026, 7, 1, 6, 0, tzinfo=UTC))
    '2026-07-01 07:00'
    """
    return f"{when.astimezone(LONDON):{form}}" if when else ""


def london_day(instant: datetime) -> date:
    """The day it is in London."""
    return instant.astimezone(LONDON).date()


def london_time(day: date, at: time = time()) -> datetime:
    """When London's clock shows a time of a day, midnight unless another is given; aware UTC.

    >>> london_time(date(2026, 7, 1), time(7)).isoformat()
    '2026-07-01T06:00:00+00:00'
    """
    return datetime.combine(day, at, LONDON).astimezone(UTC)


def _rfc2822(text: str) -> datetime | None:
    return parsedate_to_datetime(text)


def _sane(found: datetime) -> datetime | None:
    aware = found if found.tzinfo is not None else found.replace(tzinfo=LONDON)
    return aware.astimezone(UTC) if EARLIEST <= found.year <= LATEST else None
