"""Alert: a story that becomes weighty between two editions is told at once, and once, whoever else looks.

An alert is an edition under a name of its own (`morning-alert`), frozen with its deliveries before anything is
sent; which stories it told is stored in the same transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias

from monitor.core.agreement import Agreement, Alerts, Digest
from monitor.core.alert import crossing, is_quiet, known_to
from monitor.core.calendar import NO_HOLIDAYS, Holidays, owed
from monitor.core.curation import Curations, in_force
from monitor.core.digest import EditionContent, Findings, Material, compose, judged_for
from monitor.core.edition import (
    Delivery,
    DeliveryState,
    Edition,
    Variant,
    Window,
    alert_of,
    edition_id,
    message_id,
    seen_until,
)
from monitor.core.fault import Fault
from monitor.core.match import Finding
from monitor.core.significance import WITHIN
from monitor.core.source import Sources
from monitor.core.story import Story
from monitor.core.ways_back import NO_PAGES, Pages
from monitor.core.webhook import webhook_recipient
from monitor.errors import RenderError
from monitor.jobs.addressing import Recipients, choices_of, deliveries_of
from monitor.jobs.folding import folded
from monitor.jobs.ports import (
    Announcements,
    Archive,
    Clock,
    Clusterer,
    DeskRecords,
    Grounds,
    Ledger,
    RecipientActs,
    Renderer,
    StoryDecisions,
)

AT_ONCE = timedelta.resolution
"""What is first seen right now is still looked at."""


Looked: TypeAlias = MutableMapping[str, tuple[datetime, str, Sources, Grounds]]
"""By digest: since when, by which state of the agreement and of the outlets, on what grounds it was looked at."""


class Records(Archive, Ledger, RecipientActs, StoryDecisions, DeskRecords, Announcements, Protocol):
    """What alerting reads and writes."""


@dataclass(frozen=True, slots=True)
class Alerter:
    """What alerts are made with."""

    records: Records
    sources: Sources
    copies: Clusterer
    renderer: Renderer
    clock: Clock
    webhooks: Collection[str] = ()
    """Names that settings give an address to."""
    holidays: Holidays = NO_HOLIDAYS
    looked: Looked = field(default_factory=dict)
    """What need not be looked at again: nothing has changed since."""
    pages: Pages = NO_PAGES
    """Where a mail leads back to."""


@dataclass(frozen=True, slots=True)
class AlertReport:
    """What one look made."""

    made: tuple[Edition, ...] = ()
    faults: tuple[Fault, ...] = ()


def alert(alerter: Alerter, agreement: Agreement, recipients: Recipients) -> AlertReport:
    """Make the alert that each digest of the agreement has reason for now; in quiet hours none.

    Nor while an edition is owed, which will carry it; nor before the first one, when everything would be news.
    """
    made: list[Edition] = []
    faults: list[Fault] = []
    for digest in agreement.digests:
        rule, now = digest.alerts, alerter.clock()
        last = alerter.records.last_edition(agreement.id, digest.id) if rule else None
        if rule is None or last is None or is_quiet(rule, now) or owed(digest, alerter.holidays, last, now):
            continue
        since, name = seen_until(last.window, last.made_at), f"{agreement.id}/{digest.id}"
        grounds = alerter.records.grounds(agreement.id, since - WITHIN, now + AT_ONCE)
        seen = since, agreement.fingerprint, alerter.sources, grounds
        if alerter.looked.get(name) == seen:
            continue
        try:
            drafted = _draft(alerter, agreement, digest, last, Window(since, now), recipients)
        except RenderError as error:
            faults.append(Fault(name, str(error), "mend the template of alerts"))
            continue
        if drafted is None or _stored(alerter, digest, drafted):
            alerter.looked[name] = seen  # else another process told some of it: the rest is looked at again
            made += [drafted.edition] if drafted else []
    return AlertReport(tuple(made), tuple(faults))


@dataclass(frozen=True, slots=True)
class _Drafted:
    """An alert that is not stored yet."""

    edition: Edition
    lines: Sequence[str]
    """Of the articles it tells."""
    deliveries: Sequence[Delivery]
    variants: Sequence[Variant]


def _draft(
    alerter: Alerter,
    agreement: Agreement,
    digest: Digest,
    last: Edition,
    window: Window,
    recipients: Recipients,
) -> _Drafted | None:
    """The alert that there is reason for since the last edition; None when there is none."""
    rule, material = digest.alerts or Alerts(), _material(alerter, agreement, digest, last, window)
    if not material.stories:
        return None
    order = replace(digest, id=alert_of(digest.id), recipients=rule.to)
    content = _content(alerter, agreement, digest, window, material)
    shown = {item.story for item in content.items}
    told = [story for story in material.stories if story.id in shown]
    if not told:
        return None
    edition = Edition(
        id=edition_id(agreement.id, order.id, window),
        agreement=agreement.id,
        digest=order.id,
        window=window,
        made_at=window.end,
        fingerprint=agreement.fingerprint,
        mail=alerter.renderer.render(content),
        content=content.to_json(),
    )
    deliveries = deliveries_of(alerter.records, agreement, order, edition.id, recipients, window.end)
    variants = _variants(alerter, agreement, digest, window, material, deliveries)
    kept = [_kept(d, {v.sections for v in variants}) for d in deliveries]
    hooks = [_to_webhook(edition.id, name, recipients) for name in rule.webhooks if name in alerter.webhooks]
    lines = sorted({a.line for story in told for a in story.articles})
    return _Drafted(edition, lines, [*kept, *hooks], variants)


def _stored(alerter: Alerter, digest: Digest, drafted: _Drafted) -> bool:
    return alerter.records.announce(
        drafted.edition, digest.id, drafted.lines, drafted.deliveries, drafted.variants
    )


def _material(alerter: Alerter, agreement: Agreement, digest: Digest, last: Edition, window: Window) -> Material:
    """The stories that have reason for an alert and were not told, with all that composing asks for."""
    records = alerter.records
    seen = records.articles(window.start - WITHIN, window.end + AT_ONCE)
    stories = folded(seen, records, alerter.copies)
    judgements = records.judgements(agreement.id, [a.id for s in stories for a in s.articles])
    took = {item.article for item in records.items(last.id)}
    known = known_to(agreement, digest, took, judgements, window.start)
    weighty = crossing(agreement, digest, stories, judgements, alerter.sources, known)
    taken = judged_for(agreement, digest, [story for story, _ in weighty], judgements, alerter.sources)
    found = [(s, kept) for s, findings in weighty if (kept := _kept_in(s, findings, taken))]
    told = records.announced(agreement.id, digest.id, [a.line for s, _ in found for a in s.articles])
    fresh = [(s, findings) for s, findings in found if not any(a.line in told for a in s.articles)]
    said = in_force(records.curations(agreement.id), digest.id, "", window.end + AT_ONCE)
    return Material(
        stories=[story for story, _ in fresh],
        judgements=judgements,
        findings={(s.id, section): finding for s, findings in fresh for section, finding in findings.items()},
        sources=alerter.sources,
        curations=Curations.of(said),
        articles=sum(a.when is None or a.when >= window.start for a in seen),
    )


def _kept_in(story: Story, findings: Mapping[str, Finding], taken: Findings) -> dict[str, Finding]:
    """The findings of those sections in which the next edition will carry the story."""
    rules = {section: taken.get((story.id, section)) for section in findings}
    return {s: finding for s, finding in findings.items() if (rule := rules[s]) is None or rule.holds}


def _content(
    alerter: Alerter, agreement: Agreement, digest: Digest, window: Window, material: Material
) -> EditionContent:
    back = alerter.pages.ways_back(edition_id(agreement.id, alert_of(digest.id), window))
    return replace(compose(agreement, digest, window, window.end, material)[0], back=back)


def _variants(
    alerter: Alerter,
    agreement: Agreement,
    digest: Digest,
    window: Window,
    material: Material,
    deliveries: Sequence[Delivery],
) -> list[Variant]:
    """The alert for each choice of sections; none for a choice that has nothing in it."""
    made = []
    for choice in choices_of(deliveries):
        content = _content(alerter, agreement, replace(digest, sections=tuple(choice.split())), window, material)
        if content.stories:
            made.append(Variant(choice, alerter.renderer.render(content), content.to_json()))
    return made


def _kept(delivery: Delivery, variants: Collection[str]) -> Delivery:
    """The delivery, withheld when nothing in the alert is of the sections that its recipient wants."""
    if not delivery.variant or delivery.variant in variants or delivery.state is DeliveryState.WITHHELD:
        return delivery
    return replace(delivery, state=DeliveryState.WITHHELD, answer="nothing of the sections they want is in it")


def _to_webhook(edition: str, name: str, recipients: Recipients) -> Delivery:
    recipient = webhook_recipient(name)
    return Delivery(edition, recipient, message_id(edition, recipient, recipients.domain))
