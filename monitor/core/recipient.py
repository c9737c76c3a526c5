"""Recipients: who an edition goes to, and what was decided on an address: paused, suppressed, unsubscribed.

An address is a person's: it stands in a workspace's settings and ledger, never in a profile.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from enum import StrEnum

from monitor.core.dates import LONDON
from monitor.errors import RecipientRefused

OURSELVES = "monitor"
"""The author of what nobody decided: a server refused the address for good."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody a digest goes to."""

    address: str
    sections: tuple[str, ...] = ()
    """The only sections wanted; empty: all of the digest."""
    back: datetime | None = None
    """On leave until then: nothing is sent before."""

    def choice(self, order: Sequence[str]) -> str:
        """Which of the sections of a digest are wanted, apart by spaces; empty: all, or none of them."""
        wanted = [section for section in order if section in self.sections]
        return "" if len(wanted) == len(order) else " ".join(wanted)

    def withheld(self, acts: Iterable[RecipientAct], digest: str, order: Sequence[str], now: datetime) -> str:
        """Why an edition of a digest with these sections is not sent; empty when it is."""
        if stopped := standing(acts, digest, now):
            return stopped.sentence()
        if self.sections and not set(self.sections) & set(order):
            return f"wants {', '.join(self.sections)} only: none is in this digest"
        return "".join(self.away(now))

    def away(self, now: datetime) -> list[str]:
        """`away until 8 Dec 2026`, or nothing."""
        return [f"away until {_day(self.back)}"] if self.back and now < self.back else []


class RecipientVerb(StrEnum):
    """What was decided on an address."""

    PAUSE = "pause"
    RESUME = "resume"
    SUPPRESS = "suppress"
    UNSUBSCRIBE = "unsubscribe"
    LIFT = "lift"


STOPS = {
    RecipientVerb.PAUSE: "paused",
    RecipientVerb.SUPPRESS: "suppressed",
    RecipientVerb.UNSUBSCRIBE: "unsubscribed",
}
ENDS = {
    RecipientVerb.RESUME: (RecipientVerb.PAUSE,),
    RecipientVerb.LIFT: (RecipientVerb.SUPPRESS, RecipientVerb.UNSUBSCRIBE),
}
"""What each of the other verbs puts an end to."""


@dataclass(frozen=True, slots=True)
class RecipientAct:
    """One decision on an address. Never changed; a later one may say otherwise."""

    verb: RecipientVerb
    recipient: str
    """The address as `key_of` gives it."""
    author: str
    reason: str
    at: datetime
    digest: str = ""
    """`<agreement>/<digest>`; empty: every digest."""
    until: datetime | None = None
    """Of a pause: when it ends by itself."""

    def sentence(self) -> str:
        """`paused until 8 Dec 2026 by A. Editor on 25 Nov 2026: on leave`."""
        until = f" until {_day(self.until)}" if self.until else ""
        digest = f" from {self.digest}" if self.digest else ""
        done = STOPS.get(self.verb, "resumed" if self.verb is RecipientVerb.RESUME else "lifted")
        return f"{done}{digest}{until} by {self.author} on {_day(self.at)}: {self.reason}"


def standing(acts: Iterable[RecipientAct], digest: str, now: datetime) -> RecipientAct | None:
    """The first act that keeps an address from a digest now; None when nothing does. See `all_standing`."""
    return next(iter(all_standing(acts, digest, now).values()), None)


def all_standing(acts: Iterable[RecipientAct], digest: str, now: datetime) -> dict[RecipientVerb, RecipientAct]:
    """All that keeps an address from a digest now, by what it is, of the acts on it, oldest first.

    An act on every digest holds for each; lifting or resuming every digest ends what was said of one, too.
    """
    in_force: dict[RecipientVerb, RecipientAct] = {}
    for act in acts:
        if act.digest and act.digest != digest:
            continue
        if act.verb in STOPS:
            in_force[act.verb] = act
        for ended in ENDS.get(act.verb, ()):
            if (stopped := in_force.get(ended)) and (not act.digest or stopped.digest):
                del in_force[ended]
    return {verb: act for verb, act in in_force.items() if act.until is None or now < act.until}


def may_be_written_to(address: Address, domains: Iterable[str]) -> bool:
    """Whether the address is at one of the domains: exactly, whatever the case."""
    return address.domain.lower() in {domain.lower().strip(".") for domain in domains}


def key_of(address: str) -> str:
    """The address as it is compared: two spellings of it are one."""
    return address.strip().lower()


def mail_address(text: str) -> Address:
    """The address for header and envelope; a domain in another script in its ASCII form (RFC 5890).

    Raises:
        RecipientRefused: it is no mail address that can be written to.
    """
    local, at, domain = text.strip().rpartition("@")
    try:
        found = Address(addr_spec=f"{local}{at}{domain.encode('idna').decode()}")
    except (MessageError, ValueError, IndexError) as error:
        raise RecipientRefused(one_line(f"{one_line(text)!r} is not a mail address: {error}")) from error
    if not (found.username and found.domain and found.addr_spec.isascii()):
        raise RecipientRefused(f"{one_line(text)!r} is not a mail address that can be written to")
    return found


def one_line(text: str) -> str:
    """The text fit for a header: no line ends, no control characters."""
    spaced = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") else c for c in text)
    return " ".join(spaced.split())


def _day(when: datetime) -> str:
    local = when.astimezone(LONDON)
    return f"{local.day} {local:%b %Y}"
