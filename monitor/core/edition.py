"""Editions: one digest for one window, frozen once made, and the deliveries of each.

Here too is the calendar. Which editions are owed comes from it and the ledger alone; what stands in one comes
from `digest`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from monitor.core.agreement import Digest
from monitor.core.article import fingerprint
from monitor.core.dates import LONDON

LATE = timedelta(minutes=15)
"""An edition made later than this after its window's end is delayed, and says so."""


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open stretch of time `[start, end)`, aware UTC."""

    start: datetime
    end: datetime


class ItemState(StrEnum):
    """What an edition did with a matched article."""

    SHOWN = "shown"
    COPY = "copy"
    """Folded under the shown article of its story."""
    UPDATED = "updated"
    """Another text of an article that an edition showed: told among the updates."""
    HELD = "below_significance"
    """Judged again for the next edition, until its story is 72 hours old."""
    EXCLUDED = "excluded"
    """An editor keeps its story out, or moved it to a section that the digest does not have."""
    HELD_OVER = "held_over"
    """An editor keeps its story for the next edition."""


@dataclass(frozen=True, slots=True)
class EditionItem:
    """One matched article in an edition, in the section it was filed in."""

    article: str
    section: str
    state: ItemState
    story: str


@dataclass(frozen=True, slots=True)
class Mail:
    """What is sent, to the letter; the same for every recipient but for the address."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One digest for one window, with everything needed to give it back years later."""

    id: str
    """`<agreement>/<digest>/<window end in UTC, basic ISO 8601>`; unique."""
    agreement: str
    digest: str
    window: Window
    made_at: datetime
    fingerprint: str
    """The agreement's, when it was composed."""
    mail: Mail
    content: str
    """The composed content as JSON: what the mail was rendered from."""


class DeliveryState(StrEnum):
    """How far one edition has come to one recipient."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    """Refused for good, or twice left without an answer; nobody tries again."""
    UNKNOWN = "unknown"
    """All was said, no answer came: tried once more with the same Message-ID."""
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One edition to one recipient."""

    edition: str
    recipient: str
    """The address."""
    message_id: str
    """Stable: made from edition and recipient, so that a doubled mail is one mail to a mail reader."""
    state: DeliveryState = DeliveryState.PENDING
    attempts: int = 0
    last_tried: datetime | None = None
    answer: str = ""
    """The server's last words, or the file in the outbox."""


# --------------------------------------------------------------- the calendar


def owed(digest: Digest, last: Edition | None, now: datetime) -> Window | None:
    """The window of the edition that is owed now; None when the ledger holds the latest.

    At most one, however long nobody looked: it starts where the last edition ended, so that a day that was
    missed is in it. Without a last edition it starts at the slot before.
    """
    end = previous_slot(digest, now)
    if end is None or (last is not None and last.window.end >= end):
        return None
    if last is not None:
        return Window(seen_until(last), end)
    start = previous_slot(digest, end - timedelta.resolution)
    return Window(start, end) if start else None


def current(digest: Digest, last: Edition | None, now: datetime) -> Window:
    """The stretch since the last edition (or the latest slot) and now: what a preview shows."""
    if last is not None and last.window.end < now:
        return Window(min(seen_until(last), now), now)
    return Window(previous_slot(digest, now - timedelta.resolution) or now - timedelta(days=1), now)


def upcoming(digest: Digest, last: Edition | None, now: datetime) -> Window:
    """The window of the edition that is made next: the owed one, else the one that closes at the next slot."""
    return owed(digest, last, now) or Window(current(digest, last, now).start, next_slot(digest, now) or now)


def previous_slot(digest: Digest, now: datetime) -> datetime | None:
    """The latest slot that is not after `now`, aware UTC; None when the digest goes out on no day."""
    return max((s for s in _slots_around(digest, now) if s <= now), default=None)


def next_slot(digest: Digest, now: datetime) -> datetime | None:
    """The first slot after `now`, aware UTC; None when the digest goes out on no day."""
    return min((s for s in _slots_around(digest, now) if s > now), default=None)


def _slots_around(digest: Digest, now: datetime) -> list[datetime]:
    """The slots of the week before and the week after, by London's calendar; each day has one at most."""
    today = now.astimezone(LONDON).date()
    days = (today + timedelta(days=n) for n in range(-8, 9))
    at = time(digest.hour, digest.minute, tzinfo=LONDON)
    return [datetime.combine(day, at).astimezone(UTC) for day in days if day.weekday() in digest.days]


def seen_until(edition: Edition) -> datetime:
    """Up to when an edition holds what was seen: its window's end or, made late, the moment it was made."""
    return edition.made_at if is_delayed(edition.window, edition.made_at) else edition.window.end


def is_delayed(window: Window, made_at: datetime) -> bool:
    """Whether an edition was made more than 15 minutes after its window's end."""
    return made_at - window.end > LATE


# --------------------------------------------------------------- names


def edition_id(agreement: str, digest: str, window: Window) -> str:
    """`<agreement>/<digest>/<window end>`, the end in UTC, basic ISO 8601.

    >>> window = Window(datetime(2023, 11, 24, tzinfo=UTC), datetime(2023, 11, 27, 7, tzinfo=UTC))
    >>> edition_id("sss", "morning", window)
    'sss/morning/20231127T070000Z'
    """
    return f"{agreement}/{digest}/{window.end.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def message_id(edition: str, recipient: str, domain: str) -> str:
    """The Message-ID of an edition to a recipient: the same whenever it is sent again (RFC 5322, 3.6.4)."""
    return f"<{fingerprint(edition, recipient.strip().lower())[:40]}@{domain}>"
