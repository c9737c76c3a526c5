"""What an article comes near to: names that do not count by themselves, and how far a guard's words are.

Asked of the matcher itself, by an agreement made up for the question: there is one way to look at a text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.explanation.rules import too_far
from monitor.core.json import Json
from monitor.core.match import Judgement, Reason, Rejected, Rule, Span, Verdict
from monitor.core.matching.matcher import Matcher
from monitor.core.profile import Case, ContextRule, ContextWord, Guard, Kind, Profile, SourceRule, Term
from monitor.core.source import Sources

EVERYWHERE = SourceRule(any_monitored=True)


@dataclass(frozen=True, slots=True)
class Nearby:
    """Something that stands in the article and does not count for a section."""

    kind: str
    """`alias`, `abbreviation` or `surname`."""
    term: str
    """The term it stands for."""
    span: Span
    times: int

    def __str__(self) -> str:
        stands = f"“{self.span.text}” stands in the {self.span.field}"
        stands += f" ({self.times} times in all)" if self.times > 1 else ""
        return f"{stands}: {_WHY[self.kind].format(self.term)}"

    def to_json(self) -> dict[str, Json]:
        """`{"kind", "term", "field", "start", "end", "text", "times"}`."""
        return {"kind": self.kind, "term": self.term, **self.span.to_json(), "times": self.times}


_WHY = {
    "alias": "another name for {}, which counts once somebody approves it",
    "abbreviation": "short for {}, which has to be named in full first",
    "surname": "the surname of {}, who has to be named in full first",
}


def nearby(
    article: Article, judgement: Judgement, agreement: Agreement, sources: Sources
) -> dict[str, tuple[Nearby, ...]]:
    """What stands in the article and does not count, for each section that saw no term, by section."""
    silent = [p for p in agreement.profiles if judgement.verdict(p.section) is None]
    asked = {p.section: dict(_short_forms(p)) for p in silent}
    profiles = tuple(
        Profile(section, section, terms=tuple(forms.values()), sources=EVERYWHERE)
        for section, forms in asked.items()
        if forms
    )
    answer = Matcher(replace(agreement, profiles=profiles), sources).judge(article)
    found: dict[str, list[Nearby]] = {p.section: list(_aliases(judgement, p.section)) for p in silent}
    for verdict in answer.verdicts:
        found[verdict.section] += _standing(verdict, asked[verdict.section])
    return {section: tuple(of) for section, of in found.items() if of}


def _short_forms(profile: Profile) -> Iterator[tuple[tuple[str, str, str], Term]]:
    """Terms to ask for, each under (kind, term it stands for, itself)."""
    for term in profile.terms:
        for short in term.abbreviations:
            yield ("abbreviation", term.name, short), Term(short, Kind.ORGANISATION, case=Case.EXACT)
        if term.kind is Kind.PERSON:
            surname = (term.match or (term.name,))[0].split()[-1]
            yield ("surname", term.name, surname), Term(surname, Kind.PERSON, case=Case.CAPITALISED)


def _standing(verdict: Verdict, asked: dict[tuple[str, str, str], Term]) -> Iterator[Nearby]:
    for kind, term, form in asked:
        spans = [hit.span for hit in verdict.hits if hit.term == form]
        if spans:
            yield Nearby(kind, term, spans[0], len(spans))


def _aliases(judgement: Judgement, section: str) -> Iterator[Nearby]:
    spans: dict[tuple[str, str], list[Span]] = {}
    for alias in judgement.aliases:
        if alias.section == section:
            spans.setdefault((alias.hit.term, alias.alias), []).append(alias.hit.span)
    for (term, _), of in spans.items():
        yield Nearby("alias", term, of[0], len(of))


def guards(article: Article, verdict: Verdict, agreement: Agreement, sources: Sources) -> dict[str, str]:
    """How near the words of a guard came that turned a term down, by the term's name."""
    profile = agreement.profile(verdict.section)
    failed = {r.hit.term for r in verdict.rejected if r.reason is Reason.GUARD}
    asked = tuple(_as_context(t, t.only_with) for t in profile.terms if t.name in failed and t.only_with)
    if not asked:
        return {}
    answer = Matcher(replace(agreement, profiles=asked), sources).judge(article)
    findings = {v.section: v.finding(Rule.CONTEXT) for v in answer.verdicts}
    return {
        term: too_far(f.evidence, "the nearest of these", "none of these")
        for term, f in findings.items()
        if f and not f.holds
    }


def _as_context(term: Term, guard: Guard) -> Profile:
    """The term without its guard, and the guard's words and reach as what it must be in connection with."""
    rule = ContextRule(tuple(ContextWord(word, plural=True) for word in guard.any), guard.within)
    bare = replace(term, only_with=None)
    return Profile(term.name, term.name, terms=(bare,), context=(rule,), sources=EVERYWHERE)


def places_refused(
    article: Article, verdict: Verdict, agreement: Agreement, sources: Sources
) -> tuple[Rejected, ...]:
    """Where words of a place stand that was not proven, each with the reason why it proves nothing."""
    found = verdict.finding(Rule.PLACE)
    if found is None or found.holds:
        return ()
    rules = agreement.profile(verdict.section).place
    lists = [rule.place for rule in rules if rule.place.id == found.evidence.get("place")]
    terms = tuple(
        Term(word, Kind.ORGANISATION, case=Case.CAPITALISED, blockers=place.blockers)
        for place in lists
        for word in (*place.words, *place.places)
    )
    asked = Profile(verdict.section, verdict.section, terms=terms, sources=EVERYWHERE)
    answer = Matcher(replace(agreement, profiles=(asked,), blockers=()), sources).judge(article)
    return tuple(rejected for v in answer.verdicts for rejected in v.rejected)
