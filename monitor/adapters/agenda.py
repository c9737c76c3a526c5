"""When editions are due, as iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from monitor.core.dates import LONDON

ICALENDAR = "text/calendar; charset=utf-8"
GOES_IN = timedelta(minutes=5)
"""How long an edition takes up in a calendar: an event of no length is hardly to be seen."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """Something to be written into a calendar."""

    uid: str
    """The same whenever it is written again."""
    title: str
    start: datetime
    end: datetime | None = None
    text: str = ""


def icalendar(name: str, appointments: Iterable[Appointment], now: datetime) -> bytes:
    """The appointments as a calendar; made twice on one day it is the same to the byte."""
    from icalendar import Calendar, Event  # a tenth of a second that no other command need spend

    calendar = Calendar()
    calendar.add("prodid", "-//Monitor//editions due//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    stamp = now.astimezone(LONDON).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
    for one in appointments:
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", stamp)
        event.add("dtstart", one.start.astimezone(UTC))
        event.add("dtend", (one.end or one.start + GOES_IN).astimezone(UTC))
        event.add("summary", one.title)
        event.add("transp", "TRANSPARENT")
        if one.text:
            event.add("description", one.text)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
