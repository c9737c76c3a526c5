"""Compose: make the editions that are owed, each frozen with items and deliveries before anything is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from monitor.core.agreement import Agreement, Digest, Early
from monitor.core.article import Article, line_of
from monitor.core.calendar import NO_HOLIDAYS, Holidays, current, early, missed, owed, stale_at, upcoming
from monitor.core.curation import Curations, bearing_on
from monitor.core.digest import (
    Earlier,
    Edit,
    EditionContent,
    Material,
    OnDesk,
    compose,
    judged_for,
    on_desk,
    trimmed,
)
from monitor.core.edition import (
    Edition,
    EditionItem,
    ItemState,
    Mail,
    Variant,
    Window,
    edition_id,
    is_delayed,
)
from monitor.core.fault import Fault
from monitor.core.health import ALLOWED, unrecorded
from monitor.core.match import Judgement
from monitor.core.significance import WITHIN
from monitor.core.source import Sources
from monitor.core.ways_back import NO_PAGES, Pages
from monitor.errors import RenderError
from monitor.jobs.addressing import Recipients, addresses_of, choices_of, deliveries_of, nobody
from monitor.jobs.folding import folded, parted
from monitor.jobs.looking_back import past, rhythms_of_missed, told_before
from monitor.jobs.ports import (
    Announcements,
    Archive,
    Clock,
    Clusterer,
    DeskRecords,
    Health,
    Ledger,
    Memory,
    NoMemory,
    RecipientActs,
    Renderer,
    SourceStates,
    StoryDecisions,
    Tellings,
)
from monitor.jobs.restored import lost_since, made_before, remembered

MOST_BYTES = 90_000
"""A longer HTML part is clipped by some mail readers, the end of the digest with it."""
LEAST_IN_FULL = 20
"""Stories that are shown in full before the names of all the others: a list of headlines is no digest."""
TOLD = (ItemState.SHOWN, ItemState.UPDATED, ItemState.DEVELOPED)
"""What readers know an article from."""
AT_ONCE = timedelta.resolution
"""The smallest step of time: what is first seen right now is still taken."""


class Records(
    Archive,
    SourceStates,
    Health,
    Ledger,
    Tellings,
    RecipientActs,
    Announcements,
    StoryDecisions,
    DeskRecords,
    Protocol,
):
    """What composing reads and writes."""


@dataclass(frozen=True, slots=True)
class Composer:
    """What every edition is made with."""

    records: Records
    sources: Sources
    copies: Clusterer
    renderer: Renderer
    clock: Clock
    allowed: timedelta = ALLOWED
    """How long a source may go unheard before it is in a coverage gap."""
    holidays: Holidays = NO_HOLIDAYS
    memory: Memory = field(default_factory=NoMemory)
    """What was made, apart from the database."""
    faults: tuple[Fault, ...] = ()
    """What is wrong with the look of the mails; a good one stands in for it."""
    pages: Pages = NO_PAGES
    """Where a mail leads back to."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An edition that nobody has stored."""

    content: EditionContent
    mail: Mail
    items: tuple[EditionItem, ...]
    whole: EditionContent
    """The content before it was made to fit into a mail."""
    material: Material
    variants: tuple[Variant, ...] = ()
    faults: tuple[Fault, ...] = ()
    """What is wrong with the look of the mail."""


@dataclass(frozen=True, slots=True)
class ComposeReport:
    """What one run made."""

    made: tuple[Edition, ...] = ()
    faults: tuple[Fault, ...] = ()
    """Editions that nobody is there for, templates at fault."""


def compose_owed(composer: Composer, agreement: Agreement, recipients: Recipients) -> ComposeReport:
    """Make the edition that each digest of the agreement owes now, at most one each; a second run makes none.

    A template at fault, or recipients of whom nobody has an address, leave their digest owed and stop no other.
    """
    made: list[Edition] = []
    faults: list[Fault] = []
    for digest in agreement.digests:
        last = composer.records.last_edition(agreement.id, digest.id)
        faults += [fault] if (fault := remembered(composer.memory, last)) else []
        due = _due(composer, digest, last)
        if due is None:
            continue
        if fault := made_before(composer.memory, agreement.id, digest.id, due.window):
            faults.append(fault)
            continue
        if digest.recipients and not addresses_of(digest.recipients, recipients):
            faults.append(nobody(agreement, digest))
            continue
        number, now = edition_id(agreement.id, digest.id, due.window), composer.clock()
        to_send = deliveries_of(composer.records, agreement, digest, number, recipients, now)
        try:
            choices = choices_of(to_send)
            draft = _draft(composer, agreement, digest, due.window, last, choices=choices, early=bool(due.early))
        except RenderError as error:
            faults.append(
                Fault(f"{agreement.id}/{digest.id}", str(error), "mend the template; the edition stays owed")
            )
            continue
        if due.early and not _is_urgent(draft.content, due.early):
            continue
        edition = _edition(agreement, digest, draft)
        if composer.records.make_edition(edition, draft.items, to_send, draft.variants):
            made.append(edition)
            faults += [fault] if (fault := remembered(composer.memory, edition)) else []
    return ComposeReport(tuple(made), tuple(faults))


@dataclass(frozen=True, slots=True)
class _Due:
    """An edition to make."""

    window: Window
    early: Early | None = None
    """It is before its time, and made only when a story asks for it."""


def _due(composer: Composer, digest: Digest, last: Edition | None) -> _Due | None:
    now = composer.clock()
    if window := owed(digest, composer.holidays, last, now):
        return _Due(window)
    window = early(digest, composer.holidays, last, now)
    return _Due(window, digest.early) if window else None


def _is_urgent(content: EditionContent, rule: Early) -> bool:
    """Whether a major story is there that enough publishers carry."""
    return any(item.major and item.publishers >= rule.publishers for item in content.items)


def preview(composer: Composer, agreement: Agreement, digest: Digest) -> Draft:
    """What an edition of the digest would be if it were made now, from the last one's end on; stores nothing.

    Raises:
        RenderError: a template is at fault.
    """
    last, now = composer.records.last_edition(agreement.id, digest.id), composer.clock()
    goes = upcoming(digest, composer.holidays, last, now)
    return _draft(composer, agreement, digest, current(digest, composer.holidays, last, now), last, goes)


def draft_of_next(composer: Composer, agreement: Agreement, digest: Digest) -> tuple[Draft, tuple[OnDesk, ...]]:
    """The edition that is made next, as it would go if nothing more came in, and all that editors may act on.

    The stories are all there, also those that the mail has no room for. Stores nothing.

    Raises:
        RenderError: a template is at fault.
    """
    last, now = composer.records.last_edition(agreement.id, digest.id), composer.clock()
    window = upcoming(digest, composer.holidays, last, now)
    draft = _draft(composer, agreement, digest, window, last)
    return draft, on_desk(agreement, digest, window, draft.material, draft.whole)


def _draft(
    composer: Composer,
    agreement: Agreement,
    digest: Digest,
    window: Window,
    last: Edition | None,
    goes: Window | None = None,
    choices: Iterable[str] = (),
    *,
    early: bool = False,
) -> Draft:
    """The edition of a window; `goes` is the window that it will have when it is made, if that is another.

    Its variants, for those who chose some sections, are composed of the same material.
    """
    now = composer.clock()
    said = _said(composer.records, agreement, digest, goes or window, now)
    material = _material(composer, agreement, digest, Window(window.start, now), last, said)
    lost = lost_since(composer.memory, agreement.id, digest.id, last)
    material = replace(material, missed=() if lost else missed(digest, composer.holidays, last, window), lost=lost)
    # Nobody waited for the first edition of a digest, so it is never late.
    delayed = last is not None and is_delayed(window, now)
    back = composer.pages.ways_back(edition_id(agreement.id, digest.id, window))

    def drafted(digest: Digest) -> Draft:
        made, items = compose(agreement, digest, window, now, material, delayed=delayed, early=early)
        whole = replace(made, back=back)
        content, mail = fitted(whole, composer.renderer)
        return Draft(content, mail, items, whole, material, faults=composer.faults)

    narrowed = ((choice, drafted(replace(digest, sections=tuple(choice.split())))) for choice in choices)
    variants = tuple(Variant(choice, draft.mail, draft.content.to_json()) for choice, draft in narrowed)
    return replace(drafted(digest), variants=variants)


def _said(records: DeskRecords, agreement: Agreement, digest: Digest, window: Window, now: datetime) -> Curations:
    """What editors say of an edition made now: what they said before their hour was over."""
    edition = edition_id(agreement.id, digest.id, window)
    return bearing_on(records.curations(agreement.id), digest, edition, window.end, now)


def _material(
    composer: Composer,
    agreement: Agreement,
    digest: Digest,
    window: Window,
    last: Edition | None,
    said: Curations,
) -> Material:
    """Everything seen up to now; from 72 hours before the window, so that what was held can become major.

    What editors added, or kept for this edition, is there however old it is.
    """
    records = composer.records
    states, gaps = records.source_states(), records.gaps(window.start, window.end)
    gaps = [*gaps, *unrecorded(states.values(), gaps, window.end, composer.allowed)]
    seen = records.articles(window.start - WITHIN, window.end + AT_ONCE)
    did = records.items(last.id) if last else []
    kept = {line_of(i.article) for i in did if i.state is ItemState.HELD_OVER}
    here = {a.line for a in seen}
    brought = _brought(records, agreement, digest, {*kept, *said.added} - here)
    before = told_before(records, agreement.id, digest.id, window.start, here | {a.line for a in brought})
    stories = folded([*seen, *brought, *before], records, composer.copies)
    articles = [article for story in stories for article in story.articles]
    ids, lines = [a.id for a in articles], {a.line for a in articles}
    judgements = records.judgements(agreement.id, ids)
    new_again = parted(records, agreement.id, digest.id, lines)
    taken = records.taken(agreement.id, digest.id, ids)
    return Material(
        stories=stories,
        judgements=judgements,
        findings=judged_for(agreement, digest, stories, judgements, composer.sources),
        sources=composer.sources,
        states=states,
        gaps=gaps,
        earlier=Earlier(
            taken=frozenset(a for a in taken if line_of(a) not in new_again),
            lines=records.shown_stories(agreement.id, digest.id, lines) - new_again,
            held=_in_state(did, ItemState.HELD),
            excluded=_in_state(did, ItemState.EXCLUDED),
            held_over=_in_state(did, ItemState.HELD_OVER),
        ),
        past=past(
            records,
            agreement.id,
            digest.id,
            window.end,
            stories,
            rhythms_of_missed(records, states, gaps, window.start, window.end),
        ),
        edits=_edits(records, agreement, digest, articles, judgements),
        alerted=records.announced(agreement.id, digest.id, [a.line for a in articles]) if digest.alerts else {},
        curations=said,
        articles=sum(a.when is None or a.when >= window.start for a in seen),
    )


def _in_state(items: Iterable[EditionItem], state: ItemState) -> frozenset[str]:
    return frozenset(item.article for item in items if item.state is state)


def _brought(records: Records, agreement: Agreement, digest: Digest, lines: set[str]) -> list[Article]:
    """The latest texts of these articles, but for those that an edition of the digest has shown."""
    waiting = sorted(lines - records.shown_stories(agreement.id, digest.id, lines))
    return [texts[-1] for line in waiting if (texts := records.texts(line))]


def _edits(
    records: Records,
    agreement: Agreement,
    digest: Digest,
    articles: Iterable[Article],
    judgements: Mapping[str, Judgement],
) -> list[Edit]:
    """The articles that an edition of the digest showed in a text before their latest, by line."""
    latest = {a.line: a for a in articles}
    known: dict[str, EditionItem] = {}
    for edition, item in records.items_of(agreement.id, list(latest)):
        if edition.rsplit("/", 1)[0] == f"{agreement.id}/{digest.id}" and item.state in TOLD:
            known.setdefault(line_of(item.article), item)
    pairs = [(item, latest[line]) for line, item in sorted(known.items()) if item.article != latest[line].id]
    earlier = records.judgements(agreement.id, [item.article for item, _ in pairs])
    return [
        Edit(item, records.article(item.article), now, (earlier.get(item.article), judgements.get(now.id)))
        for item, now in pairs
    ]


def fitted(content: EditionContent, renderer: Renderer, most: int = MOST_BYTES) -> tuple[EditionContent, Mail]:
    """The content and its mail, with as many stories in full, then as many named, as its HTML has room for."""
    mail = renderer.render(content)
    if len(mail.html.encode()) <= most:
        return content, mail
    total = sum(1 for _ in content.items)

    def fits(shown: int, named: int) -> bool:
        return len(renderer.render(trimmed(content, shown, named)).html.encode()) <= most

    shown, named = _most(total, lambda n: fits(n, total)), total
    if shown < LEAST_IN_FULL:
        shown = _most(LEAST_IN_FULL, lambda n: fits(n, 0))
        named = _most(total, lambda n: fits(shown, n))
    smaller = trimmed(content, shown, named)
    return smaller, renderer.render(smaller)


def _most(limit: int, fits: Callable[[int], bool]) -> int:
    """The largest number up to the limit that fits, when all smaller ones do; 0 when none does."""
    low, high = 0, limit + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _edition(agreement: Agreement, digest: Digest, draft: Draft) -> Edition:
    window = draft.content.window
    return Edition(
        id=edition_id(agreement.id, digest.id, window),
        agreement=agreement.id,
        digest=digest.id,
        window=window,
        made_at=draft.content.made_at,
        fingerprint=agreement.fingerprint,
        mail=draft.mail,
        content=draft.content.to_json(),
        stale_at=stale_at(digest, window, draft.content.made_at),
    )
