"""Section 8, and of section 9 what concerns stories: Major Significant Stories ONLY."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.match import UNASSIGNED
from monitor.core.profile import Profile
from monitor.core.source import Sources
from monitor.core.story import Story
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


def significance_finding(story: Story, profile: Profile, agreement: Agreement, sources: Sources, judged: dict) -> dict:
    """Section 8: prominence and impact of a story for a section."""
    standings = [
        (a, v["standing"])
        for a in story.articles
        for v in judged[a.id]["sections"]
        if v["section"] == profile.section and v["hits"]
    ]
    counted = [s for a, s in standings if s["headline"] or not is_minor(a, agreement)]
    prominence = max((prominence_of(s) for s in counted), default=0)
    impact = impact_of(story, sources)
    rule = profile.significance
    holds = bool(counted) and prominence >= rule.prominence and impact >= rule.impact
    return {"holds": holds, "prominence": prominence, "impact": impact}


def prominence_of(standing: dict) -> int:
    """Section 8: term in headline 2, in lead 1, three hits or more 1."""
    return 2 * standing["headline"] + standing["lead"] + (standing["hits"] >= 3)


def impact_of(story: Story, sources: Sources) -> int:
    """Section 8: distinct owners within 72 h, outlet tier, length of body."""
    outlets = [sources.outlets[o] for o in _carriers(story) if o in sources.outlets]
    owners = len({o.owner for o in outlets})
    by_owners = 3 if owners >= 5 else 2 if owners >= 3 else 1 if owners == 2 else 0
    by_tier = {1: 2, 2: 1}.get(min((o.tier for o in outlets), default=3), 0)
    long = any(len(read(a.body).words) >= LONG_BODY for a in story.articles)
    return by_owners + by_tier + long


def _carriers(story: Story) -> set[str]:
    """Outlets carrying the story within 72 hours of its first article."""
    times = [a.when for a in story.articles if a.when]
    first = min(times, default=None)
    carriers: set[str] = set()
    for a in story.articles:
        if first is None or a.when is None or a.when - first <= WITHIN:
            carriers |= {o for o in (a.outlet, *a.carried_by) if o}
    return carriers


def is_minor(article: Article, agreement: Agreement) -> bool:
    """Section 8: letters, listings, sport ... count only with the term in the headline."""
    headline = article.headline.strip().casefold()
    return any(p in urlsplit(article.url).path for p in agreement.minor.paths) or any(
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
    filed = filed_in([v for v in judgement["sections"] if v["verdict"] == "in"])
    judgement["primary"] = filed[0] if filed else (UNASSIGNED if judgement["recategorised"] else None)
    judgement["also"] = filed[1:]

