"""Ping: somebody outside hears of every edition, and so notices when there is none.

In the form of Healthchecks: the address itself says that an edition is out, `/start` that it is made, `/fail` that
it does not get out. Each is said once for an edition; what is not taken is said again the next time, and holds no
mail.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from monitor.core.edition import OPEN, OVERDUE, Delivery, DeliveryState, Edition
from monitor.core.fault import Fault
from monitor.errors import DeliveryError
from monitor.jobs.ports import Announcements, Clock, Ledger

BACK = timedelta(hours=24)
"""Of older editions nobody waits to hear."""
START, FAIL, DONE = "/start", "/fail", ""

Pinger = Callable[[str, str], object]
"""Posts a text to an address. Raises DeliveryError when it is not taken."""


class Records(Ledger, Announcements, Protocol):
    """What pinging reads and writes."""


@dataclass(frozen=True, slots=True)
class PingReport:
    """What was said, and what could not be."""

    said: tuple[str, ...] = ()
    """`sss/morning/20231127T070000Z/start` ..."""
    faults: tuple[Fault, ...] = ()


def ping(records: Records, addresses: Mapping[str, str], pinger: Pinger, clock: Clock) -> PingReport:
    """Say of each edition of the last day what was not said yet; `addresses` by `<agreement>/<digest>`."""
    if not addresses:
        return PingReport()
    now = clock()
    said: list[str] = []
    faults: list[Fault] = []
    for edition in reversed(records.editions(made_since=now - BACK)):
        address = addresses.get(f"{edition.agreement}/{edition.digest}")
        if address is None:
            continue
        deliveries = records.deliveries(edition.id)
        told = records.announced(edition.agreement, edition.digest, [f"ping {edition.id}{s}" for s in _ALL])
        for suffix in _to_say(edition, deliveries, now):
            name = f"ping {edition.id}{suffix}"
            if name in told:
                continue
            try:
                pinger(address.rstrip("/") + suffix, _words(edition, deliveries))
            except DeliveryError as error:
                faults.append(Fault(f"ping of {edition.id}", str(error), "see pings in the settings"))
                break
            records.note_announced(edition, name)
            said.append(edition.id + suffix)
    return PingReport(tuple(said), tuple(faults))


_ALL = (START, FAIL, DONE)


def _to_say(edition: Edition, deliveries: list[Delivery], now: datetime) -> list[str]:
    """What has become true of an edition, in its order; a failure is taken back by a later success."""
    states = Counter(delivery.state for delivery in deliveries)
    if any(states[state] for state in OPEN):
        return [START, FAIL] if now - edition.made_at >= OVERDUE else [START]
    lost = states[DeliveryState.EXPIRED] or (states[DeliveryState.FAILED] and not states[DeliveryState.SENT])
    return [START, FAIL if lost else DONE]


def _words(edition: Edition, deliveries: list[Delivery]) -> str:
    """What somebody outside may know: counts, and no address."""
    counts = Counter(str(delivery.state) for delivery in deliveries)
    return f"{edition.id}: {', '.join(f'{n} {state}' for state, n in sorted(counts.items())) or 'no recipient'}"
