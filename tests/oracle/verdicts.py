"""Sections 9 and 10: what each section says of an article, and where the article is filed."""

from __future__ import annotations

import re

from monitor.core.agreement import Agreement
from monitor.core.article import Article, Field
from monitor.core.match import UNASSIGNED, Reason
from monitor.core.profile import Profile
from monitor.core.source import Sources
from oracle.rules import aboutness_finding, context_finding, in_lead, place_finding, source_holds
from oracle.terms import TITLES, Found, Texts, found_terms
from oracle.text import fields, read

RULES = ("source", "context", "place", "aboutness")
MISSES = ("context", "place", "guard")
"""What fails into a near miss (section 4); everything else that fails is out."""


def judge(article: Article, agreement: Agreement, sources: Sources) -> dict:
    """Section 10: what every section of an agreement says of an article, significance left for its story."""
    texts = fields(article)
    journalist = key_journalist(article, agreement, sources)
    verdicts = []
    for profile in agreement.profiles:
        hits, rejected = found_terms(texts, profile, agreement.blockers)
        if hits or rejected:
            holds = findings(texts, profile, article, sources, hits, free=journalist is not None)
            verdicts.append(verdict(profile, holds, hits, rejected))
    filed = filed_in([v for v in verdicts if v["verdict"] == "in"])
    return {
        "url": article.url,
        "primary": filed[0] if filed else (UNASSIGNED if journalist else None),
        "also": filed[1:],
        "provisional": article.evidence != "full",
        "evidence": str(article.evidence),
        "recategorised": journalist,
        "sections": verdicts,
    }


def findings(
    texts: Texts, profile: Profile, article: Article, sources: Sources, hits: list[Found], free: bool
) -> dict[str, dict]:
    """Sections 4 to 7: what each rule of a section says; `free` for a key journalist's article."""
    found: dict[str, list[dict]] = {
        "source": [{"holds": source_holds(profile.sources, article, sources)}] if article.outlet and not free else [],
        "context": [context_finding(texts, rule, hits) for rule in profile.context],
        "place": [place_finding(texts, rule, article, sources) for rule in profile.place],
        "aboutness": [aboutness_finding(texts, profile.aboutness, hits)] if profile.aboutness else [],
    }
    return {rule: {**all_[0], "holds": all(f["holds"] for f in all_)} for rule, all_ in found.items() if all_}


def verdict(profile: Profile, rules: dict[str, dict], hits: list[Found], rejected: list[Found]) -> dict:
    """Section 10: in, near miss or out, and the rule that decided."""
    decided_by = _decided_by(rules, hits, rejected)
    outcome = "in" if decided_by == "all" else "near_miss" if decided_by in MISSES else "out"
    own = [h for h in hits if not h.derived]
    return {
        "section": profile.section,
        "verdict": outcome,
        "decided_by": decided_by,
        "rules": rules,
        "hits": [h.to_json() for h in hits],
        "rejected": [r.to_json() for r in rejected],
        "standing": {
            "headline": any(h.place.field is Field.HEADLINE for h in own),
            "lead": any(in_lead(h.place) for h in own),
            "hits": len(hits),
        },
    }


def _decided_by(rules: dict[str, dict], hits: list[Found], rejected: list[Found]) -> str:
    if not hits:
        return next(str(r) for r in Reason if any(f.reason is r for f in rejected))
    return next((r for r in RULES if r in rules and not rules[r]["holds"]), "all")


def filed_in(verdicts: list[dict]) -> list[str]:
    """Section 9: by the best hit (headline, lead, body), ties by the agreement's order; the others after it."""
    if not verdicts:
        return []
    best = min(verdicts, key=lambda v: rank(v["standing"]))
    return [best["section"]] + [v["section"] for v in verdicts if v is not best]


def rank(standing: dict) -> int:
    """How high the best hit stands: 0 headline, 1 lead, 2 body."""
    return 0 if standing["headline"] else 1 if standing["lead"] else 2


def key_journalist(article: Article, agreement: Agreement, sources: Sources) -> str | None:
    """Section 9: the journalist of a list whom the byline names."""
    names = [n for p in agreement.profiles if source_holds(p.sources, article, sources) for n in p.bylines]
    written = bylines(article.byline)
    return next((n for n in names if name_words(n) in written), None)


def bylines(byline: str) -> list[tuple[str, ...]]:
    """Section 9: "By ..." split on comma, *and*, &, |."""
    byline = re.sub(r"^\s*by\s+", "", byline, flags=re.IGNORECASE)
    return [name_words(part) for part in re.split(r",|\band\b|&|\|", byline, flags=re.IGNORECASE)]


def name_words(name: str) -> tuple[str, ...]:
    """A name's words, titles dropped."""
    words = [w.folded for w in read(name).words]
    titles = {t.casefold() for t in TITLES}
    while words and words[0] in titles:
        words = words[1:]
    return tuple(words)
