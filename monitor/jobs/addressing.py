"""Addressing: who an edition goes to, in which variant, and who it is withheld from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.core.agreement import Agreement, Digest
from monitor.core.digest import sections_of
from monitor.core.edition import Delivery, DeliveryState, message_id
from monitor.core.fault import Fault
from monitor.core.recipient import Recipient, key_of
from monitor.jobs.ports import RecipientActs


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who the names in `digests.yaml` are, from settings."""

    domain: str
    """Right-hand side of every Message-ID; never changes."""
    addresses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Mail addresses by name."""
    people: Mapping[str, Recipient] = field(default_factory=dict)
    """What is known of some of them, by address (`key_of`): the sections they want, until when they are away."""
    faults: tuple[Fault, ...] = ()
    """Of the file they stand in; what was last sound of it is in force."""


def addresses_of(names: Iterable[str], recipients: Recipients) -> list[str]:
    """The addresses of some names, each once."""
    addresses = [a for name in names for a in recipients.addresses.get(name, ())]
    return list({key_of(a): a.strip() for a in addresses}.values())


def names_in(digest: Digest) -> tuple[str, ...]:
    """The names that a digest and its alerts are for, each once."""
    return tuple(dict.fromkeys((*digest.recipients, *(digest.alerts.to if digest.alerts else ()))))


def nameless(
    agreements: Iterable[Agreement], known: Mapping[str, Sequence[str]], webhooks: Collection[str]
) -> Iterator[Fault]:
    """A fault for each name in a digest that nobody has an address for, and for each webhook without one.

    Told when files are read, not when the mail is due: then it is too late to mend.
    """
    for agreement in agreements:
        for digest in agreement.digests:
            where = f"{agreement.id}/{digest.id}"
            yield from (_no_address(where, name, known) for name in names_in(digest) if not known.get(name))
            for hook in digest.alerts.webhooks if digest.alerts else ():
                if hook not in webhooks:
                    remedy = f"give it in the settings: webhooks.{hook}.url"
                    yield Fault(where, f"no webhook is called {hook!r}", remedy, field="alerts")


def _no_address(where: str, name: str, known: Iterable[str]) -> Fault:
    there = ", ".join(sorted(known)) or "none"
    return Fault(
        where,
        f"no address is known for the recipient {name!r}",
        f"give it one in recipients.yaml (names there: {there}); until then it goes to the others alone",
        field="recipients",
    )


def nobody(agreement: Agreement, digest: Digest) -> Fault:
    """What to tell of an edition that is due and has nobody to go to."""
    return Fault(
        f"{agreement.id}/{digest.id}",
        "an edition is due and none of its recipients has an address",
        "give one in recipients.yaml: it stays owed until anybody has one",
        field="recipients",
    )


def deliveries_of(
    records: RecipientActs,
    agreement: Agreement,
    digest: Digest,
    edition: str,
    recipients: Recipients,
    now: datetime,
) -> list[Delivery]:
    """One for each address, whatever the number of names it stands under; withheld where somebody stopped it."""
    acts = records.recipient_acts()
    order = [profile.section for profile in sections_of(agreement, digest)]
    made = []
    for address in addresses_of(digest.recipients, recipients):
        person = recipients.people.get(key_of(address), Recipient(address))
        why = person.withheld(acts.get(key_of(address), ()), f"{agreement.id}/{digest.id}", order, now)
        name = message_id(edition, address, recipients.domain)
        delivery = Delivery(edition, address, name, variant=person.choice(order))
        made.append(replace(delivery, state=DeliveryState.WITHHELD, answer=why) if why else delivery)
    return made


def choices_of(deliveries: Iterable[Delivery]) -> list[str]:
    """The choices of sections that some of these are for, each once."""
    return sorted({d.variant for d in deliveries if d.variant and d.state is not DeliveryState.WITHHELD})
