"""All rules of all sections, judged on an article, and the verdicts with their proof (section 10).

Significance is not here: it is judged on the story, when an edition is made (`core/significance.py`).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import replace

from monitor.core.agreement import Agreement
from monitor.core.article import Article, Field
from monitor.core.fault import Fault
from monitor.core.match import (
    UNASSIGNED,
    AliasHit,
    Finding,
    Hit,
    Judgement,
    Outcome,
    Reason,
    Rule,
    Standing,
    Verdict,
)
from monitor.core.matching.aboutness import judge_aboutness
from monitor.core.matching.byline import journalist_of
from monitor.core.matching.context import ContextJudge, WordList, judge_context
from monitor.core.matching.phrases import Phrase
from monitor.core.matching.place import PlaceJudge, judge_place
from monitor.core.matching.query import Asked, QueryJudge
from monitor.core.matching.scan import Lexicon, Scan
from monitor.core.matching.taken_from import judge_source
from monitor.core.matching.terms import TermHits, TermJudge, TermKeys
from monitor.core.profile import Profile
from monitor.core.source import Outlet, Sources

SHARED_BLOCKERS: Hashable = "shared blockers"
BY_BYLINE = "byline"
"""What decides for a key journalist's article."""
BY_ALL = "all"
"""What decides when every rule holds."""


class Matcher:
    """Judges articles by all sections of an agreement. Made once; the same article gives the same judgement."""

    def __init__(self, agreement: Agreement, sources: Sources) -> None:
        self._agreement = agreement
        self._sources = sources
        self._sections = tuple(_Section(p, sources) for p in agreement.profiles)
        self._lexicon = Lexicon(self._phrases())

    def judge(self, article: Article) -> Judgement:
        """What every section says of the article, significance apart."""
        outlet = self._sources.outlets.get(article.outlet or "")
        scan = self._lexicon.scan(article)
        key = self._key_journalist(article)
        verdicts = tuple(v for s in self._sections if (v := s.judge(scan, outlet, by_source=key is None)))
        judgement = Judgement(
            article.url,
            primary=None,
            verdicts=verdicts,
            evidence=article.evidence,
            aliases=tuple(a for s in self._sections for a in s.aliases(scan)),
            faults=_unknown_outlets(article, self._sources),
        )
        return _recategorised(judgement, *key) if key else filed(judgement)

    def _phrases(self) -> Iterator[tuple[Hashable, Phrase]]:
        yield from ((SHARED_BLOCKERS, Phrase(b, plural=True)) for b in self._agreement.blockers)
        for section in self._sections:
            yield from section.phrases()

    def _key_journalist(self, article: Article) -> tuple[str, str] | None:
        """The section whose list the byline is on, and the name."""
        for profile in self._agreement.profiles:
            name = journalist_of(article, profile.bylines)
            if name:
                return profile.section, name
        return None


class _Section:
    """The judges of one section's rules."""

    def __init__(self, profile: Profile, sources: Sources) -> None:
        self._profile = profile
        self._sources = sources
        name = profile.section
        self._terms = [TermKeys(t, n, (name, n)) for n, t in enumerate(profile.terms)]
        self._term_judge = TermJudge(self._terms, SHARED_BLOCKERS)
        self._query = QueryJudge(profile.query, name, SHARED_BLOCKERS) if profile.query else None
        self._context = [
            ContextJudge(rule, WordList(rule.any, (name, "context", n))) for n, rule in enumerate(profile.context)
        ]
        self._place = [PlaceJudge(rule, (name, "place", n)) for n, rule in enumerate(profile.place)]

    def phrases(self) -> Iterator[tuple[Hashable, Phrase]]:
        """Everything the section asks for, with its key."""
        for terms in self._terms:
            yield from terms.phrases()
        if self._query:
            yield from self._query.phrases()
        for context in self._context:
            yield from context.words.phrases()
        for place in self._place:
            yield from place.phrases()

    def judge(self, scan: Scan, outlet: Outlet | None, *, by_source: bool) -> Verdict | None:
        """The section's verdict; None when none of its terms stands anywhere."""
        hits = self._term_judge.judge(scan)
        asked = self._query.judge(scan) if self._query else None
        if asked and hits.direct and not asked.holds:
            asked = None  # the terms bring it in without the query
        hits = asked.added_to(hits) if asked else hits
        if not hits.seen:
            return None
        findings = tuple(f for f in self._findings(hits, asked, scan, outlet, by_source=by_source) if f)
        outcome, decided_by = _decide(hits, findings)
        return Verdict(
            self._profile.section,
            outcome,
            decided_by,
            findings,
            hits.to_hits(scan),
            hits.to_rejected(scan),
            _standing(hits, scan),
        )

    def aliases(self, scan: Scan) -> Iterator[AliasHit]:
        """Where names stand that nobody has approved."""
        for keys, alias, found in self._term_judge.aliases(scan):
            yield AliasHit(self._profile.section, alias, Hit(keys.term.name, scan.span(found)))

    def _findings(
        self, hits: TermHits, asked: Asked | None, scan: Scan, outlet: Outlet | None, *, by_source: bool
    ) -> Iterator[Finding | None]:
        """What each rule found, in the order they are judged; None for a rule the section has not."""
        if by_source:
            yield judge_source(self._profile.sources, outlet, self._sources)
        if asked and hits.direct:
            yield asked.to_finding()
            if not asked.holds:
                return  # what stands is no hit, so there is nothing to judge
        yield judge_context(self._context, hits.all, scan)
        yield judge_place(self._place, scan, outlet)
        if self._profile.aboutness:
            yield judge_aboutness(self._profile.aboutness, hits.all, scan)


def _decide(hits: TermHits, findings: tuple[Finding, ...]) -> tuple[Outcome, str]:
    """The verdict and the rule that failed first: source, the terms themselves, context, place, aboutness."""
    failed = [f.rule for f in findings if not f.holds]
    if Rule.SOURCE in failed:
        return Outcome.OUT, Rule.SOURCE
    if not hits.direct or (Rule.QUERY in failed and _guarded(hits)):
        reasons = [reason for _, _, reason, _ in hits.rejected]
        if Reason.GUARD in reasons:
            return Outcome.NEAR_MISS, Reason.GUARD
        return Outcome.OUT, reasons[0]
    if failed:
        near = failed[0] in (Rule.CONTEXT, Rule.PLACE) or any(f.evidence.get("nearly") for f in findings)
        return Outcome.NEAR_MISS if near else Outcome.OUT, failed[0]
    return Outcome.IN, BY_ALL


def _guarded(hits: TermHits) -> bool:
    """Whether a term was near to being a hit: that tells more than what a query lacks."""
    return any(reason is Reason.GUARD for _, _, reason, _ in hits.rejected)


def _standing(hits: TermHits, scan: Scan) -> Standing:
    direct = [found for _, found in hits.direct]
    return Standing(
        headline=any(f.field is Field.HEADLINE for f in direct),
        lead=any(scan.in_lead(f) for f in direct),
        hits=len(hits.all),
    )


def filed(judgement: Judgement) -> Judgement:
    """The same, filed once: where its best hit stands highest, ties by the agreement's order (section 9)."""
    within = [v for v in judgement.verdicts if v.outcome is Outcome.IN and v.decided_by != BY_BYLINE]
    best = min(within, key=lambda v: v.standing.rank, default=None)
    if best is None:
        return replace(judgement, primary=UNASSIGNED if judgement.recategorised else None, also=())
    return replace(judgement, primary=best.section, also=tuple(v.section for v in within if v is not best))


def _recategorised(judgement: Judgement, section: str, name: str) -> Judgement:
    """A key journalist's article, filed where it fits (section 9)."""
    own = Verdict(section, Outcome.IN, BY_BYLINE)
    others = tuple(v for v in judgement.verdicts if v.section != section)
    return filed(replace(judgement, verdicts=(*others, own), recategorised=name))


def _unknown_outlets(article: Article, sources: Sources) -> tuple[Fault, ...]:
    named = [article.outlet] if article.outlet else []
    return tuple(
        Fault(
            article.url or "article",
            f"no outlet {outlet!r} is known",
            "judged without source, area and tier; add it to sources/ or correct the id",
            field="outlet" if outlet == article.outlet else "carried_by",
        )
        for outlet in (*named, *article.carried_by)
        if outlet not in sources.outlets
    )
