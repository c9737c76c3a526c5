"""Bounces: what came back is written down with its delivery; an address that does not exist gets nothing more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from monitor.core.bounce import Bounce
from monitor.core.edition import Delivery, DeliveryState
from monitor.core.recipient import OURSELVES, RecipientAct, RecipientVerb, all_standing, key_of
from monitor.jobs.ports import Clock, Ledger, RecipientActs


class Records(Ledger, RecipientActs, Protocol):
    """What is read and written."""


@dataclass(frozen=True, slots=True)
class BounceReport:
    """What became of some bounces."""

    suppressed: tuple[str, ...] = ()
    """Addresses that do not exist."""
    passing: tuple[str, ...] = ()
    """Addresses whose mailbox is full, whose server is away ...: the next mail goes to them."""
    known: int = 0
    """Written down before."""
    strange: int = 0
    """Of no mail of ours: whoever wrote them stops nobody's mail."""


def take_bounces(records: Records, bounces: Iterable[Bounce], clock: Clock) -> BounceReport:
    """Write down each bounce once; a hard one suppresses its address."""
    hard: list[str] = []
    soft: list[str] = []
    known = strange = 0
    for bounce in bounces:
        delivery = records.delivery_of(bounce.message_id)
        if delivery is None:
            strange += 1
        elif delivery.state is DeliveryState.BOUNCED:
            known += 1
        else:
            _write_down(records, delivery, bounce, clock)
            (hard if bounce.hard else soft).append(delivery.recipient)
    return BounceReport(tuple(hard), tuple(soft), known, strange)


def _write_down(records: Records, delivery: Delivery, bounce: Bounce, clock: Clock) -> None:
    """The act first: killed in between, the bounce is read again and finds the address suppressed."""
    key, now = key_of(delivery.recipient), clock()
    answer = f"bounced: {bounce.status} {bounce.reason}".strip()
    stopped = all_standing(records.recipient_acts().get(key, ()), "", now)
    if bounce.hard and RecipientVerb.SUPPRESS not in stopped:
        records.act_on_recipient(RecipientAct(RecipientVerb.SUPPRESS, key, OURSELVES, answer, now))
    records.save_delivery(replace(delivery, state=DeliveryState.BOUNCED, answer=answer))
