"""Verdicts in sentences an editor understands: why an article is in, and why it is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from monitor.core.article import Article
from monitor.core.json import Json
from monitor.core.match import Finding, Hit, Outcome, Reason, Rejected, Rule, Span, Verdict

_HEADS = {Outcome.IN: "In", Outcome.NEAR_MISS: "Near miss", Outcome.OUT: "Out"}


def explain(verdict: Verdict) -> str:
    """The verdict and the rule that decided it, in a sentence or two."""
    return f"{_HEADS[verdict.outcome]}: {_deciding(verdict)}."


def rule_sentences(verdict: Verdict) -> list[str]:
    """A sentence for each rule of the section, in the order they are judged, `+` or `-` before it."""
    return [f"{'+' if f.holds else '-'} {f.rule}: {_SENTENCES[f.rule](f)}" for f in verdict.findings]


def _deciding(verdict: Verdict) -> str:
    if verdict.outcome is Outcome.IN:
        terms = _names(verdict.hits)
        proofs = [_SENTENCES[f.rule](f) for f in verdict.findings if f.rule is not Rule.SOURCE]
        return "; ".join([terms, *proofs]) if terms else "the byline names a journalist of the list"
    for finding in verdict.findings:
        if finding.rule == verdict.decided_by:
            return f"{_names(verdict.hits) or 'no hit is left'}, but {_SENTENCES[finding.rule](finding)}"
    return _rejections(verdict.rejected)


def _names(hits: Iterable[Hit]) -> str:
    """The terms that hit, each once, with how often."""
    counts: dict[str, int] = {}
    for hit in hits:
        counts[hit.term] = counts.get(hit.term, 0) + 1
    return ", ".join(term if n == 1 else f"{term} ({n} times)" for term, n in counts.items())


_REASONS = {
    Reason.GUARD: "needs another word near it",
    Reason.BLOCKER: "is part of a longer name",
    Reason.CASE: "is written with other capitals",
    Reason.NAME: "is somebody else's name",
}


def _rejections(rejected: Iterable[Rejected]) -> str:
    said = {r.hit.term: f"“{r.hit.span.text}” {_REASONS[r.reason]} ({r.detail})" for r in rejected}
    return "; ".join(said.values())


def _source(finding: Finding) -> str:
    outlet = finding.evidence.get("outlet")
    if not finding.holds:
        return f"{outlet} is not among the section's sources"
    if finding.evidence.get("by") == "group":
        return f"{outlet} is in the group {finding.evidence.get('group')}"
    return f"{outlet} is a source of the section"


def _query(finding: Finding) -> str:
    """What the query lacks."""
    found = finding.evidence
    if finding.holds:
        return "as the query asks"
    part, other = found.get("part"), found.get("other")
    match found.get("lacks"):
        case "absence":
            return f"the query excludes {part}"
        case "place" if found.get("words") is None:
            return f"the query needs {part} in the headline or standfirst"
        case "place":
            return f"the query needs {part} among the first {_count(found.get('words'), 'word')}"
        case "times":
            wanted = _count(found.get("times"), "time")
            return f"the query needs {part} at least {wanted}, and it stands {_count(found.get('found'), 'time')}"
        case "nearness":
            return f"the query needs {part} {_reach(found)} {other}, and {_apart(found)}"
        case "distance":
            return f"the query needs {part} without {other} {_without(found)}"
    return f"the query needs {part}"


def _reach(found: Mapping[str, Json]) -> str:
    if found.get("unit") != "words":
        return f"in the same {found.get('unit')} as"
    return f"within {_count(found.get('words'), 'word')} {'before' if found.get('ordered') else 'of'}"


def _without(found: Mapping[str, Json]) -> str:
    if found.get("unit") != "words":
        return f"in the same {found.get('unit')}"
    return f"within {_count(found.get('words'), 'word')} {'after it' if found.get('ordered') else 'of it'}"


def _apart(found: Mapping[str, Json]) -> str:
    distance = found.get("distance")
    if distance is None:
        order = " in this order" if found.get("ordered") else ""
        return f"they stand in no part of the article together{order}"
    between = "word stands" if distance == 1 else "words stand"
    return f"{distance} {between} between the nearest two"


def _context(finding: Finding) -> str:
    found = finding.evidence
    if finding.holds:
        return f"in connection with “{found.get('text')}”{_distance(found)}"
    if not found.get("word"):
        return "no context word stands anywhere"
    if found.get("distance") is None:
        return f"the only context words stand in another part (“{found.get('text')}” in the {found.get('field')})"
    return (
        f"the nearest context word “{found.get('text')}” is {found['distance']} words away, "
        f"and the rule says {found.get('scope')}"
    )


def _distance(found: Mapping[str, Json]) -> str:
    match found.get("by"):
        case "self":
            return ", which is part of the term's own name"
        case "headline":
            return f" in the {found.get('field')}"
        case "term in headline":
            return ", the term itself standing in the headline or standfirst"
    if found.get("distance") is None:
        return ""
    return f", {_count(found['distance'], 'word')} away" if found["distance"] else ", right beside it"


def _place(finding: Finding) -> str:
    found = finding.evidence
    if not finding.holds:
        return str(found.get("why", "the place is not proven"))
    if found.get("by") == "outlet":
        return f"in connection with {found.get('area')}: {found.get('outlet')} is an outlet there"
    return f"in connection with “{found.get('text')}”"


def _aboutness(finding: Finding) -> str:
    found = finding.evidence
    parts = f"headline {found.get('headline')}, lead {found.get('lead')}, further hits {found.get('further')}"
    head = "it is the subject" if finding.holds else "it is not the subject"
    return f"{head}: {found.get('points')} points, {found.get('needed')} needed ({parts})"


def _significance(finding: Finding) -> str:
    found = finding.evidence
    head = "a major story" if finding.holds else "not a major story"
    return (
        f"{head}: prominence {found.get('prominence')}, {found.get('prominence_needed')} needed; "
        f"impact {found.get('impact')}, {found.get('impact_needed')} needed "
        f"({_count(found.get('owners'), 'owner')} in 72 h, tier {found.get('tier') or 'unknown'}, "
        f"{_count(found.get('words'), 'word')})"
    )


def _count(number: Json, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


_SENTENCES = {
    Rule.SOURCE: _source,
    Rule.QUERY: _query,
    Rule.CONTEXT: _context,
    Rule.PLACE: _place,
    Rule.ABOUTNESS: _aboutness,
    Rule.SIGNIFICANCE: _significance,
}


def excerpt(article: Article, span: Span, around: int = 60) -> str:
    """A hit in the words around it, between guillemets: `... the new »Universal Credit« rules ...`."""
    text = article.text_of(span.field)
    left = text[max(0, span.start - around) : span.start]
    right = text[span.end : span.end + around]
    left = f"…{left.partition(' ')[2]}" if span.start > around else left
    right = f"{right.rpartition(' ')[0]}…" if span.end + around < len(text) else right
    return " ".join(f"{left}»{span.text}«{right}".split())
