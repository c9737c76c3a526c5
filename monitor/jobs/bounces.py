"""Bounces: what came back is written down with its delivery; an address that does not exist gets nothing more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    other: int = 0
    """Messages that tell of no bounce: an answer from somebody on leave, a delay, what is no mail at all."""


def take_bounces(records: Records, messages: Iterable[Sequence[Bounce]], clock: Clock) -> BounceReport:
    """Write down each bounce that messages tell of once; a hard one suppresses its address."""
    report = BounceReport()
    for message in messages:
        if not message:
            report = replace(report, other=report.other + 1)
        for bounce in message:
            report = _taken(records, bounce, clock, report)
    return report


def _taken(records: Records, bounce: Bounce, clock: Clock, report: BounceReport) -> BounceReport:
    """The report with one more bounce, which is written down."""
    delivery = records.delivery_of(bounce.message_id)
    if delivery is None:
        return replace(report, strange=report.strange + 1)
    if delivery.state is DeliveryState.BOUNCED:
        return replace(report, known=report.known + 1)
    _write_down(records, delivery, bounce, clock)
    if bounce.hard:
        return replace(report, suppressed=(*report.suppressed, delivery.recipient))
    return replace(report, passing=(*report.passing, delivery.recipient))


def _write_down(records: Records, delivery: Delivery, bounce: Bounce, clock: Clock) -> None:
    """The act first: killed in between, the bounce is read again and finds the address suppressed."""
    key, now = key_of(delivery.recipient), clock()
    answer = f"bounced: {bounce.status} {bounce.reason}".strip()
    stopped = all_standing(records.recipient_acts().get(key, ()), "", now)
    if bounce.hard and RecipientVerb.SUPPRESS not in stopped:
        records.act_on_recipient(RecipientAct(RecipientVerb.SUPPRESS, key, OURSELVES, answer, now))
    records.save_delivery(replace(delivery, state=DeliveryState.BOUNCED, answer=answer))
