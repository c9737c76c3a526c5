"""Notify: IT hears of sources and mail that fail, editors of addresses that do; each thing once, whoever looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias

from monitor.core.dates import london_day
from monitor.core.edition import OPEN, OVERDUE, Delivery, DeliveryState, Edition, message_id
from monitor.core.explanation.words import counted
from monitor.core.lint import Advice, Weight
from monitor.core.notice import OURS, Notice, notice_edition
from monitor.core.recipient import OURSELVES, RecipientVerb, key_of
from monitor.core.webhook import webhook_recipient
from monitor.jobs import ports
from monitor.jobs.ports import Announcements, Clock, Ledger, RecipientActs

ALARMS, RECIPIENTS, PROFILES = "alarms", "recipients", "profiles"
"""The standing orders: for IT, and two for editors."""
Advisor: TypeAlias = Callable[[], Mapping[str, Iterable[Advice]]]
"""What there is to say of each agreement's profiles, by its id."""
BACK = timedelta(days=2)
"""How far back we look for what nobody was told."""


class Records(ports.Health, Ledger, RecipientActs, Announcements, Protocol):
    """What notifying reads and writes."""


@dataclass(frozen=True, slots=True)
class ToldWhom:
    """Who hears of what, from settings."""

    domain: str
    """Right-hand side of Message-IDs."""
    it: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    webhooks: tuple[str, ...] = ()


def no_advice() -> Mapping[str, Iterable[Advice]]:
    """None, on no agreement."""
    return {}


def notify(records: Records, whom: ToldWhom, clock: Clock, advise: Advisor = no_advice) -> tuple[Edition, ...]:
    """The notices made: stored with their deliveries, to be sent like any mail.

    What `advise` says of each agreement's profiles is told once a week.
    """
    now = clock()
    editions = [
        (e, records.deliveries(e.id)) for e in records.editions(made_since=now - BACK) if e.agreement != OURS
    ]
    for_it = [*_sources(records, now), *_mail(editions, now)]
    for_editors = [*_suppressed(records, now), *_refused(editions)]
    hooks = tuple(webhook_recipient(name) for name in whom.webhooks)
    made = (
        _announced(records, ALARMS, for_it, (*whom.it, *hooks), whom.domain, now),
        _announced(records, RECIPIENTS, for_editors, whom.editors, whom.domain, now),
        _announced(records, PROFILES, _profiles(records, whom, advise, now), whom.editors, whom.domain, now),
    )
    return tuple(edition for edition in made if edition)


def _announced(
    records: Records, order: str, notices: Sequence[Notice], to: Sequence[str], domain: str, now: datetime
) -> Edition | None:
    """The mail that tells those that were not told; None when there are none, nobody to tell, or another did."""
    known = records.announced(OURS, order, [notice.what for notice in notices]) if to else {}
    fresh = [notice for notice in notices if notice.what not in known] if to else []
    if not fresh:
        return None
    edition = notice_edition(order, fresh, now)
    recipients = {key_of(r): r for r in to}.values()
    deliveries = [Delivery(edition.id, r, message_id(edition.id, r, domain)) for r in recipients]
    stored = records.announce(edition, order, [notice.what for notice in fresh], deliveries)
    return edition if stored else None


def _profiles(records: Records, whom: ToldWhom, advise: Advisor, now: datetime) -> list[Notice]:
    """What is to be checked in profiles, once in a week of London's; with nobody to tell nothing is looked at."""
    year, week, _ = london_day(now).isocalendar()
    mark = f"lint {year}-W{week:02}"
    if not whom.editors or records.announced(OURS, PROFILES, [mark]):
        return []
    lines = [f"{of}, {one}" for of, found in advise().items() for one in found if one.weight is Weight.CHECK]
    if not lines:
        return []
    said = f"{counted(len(lines), 'thing')} in profiles to look at"
    head = Notice(mark, f"{said}: this week's check (monitor profiles lint) found them")
    return [head, *(Notice(f"{mark} {number}", line) for number, line in enumerate(lines, start=1))]


def _sources(records: Records, now: datetime) -> Iterator[Notice]:
    for alarm in records.alarms(now - BACK, now + timedelta.resolution):
        name = f"{alarm.source} {alarm.kind} {alarm.opened.isoformat()}"
        yield Notice(f"alarm {name}", f"{alarm.source} is {alarm.kind}: {alarm.why}; {alarm.remedy}")
        if alarm.closed:
            yield Notice(f"over {name}", f"{alarm.source} is no longer {alarm.kind}: {alarm.closing}")


def _mail(editions: Iterable[tuple[Edition, list[Delivery]]], now: datetime) -> Iterator[Notice]:
    """Editions whose mail waits too long, or did not go in time."""
    for edition, deliveries in editions:
        late = [d for d in deliveries if d.state in OPEN]
        if late and now - edition.made_at >= OVERDUE:
            why, wait = late[0].answer or "never tried", "waits" if len(late) == 1 else "wait"
            yield Notice(f"waiting {edition.id}", f"{counted(len(late), 'mail')} of {edition.id} {wait}: {why}")
        expired = [d for d in deliveries if d.state is DeliveryState.EXPIRED]
        if expired:
            were = "was" if len(expired) == 1 else "were"
            line = f"{counted(len(expired), 'mail')} of {edition.id} {were} not sent in time: {expired[0].answer}"
            yield Notice(f"expired {edition.id}", line)


def _suppressed(records: Records, now: datetime) -> Iterator[Notice]:
    for acts in records.recipient_acts().values():
        for act in acts:
            if act.verb is RecipientVerb.SUPPRESS and act.author == OURSELVES and act.at >= now - BACK:
                line = f"{act.recipient} gets nothing any more: {act.reason}; lift it with monitor recipients lift"
                yield Notice(f"suppressed {act.recipient} {act.at.isoformat()}", line)


def _refused(editions: Iterable[tuple[Edition, list[Delivery]]]) -> Iterator[Notice]:
    for edition, deliveries in editions:
        for delivery in deliveries:
            if delivery.state in (DeliveryState.FAILED, DeliveryState.BOUNCED):
                line = f"{delivery.recipient} did not get {edition.id}: {delivery.answer}"
                yield Notice(f"{delivery.state} {edition.id} {delivery.recipient}", line)
