"""Recipients: who a workspace's digests go to, and an editor's word on an address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from monitor.core.recipient import Recipient, RecipientAct, RecipientVerb, key_of, mail_address, standing
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
    """Why nothing goes there, or to one of its digests; empty: everything does."""
    acts: tuple[RecipientAct, ...]
    """All that was decided, the oldest first."""


def listed(
    records: Records,
    groups: Mapping[str, Sequence[str]],
    people: Mapping[str, Recipient],
    clock: Clock,
) -> list[Listed]:
    """Every address that a name stands for or that something was decided on, in order."""
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
        found.append(Listed(shown.get(key, key), names, person.sections, _stopped(person, mine, now), mine))
    return found


def _stopped(person: Recipient, acts: Sequence[RecipientAct], now: datetime) -> str:
    """What keeps mail from somebody: of every digest, then of each that was named."""
    digests = dict.fromkeys([EVERY_DIGEST, *(act.digest for act in acts)])
    said = [stopped.sentence() for digest in digests if (stopped := standing(acts, digest, now))]
    return "; ".join(dict.fromkeys([*person.away(now), *said]))


def decide(
    records: Records,
    verb: RecipientVerb,
    address: str,
    author: str,
    reason: str,
    clock: Clock,
    *,
    digest: str = EVERY_DIGEST,
    until: datetime | None = None,
) -> RecipientAct:
    """Remember what an editor decides on an address; it holds from now on, for mails that wait, too.

    Raises:
        InputError: no address, no author or reason, nothing to resume or lift, or a day that is over.
    """
    must_be_signed(author, reason)
    try:
        mail_address(address)
    except RecipientRefused as error:
        raise InputError(str(error)) from error
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
