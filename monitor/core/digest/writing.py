"""Writes items: a story as it is shown."""

from __future__ import annotations

import re
from dataclasses import replace

from monitor.core.agreement import Agreement, Digest
from monitor.core.article import Article
from monitor.core.curation import hours
from monitor.core.digest.content import CopyGroup, CopyLine, Development, Item, Piece
from monitor.core.digest.developments import Growth
from monitor.core.digest.extract import extract
from monitor.core.digest.filing import Filed, terms_of, tier_of
from monitor.core.digest.material import Material
from monitor.core.digest.overlay import order_pinned, told_by_editor
from monitor.core.digest.why import why
from monitor.core.digest.words import line, said_from, shortened
from monitor.core.edition import Window
from monitor.core.match import Finding, Verdict
from monitor.core.source import Rights

MOST_OF_A_HEADLINE = 300
"""Characters; a longer one is no headline, and would fill the mail."""


class Writer:
    """Writes the items of one edition."""

    def __init__(self, agreement: Agreement, digest: Digest, window: Window, material: Material) -> None:
        self._agreement = agreement
        self._hours = hours(digest, window.end)
        self._judgements = material.judgements
        self._findings = material.findings
        self._sources = material.sources
        self._earlier = material.earlier
        self._alerted = material.alerted
        self._end = window.end

    def item(self, filed: Filed) -> Item:
        """The story as it is shown in the section it is filed in."""
        article, judgement = filed.shown, self._judgements.get(filed.placed.id)
        proof = judgement.verdict(filed.proved) if judgement else None
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
            why=_why(filed, proof, finding),
            copies=self._copies(filed),
            also=tuple(self._agreement.profile(s).title for s in filed.sections[1:]),
            major=bool(finding and finding.evidence.get("major")),
            evidence=str(judgement.evidence if judgement else article.evidence),
            note=self._note(filed),
            weight=self._weight(filed, finding),
            page=_page(article),
            publishers=self._publishers(filed),
            editors_line=line(filed.said.noted.text) if filed.said.noted else "",
            pinned=filed.said.pinned is not None,
        )

    def development(self, filed: Filed, growth: Growth) -> Item:
        """The story as it is told again: with who has come since, and without its extract."""
        lines = {a.outlet: CopyLine(self._name(a.outlet), a.url) for a in reversed(growth.new)}
        new = tuple(lines[outlet] for outlet in dict.fromkeys(a.outlet for a in growth.new))
        told = Development(growth.sent, growth.before, new)
        return replace(self.item(filed), extract=(), copies=(), development=told)

    def owners(self, article: Article) -> set[str]:
        """Who publishes the article, or is known to carry it."""
        return {self._owner(outlet) for outlet in (article.outlet, *article.carried_by) if outlet}

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
        judgement = self._judgements.get(filed.shown.id)
        verdicts = (judgement.verdict(s) for s in (filed.proved, *judgement.sections)) if judgement else ()
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
        mine = (self._judgements.get(a.id) for a in filed.matched)
        if any(j is not None and j.recategorised is not None for j in mine):
            notes.append("recategorised")
        if told := [at for a in filed.story.articles if (at := self._alerted.get(a.line))]:
            notes.append(f"alerted {said_from(min(told), self._end)}")
        if self._earlier.waited(filed.story):
            notes.append("held over by an editor")
        if self._hours and all(a.when and a.when >= self._hours.closes for a in filed.story.articles):
            notes.append("came in after the editors' hour")
        return ", ".join(notes)

    def _weight(self, filed: Filed, finding: Finding | None) -> tuple[int, ...]:
        """Smaller is weightier: pinned, major, many owners, term high up, wide outlet, recent."""
        major = bool(finding and finding.evidence.get("major"))
        times = [t for t in (filed.shown.published_at, filed.shown.first_seen) if t]
        recent = int(min(times).timestamp()) if times else 0  # nothing is newer than when we saw it
        weight = (not major, -self._publishers(filed), filed.rank, tier_of(filed.shown, self._sources), -recent)
        return (*order_pinned(filed), *weight)

    def _publishers(self, filed: Filed) -> int:
        """Distinct owners that carry the story."""
        return len(set().union(*(self.owners(a) for a in filed.story.articles)))

    def _name(self, outlet: str | None) -> str:
        known = self._sources.outlets.get(outlet or "")
        return line(known.name if known else outlet or "") or "unknown outlet"

    def _owner(self, outlet: str) -> str:
        known = self._sources.outlets.get(outlet)
        return known.owner if known and known.owner else outlet


def _why(filed: Filed, proof: Verdict | None, finding: Finding | None) -> tuple[Piece, ...]:
    """The proof in a line, and the editor's part in it."""
    found, by_editor = why(proof, finding) if proof else (), told_by_editor(filed)
    return (*found, Piece(" · "), *by_editor) if found and by_editor else found + by_editor


def _by(byline: str) -> str:
    """The names without the *By* that leads them."""
    return re.sub(r"^by:?\s+", "", line(byline), flags=re.IGNORECASE)


def _page(article: Article) -> str:
    """Where it stands in print: `page 7, Scottish edition`."""
    place = line(article.filed_under).rpartition(" / ")[2]
    return place if re.match(r"page \S", place) else ""
