"""From judged articles to the content of an edition, and what became of each matched article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from monitor.core.agreement import Agreement, Digest
from monitor.core.article import Article
from monitor.core.curation import Act
from monitor.core.dates import london_day
from monitor.core.digest.completeness import completeness, was_missed
from monitor.core.digest.content import (
    CATCH_UP,
    DayCount,
    EditionContent,
    EditorsPart,
    Elsewhere,
    Item,
    SectionPart,
    TopStory,
)
from monitor.core.digest.developments import growth
from monitor.core.digest.filing import Filed, file_story
from monitor.core.digest.material import Earlier, Material
from monitor.core.digest.overlay import overlaid
from monitor.core.digest.updates import told_edits
from monitor.core.digest.usual import usual_of
from monitor.core.digest.writing import Writer
from monitor.core.edition import EditionItem, ItemState, Window, seen_until
from monitor.core.match import UNASSIGNED
from monitor.core.profile import Profile

CAUGHT_UP = "CATCH-UP"


def compose(
    agreement: Agreement,
    digest: Digest,
    window: Window,
    made_at: datetime,
    material: Material,
    *,
    delayed: bool = False,
    early: bool = False,
) -> tuple[EditionContent, tuple[EditionItem, ...]]:
    """The content of an edition, and what it did with each matched article that no earlier edition took.

    The same material gives the same edition.
    """
    profiles = sections_of(agreement, digest)
    order = tuple(p.section for p in profiles)
    known = filed_stories(material, profiles)
    picked = _picked(known, order, window, material, Writer(agreement, digest, window, material))
    shown = picked.shown
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
        early=early,
        sections=(
            *(_part(p, picked, agreement, material, window) for p in profiles),
            *_catch_up(picked, agreement),
        ),
        completeness=completeness(
            profiles, material.sources, material.states, window, made_at, material.gaps, material.past.rhythms
        ),
        articles=material.articles,
        stories=len(shown),
        major=sum(item.major for _, item in shown),
        lead=shown[0][1].term if shown else "",
        layout=digest.layout,
        theme=digest.theme,
        top=_top(digest, shown, agreement),
        days=_days(window, until, [item for _, item in shown]),
        updates=tuple(update for update, _ in updates),
        unassigned=_unassigned(material, window),
        editors=_editors(picked.new, material.earlier),
        unjudged=tuple(s for s in agreement.left_out if not digest.sections or s in digest.sections),
        missed=tuple(material.missed),
        lost=material.lost,
    )
    again = (EditionItem(f.shown.id, f.section, ItemState.DEVELOPED, f.story.id) for f, _ in picked.grown)
    told = {item.article: item for item in (*(item for _, item in updates), *again)}
    others = [item for item in _ledger(known, material.earlier) if item.article not in told]
    return content, (*others, *told.values())


def filed_stories(material: Material, profiles: Sequence[Profile]) -> list[Filed]:
    """The stories that rules or editors file in one of these sections, shown or not."""
    order = tuple(p.section for p in profiles)
    filed = (
        (s, file_story(s, material.judgements, material.findings, order, material.sources))
        for s in material.stories
    )
    curated = (overlaid(f, s, material.curations, profiles, material.sources) for s, f in filed)
    return [f for f in curated if f is not None]


def sections_of(agreement: Agreement, digest: Digest) -> tuple[Profile, ...]:
    """The sections of the digest in the agreement's order; not those whose articles always go elsewhere."""
    return tuple(
        p
        for p in agreement.profiles
        if not p.recategorise and (not digest.sections or p.section in digest.sections)
    )


@dataclass(frozen=True, slots=True)
class _Picked:
    """What an edition shows, tells again and holds back."""

    new: list[Filed]
    """Stories that no earlier edition has shown."""
    shown: list[tuple[Filed, Item]]
    """The weightiest first."""
    grown: list[tuple[Filed, Item]]
    """Stories of earlier editions that have grown since."""
    held: list[Filed]
    missed: list[Item]
    """Those shown that an earlier edition would have had, had their sources been heard."""


def _picked(
    known: Sequence[Filed], order: tuple[str, ...], window: Window, material: Material, writer: Writer
) -> _Picked:
    earlier = material.earlier
    new = [f for f in known if not earlier.showed(f.story)]
    shown = _ordered([(f, writer.item(f)) for f in new if f.goes], order)
    return _Picked(
        new,
        shown,
        grown=_ordered(_grown(writer, known, material), order),
        held=[f for f in new if not f.sections and f.said.goes and not earlier.held_back(f.story)],
        missed=[item for f, item in shown if was_missed(f.matched, material.gaps, window)],
    )


def _ordered(pairs: Iterable[tuple[Filed, Item]], order: tuple[str, ...]) -> list[tuple[Filed, Item]]:
    """The weightiest first, then in the agreement's order."""
    return sorted(pairs, key=lambda pair: (pair[1].weight, order.index(pair[0].section), pair[1].story))


def _grown(writer: Writer, known: Iterable[Filed], material: Material) -> Iterable[tuple[Filed, Item]]:
    """The stories of earlier editions that have grown since, as they are told again."""
    for filed in known:
        found = growth(filed.story, material.past, writer.owners) if filed.goes else None
        if found is not None:
            yield filed, writer.development(filed, found)


def _part(
    profile: Profile, picked: _Picked, agreement: Agreement, material: Material, window: Window
) -> SectionPart:
    section = profile.section
    mine = [(f, item) for f, item in picked.shown if section in f.sections]
    stays = [(f, item) for f, item in mine if item not in picked.missed]
    here = [item for f, item in stays if profile.show_in_each or f.section == section]
    away = Counter() if profile.show_in_each else Counter(f.section for f, _ in stays)
    filed = sum(f.section == section for f, _ in picked.shown)
    return SectionPart(
        id=section,
        title=profile.title,
        items=tuple(here),
        count=len(mine),
        major=sum(item.major for _, item in mine),
        elsewhere=(
            *(
                Elsewhere(s, agreement.profile(s).title, away[s])
                for s in agreement.order
                if away[s] and s != section
            ),
            *([Elsewhere(CATCH_UP, CAUGHT_UP, len(mine) - len(stays))] if len(mine) > len(stays) else []),
        ),
        held=sum(section in f.held_in for f in picked.held),
        developments=tuple(item for f, item in picked.grown if f.section == section),
        usual=usual_of(section, filed, window, material.past.editions),
    )


def _catch_up(picked: _Picked, agreement: Agreement) -> Iterable[SectionPart]:
    """The part with what earlier editions missed, each with its sections; none when they missed nothing."""
    items = tuple(
        replace(item, also=(agreement.profile(f.section).title, *item.also))
        for f, item in picked.shown
        if item in picked.missed
    )
    if items:
        yield SectionPart(CATCH_UP, CAUGHT_UP, items, count=len(items), major=sum(item.major for item in items))


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
    first, last = london_day(window.start), london_day(until)
    if (last - first).days < 2:
        return ()
    counts = Counter(_day(item, first, last) for item in items)
    days = {first + timedelta(days=n) for n in range((last - first).days + 1)} | {d for d in counts if d}
    return tuple(DayCount(day, counts[day]) for day in sorted(days))


def _day(item: Item, first: date, last: date) -> date | None:
    """When it was published; a date outside the window gives way to the day we saw it."""
    days = [london_day(t) for t in (item.published_at, item.first_seen) if t]
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
