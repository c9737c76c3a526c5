"""Sections 9 and 10: what each section says of an article, and where the article is filed."""

from __future__ import annotations

import re

from monitor.core.agreement import Agreement
from monitor.core.article import Article, Field
from monitor.core.match import UNASSIGNED, Reason
from monitor.core.profile import Profile
from monitor.core.source import Sources
from oracle.phrases import Texts
from oracle.rules import Finding, aboutness_finding, context_finding, in_lead, place_finding, source_finding
from oracle.terms import TITLES, Found, found_terms
from oracle.text import fields, read

RULES = ("source", "context", "place", "aboutness")
MISSES = ("context", "place", "guard")
"""What fails into a near miss (section 4); everything else that fails is out."""


def judge(article: Article, agreement: Agreement, sources: Sources) -> dict:
    """Section 10: what every section of an agreement says of an article, significance left for its story."""
    texts = fields(article)
    section, journalist = key_journalist(article, agreement) or (None, None)
    verdicts = []
    for profile in agreement.profiles:
        if profile.section == section:
            continue
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
        "sections": verdicts + ([verdict_by_byline(section)] if section else []),
    }


def verdict_by_byline(section: str) -> dict:
    """Section 9: what a key journalist's own section says."""
    standing = {"headline": False, "lead": False, "hits": 0}
    by = {"section": section, "verdict": "in", "decided_by": "byline"}
    return {**by, "rules": {}, "hits": [], "rejected": [], "standing": standing}


def findings(
    texts: Texts, profile: Profile, article: Article, sources: Sources, hits: list[Found], free: bool
) -> dict[str, Finding]:
    """Sections 4 to 7: what each rule of a section says; `free` for a key journalist's article."""
    found: dict[str, list[Finding | None]] = {
        "source": [] if free else [source_finding(profile.sources, article, sources)],
        "context": [context_finding(texts, rule, hits) for rule in profile.context],
        "place": [place_finding(texts, rule, article, sources) for rule in profile.place],
        "aboutness": [aboutness_finding(texts, profile.aboutness, hits)] if profile.aboutness else [],
    }
    return {rule: together for rule, all_ in found.items() if (together := _together(all_))}


def _together(findings: list[Finding | None]) -> Finding | None:
    """Section 4: all rules of a kind must hold; the evidence is of the first that fails, else of the first."""
    found = [f for f in findings if f]
    return next((f for f in found if not f["holds"]), found[0]) if found else None


def verdict(profile: Profile, rules: dict[str, Finding], hits: list[Found], rejected: list[Found]) -> dict:
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


def _decided_by(rules: dict[str, Finding], hits: list[Found], rejected: list[Found]) -> str:
    """Section 10: the rule that failed first; the source before the terms, and these before the other rules."""
    failed = [rule for rule in RULES if rule in rules and not rules[rule]["holds"]]
    if "source" in failed:
        return "source"
    if not hits:
        reasons = [f.reason for f in rejected]
        return str(Reason.GUARD if Reason.GUARD in reasons else reasons[0])
    return failed[0] if failed else "all"


def filed_in(verdicts: list[dict]) -> list[str]:
    """Section 9: by the best hit (headline, lead, body), ties by the agreement's order; the others after it."""
    if not verdicts:
        return []
    best = min(verdicts, key=lambda v: rank(v["standing"]))
    return [best["section"]] + [v["section"] for v in verdicts if v is not best]


def rank(standing: dict) -> int:
    """How high the best hit stands: 0 headline, 1 lead, 2 body."""
    return 0 if standing["headline"] else 1 if standing["lead"] else 2


def key_journalist(article: Article, agreement: Agreement) -> tuple[str, str] | None:
    """Section 9: the section and the journalist of its list whom the byline names."""
    written = [n for line in (article.byline, by_line(article.body)) for n in names_in(line)]
    for profile in agreement.profiles:
        for name in profile.bylines:
            if name_words(name) in written:
                return profile.section, name
    return None


def by_line(body: str) -> str:
    """Section 9: a "By ..." line at the body's head; a longer one is a sentence."""
    line = body.lstrip().split("\n")[0]
    return line if re.match(r"by:?\s", line, re.IGNORECASE) and len(line.split()) <= 12 else ""


def names_in(byline: str) -> list[tuple[str, ...]]:
    """Section 9: split on comma, *and*, &, |."""
    byline = re.sub(r"^\s*by:?\s+", "", byline, flags=re.IGNORECASE)
    return [name_words(part) for part in re.split(r",|\band\b|&|\|", byline, flags=re.IGNORECASE)]


def name_words(name: str) -> tuple[str, ...]:
    """Section 9: the whole name, titles before it dropped."""
    words = [w.folded for w in read(name).words]
    while words and words[0] in TITLES:
        words = words[1:]
    return tuple(words)
