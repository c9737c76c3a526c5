"""Due: which editions go out in the days to come, and why a day has none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from monitor.core.agreement import Agreement, Digest
from monitor.core.calendar import Holidays, agenda, early_from, owed, stale_at
from monitor.core.dates import london_day
from monitor.core.edition import Edition, Window, seen_until
from monitor.jobs.ports import Clock, Ledger


@dataclass(frozen=True, slots=True)
class DueEdition:
    """An edition that is owed or to come, or a day that would have one but for a holiday."""

    agreement: str
    digest: str
    day: date
    slot: datetime | None
    """When it goes out; None: it does not."""
    since: datetime | None
    """What was first seen from here on is in it."""
    why: str = ""
    """Why there is none, or what else is to be known."""
    early: datetime | None = None
    """From when on a major story brings it before its time."""
    stale: datetime | None = None
    """When it is of no use any more."""
    owed: bool = False
    """It should be there, and is not made yet."""


def due(
    ledger: Ledger, agreement: Agreement, holidays: Holidays, clock: Clock, days: int
) -> tuple[DueEdition, ...]:
    """The editions of all digests that are owed now and in so many days, in their order."""
    now = clock()
    until = london_day(now) + timedelta(days=days)
    found = [
        one
        for digest in agreement.digests
        for one in _of(agreement, digest, holidays, ledger.last_edition(agreement.id, digest.id), now, until)
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.slot is None, one.slot or now)))


def _of(
    agreement: Agreement, digest: Digest, holidays: Holidays, last: Edition | None, now: datetime, until: date
) -> Iterator[DueEdition]:
    since = seen_until(last.window, last.made_at) if last else None
    if window := owed(digest, holidays, last, now):
        yield _edition(agreement, digest, window.end, window.start, "owed: the next run makes it", owed=True)
        since = now
    for day in agenda(digest, holidays, now, until):
        if day.slot is None:
            yield DueEdition(agreement.id, digest.id, day.day, None, None, day.why)
        elif last is None or last.window.end < day.slot:
            yield _edition(agreement, digest, day.slot, since, day.why)
            since = day.slot
        else:
            yield DueEdition(agreement.id, digest.id, day.day, None, None, f"made early: {last.id}")


def _edition(
    agreement: Agreement, digest: Digest, slot: datetime, since: datetime | None, why: str, *, owed: bool = False
) -> DueEdition:
    return DueEdition(
        agreement=agreement.id,
        digest=digest.id,
        day=london_day(slot),
        slot=slot,
        since=since,
        why=why,
        early=early_from(digest, slot),
        stale=stale_at(digest, Window(slot, slot), slot),
        owed=owed,
    )
