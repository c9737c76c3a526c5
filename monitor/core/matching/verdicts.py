"""The verdicts of a sitting, with their proof (section 10).

Significance is not here: it is judged on the story, when an edition is made (`core/significance.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TypeAlias

from monitor.core.json import Json
from monitor.core.match import Finding, Rule, Standing, Verdict
from monitor.core.matching.aboutness import judge_aboutness
from monitor.core.matching.columns.context import FAR, ContextRules
from monitor.core.matching.found import FIELDS
from monitor.core.matching.section import SectionJudge, decide
from monitor.core.matching.sitting import Sitting
from monitor.core.matching.tables import column
from monitor.core.matching.terms import Reject
from monitor.core.source import Outlet

BySource: TypeAlias = Callable[[int, int], bool]
"""Whether the source rule counts, for the number of an article and a seat."""
_CONTEXT = Rule.CONTEXT
_FIELDS = {field: str(field) for field in FIELDS}
_BY = ("within", "self", "headline", "term in headline")
"""How a word makes a rule hold, in the order of `columns.context.By`."""


class Verdicts:
    """Makes the verdicts of a sitting: one for each section of which a term stands in an article."""

    def __init__(
        self, sitting: Sitting, rules: ContextRules, outlets: Sequence[Outlet | None], by_source: BySource
    ) -> None:
        """`outlets`: of each article of the sitting."""
        self._sitting, self._outlets, self._by_source = sitting, outlets, by_source
        self._hits, self._begins = sitting.hits()
        self._headlines, self._leads, self._direct = sitting.standing(derived=False)
        self._cases = [case for case in range(len(sitting.articles)) if self._count(case) or self._rejected(case)]
        judged = [case for case in self._cases if not self._query_fails(case)]
        self._contexts = _contexts(sitting, rules, judged)

    def made(self) -> Iterator[tuple[int, Verdict]]:
        """Case and verdict, in the order of cases."""
        judges, weighed, begins, hits = self._sitting.judges, self._sitting.weighed, self._begins, self._hits
        for case in self._cases:
            rejected = self._rejected(case) if case in weighed else ()
            findings = self._findings(case, judges[case])
            outcome, decided_by = decide(self._direct[case] > 0, rejected, findings)
            begin, end = begins[case], begins[case + 1]
            verdict = Verdict(
                judges[case].profile.section,
                outcome,
                decided_by,
                tuple(findings),
                tuple(hits[begin:end]),
                self._sitting.rejected(case) if rejected else (),
                Standing(self._headlines[case], self._leads[case], end - begin),
            )
            yield case, verdict

    def _findings(self, case: int, judge: SectionJudge) -> list[Finding]:
        """What each rule of the section found, in the order they are judged."""
        sitting = self._sitting
        article = sitting.articles[case]
        outlet = self._outlets[article]
        found: list[Finding] = []
        if outlet and self._by_source(article, sitting.seats[case]):
            found.append(judge.source(outlet))
        if case in sitting.weighed and self._direct[case] and (query := sitting.weighed[case][1]):
            found.append(query.to_finding())
            if not query.holds:
                return found  # what stands is no hit, so there is nothing to judge
        if judge.context:
            found.append(self._contexts[case])
        if judge.place:
            found.append(judge.place.judge(sitting.scan(article), outlet))
        if judge.profile.aboutness:
            headlines, leads, counts, body_words = self._all_hits
            headline, lead = headlines[case], leads[case]
            about = judge.profile.aboutness
            found.append(judge_aboutness(about, counts[case], body_words[case], headline=headline, lead=lead))
        return found

    @cached_property
    def _all_hits(self) -> tuple[list[bool], list[bool], list[int], list[int]]:
        return *self._sitting.standing(derived=True), self._sitting.body_words()

    def _count(self, case: int) -> int:
        return self._begins[case + 1] - self._begins[case]

    def _rejected(self, case: int) -> Sequence[Reject]:
        weighed = self._sitting.weighed.get(case)
        return weighed[0].rejected if weighed else ()

    def _query_fails(self, case: int) -> bool:
        weighed = self._sitting.weighed.get(case)
        return bool(weighed and weighed[1] and self._direct[case] and not weighed[1].holds)


def _contexts(sitting: Sitting, rules: ContextRules, cases: Sequence[int]) -> dict[int, Finding]:
    """What the OICW rules of each case found, of cases that have any: all must hold.

    The evidence is that of the first rule that fails, else of the first; `all` has each when there are several.
    """
    findings: dict[int, Finding] = {}
    several: dict[int, list[Finding]] = {}
    for case, found in _judged(sitting, rules, cases):
        if case in findings:
            several.setdefault(case, [findings[case]]).append(found)
        else:
            findings[case] = found
    for case, judged in several.items():
        decides = next((one for one in judged if not one.holds), judged[0])
        evidence = {**decides.evidence, "all": [one.to_json() for one in judged]}
        findings[case] = Finding(_CONTEXT, decides.holds, evidence)
    return findings


def _judged(sitting: Sitting, rules: ContextRules, cases: Sequence[int]) -> Iterator[tuple[int, Finding]]:
    """Case, and whether a rule of it holds with the nearest context word that makes it, or that came nearest."""
    tasks, nearest, spans = sitting.context(column(cases))
    at = iter(spans)
    columns = (tasks.cases, tasks.rules, nearest.holds, nearest.names, nearest.distances, nearest.by)
    for case, rule, holds, name, distance, by in zip(*(c.tolist() for c in columns), strict=True):
        evidence: dict[str, Json] = {"scope": rules.scopes[rule], "word": None, "distance": None}
        if name >= 0:
            span = next(at)
            evidence = {
                "scope": rules.scopes[rule],
                "word": rules.lists.names[name],
                "distance": None if distance == FAR else distance,
                "field": _FIELDS[span.field],
                "start": span.start,
                "end": span.end,
                "text": span.text,
            }
            if holds:
                evidence["by"] = _BY[by]
        yield case, Finding(_CONTEXT, holds, evidence)
