"""A verdict in a sentence: the terms, and the rule that decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from monitor.core.explanation.areas import with_groups
from monitor.core.explanation.rules import clause
from monitor.core.explanation.words import NOBODY, counted, listed
from monitor.core.match import Finding, Hit, Outcome, Reason, Rejected, Rule, Verdict
from monitor.core.profile import Profile
from monitor.core.source import Sources

HEADS = {Outcome.IN: "In", Outcome.NEAR_MISS: "Near miss", Outcome.OUT: "Out"}
MOST_NAMED = 8
"""Words of a guard that a sentence names before it counts the rest."""
_NOTHING: Mapping[str, str] = {}


def explain(verdict: Verdict, sources: Sources = NOBODY, profile: Profile | None = None) -> str:
    """The verdict and the rule that decided it, in a sentence; `sources` give outlets and groups their names.

    With the section's profile it says of which group an outlet is that is not from the group's area.
    """
    return f"{HEADS[verdict.outcome]}: {reason(with_groups(verdict, profile, sources), sources)}."


def reason(verdict: Verdict, sources: Sources = NOBODY, guards: Mapping[str, str] = _NOTHING) -> str:
    """The same without its head and full stop; `guards`: how near the guard of a term came, by its name."""
    if verdict.outcome is Outcome.IN:
        return _in(verdict, sources)
    for finding in verdict.findings:
        if finding.rule == verdict.decided_by:
            terms = f"it names {names(verdict.hits)}" if verdict.hits else "no hit is left"
            return f"{terms}, but {clause(finding, sources)}"
    said = {r.hit.term: rejection(r, guards.get(r.hit.term, "")) for r in verdict.rejected}
    return "; ".join(said.values())


def told_in(verdict: Verdict) -> set[Rule]:
    """The rules that the sentence of a verdict speaks of."""
    if verdict.outcome is Outcome.IN:
        return {f.rule for f in verdict.findings} - {Rule.SOURCE}
    return {f.rule for f in verdict.findings if f.rule == verdict.decided_by}


def rule_sentences(verdict: Verdict, sources: Sources = NOBODY) -> list[str]:
    """A clause for each rule of the section, in the order they are judged, `+` or `-` before it."""
    return [f"{'+' if f.holds else '-'} {f.rule}: {clause(f, sources)}" for f in verdict.findings]


def names(hits: Iterable[Hit]) -> str:
    """The terms that hit, each once, with how often: `Adult Disability Payment (3 times, 2 of them as ADP)`."""
    by_term: dict[str, list[Hit]] = {}
    for hit in hits:
        by_term.setdefault(hit.term, []).append(hit)
    return listed([_often(term, of) for term, of in by_term.items()])


def _often(term: str, hits: list[Hit]) -> str:
    derived = [hit for hit in hits if hit.derived]
    if not derived:
        return term if len(hits) == 1 else f"{term} ({len(hits)} times)"
    forms = listed(list(dict.fromkeys(hit.span.text for hit in derived)))
    return f"{term} ({counted(len(hits), 'time')}, {len(derived)} of them as {forms})"


def _in(verdict: Verdict, sources: Sources) -> str:
    if not verdict.hits:
        return "the byline names a journalist of the list"
    proofs = [f for f in verdict.findings if f.rule is not Rule.SOURCE]
    return "".join([f"it names {names(verdict.hits)}", *(_joined(f, sources) for f in proofs)])


def _joined(finding: Finding, sources: Sources) -> str:
    joint = ";" if finding.rule in (Rule.ABOUTNESS, Rule.SIGNIFICANCE) else ","
    return f"{joint} {clause(finding, sources)}"


# --------------------------------------------------------------- places that are no hit


def rejection(rejected: Rejected, nearest: str = "") -> str:
    """Why a place where a term stands is no hit; `nearest` says how near its guard came."""
    said, detail = f"“{rejected.hit.span.text}”", rejected.detail
    match rejected.reason:
        case Reason.GUARD:
            return f"{said} counts only {_guard(detail)}{f', and {nearest}' if nearest else ''}"
        case Reason.BLOCKER:
            return f"{said} is part of the longer name “{detail}”"
        case Reason.CASE:
            return f"{said} is written with other capitals: {_CAPITALS.get(detail.rpartition(' ')[2], detail)}"
        case Reason.NAME:
            return f"{said} is somebody else's name: {detail}"


_CAPITALS = {
    "capitalised": "each of its words must begin with one",
    "lower": "it must be in small letters",
    "exact": "they must be as the profile writes them",
}


def _guard(detail: str) -> str:
    """`none of a, b within 30 words` as what is wanted."""
    words, _, scope = detail.removeprefix("none of ").rpartition(" within ")
    named = listed(words.split(", "), "or", MOST_NAMED)
    return f"with {named} {f'within {scope}' if scope[:1].isdigit() else f'in the same {scope}'}"
