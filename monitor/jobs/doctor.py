"""Doctor: whether the calendar of editions can be trusted: holidays are proclaimed after a library is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.core.calendar import WORKING_DAYS, Holidays
from monitor.core.dates import london_day
from monitor.core.fault import Fault
from monitor.jobs.ports import Clock

AHEAD = timedelta(days=400)
"""How far holidays are listed: they are proclaimed a year or two before."""
GOOD_FOR = timedelta(days=183)
"""So long a comparison with the official list is trusted."""
FILE = "holidays.yaml"


@dataclass(frozen=True, slots=True)
class HolidayLine:
    """A weekday that is a holiday, or would be one."""

    day: date
    name: str
    kept: bool
    """No edition goes out on it, unless its digest says otherwise."""
    reason: str = ""
    """What holidays.yaml says of it; empty: it says nothing."""


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found."""

    holidays: tuple[HolidayLine, ...]
    """Those to come, in order."""
    faults: tuple[Fault, ...]


def check_up(holidays: Holidays, checked: date | None, clock: Clock) -> Checkup:
    """The holidays to come, to be compared with the official list, and what is wrong with what is said of them."""
    today = london_day(clock())
    days = (today + timedelta(days=n) for n in range(AHEAD.days))
    lines = (_line(holidays, day) for day in days if day.weekday() in WORKING_DAYS)
    faults = (*_unchecked(checked, today), *_needless(holidays, today))
    return Checkup(tuple(line for line in lines if line), faults)


def _line(holidays: Holidays, day: date) -> HolidayLine | None:
    said, known = holidays.overrides.get(day), holidays.known(day)
    if said:
        return HolidayLine(day, said.name, said.holiday, said.reason)
    return HolidayLine(day, known, True) if known else None


def _unchecked(checked: date | None, today: date) -> Iterator[Fault]:
    remedy = (
        f"compare them with the list of the Scottish Government, and write the day into {FILE}: checked: {today}"
    )
    if checked is None:
        yield Fault(FILE, "nobody has said when the holidays were compared with the official list", remedy)
    elif checked > today:
        yield Fault(FILE, f"they were compared on {checked}, which is still to come", remedy)
    elif today - checked > GOOD_FOR:
        yield Fault(FILE, f"they were last compared with the official list on {checked}, half a year ago", remedy)


def _needless(holidays: Holidays, today: date) -> Iterator[Fault]:
    """What makes a working day of a working day: a slip, or a date that was moved."""
    for day, said in sorted(holidays.overrides.items()):
        if day >= today and not said.holiday and not holidays.known(day):
            what = f"{day} ({said.name}) is no holiday: to call it a working day changes nothing"
            yield Fault(FILE, what, "look at the date, or take the line away")
