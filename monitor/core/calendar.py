"""The calendar: the days and instants a digest goes out, holidays, and which edition is owed.

What is owed comes from it, the ledger's last edition and the clock alone. Times of day are London's, whatever
zone the machine is in; a day has one slot at most, also the two on which the clocks change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from monitor.core.agreement import Digest, OnHolidays
from monitor.core.dates import london_day, london_time
from monitor.core.edition import STALE, Edition, Window, seen_until

DAY = timedelta(days=1)
REACH = 400
"""Days that are looked through for a slot: more than a year without one is no rhythm."""
WORKING_DAYS = range(5)
"""Monday to Friday."""


# --------------------------------------------------------------- holidays


@dataclass(frozen=True, slots=True)
class Override:
    """What a workspace says of a day: it is a holiday, or it is none."""

    day: date
    holiday: bool
    name: str
    reason: str


def _none(_: date) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Holidays:
    """Which days are bank holidays: as a library knows, and as the workspace says, whose word wins."""

    known: Callable[[date], str] = _none
    """The library's name of a day's holiday; empty on others."""
    overrides: Mapping[date, Override] = field(default_factory=dict)

    def name(self, day: date) -> str:
        """What the holiday of a day is called; empty on others."""
        said = self.overrides.get(day)
        if said:
            return said.name if said.holiday else ""
        return self.known(day)

    def is_working(self, day: date) -> bool:
        """Whether it is a day from Monday to Friday and no holiday."""
        return day.weekday() in WORKING_DAYS and not self.name(day)


NO_HOLIDAYS = Holidays()
"""Every day is what its weekday says."""


# --------------------------------------------------------------- slots


def goes_out(digest: Digest, holidays: Holidays, day: date) -> bool:
    """Whether the digest goes out on a day."""
    if day.weekday() in digest.days and (digest.holidays is OnHolidays.SEND or not holidays.name(day)):
        return True
    return digest.holidays is OnHolidays.MOVE and _moved_to(digest, holidays, day) is not None


def _moved_to(digest: Digest, holidays: Holidays, day: date) -> date | None:
    """The holiday whose edition goes out on this day instead: the working day after it."""
    if not holidays.is_working(day):
        return None
    before = day - DAY
    while not holidays.is_working(before):
        if before.weekday() in digest.days and holidays.name(before):
            return before
        before -= DAY
    return None


def slot_of(digest: Digest, day: date) -> datetime:
    """When a digest goes out on a day that it goes out on, aware UTC."""
    return london_time(day, digest.at)


def previous_slot(digest: Digest, holidays: Holidays, now: datetime) -> datetime | None:
    """The latest slot that is not after `now`, aware UTC; None when the digest goes out on no day."""
    return next((s for s in _slots(digest, holidays, now, -DAY) if s <= now), None)


def next_slot(digest: Digest, holidays: Holidays, now: datetime) -> datetime | None:
    """The first slot after `now`, aware UTC; None when the digest goes out on no day."""
    return next((s for s in _slots(digest, holidays, now, DAY) if s > now), None)


def slots_between(digest: Digest, holidays: Holidays, after: datetime, before: datetime) -> Iterator[datetime]:
    """The slots after an instant and before another, in order."""
    day = london_day(after)
    while day <= london_day(before):
        if goes_out(digest, holidays, day) and after < (slot := slot_of(digest, day)) < before:
            yield slot
        day += DAY


def _slots(digest: Digest, holidays: Holidays, now: datetime, step: timedelta) -> Iterator[datetime]:
    """The slots from the day before or after on, in one direction."""
    day = london_day(now) - step
    for _ in range(REACH):
        if goes_out(digest, holidays, day):
            yield slot_of(digest, day)
        day += step


# --------------------------------------------------------------- what is owed


def owed(digest: Digest, holidays: Holidays, last: Edition | None, now: datetime) -> Window | None:
    """The window of the edition that is owed now; None when the ledger holds the latest.

    At most one, however long nobody looked: it starts where the last edition ended, so that a day that was
    missed is in it. Without a last edition it starts at the slot before.
    """
    end = previous_slot(digest, holidays, now)
    if end is None or (last is not None and last.window.end >= end):
        return None
    return _since(digest, holidays, last, end)


def early(digest: Digest, holidays: Holidays, last: Edition | None, now: datetime) -> Window | None:
    """The window of the edition that may be made before its time, if a major story is there; None at others.

    It ends with the slot whose edition it is, so that the slot brings no other.
    """
    slot = next_slot(digest, holidays, now)
    opens = early_from(digest, slot) if slot else None
    if slot is None or opens is None or now < opens or (last and last.window.end >= slot):
        return None
    return _since(digest, holidays, last, slot)


def early_from(digest: Digest, slot: datetime) -> datetime | None:
    """From when on the edition of a slot may be made early; None where it never is."""
    return london_time(london_day(slot), digest.early.at) if digest.early else None


def _since(digest: Digest, holidays: Holidays, last: Edition | None, end: datetime) -> Window | None:
    if last is not None:
        return Window(min(seen_until(last.window, last.made_at), end), end)
    start = previous_slot(digest, holidays, end - timedelta.resolution)
    return Window(start, end) if start else None


def current(digest: Digest, holidays: Holidays, last: Edition | None, now: datetime) -> Window:
    """The stretch since the last edition (or the latest slot) and now: what a preview shows."""
    if last is not None and (seen := seen_until(last.window, last.made_at)) < now:
        return Window(seen, now)
    return Window(previous_slot(digest, holidays, now - timedelta.resolution) or now - DAY, now)


def upcoming(digest: Digest, holidays: Holidays, last: Edition | None, now: datetime) -> Window:
    """The window of the edition that is made next: the owed one, else the one that closes at the next slot.

    The slot of an edition that went early is past.
    """
    end = next_slot(digest, holidays, max(now, last.window.end) if last else now) or now
    return owed(digest, holidays, last, now) or Window(current(digest, holidays, last, now).start, end)


def missed(digest: Digest, holidays: Holidays, last: Edition | None, window: Window) -> tuple[datetime, ...]:
    """The slots before a window's end that brought no edition since the last one: nobody was there to make it."""
    return tuple(slots_between(digest, holidays, last.window.end, window.end)) if last else ()


def stale_at(digest: Digest, window: Window, made_at: datetime) -> datetime:
    """From when on an edition is not delivered any more.

    At the digest's `stale`, the first time after the slot; an edition that is made later still, or whose digest
    says nothing, has six hours.
    """
    if digest.stale is None:
        return made_at + STALE
    day = london_day(window.end)
    at = london_time(day, digest.stale)
    at = at if at > window.end else london_time(day + DAY, digest.stale)
    return at if made_at < at else made_at + STALE


# --------------------------------------------------------------- days


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar as a digest has it."""

    day: date
    slot: datetime | None
    """When it goes out; None: it does not."""
    why: str = ""
    """Why it does not though it is one of its days, or does though it is none."""


def agenda(digest: Digest, holidays: Holidays, now: datetime, until: date) -> Iterator[Day]:
    """The days up to and with `until` on which the digest goes out after `now`, or would but for a holiday."""
    day = london_day(now)
    while day <= until:
        goes, usual = goes_out(digest, holidays, day), day.weekday() in digest.days
        slot = slot_of(digest, day)
        if slot > now and (goes or usual):
            yield Day(day, slot if goes else None, _why(digest, holidays, day, goes=goes, usual=usual))
        day += DAY


def _why(digest: Digest, holidays: Holidays, day: date, *, goes: bool, usual: bool) -> str:
    name, said = holidays.name(day), holidays.overrides.get(day)
    reason = f" (holidays.yaml: {said.reason})" if said else ""
    if not goes:
        return f"{name}{reason}"
    if not usual and (moved := _moved_to(digest, holidays, day)):
        return f"instead of {moved:%a} {moved.day} {moved:%b}, {holidays.name(moved)}"
    if said and not said.holiday:
        return f"a working day{reason}"
    return f"{name}{reason}: it goes out on holidays, too" if name else ""
