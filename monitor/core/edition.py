"""Editions: one digest for one window, frozen once made, and the deliveries of each.

Which editions are owed is said in `calendar`; what stands in one comes from `digest`.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from monitor.core.article import fingerprint

LATE = timedelta(minutes=15)
"""An edition made later than this after its window's end is delayed, and says so."""
STALE = timedelta(hours=6)
"""So long after it was made an edition is of no use any more, where its digest says nothing else."""
OVERDUE = timedelta(minutes=30)
"""Mail that is not out so long after its edition was made: somebody should look at the server."""

ALERT = "-alert"
"""Ends the name of an edition that tells of stories at once."""


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
    DEVELOPED = "developed"
    """Told again, for it stands for a story that was sent and has grown since."""
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
class Image:
    """A picture that travels with a mail (RFC 2392)."""

    cid: str
    """Its Content-ID, by which the HTML part calls it: `cid:chart@...`."""
    png: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """What is sent, to the letter; the same for every recipient but for the address."""

    subject: str
    text: str
    html: str
    images: tuple[Image, ...] = ()

    @property
    def page(self) -> str:
        """The HTML part as a page of its own, with its pictures in it."""
        html = self.html
        for image in self.images:
            html = html.replace(f"cid:{image.cid}", f"data:image/png;base64,{b64encode(image.png).decode()}")
        return html


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
    stale_at: datetime | None = None
    """From when on it is not delivered any more; None in editions of before there was such a time."""

    @property
    def expires(self) -> datetime:
        """From when on it is not delivered any more."""
        return self.stale_at or self.made_at + STALE


@dataclass(frozen=True, slots=True)
class Variant:
    """An edition for those who want only some of its sections; frozen with it."""

    sections: str
    """Their ids, apart by spaces, in the agreement's order."""
    mail: Mail
    content: str


def seal_of(edition: Edition, items: Iterable[EditionItem], variants: Iterable[Variant]) -> str:
    """SHA-256 over all that an edition is, in an order that never changes: sent bytes, window, items, variants."""
    moments = (edition.window.start, edition.window.end, edition.made_at, edition.stale_at)
    said = [edition.id, edition.fingerprint, *(m.isoformat() if m else "" for m in moments)]
    said += [*_mail_parts(edition.mail), edition.content]
    for item in items:
        said += [item.article, item.section, str(item.state), item.story]
    for variant in variants:
        said += [variant.sections, *_mail_parts(variant.mail), variant.content]
    return fingerprint(*said)


def _mail_parts(mail: Mail) -> Iterator[str]:
    yield from (mail.subject, mail.text, mail.html)
    for image in mail.images:
        yield from (image.cid, image.png.hex())


class DeliveryState(StrEnum):
    """How far one edition has come to one recipient."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    """Refused for good, or twice left without an answer; nobody tries again."""
    UNKNOWN = "unknown"
    """All was said, no answer came: tried once more with the same Message-ID."""
    EXPIRED = "expired"
    WITHHELD = "withheld"
    """Paused, suppressed or unsubscribed when it was made, or since; the answer says by whom and why."""
    BOUNCED = "bounced"
    """Taken, and sent back later."""


OPEN = (DeliveryState.PENDING, DeliveryState.UNKNOWN)
"""Still to be sent."""


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
    variant: str = ""
    """Which of the edition's variants; empty: all of it."""


# --------------------------------------------------------------- late, early


def seen_until(window: Window, made_at: datetime) -> datetime:
    """Up to when an edition holds what was seen: its window's end or, made late or early, when it was made."""
    return made_at if made_at < window.end or is_delayed(window, made_at) else window.end


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


def closed_of(edition: str) -> tuple[str, datetime]:
    """The digest that an edition's id names, and when its window closed.

    >>> closed_of("sss/morning/20231127T070000Z")[1].isoformat()
    '2023-11-27T07:00:00+00:00'
    """
    _, digest, stamp = edition.split("/")
    return digest, datetime.fromisoformat(stamp)


def alert_of(digest: str) -> str:
    """The name under which the alerts of a digest are editions: no digest can have it."""
    return f"{digest}{ALERT}"


def message_id(edition: str, recipient: str, domain: str) -> str:
    """The Message-ID of an edition to a recipient: the same whenever it is sent again (RFC 5322, 3.6.4)."""
    return f"<{fingerprint(edition, recipient.strip().lower())[:40]}@{domain}>"
