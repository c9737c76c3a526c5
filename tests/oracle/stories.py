"""Section 8, and of section 9 what concerns stories: Major Significant Stories ONLY."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.profile import Profile
from monitor.core.source import Outlet, Sources
from monitor.core.story import Story
from oracle.rules import path
from oracle.text import read
from oracle.verdicts import filed_in, judge

WITHIN = timedelta(hours=72)
LONG_BODY = 300


def judge_together(
    articles: Iterable[Article], agreement: Agreement, sources: Sources, stories: Iterable[Story]
) -> dict[str, dict]:
    """What `judge` says of each article (by id), the significance of its story included."""
    judged = {a.id: judge(a, agreement, sources) for a in articles}
    for story in stories:
        for profile in agreement.profiles:
            if profile.significance:
                finding = significance_finding(story, profile, agreement, sources, judged)
                for article in story.articles:
                    _add(judged[article.id], profile.section, finding)
    for article in judged.values():
        _file(article)
    return judged


def significance_finding(
    story: Story, profile: Profile, agreement: Agreement, sources: Sources, judged: dict[str, dict]
) -> dict:
    """Section 8: prominence, of the article that has most, and impact of a story for a section."""
    assert profile.significance
    seen = [(a, v) for a in story.articles for v in judged[a.id]["sections"] if v["section"] == profile.section]
    within = [(a, v) for a, v in seen if v["verdict"] == "in"] or seen
    counted = [v["standing"] for a, v in within if v["standing"]["headline"] or not is_minor(a, agreement)]
    prominence = max((prominence_of(s) for s in counted), default=0)
    impact = impact_of(story, sources)
    major = prominence >= profile.significance.prominence and impact >= profile.significance.impact
    return {"holds": major, "prominence": prominence, "impact": impact}


def prominence_of(standing: dict) -> int:
    """Section 8: term in headline 2, in lead 1, three hits or more 1."""
    return 2 * standing["headline"] + standing["lead"] + (standing["hits"] >= 3)


def impact_of(story: Story, sources: Sources) -> int:
    """Section 8: distinct owners within 72 h, outlet tier, length of body."""
    owners = max(len(owners_since(first, story, sources)) for first in story.articles)
    tiers = [o.tier for a in story.articles for o in outlets_of(a, sources)]
    by_owners = 3 if owners >= 5 else 2 if owners >= 3 else 1 if owners == 2 else 0
    by_tier = 2 if 1 in tiers else 1 if 2 in tiers else 0
    long = any(len(read(a.body).words) >= LONG_BODY for a in story.articles)
    return by_owners + by_tier + long


def owners_since(first: Article, story: Story, sources: Sources) -> set[str]:
    """Section 8: who carried the story in the 72 hours from an article on; one without a time is near all."""
    within = [
        a
        for a in story.articles
        if a.when is None or first.when is None or timedelta(0) <= a.when - first.when < WITHIN
    ]
    return {o.owner for a in within for o in outlets_of(a, sources)}


def outlets_of(article: Article, sources: Sources) -> list[Outlet]:
    """Who carries an article, as far as known."""
    return [sources.outlets[i] for i in (article.outlet, *article.carried_by) if i in sources.outlets]


def is_minor(article: Article, agreement: Agreement) -> bool:
    """Section 8: letters, listings, sport ... count only with the term in the headline."""
    headline = article.headline.casefold()
    return any(p in path(article.url).lower() for p in agreement.minor.paths) or any(
        headline.startswith(h.casefold()) for h in agreement.minor.headlines
    )


def _add(judgement: dict, section: str, finding: dict) -> None:
    for verdict in judgement["sections"]:
        if verdict["section"] == section and judgement["recategorised"] is None:
            verdict["rules"]["significance"] = finding
            if verdict["verdict"] == "in" and not finding["holds"]:
                verdict["verdict"], verdict["decided_by"] = "out", "significance"


def _file(judgement: dict) -> None:
    """Section 9, once more: significance may have taken sections away."""
    if judgement["recategorised"] is None:
        filed = filed_in([v for v in judgement["sections"] if v["verdict"] == "in"])
        judgement["primary"], judgement["also"] = filed[0] if filed else None, filed[1:]
