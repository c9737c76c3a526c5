"""From judged articles to the content of an edition, and what became of each matched article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from monitor.core.agreement import Agreement, Digest
from monitor.core.article import Article
from monitor.core.curation import Act
from monitor.core.dates import LONDON
from monitor.core.digest.completeness import completeness
from monitor.core.digest.content import (
    DayCount,
    EditionContent,
    EditorsPart,
    Elsewhere,
    Item,
    SectionPart,
    TopStory,
)
from monitor.core.digest.filing import Filed, file_story
from monitor.core.digest.material import Earlier, Material
from monitor.core.digest.overlay import overlaid
from monitor.core.digest.updates import told_edits
from monitor.core.digest.writing import Writer
from monitor.core.edition import EditionItem, ItemState, Window, seen_until
from monitor.core.match import UNASSIGNED
from monitor.core.profile import Profile


def compose(
    agreement: Agreement,
    digest: Digest,
    window: Window,
    made_at: datetime,
    material: Material,
    *,
    delayed: bool = False,
) -> tuple[EditionContent, tuple[EditionItem, ...]]:
    """The content of an edition, and what it did with each matched article that no earlier edition took.

    The same material gives the same edition.
    """
    profiles = sections_of(agreement, digest)
    order = tuple(p.section for p in profiles)
    known = filed_stories(material, order)
    new = [f for f in known if not material.earlier.showed(f.story)]
    writer = Writer(agreement, digest, window, material)
    shown = [(f, writer.item(f)) for f in new if f.goes]
    shown.sort(key=lambda pair: (pair[1].weight, order.index(pair[0].section), pair[1].story))
    held = [f for f in new if not f.sections and f.said.goes and not material.earlier.held_back(f.story)]
    edits = [e for e in material.edits if material.curations.on_lines([e.after.line]).act is not Act.EXCLUDE]
    updates = told_edits(agreement, order, edits, material.sources)
    until = seen_until(window, made_at)
    content = EditionContent(
        agreement=agreement.id,
        client=agreement.client,
        title=digest.title,
        window=window,
        made_at=made_at,
        until=until,
        delayed=delayed,
        sections=tuple(_part(p, shown, held, agreement) for p in profiles),
        completeness=completeness(profiles, material.sources, material.states, window, made_at, material.gaps),
        articles=material.articles,
        stories=len(shown),
        major=sum(item.major for _, item in shown),
        lead=shown[0][1].term if shown else "",
        top=_top(digest, shown, agreement),
        days=_days(window, until, [item for _, item in shown]),
        updates=tuple(update for update, _ in updates),
        unassigned=_unassigned(material, window),
        editors=_editors(new, material.earlier),
        unjudged=tuple(s for s in agreement.left_out if not digest.sections or s in digest.sections),
        missed=tuple(material.missed),
    )
    told = {item.article: item for _, item in updates}
    others = [item for item in _ledger(known, material.earlier) if item.article not in told]
    return content, (*others, *told.values())


def filed_stories(material: Material, order: tuple[str, ...]) -> list[Filed]:
    """The stories that rules or editors file in one of these sections, shown or not."""
    filed = (
        (s, file_story(s, material.judgements, material.findings, order, material.sources))
        for s in material.stories
    )
    curated = (overlaid(f, s, material.curations, order, material.sources) for s, f in filed)
    return [f for f in curated if f is not None]


def sections_of(agreement: Agreement, digest: Digest) -> tuple[Profile, ...]:
    """The sections of the digest in the agreement's order; not those whose articles always go elsewhere."""
    return tuple(
        p
        for p in agreement.profiles
        if not p.recategorise and (not digest.sections or p.section in digest.sections)
    )


def _part(
    profile: Profile, shown: Iterable[tuple[Filed, Item]], held: Iterable[Filed], agreement: Agreement
) -> SectionPart:
    mine = [(f, item) for f, item in shown if profile.section in f.sections]
    here = [item for f, item in mine if profile.show_in_each or f.section == profile.section]
    away = Counter() if profile.show_in_each else Counter(f.section for f, _ in mine)
    return SectionPart(
        id=profile.section,
        title=profile.title,
        items=tuple(here),
        count=len(mine),
        major=sum(item.major for _, item in mine),
        elsewhere=tuple(
            Elsewhere(s, agreement.profile(s).title, away[s])
            for s in agreement.order
            if away[s] and s != profile.section
        ),
        held=sum(profile.section in f.held_in for f in held),
    )


def _top(digest: Digest, shown: list[tuple[Filed, Item]], agreement: Agreement) -> tuple[TopStory, ...]:
    """The weightiest of the major and pinned stories, as many as the digest asks for, never more than half."""
    most = min(digest.top, len(shown) // 2)
    return tuple(
        TopStory(i.story, i.headline, i.url, i.outlet, agreement.profile(f.section).title, i.why, i.publishers)
        for f, i in shown[:most]
        if i.major or i.pinned
    )


def _days(window: Window, until: datetime, items: Iterable[Item]) -> tuple[DayCount, ...]:
    """How many stories are of which London day; nothing when the window is of one day and a night."""
    first, last = window.start.astimezone(LONDON).date(), until.astimezone(LONDON).date()
    if (last - first).days < 2:
        return ()
    counts = Counter(_day(item, first, last) for item in items)
    return tuple(DayCount(day, counts[day]) for day in sorted(d for d in counts if d is not None))


def _day(item: Item, first: date, last: date) -> date | None:
    """When it was published; a date outside the window gives way to the day we saw it."""
    days = [t.astimezone(LONDON).date() for t in (item.published_at, item.first_seen) if t]
    return next((d for d in days if first <= d <= last), days[-1] if days else None)


def _editors(new: Iterable[Filed], earlier: Earlier) -> EditorsPart:
    """What editors did with stories that no earlier edition showed."""
    counts: Counter[str] = Counter()
    for f in new:
        if f.goes:
            counts["added"] += f.said.act is Act.ADD
            counts["moved"] += f.said.act is not Act.ADD and bool(f.found_in)
        elif f.said.act is Act.HOLD:
            counts["held_over"] += 1
        elif f.sections:
            counts["left_out"] += not earlier.left_out(f.story)
    return EditorsPart(**counts)


def _ledger(filed: Iterable[Filed], earlier: Earlier) -> Iterable[EditionItem]:
    """What becomes of each matched article; those an earlier edition took are not taken again."""
    for f in filed:
        again = earlier.showed(f.story)
        for article in f.matched:
            if article.id not in earlier.taken:
                yield EditionItem(article.id, f.section, _state(f, article, again=again), f.story.id)


def _state(filed: Filed, article: Article, *, again: bool) -> ItemState:
    if again:
        return ItemState.COPY
    if filed.said.act is Act.HOLD:
        return ItemState.HELD_OVER
    if not filed.said.goes or filed.moved_out:
        return ItemState.EXCLUDED
    if not filed.sections:
        return ItemState.HELD
    return ItemState.SHOWN if article.id == filed.shown.id else ItemState.COPY


def _unassigned(material: Material, window: Window) -> int:
    """Key journalists' articles of the window that fit no section."""
    return sum(
        (judgement := material.judgements.get(a.id)) is not None
        and judgement.primary == UNASSIGNED
        and (a.when is None or a.when >= window.start)
        and material.curations.on(story).act is None
        for story in material.stories
        for a in story.articles
    )
