"""What a form or an address says, read: days, pages, and several values of one field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from urllib.parse import urlencode

from monitor.core.dates import london_time


def capital(said: object) -> str:
    """What is said, an error's words too, beginning with a capital."""
    text = str(said)
    return f"{text[:1].upper()}{text[1:]}"


def read_day(said: str, *, end: bool = False) -> datetime | None:
    """The start of a day in London, of the day after for an end that is included; None when nothing is said.

    Raises:
        ValueError: it is no date that can be used.
    """
    if not said.strip():
        return None
    try:
        day = date.fromisoformat(said.strip()) + timedelta(days=end)
        return london_time(day)
    except OverflowError as error:
        raise ValueError(said) from error


def read_days(since: str, until: str) -> tuple[dict[str, datetime | None], list[tuple[str, str]]]:
    """The ends of a stretch of days, by field, and what cannot be read of them, by field."""
    days: dict[str, datetime | None] = {"since": None, "until": None}
    faults = []
    for field, said in (("since", since), ("until", until)):
        try:
            days[field] = read_day(said, end=field == "until")
        except ValueError:
            faults.append((field, f"{said} is no date: write it as 2026-11-23"))
    return days, faults


@dataclass(frozen=True, slots=True)
class Pager:
    """Which part of a long list is shown, and where the others are."""

    total: int
    page: int
    size: int
    path: str
    asked: tuple[tuple[str, str], ...] = ()
    """What the list was asked with, to go on in every link."""

    @property
    def pages(self) -> int:
        """How many there are, 1 at least."""
        return max(1, ceil(self.total / self.size))

    @property
    def beyond(self) -> bool:
        """Whether a page was asked for that is behind the last."""
        return self.page > self.pages

    @property
    def skip(self) -> int:
        """How many rows stand on the pages before."""
        return (self.page - 1) * self.size

    def link(self, page: int) -> str:
        """The address of a page."""
        return f"{self.path}?{urlencode([*self.asked, ('page', str(page))])}"

    def around(self) -> list[int]:
        """The numbers to show: the first, the last, and those around this one; 0 for a gap."""
        near = {1, self.pages, *range(self.page - 1, self.page + 2)} & set(range(1, self.pages + 1))
        found: list[int] = []
        for number in sorted(near):
            if found and number > found[-1] + 1:
                found.append(0)
            found.append(number)
        return found
