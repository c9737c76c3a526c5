"""Why a story is here, in a sentence: its terms, what they stand in connection with, why it is major."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from monitor.core.article import Field
from monitor.core.digest.content import Mark, Piece
from monitor.core.digest.extract import parts_of
from monitor.core.digest.filing import terms_of
from monitor.core.digest.words import line
from monitor.core.json import Json
from monitor.core.match import Finding, Rule, Verdict

NAMED = 3
"""Terms that are named before the rest are counted."""
LONG = 300
"""Words of a body that speak for impact (the contract, section 8)."""
TIERS: dict[Json, str] = {1: "a UK-wide outlet", 2: "a large outlet"}


def why(verdict: Verdict, significance: Finding | None = None) -> tuple[Piece, ...]:
    """Pieces of `Adult Disability Payment · in connection with Scotland (same sentence) · major: headline`.

    Terms and context words are marked; whatever a finding does not say is left out.
    """
    parts = [_terms(verdict), *_reasons(verdict)]
    if significance is not None and significance.evidence.get("major"):
        parts.append([Piece(_major(verdict, significance.evidence))])
    return tuple(_joined(part for part in parts if part))


def _joined(parts: Iterable[list[Piece]]) -> Iterator[Piece]:
    for number, part in enumerate(parts):
        if number:
            yield Piece(" · ")
        yield from part


def _terms(verdict: Verdict) -> list[Piece]:
    """`Universal Credit, Best Start Foods and 2 more`."""
    terms = [line(term) for term in terms_of(verdict)]
    named, more = terms[:NAMED], len(terms) - NAMED
    pieces: list[Piece] = []
    for number, term in enumerate(named):
        if number:
            last = number == len(named) - 1 and more <= 0
            pieces.append(Piece(" and " if last else ", "))
        pieces.append(Piece(term, Mark.TERM))
    if more > 0:
        pieces.append(Piece(f" and {more} more"))
    return pieces


def _reasons(verdict: Verdict) -> Iterator[list[Piece]]:
    for finding in verdict.findings:
        if not finding.holds:
            continue
        if finding.rule is Rule.CONTEXT:
            yield from (_context(part) for part in parts_of(finding))
        elif finding.rule is Rule.PLACE:
            yield from (_place(part) for part in parts_of(finding))
        elif finding.rule is Rule.ABOUTNESS:
            yield [Piece(_aboutness(finding.evidence))]


def _connection(word: str, how: str) -> list[Piece]:
    pieces = [Piece("in connection with "), Piece(line(word), Mark.CONTEXT)]
    return [*pieces, Piece(f" ({line(how)})")] if how else pieces


def _context(evidence: Mapping[str, Json]) -> list[Piece]:
    word = evidence.get("text") or evidence.get("word")
    return _connection(str(word), _how_near(evidence)) if word else []


def _how_near(evidence: Mapping[str, Json]) -> str:
    by, distance = evidence.get("by"), evidence.get("distance")
    if by == "self":
        return "in the name itself"
    if by == "headline":
        return "in the headline" if evidence.get("field") == Field.HEADLINE else "in the standfirst"
    if by == "term in headline":
        return "the term heads it"
    if evidence.get("scope") in ("sentence", "paragraph"):
        return f"same {evidence['scope']}"
    if isinstance(distance, int):
        return "next to it" if distance == 0 else _count(distance, "word") + " away"
    return ""


def _place(evidence: Mapping[str, Json]) -> list[Piece]:
    name, text = str(evidence.get("place") or ""), str(evidence.get("text") or "")
    name = name.replace("_", " ").title() if name.islower() else name
    if evidence.get("by") == "outlet":
        return _connection(name or str(evidence.get("area") or ""), "the outlet is there")
    if not name:
        return _connection(text, "") if text else []
    return _connection(name, "" if text in ("", name) else f"“{text}”")


def _aboutness(evidence: Mapping[str, Json]) -> str:
    parts = [str(place) for place in ("headline", "lead") if evidence.get(place)]
    if evidence.get("further"):
        parts.append("further mentions" if parts else "mentions")
    return f"its subject ({', '.join(parts)})" if parts else "its subject"


def _major(verdict: Verdict, evidence: Mapping[str, Json]) -> str:
    """`major: headline, 3 owners in 72 h`."""
    prominent = [place for place in ("headline", "lead") if evidence.get(place)][:1]
    parts = prominent or [_count(len(verdict.hits), "mention")]
    owners, tier, words = (evidence.get(key) for key in ("owners", "tier", "words"))
    count = len(owners) if isinstance(owners, list) else owners
    if isinstance(count, int) and count > 1:
        parts.append(f"{count} owners in 72 h")
    if isinstance(tier, int) and tier in TIERS:
        parts.append(TIERS[tier])
    if isinstance(words, int) and words >= LONG and len(parts) == 1:
        parts.append("at length")
    return f"major: {', '.join(parts)}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
