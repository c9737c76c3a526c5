"""Send: take every open delivery to the post, and store what became of each before the next is tried.

A delivery is pending until the post has taken it. Killed in between, it is sent once more with the same
Message-ID: at least once, and one mail to a mail reader.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.core.dates import LONDON
from monitor.core.edition import Delivery, DeliveryState, Edition
from monitor.errors import DeliveryError, RecipientRefused
from monitor.jobs.ports import Clock, Ledger, Post

AGAIN = timedelta(minutes=10)
"""How long a delivery without an answer rests before it is tried once more."""
LONGEST_WAIT = timedelta(minutes=15)
"""Between two tries of a delivery that is refused for now."""


@dataclass(frozen=True, slots=True)
class SendReport:
    """How many deliveries came to which state, and what is still to come."""

    sent: int = 0
    failed: int = 0
    expired: int = 0
    unknown: int = 0
    """Without an answer; tried once more in ten minutes."""
    pending: int = 0
    """Refused for now, or waiting for their time."""


def send(ledger: Ledger, post: Post, clock: Clock) -> SendReport:
    """Try every open delivery whose time has come; a recipient that fails stops no other.

    While another process sends, nothing: two that send at once would double every mail.
    """
    with ledger.sending() as alone:
        return _send(ledger, post, clock) if alone else SendReport()


def _send(ledger: Ledger, post: Post, clock: Clock) -> SendReport:
    """Each open delivery tried once, those included that another process adds while we are at it."""
    states: dict[tuple[str, str], DeliveryState] = {}
    editions: dict[str, Edition] = {}
    while fresh := [d for d in ledger.open_deliveries() if (d.edition, d.recipient) not in states]:
        for delivery in fresh:
            edition = editions.setdefault(delivery.edition, ledger.edition(delivery.edition))
            done = _advance(edition, delivery, post, clock)
            if done != delivery:
                ledger.save_delivery(done)
            states[delivery.edition, delivery.recipient] = done.state
    return SendReport(**{str(state): number for state, number in Counter(states.values()).items()})


def _advance(edition: Edition, delivery: Delivery, post: Post, clock: Clock) -> Delivery:
    now = clock()
    if now > edition.expires:
        words = f"not taken by {edition.expires.astimezone(LONDON):%H:%M}, when the edition was stale"
        return replace(
            delivery, state=DeliveryState.EXPIRED, answer=f"{words}; last: {delivery.answer or 'never tried'}"
        )
    return _tried(edition, delivery, post, now) if is_due(delivery, now) else delivery


def is_due(delivery: Delivery, now: datetime) -> bool:
    """Whether a delivery may be tried: at once, then after 1, 2, 4, 8 and 15 minutes; unknown ones after 10."""
    if delivery.last_tried is None:
        return True
    if delivery.state is DeliveryState.UNKNOWN:
        return now - delivery.last_tried >= AGAIN
    wait = min(timedelta(minutes=2 ** min(delivery.attempts - 1, 10)), LONGEST_WAIT)
    return now - delivery.last_tried >= wait


def _tried(edition: Edition, delivery: Delivery, post: Post, now: datetime) -> Delivery:
    """The delivery after one try."""
    try:
        answer = post.deliver(edition, delivery)
    except RecipientRefused as error:
        state, answer = DeliveryState.FAILED, str(error)
    except DeliveryError as error:
        state, answer = _after_error(delivery, error), str(error)
    else:
        state = DeliveryState.SENT
    return replace(delivery, state=state, attempts=delivery.attempts + 1, last_tried=now, answer=answer)


def _after_error(delivery: Delivery, error: DeliveryError) -> DeliveryState:
    """Where a try leads that the post did not take; left without an answer twice, nobody tries a third time."""
    if not error.unknown:
        return delivery.state
    return DeliveryState.FAILED if delivery.state is DeliveryState.UNKNOWN else DeliveryState.UNKNOWN
