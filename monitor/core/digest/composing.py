"""From judged articles to the content of an edition, and what became of each matched article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from monitor.core.agreement import Agreement, Digest
from monitor.core.article import Article, line_of
from monitor.core.digest.completeness import completeness
from monitor.core.digest.content import CopyGroup, CopyLine, EditionContent, Elsewhere, Item, Piece, SectionPart
from monitor.core.digest.extract import extract
from monitor.core.digest.filing import Filed, Findings, file_story, terms_of, tier_of
from monitor.core.digest.updates import Edit, told_edits
from monitor.core.digest.why import why
from monitor.core.digest.words import line, shortened
from monitor.core.edition import EditionItem, ItemState, Window, is_delayed
from monitor.core.health import CoverageGap
from monitor.core.match import UNASSIGNED, Finding, Judgement, Verdict
from monitor.core.profile import Profile
from monitor.core.source import Rights, Sources, SourceState
from monitor.core.story import Story

MOST_OF_A_HEADLINE = 300
"""Characters; a longer one is no headline, and would fill the mail."""


@dataclass(frozen=True)
class Earlier:
    """What earlier editions of the digest did."""

    taken: Collection[str] = frozenset()
    """Ids of the articles that one of them showed or folded."""
    lines: Collection[str] = frozenset()
    """Lines of articles shown or folded, in any text."""
    held: Collection[str] = frozenset()
    """Ids of the articles that the last one held back as not major."""

    def showed(self, story: Story) -> bool:
        """Whether the story was in one of them."""
        return any(a.id in self.taken or a.line in self.lines for a in story.articles)

    def held_back(self, story: Story) -> bool:
        """Whether the last one held the story back."""
        return any(a.line in self._held_lines for a in story.articles)

    @cached_property
    def _held_lines(self) -> frozenset[str]:
        return frozenset(line_of(article) for article in self.held)


@dataclass(frozen=True, slots=True)
class Material:
    """All that an edition is composed of."""

    stories: Sequence[Story]
    """Of every article of the stretch, matched or not: a copy that did not match still carries the story."""
    judgements: Mapping[str, Judgement]
    """By article id."""
    findings: Findings
    """What significance found, by story id and section id; without one, the section takes the story."""
    sources: Sources
    states: Mapping[str, SourceState] = field(default_factory=dict)
    gaps: Sequence[CoverageGap] = ()
    """Those that have any of the window in them."""
    earlier: Earlier = Earlier()
    edits: Sequence[Edit] = ()
    """Articles that earlier editions showed, in another text."""
    articles: int = 0
    """Articles looked at in the window."""


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
    filed = [
        file_story(s, material.judgements, material.findings, order, material.sources) for s in material.stories
    ]
    known = [f for f in filed if f is not None]
    new = [f for f in known if not material.earlier.showed(f.story)]
    writer = _Writer(agreement, material)
    shown = [(f, writer.item(f)) for f in new if f.sections]
    shown.sort(key=lambda pair: (pair[1].weight, order.index(pair[0].section), pair[1].story))
    held = [f for f in new if not f.sections and not material.earlier.held_back(f.story)]
    updates = told_edits(agreement, order, material.edits, material.sources)
    content = EditionContent(
        agreement=agreement.id,
        client=agreement.client,
        title=digest.title,
        window=window,
        made_at=made_at,
        until=made_at if is_delayed(window, made_at) else window.end,
        delayed=delayed,
        sections=tuple(_part(p, shown, held, agreement) for p in profiles),
        completeness=completeness(profiles, material.sources, material.states, window, made_at, material.gaps),
        articles=material.articles,
        stories=len(shown),
        major=sum(item.major for _, item in shown),
        lead=shown[0][1].term if shown else "",
        updates=tuple(update for update, _ in updates),
        unassigned=_unassigned(material, window),
        unjudged=tuple(s for s in agreement.left_out if not digest.sections or s in digest.sections),
    )
    told = {item.article: item for _, item in updates}
    others = [item for item in _ledger(known, material.earlier) if item.article not in told]
    return content, (*others, *told.values())


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


def _by(byline: str) -> str:
    """The names without the *By* that leads them."""
    return re.sub(r"^by:?\s+", "", line(byline), flags=re.IGNORECASE)


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
    if not filed.sections:
        return ItemState.HELD
    return ItemState.SHOWN if article.id == filed.shown.id else ItemState.COPY


def _unassigned(material: Material, window: Window) -> int:
    """Key journalists' articles of the window that fit no section."""
    return sum(
        (judgement := material.judgements.get(a.id)) is not None
        and judgement.primary == UNASSIGNED
        and (a.when is None or a.when >= window.start)
        for story in material.stories
        for a in story.articles
    )


class _Writer:
    """Writes items: a story as it is shown."""

    def __init__(self, agreement: Agreement, material: Material) -> None:
        self._agreement = agreement
        self._judgements = material.judgements
        self._findings = material.findings
        self._sources = material.sources
        self._earlier = material.earlier

    def item(self, filed: Filed) -> Item:
        """The story as it is shown in the section it is filed in."""
        article, judgement = filed.shown, self._judgements[filed.placed.id]
        proof = judgement.verdict(filed.section)
        finding = self._significance(filed)
        terms = terms_of(proof) if proof else []
        return Item(
            story=filed.story.id,
            article=article.id,
            headline=shortened(line(article.headline) or line(article.url) or "(no headline)", MOST_OF_A_HEADLINE),
            url=article.url,
            outlet=self._name(article.outlet),
            byline=_by(article.byline),
            published_at=article.published_at,
            first_seen=article.first_seen,
            term=line(terms[0]) if terms else "",
            extract=self._extract(filed),
            why=why(proof, finding) if proof else (),
            copies=self._copies(filed),
            also=tuple(self._agreement.profile(s).title for s in filed.sections[1:]),
            major=bool(finding and finding.evidence.get("major")),
            evidence=str(judgement.evidence),
            note=self._note(filed),
            weight=self._weight(filed, finding),
        )

    def _significance(self, filed: Filed) -> Finding | None:
        """The finding of the section it is filed in, else of another that finds it major."""
        found = [self._findings.get((filed.story.id, s)) for s in filed.sections]
        known = [f for f in found if f is not None]
        major = (f for f in known if f.evidence.get("major"))
        return next(major, known[0] if known else None)

    def _extract(self, filed: Filed) -> tuple[Piece, ...]:
        outlet = self._sources.outlets.get(filed.shown.outlet or "")
        rights = outlet.rights if outlet else Rights()
        pieces = extract(filed.shown, self._verdict_of_shown(filed), rights.extract_chars)
        return pieces if any(p.text.strip(" …") for p in pieces) else ()

    def _verdict_of_shown(self, filed: Filed) -> Verdict | None:
        """The shown article's own: of the section it is filed in, else of another it is in."""
        judgement = self._judgements[filed.shown.id]
        verdicts = (judgement.verdict(s) for s in (filed.section, *judgement.sections))
        return next((v for v in verdicts if v and v.hits), None)

    def _copies(self, filed: Filed) -> tuple[CopyGroup, ...]:
        """The other outlets, by owner: the one that also owns the outlet shown, then who has most of them."""
        lines: dict[str, CopyLine] = {}
        for article in filed.story.articles:
            if article.outlet:
                lines.setdefault(article.outlet, CopyLine(self._name(article.outlet), article.url))
        for article in filed.story.articles:
            for outlet in article.carried_by:
                lines.setdefault(outlet, CopyLine(self._name(outlet)))
        lines.pop(filed.shown.outlet or "", None)
        owners: dict[str, list[CopyLine]] = {}
        for outlet, copy in lines.items():
            owners.setdefault(self._owner(outlet), []).append(copy)
        mine = self._owner(filed.shown.outlet or "")
        groups = [CopyGroup(owner, tuple(copies), owner == mine) for owner, copies in owners.items()]
        return tuple(sorted(groups, key=lambda g: (not g.same_owner, -len(g.copies))))

    def _note(self, filed: Filed) -> str:
        notes = ["now major"] if self._earlier.held_back(filed.story) else []
        mine = (self._judgements[a.id] for a in filed.matched)
        if any(j.recategorised is not None for j in mine):
            notes.append("recategorised")
        return ", ".join(notes)

    def _weight(self, filed: Filed, finding: Finding | None) -> tuple[int, ...]:
        """Smaller is weightier: major, many owners, term high up, wide outlet, recent."""
        outlets = {o for a in filed.story.articles for o in (a.outlet, *a.carried_by) if o}
        owners = len({self._owner(o) for o in outlets})
        major = bool(finding and finding.evidence.get("major"))
        times = [t for t in (filed.shown.published_at, filed.shown.first_seen) if t]
        recent = int(min(times).timestamp()) if times else 0  # nothing is newer than when we saw it
        return (not major, -owners, filed.rank, tier_of(filed.shown, self._sources), -recent)

    def _name(self, outlet: str | None) -> str:
        known = self._sources.outlets.get(outlet or "")
        return line(known.name if known else outlet or "") or "unknown outlet"

    def _owner(self, outlet: str) -> str:
        known = self._sources.outlets.get(outlet)
        return known.owner if known and known.owner else outlet
