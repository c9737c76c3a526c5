"""Send: take every open delivery to the post, and store what became of each before the next is tried.

A delivery is pending until the post has taken it. Killed in between, it is sent once more with the same
Message-ID: at least once, and one mail to a mail reader.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from monitor.core.dates import in_london
from monitor.core.edition import Delivery, DeliveryState, Edition
from monitor.core.recipient import OURSELVES, RecipientAct, RecipientVerb, key_of, standing
from monitor.errors import DeliveryError, RecipientRefused, ServerUnavailable
from monitor.jobs.ports import Clock, Ledger, Post, RecipientActs

AGAIN = timedelta(minutes=10)
"""How long a delivery without an answer rests before it is tried once more."""
LONGEST_WAIT = timedelta(minutes=15)
"""Between two tries of a delivery that is refused for now."""
AT_ONCE = 50
"""Deliveries tried before we look what else has become due: an alert does not wait for a long list."""
SUSPICIOUS = 5
"""Addresses refused in one run, and none taken: that is a server which knows us no more, not so many leavers."""


class Records(Ledger, RecipientActs, Protocol):
    """What sending reads and writes."""


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
    withheld: int = 0
    """Paused, suppressed or unsubscribed since the edition was made."""
    suppressed: tuple[str, ...] = ()
    """Addresses that nothing goes to from now on: the server refused them for good."""
    unavailable: str = ""
    """Why the server takes nothing at all; empty when it does, or nobody asked."""


def send(records: Records, post: Post, clock: Clock, going: Callable[[], bool] = lambda: True) -> SendReport:
    """Try every open delivery whose time has come, while `going`; a recipient that fails stops no other.

    While another process sends, nothing: two that send at once would double every mail. Nor while the database
    cannot be written: what went out and is not written down would go out again and again.

    Raises:
        StoreError: what became of a delivery cannot be stored.
    """
    with records.sending() as alone:
        return _Sending(records, post, clock, going).run() if alone else SendReport()


class _Sending:
    """Each open delivery tried once, those included that another process adds while we are at it."""

    def __init__(self, records: Records, post: Post, clock: Clock, going: Callable[[], bool]) -> None:
        self._records = records
        self._post = post
        self._clock = clock
        self._going = going
        self._states: dict[tuple[str, str], DeliveryState] = {}
        self._editions: dict[tuple[str, str], Edition] = {}
        self._refused: dict[str, str] = {}
        """Addresses the server knows no mailbox for, and its words."""
        self._unavailable = ""

    def run(self) -> SendReport:
        """Send until nothing is left that was not looked at, the server takes nothing, or we are to stop."""
        while (fresh := self._fresh()) and not self._unavailable and self._going():
            self._records.about_to_send(self._clock())
            acts = self._records.recipient_acts()
            for delivery in fresh[:AT_ONCE]:
                if self._unavailable or not self._going():
                    break
                self._look_at(delivery, acts.get(key_of(delivery.recipient), ()))
        counts = Counter(str(state) for state in self._states.values())
        return SendReport(**counts, suppressed=self._suppress(), unavailable=self._unavailable)

    def _fresh(self) -> list[Delivery]:
        return [d for d in self._records.open_deliveries() if (d.edition, d.recipient) not in self._states]

    def _look_at(self, delivery: Delivery, acts: Iterable[RecipientAct]) -> None:
        """Try it if it is due, and store what became of it."""
        edition, now = self._edition(delivery), self._clock()
        try:
            done = self._advance(edition, delivery, acts, now)
        except ServerUnavailable as error:
            self._unavailable = str(error)
            self._put_off(self._fresh(), now)
            return
        if done != delivery:
            self._records.save_delivery(done)
        self._states[delivery.edition, delivery.recipient] = done.state

    def _advance(
        self, edition: Edition, delivery: Delivery, acts: Iterable[RecipientAct], now: datetime
    ) -> Delivery:
        if stopped := standing(acts, f"{edition.agreement}/{edition.digest}", now):
            return replace(delivery, state=DeliveryState.WITHHELD, answer=stopped.sentence())
        if now > edition.expires:
            return _expired(delivery, edition)
        return self._tried(edition, delivery, now) if is_due(delivery, now) else delivery

    def _tried(self, edition: Edition, delivery: Delivery, now: datetime) -> Delivery:
        """The delivery after one try.

        Raises:
            ServerUnavailable: whoever it was for, the server would not have taken it.
        """
        try:
            answer = self._post.deliver(edition, delivery)
        except ServerUnavailable:
            raise
        except RecipientRefused as error:
            state, answer = DeliveryState.FAILED, str(error)
            if error.gone:
                self._refused[delivery.recipient] = answer
        except DeliveryError as error:
            state, answer = _after_error(delivery, error), str(error)
        else:
            state = DeliveryState.SENT
        return replace(delivery, state=state, attempts=delivery.attempts + 1, last_tried=now, answer=answer)

    def _put_off(self, deliveries: Iterable[Delivery], now: datetime) -> None:
        """All that are due wait as if each had been tried: the server is asked again when the first is due."""
        fresh = list(deliveries)
        late = {
            (d.edition, d.recipient): replace(d, attempts=d.attempts + 1, last_tried=now, answer=self._unavailable)
            for d in fresh
            if is_due(d, now)
        }
        self._records.save_deliveries(list(late.values()))
        self._states |= {(d.edition, d.recipient): d.state for d in fresh}

    def _edition(self, delivery: Delivery) -> Edition:
        """The edition as it goes to this recipient; the last ones are kept."""
        key = delivery.edition, delivery.variant
        if key not in self._editions:
            self._editions[key] = self._records.edition_for(delivery)
        return self._editions[key]

    def _suppress(self) -> tuple[str, ...]:
        """Nothing more goes to addresses that do not exist, unless the server refused everybody."""
        taken = DeliveryState.SENT in self._states.values()
        if not taken and len(self._refused) >= SUSPICIOUS:
            return ()
        for address, words in self._refused.items():
            act = RecipientAct(RecipientVerb.SUPPRESS, key_of(address), OURSELVES, words, self._clock())
            self._records.act_on_recipient(act)
        return tuple(self._refused)


def _expired(delivery: Delivery, edition: Edition) -> Delivery:
    words = f"not taken by {in_london(edition.expires, '%H:%M')}, when the edition was stale"
    answer = f"{words}; last: {delivery.answer or 'never tried'}"
    return replace(delivery, state=DeliveryState.EXPIRED, answer=answer)


def is_due(delivery: Delivery, now: datetime) -> bool:
    """Whether a delivery may be tried: at once, then after 1, 2, 4, 8 and 15 minutes; unknown ones after 10."""
    if delivery.last_tried is None:
        return True
    if delivery.state is DeliveryState.UNKNOWN:
        return now - delivery.last_tried >= AGAIN
    wait = min(timedelta(minutes=2 ** min(delivery.attempts - 1, 10)), LONGEST_WAIT)
    return now - delivery.last_tried >= wait


def _after_error(delivery: Delivery, error: DeliveryError) -> DeliveryState:
    """Where a try leads that the post did not take; left without an answer twice, nobody tries a third time."""
    if not error.unknown:
        return delivery.state
    return DeliveryState.FAILED if delivery.state is DeliveryState.UNKNOWN else DeliveryState.UNKNOWN
