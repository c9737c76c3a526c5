"""All rules of one section, judged on an article, and the verdict with its proof (section 10).

Significance is not here: it is judged on the story, when an edition is made (`core/significance.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.core.match import AliasHit, Finding, Hit, Outcome, Reason, Rule, Standing, Verdict
from monitor.core.matching.aboutness import judge_aboutness
from monitor.core.matching.context import ContextJudge, judge_context, word_phrases
from monitor.core.matching.lexicon import Lexicon, Sought
from monitor.core.matching.phrases import Phrase
from monitor.core.matching.place import PlaceJudges, place_phrases
from monitor.core.matching.query import Asked, QueryJudge, query_phrases, wanted_phrases
from monitor.core.matching.scan import HEADLINE, Scan
from monitor.core.matching.taken_from import judge_source
from monitor.core.matching.terms import TermHits, TermJudge, anchor_phrases, other_phrases
from monitor.core.profile import Profile
from monitor.core.source import Outlet, Sources

_IN = Outcome.IN
BY_ALL = "all"
"""What decides when every rule holds."""
QUERY = -1
"""Stands for the query where terms are numbered."""


def anchors(profile: Profile) -> Iterator[tuple[int, Phrase]]:
    """What must stand somewhere for the section to have anything to say: number of the term, or `QUERY`."""
    for number, term in enumerate(profile.terms):
        yield from ((number, phrase) for phrase in anchor_phrases(term))
    if profile.query:
        yield from ((QUERY, phrase) for phrase in wanted_phrases(profile.query))


def others(profile: Profile) -> Iterator[Phrase]:
    """What else the section asks for, once an anchor stands."""
    for term in profile.terms:
        yield from other_phrases(term)
    if profile.query:
        yield from query_phrases(profile.query)
    for context in profile.context:
        yield from word_phrases(context.any)
    for place in profile.place:
        yield from place_phrases(place.place)


class SectionJudge:
    """The judges of one section's rules."""

    def __init__(self, profile: Profile, shared_blockers: Sought, sources: Sources, lexicon: Lexicon) -> None:
        self._profile = profile
        self._sources = sources
        self._terms = TermJudge(profile.terms, shared_blockers, lexicon)
        self.waiting = any(not alias.approved for term in profile.terms for alias in term.aliases)
        """Whether any of its names waits for approval."""
        self._query = QueryJudge(profile.query, shared_blockers, lexicon) if profile.query else None
        self._context = [ContextJudge(rule, lexicon) for rule in profile.context]
        self._place = (
            lexicon.once(profile.place, lambda: PlaceJudges(profile.place, lexicon)) if profile.place else None
        )
        self._by_outlet: dict[str, Finding] = {}

    def judge(self, scan: Scan, outlet: Outlet | None, asked: Sequence[int], *, by_source: bool) -> Verdict | None:
        """The section's verdict; None when none of its terms stands anywhere.

        `asked`: the numbers of the terms of which an anchor was seen, in order; `QUERY` is the first.
        """
        hits, query = self._terms.judge(scan, _terms(asked)), None
        if self._query and asked[0] == QUERY:
            query = self._query.judge(scan)
            if query and hits.direct and not query.holds:
                query = None  # the terms bring it in without the query
            hits = query.added_to(hits) if query else hits
        if not (hits.direct or hits.rejected):
            return None
        findings = self._findings(hits, query, scan, outlet, by_source=by_source)
        outcome, decided_by = _decide(hits, findings)
        return Verdict(
            self._profile.section,
            outcome,
            decided_by,
            tuple(findings),
            hits.to_hits(scan),
            hits.to_rejected(scan),
            _standing(hits, scan),
        )

    def aliases(self, scan: Scan, asked: Sequence[int]) -> Iterator[AliasHit]:
        """Where names stand that nobody has approved."""
        for sought, alias, found in self._terms.aliases(scan, _terms(asked)):
            yield AliasHit(self._profile.section, alias, Hit(sought.term.name, scan.span(found)))

    def _findings(
        self, hits: TermHits, query: Asked | None, scan: Scan, outlet: Outlet | None, *, by_source: bool
    ) -> list[Finding]:
        """What each rule of the section found, in the order they are judged."""
        found: list[Finding] = []
        if by_source and outlet:
            found.append(self._source(outlet))
        if query and hits.direct:
            found.append(query.to_finding())
            if not query.holds:
                return found  # what stands is no hit, so there is nothing to judge
        if self._context:
            found.append(judge_context(self._context, hits.all, scan))
        if self._place:
            found.append(self._place.judge(scan, outlet))
        if self._profile.aboutness:
            found.append(judge_aboutness(self._profile.aboutness, hits.all, scan))
        return found

    def _source(self, outlet: Outlet) -> Finding:
        """Whether the section takes the outlet's articles: asked once of each."""
        if outlet.id not in self._by_outlet:
            self._by_outlet[outlet.id] = judge_source(self._profile.sources, outlet, self._sources)
        return self._by_outlet[outlet.id]


def _terms(asked: Sequence[int]) -> Sequence[int]:
    """The terms of what is asked for."""
    return asked[1:] if asked[0] == QUERY else asked


def _decide(hits: TermHits, findings: Sequence[Finding]) -> tuple[Outcome, str]:
    """The verdict and the rule that failed first: source, the terms themselves, context, place, aboutness."""
    failed = [f.rule for f in findings if not f.holds]
    if hits.direct and not failed:
        return _IN, BY_ALL
    if Rule.SOURCE in failed:
        return Outcome.OUT, Rule.SOURCE
    if not hits.direct or (Rule.QUERY in failed and _guarded(hits)):
        reasons = [reason for _, _, reason, _ in hits.rejected]
        if Reason.GUARD in reasons:
            return Outcome.NEAR_MISS, Reason.GUARD
        return Outcome.OUT, reasons[0]
    near = failed[0] in (Rule.CONTEXT, Rule.PLACE) or any(f.evidence.get("nearly") for f in findings)
    return Outcome.NEAR_MISS if near else Outcome.OUT, failed[0]


def _guarded(hits: TermHits) -> bool:
    """Whether a term was near to being a hit: that tells more than what a query lacks."""
    return any(reason is Reason.GUARD for _, _, reason, _ in hits.rejected)


def _standing(hits: TermHits, scan: Scan) -> Standing:
    """Where the hits in their own right stand; they are in reading order, so the first ones tell."""
    headline = lead = False
    for _, found in hits.direct:
        if found.field is HEADLINE:
            headline = True
        else:
            lead = scan.in_lead(found)
            break
    return Standing(headline, lead, len(hits.direct) + len(hits.derived))
