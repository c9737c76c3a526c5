"""A clause for each rule of a section: what it found, and by how much it fell short."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from monitor.core.digest.extract import parts_of
from monitor.core.explanation.areas import not_of_area
from monitor.core.explanation.words import counted, group_name, listed, outlet_name
from monitor.core.json import Json
from monitor.core.match import Finding, Rule
from monitor.core.profile import Scope, ScopeUnit
from monitor.core.source import Sources

Found = Mapping[str, Json]


def clause(finding: Finding, sources: Sources) -> str:
    """What the rule found, to stand in a sentence after *but* when it failed."""
    return _CLAUSES[finding.rule](finding, sources)


# --------------------------------------------------------------- sources


def _source(finding: Finding, sources: Sources) -> str:
    found = finding.evidence
    outlet = outlet_name(found.get("outlet"), sources)
    if not finding.holds:
        groups = found.get("groups")
        if isinstance(groups, list) and groups:
            return not_of_area(found.get("outlet"), groups, sources)
        return f"{outlet} is not among the section's sources"
    if found.get("by") == "group":
        return f"{outlet} is in the group {group_name(found.get('group'), sources)}"
    return f"{outlet} is one of the section's sources"


# --------------------------------------------------------------- query


def _query(finding: Finding, _sources: Sources) -> str:
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
            return f"the query needs {part} among the first {counted(found.get('words'), 'word')}"
        case "times":
            wanted = counted(found.get("times"), "time")
            return f"the query needs {part} at least {wanted}, and it stands {counted(found.get('found'), 'time')}"
        case "nearness":
            return f"the query needs {part} {_reach(found)} {other}, and {_apart(found)}"
        case "distance":
            return f"the query needs {part} without {other} {_without(found)}"
    return f"the query needs {part}"


def _reach(found: Found) -> str:
    if found.get("unit") != "words":
        return f"in the same {found.get('unit')} as"
    return f"within {counted(found.get('words'), 'word')} {'before' if found.get('ordered') else 'of'}"


def _without(found: Found) -> str:
    if found.get("unit") != "words":
        return f"in the same {found.get('unit')}"
    return f"within {counted(found.get('words'), 'word')} {'after it' if found.get('ordered') else 'of it'}"


def _apart(found: Found) -> str:
    distance = found.get("distance")
    if distance is None:
        order = " in this order" if found.get("ordered") else ""
        return f"they stand in no part of the article together{order}"
    between = "word stands" if distance == 1 else "words stand"
    return f"{distance} {between} between the nearest two"


# --------------------------------------------------------------- context


def _context(finding: Finding, _sources: Sources) -> str:
    if not finding.holds:
        return too_far(finding.evidence)
    return " and ".join(_connection(part) for part in parts_of(finding))


def _connection(found: Found) -> str:
    return f"in connection with “{found.get('text')}”{_how_near(found)}"


def _how_near(found: Found) -> str:
    match found.get("by"):
        case "self":
            return ", which is part of its own name"
        case "headline":
            return f" in the {found.get('field')}"
        case "term in headline":
            return ", since the term itself stands in the headline or standfirst"
    if found.get("distance") is None:
        return ""
    return f", {counted(found['distance'], 'word')} away" if found["distance"] else ", right beside it"


def too_far(found: Found, nearest: str = "the nearest context word", none: str = "no context word") -> str:
    """How far the nearest word is from where it should be; `found` is the evidence of a context rule."""
    if not found.get("word"):
        return f"{none} stands anywhere in the article"
    word = f"{nearest}, “{found.get('text')}”,"
    scope, distance = Scope.parse(str(found.get("scope"))), found.get("distance")
    if scope.unit is ScopeUnit.HEADLINE:
        return f"{word} stands in the {found.get('field')}, and the rule wants one in the headline or standfirst"
    if not isinstance(distance, int):
        wanted = f"within {counted(scope.words, 'word')}" if scope.words else f"in the same {scope.unit}"
        return f"{word} stands in another part, the {found.get('field')}, and the rule wants it {wanted}"
    away = f"{word} is {counted(distance, 'word')} away"
    if scope.unit in (ScopeUnit.SENTENCE, ScopeUnit.PARAGRAPH):
        return f"{away}, in another {scope.unit}"
    more = f"{away}, {distance - scope.words} more than the {scope.words} allowed"
    neither = ", and neither of the two is in the headline or standfirst"
    return more + (neither if scope.unit is ScopeUnit.WORDS_OR_HEADLINE else "")


# --------------------------------------------------------------- place


def _place(finding: Finding, sources: Sources) -> str:
    found = finding.evidence
    place = str(found.get("place") or found.get("area") or "the place").replace("_", " ").title()
    outlet = outlet_name(found.get("outlet"), sources)
    if not finding.holds:
        why = str(found.get("why") or "nothing in the article proves it").replace("the outlet's", f"{outlet}'s")
        return f"it is not tied to {place}: {why}"
    if found.get("by") == "outlet":
        return f"in connection with {place} ({outlet} is an outlet there)"
    return f"in connection with {place} (the text names “{found.get('text')}”)"


# --------------------------------------------------------------- points


def _aboutness(finding: Finding, _sources: Sources) -> str:
    found = finding.evidence
    parts = listed([*_about_part(found, "headline"), *_about_part(found, "lead"), *_further(found)])
    if finding.holds:
        return f"the article is about it: {_of_needed(found, 'points')} ({parts})"
    return f"the article is not about it: {_of_needed(found, 'points')}, {_short(found, 'points')} ({parts})"


def _about_part(found: Found, place: str) -> list[str]:
    points = found.get(place)
    return [f"{points} for the {place}" if points else f"none for the {place}"]


def _further(found: Found) -> list[str]:
    points = found.get("further")
    return [f"{points} for further mentions" if points else "none for further mentions"]


def _of_needed(found: Found, what: str) -> str:
    needed = found.get("needed", found.get(f"{what}_needed"))
    return f"{counted(found.get(what), 'point')}, {needed} needed"


def _short(found: Found, what: str) -> str:
    needed, points = found.get("needed", found.get(f"{what}_needed")), found.get(what)
    return f"{needed - points} short" if isinstance(needed, int) and isinstance(points, int) else "short"


def _significance(finding: Finding, _sources: Sources) -> str:
    found = finding.evidence
    prominence = f"prominence {_of_needed(found, 'prominence')}"
    impact = f"impact {_of_needed(found, 'impact')}"
    if finding.holds:
        return f"a major story: {prominence} ({_prominent(found)}); {impact} ({_impact(found)})"
    if _lacks(found, "prominence"):
        prominence += f", {_short(found, 'prominence')}"
    if _lacks(found, "impact"):
        impact += f", {_short(found, 'impact')}"
    return f"it is not a major story: {prominence} ({_prominent(found)}); {impact} ({_impact(found)})"


def _lacks(found: Found, what: str) -> bool:
    points, needed = found.get(what), found.get(f"{what}_needed")
    return isinstance(points, int) and isinstance(needed, int) and points < needed


def _prominent(found: Found) -> str:
    """`2 for the headline, none for the lead, 1 for 3 hits`."""
    if found.get("minor"):
        return "a letter, listing or sports report counts only with the term in its headline"
    points = _points(found, "prominence_points")
    hits = counted(found.get("hits"), "hit")
    return listed(
        [
            f"{_some(points.get('headline'))} for the headline",
            f"{_some(points.get('lead'))} for the lead",
            f"{_some(points.get('hits'))} for {hits}",
        ]
    )


def _impact(found: Found) -> str:
    """`1 for 2 owners in 72 hours, 2 for a tier 1 outlet, none for 120 words`."""
    points = _points(found, "impact_points")
    owners = f"{counted(found.get('owners'), 'owner')} in 72 hours"
    tier = f"a tier {found['tier']} outlet" if found.get("tier") else "an outlet of no known tier"
    return listed(
        [
            f"{_some(points.get('owners'))} for {owners}",
            f"{_some(points.get('tier'))} for {tier}",
            f"{_some(points.get('length'))} for {counted(found.get('words'), 'word')}",
        ]
    )


def _points(found: Found, key: str) -> Found:
    points = found.get(key)
    return points if isinstance(points, dict) else {}


def _some(points: Json) -> str:
    return str(points) if points else "none"


_CLAUSES: Mapping[Rule, Callable[[Finding, Sources], str]] = {
    Rule.SOURCE: _source,
    Rule.QUERY: _query,
    Rule.CONTEXT: _context,
    Rule.PLACE: _place,
    Rule.ABOUTNESS: _aboutness,
    Rule.SIGNIFICANCE: _significance,
}
