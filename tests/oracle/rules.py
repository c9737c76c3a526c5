"""Sections 4 to 7: context, place, sources and aboutness, each with what it rests on."""

from __future__ import annotations

from urllib.parse import urlsplit

from monitor.core.article import Article, Field
from monitor.core.profile import AboutnessRule, Case, ContextRule, ContextWord, PlaceRule, SourceRule
from monitor.core.source import Sources
from oracle.phrases import Place, Texts, standing, where, words_between
from oracle.terms import Found, in_reach, longer

Finding = dict[str, object]
LEAD_WORDS = 75
SHORT_BODY = 200


def source_finding(rule: SourceRule, article: Article, sources: Sources) -> Finding | None:
    """Section 6: articles of its groups, whose area is tested, and of its plus sources; None: outlet unknown."""
    outlet = sources.outlets.get(article.outlet or "")
    if outlet is None:
        return None
    grouped = any(outlet in sources.members(g) for g in rule.groups if g in sources.groups)
    return {"holds": rule.any_monitored or outlet.id in rule.plus or grouped}


def context_words(texts: Texts, word: ContextWord) -> list[Place]:
    """Section 4: where a context word stands, with its own case, plural, other phrases and blockers."""
    own = standing(texts, word.word, word.plural, word.case)
    found = [p for p, is_plural, capitals_right in own if capitals_right or is_plural]
    found += [p for phrase in word.also for p in where(texts, phrase, plural=True)]
    blockers = [b for phrase in word.blockers for b in where(texts, phrase)]
    return [p for p in found if not any(longer(b, p) for b in blockers)]


def context_finding(texts: Texts, rule: ContextRule, hits: list[Found]) -> Finding:
    """Section 4: any one word of the list, in reach of any one hit."""
    words = [p for word in rule.any for p in context_words(texts, word)]
    if not rule.self_context:
        words = [w for w in words if not any(h.place.holds(w) for h in hits)]
    pairs = [(h.place, w) for h in hits for w in words]
    holding = [(h, w) for h, w in pairs if in_reach(rule.within, h, w)]
    distances = [d for h, w in holding or pairs if (d := words_between(h, w)) is not None]
    return {"holds": bool(holding), "distance": min(distances, default=None)}


def place_finding(texts: Texts, rule: PlaceRule, article: Article, sources: Sources) -> Finding:
    """Section 5: a word or place of the list in the content, or the outlet's area."""
    if _place_in_content(texts, rule):
        return {"holds": True, "by": "content"}
    outlet = sources.outlets.get(article.outlet or "")
    wire = any(part in path(article.url) for part in rule.place.wire_paths)
    local = outlet is not None and outlet.area == rule.place.area and not wire and not rule.content_only
    return {"holds": local, "by": "outlet" if local else None}


def _place_in_content(texts: Texts, rule: PlaceRule) -> bool:
    found = [p for w in (*rule.place.words, *rule.place.places) for p in where(texts, w, case=Case.CAPITALISED)]
    blocked = [b for w in rule.place.blockers for b in where(texts, w)]
    return any(not any(longer(b, p) for b in blocked) for p in found)


def path(url: str) -> str:
    """The path of an address, closed by a slash."""
    try:
        return urlsplit(url).path + "/"
    except ValueError:  # no address at all
        return "/"


def in_lead(place: Place) -> bool:
    """Section 1: standfirst and the first 75 words of the body."""
    return place.field is Field.STANDFIRST or (place.field is Field.BODY and place.first < LEAD_WORDS)


def aboutness_finding(texts: Texts, rule: AboutnessRule, hits: list[Found]) -> Finding:
    """Section 7: points for where hits stand and how many there are."""
    headline = any(h.place.field is Field.HEADLINE for h in hits)
    lead = any(in_lead(h.place) for h in hits)
    short = len(texts[Field.BODY].words) < SHORT_BODY
    further = min(30, (len(hits) - headline - lead) * (10 if short else 5))
    points = 50 * headline + 30 * lead + further
    return {
        "holds": points >= rule.points,
        "points": points,
        "headline": 50 * headline,
        "lead": 30 * lead,
        "further": further,
    }
