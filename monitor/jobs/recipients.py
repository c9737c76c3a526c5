"""Recipients: who a workspace's digests go to, and an editor's word on an address."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from monitor.core.recipient import (
    Recipient,
    RecipientAct,
    RecipientVerb,
    key_of,
    mail_address,
    may_be_written_to,
    standing,
)
from monitor.errors import InputError, RecipientRefused
from monitor.jobs.ports import Clock, RecipientActs
from monitor.jobs.signing import must_be_signed

EVERY_DIGEST = ""


class Records(RecipientActs, Protocol):
    """What is read and written."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An address as it stands now."""

    address: str
    groups: tuple[str, ...]
    """The names it stands under; empty: none any more, and something was decided on it."""
    sections: tuple[str, ...]
    """The only ones wanted; empty: all."""
    stopped: str
    """Why nothing goes there, or not every digest; empty: everything does."""
    partly: bool
    """Whether what is stopped is some digests alone."""
    acts: tuple[RecipientAct, ...]
    """All that was decided, the oldest first."""


def listed(
    records: Records,
    groups: Mapping[str, Sequence[str]],
    people: Mapping[str, Recipient],
    clock: Clock,
    domains: Collection[str] | None = None,
) -> list[Listed]:
    """Every address that a name stands for or that something was decided on, in order.

    `domains` are those that may be written to; None: nothing is sent, so that any may.
    """
    acts, now = records.recipient_acts(), clock()
    under: dict[str, list[str]] = {}
    shown: dict[str, str] = {}
    for name, addresses in groups.items():
        for address in addresses:
            under.setdefault(key_of(address), []).append(name)
            shown.setdefault(key_of(address), address.strip())
    found = []
    for key in sorted(set(under) | set(acts)):
        person, mine = people.get(key, Recipient(key)), tuple(acts.get(key, ()))
        names = tuple(dict.fromkeys(under.get(key, ())))
        wholly = [*_not_allowed(key, domains), *_stopped(person, mine, now, [EVERY_DIGEST])]
        stopped = [*wholly, *_stopped(Recipient(key), mine, now, [act.digest for act in mine])]
        said = "; ".join(dict.fromkeys(stopped))
        found.append(Listed(shown.get(key, key), names, person.sections, said, bool(said) and not wholly, mine))
    return found


def _not_allowed(address: str, domains: Collection[str] | None) -> list[str]:
    if domains is None or may_be_written_to(mail_address(address), domains):
        return []
    return [f"{address.rpartition('@')[2]} is not among mail.allowed_domains"]


def _stopped(person: Recipient, acts: Sequence[RecipientAct], now: datetime, digests: Iterable[str]) -> list[str]:
    """What keeps mail of these digests from somebody."""
    said = [stopped.sentence() for digest in digests if (stopped := standing(acts, digest, now))]
    return [*person.away(now), *said]


def decide(
    records: Records,
    verb: RecipientVerb,
    address: str,
    author: str,
    reason: str,
    clock: Clock,
    *,
    known: Iterable[str] | None = None,
    digest: str = EVERY_DIGEST,
    until: datetime | None = None,
) -> RecipientAct:
    """Remember what an editor decides on an address; it holds from now on, for mails that wait, too.

    Of the `known` addresses alone one can be paused: a slip of the pen would stop nothing, and nobody would know.
    Suppressed may be who does not get anything yet.

    Raises:
        InputError: no address or, to be paused, none that anything goes to; no author or reason, nothing to resume
            or lift, or a day that is over.
    """
    must_be_signed(author, reason)
    try:
        mail_address(address)
    except RecipientRefused as error:
        raise InputError(str(error)) from error
    if verb is RecipientVerb.PAUSE and known is not None and key_of(address) not in map(key_of, known):
        raise InputError(f"nothing goes to {address.strip()}: monitor recipients list has those that mail goes to")
    now = clock()
    if until is not None and until <= now:
        raise InputError("the day they are back is over: give --back a day to come")
    acts = records.recipient_acts().get(key_of(address), ())
    if verb in (RecipientVerb.RESUME, RecipientVerb.LIFT) and not _ends_anything(verb, acts, digest, now):
        stopped = "paused" if verb is RecipientVerb.RESUME else "suppressed or unsubscribed"
        raise InputError(f"{address.strip()} is not {stopped}: nothing to {verb}")
    act = RecipientAct(verb, key_of(address), author.strip(), reason.strip(), now, digest, until)
    records.act_on_recipient(act)
    return act


def _ends_anything(verb: RecipientVerb, acts: Sequence[RecipientAct], digest: str, now: datetime) -> bool:
    """Whether there is anything in force that the verb puts an end to."""
    about = {digest} if digest else {EVERY_DIGEST, *(act.digest for act in acts)}
    ending = RecipientAct(verb, "", "", "", now, digest)
    return any(standing(acts, d, now) != standing([*acts, ending], d, now) for d in about)
