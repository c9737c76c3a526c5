"""Significance: "Major Significant Stories ONLY", judged on the story when an edition is made (section 8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from msgspec.structs import replace

from monitor.core.agreement import Agreement, MinorForms
from monitor.core.article import Article, Field
from monitor.core.json import Json
from monitor.core.match import Finding, Judgement, Outcome, Rule, Standing, Verdict
from monitor.core.matching.filing import filed
from monitor.core.matching.text import read
from monitor.core.profile import SignificanceRule
from monitor.core.source import Sources
from monitor.core.story import Story

WITHIN = timedelta(hours=72)
LONG_BODY_WORDS = 300
MANY_HITS = 3


def judge_story(
    rule: SignificanceRule,
    story: Story,
    verdicts: Mapping[str, Verdict],
    sources: Sources,
    minor: MinorForms,
) -> Finding:
    """Whether a story is major for a section, in points and their parts.

    `verdicts` are the section's, by article id; an article without one adds to the impact alone.
    """
    prominence, parts = _prominence(story, verdicts, minor)
    impact, more = _impact(story, sources)
    major = prominence >= rule.prominence and impact >= rule.impact
    evidence: dict[str, Json] = {
        "major": major,
        "prominence": prominence,
        "prominence_needed": rule.prominence,
        "impact": impact,
        "impact_needed": rule.impact,
        **parts,
        **more,
    }
    return Finding(Rule.SIGNIFICANCE, major, evidence)


def _prominence(story: Story, verdicts: Mapping[str, Verdict], minor: MinorForms) -> tuple[int, dict[str, Json]]:
    """Term in the headline 2, in the lead 1, three hits or more 1: of the article that has most."""
    judged = [a for a in story.articles if a.id in verdicts]
    counting = [a for a in judged if verdicts[a.id].standing.headline or not is_minor(a, minor)]
    standings = [verdicts[a.id].standing for a in counting]
    best = max(standings, key=_points, default=Standing())
    points = _prominence_points(best)
    evidence: dict[str, Json] = {"headline": best.headline, "lead": best.lead, "hits": best.hits}
    if judged and not counting:
        evidence["minor"] = True
    return sum(points.values()), {**evidence, "prominence_points": dict(points)}


def _prominence_points(standing: Standing) -> dict[str, int]:
    return {
        "headline": 2 * standing.headline,
        "lead": int(standing.lead),
        "hits": int(standing.hits >= MANY_HITS),
    }


def _points(standing: Standing) -> int:
    return sum(_prominence_points(standing).values())


def _impact(story: Story, sources: Sources) -> tuple[int, dict[str, Json]]:
    """Distinct owners within 72 h (2: 1; 3-4: 2; 5+: 3), best tier (1: 2; 2: 1), 300 words or more 1."""
    owners = _owners(story, sources)
    tiers = [o.tier for i in _outlets(story.articles) if (o := sources.outlets.get(i))]
    tier = min(tiers, default=None)
    words = max((len(read(a.text_of(Field.BODY)).words) for a in story.articles), default=0)
    count = len(owners)
    by_owners = 3 if count >= 5 else 2 if count >= 3 else 1 if count == 2 else 0
    by_tier = {1: 2, 2: 1}.get(tier or 0, 0)
    points = {"owners": by_owners, "tier": by_tier, "length": int(words >= LONG_BODY_WORDS)}
    evidence: dict[str, Json] = {"owners": count, "owner_names": list(owners), "tier": tier, "words": words}
    return sum(points.values()), {**evidence, "impact_points": dict(points)}


def _outlets(articles: Iterable[Article]) -> list[str]:
    return [i for a in articles for i in (a.outlet, *a.carried_by) if i]


def _owners(story: Story, sources: Sources) -> tuple[str, ...]:
    """The most distinct owners that carried the story within any 72 hours; many titles of one owner are one."""
    owned = ((a.when, [sources.outlets.get(i) for i in _outlets([a])]) for a in story.articles)
    told = [*dict.fromkeys((when, tuple(o.owner for o in of if o)) for when, of in owned)]  # each once: copies
    best: tuple[str, ...] = ()
    for first, _ in told:
        owners = tuple(dict.fromkeys(o for when, of in told if _together(first, when) for o in of))
        best = max(best, owners, key=len)
    return best


def _together(first: datetime | None, other: datetime | None) -> bool:
    if first is None or other is None:
        return True
    return timedelta(0) <= other - first < WITHIN


def is_minor(article: Article, minor: MinorForms) -> bool:
    """Letters, listings, sport, competitions, horoscopes: they count only with the term in the headline."""
    try:
        path = urlsplit(article.url).path.lower() + "/"
    except ValueError:  # no address at all
        path = ""
    path += f"/{article.filed_under.lower().replace(' / ', '/').replace(' ', '-')}/"
    headline = article.headline.casefold()
    return any(p in path for p in minor.paths) or any(headline.startswith(h.casefold()) for h in minor.headlines)


def judge_stories(
    agreement: Agreement,
    stories: Iterable[Story],
    judgements: Mapping[str, Judgement],
    sources: Sources,
) -> dict[tuple[str, str], Finding]:
    """The finding for each (story id, section) whose section asks for major stories and saw a term."""
    findings = {}
    rules = {p.section: p.significance for p in agreement.profiles if p.significance}
    for story in stories:
        for section, rule in rules.items():
            verdicts = _of_section(story, section, judgements)
            if verdicts:
                findings[story.id, section] = judge_story(rule, story, verdicts, sources, agreement.minor)
    return findings


def _of_section(story: Story, section: str, judgements: Mapping[str, Judgement]) -> dict[str, Verdict]:
    """The section's verdicts in a story, by article: those that are in, or else all there are."""
    seen = {
        a.id: v for a in story.articles if (j := judgements.get(a.id)) and (v := j.verdict(section)) is not None
    }
    within = {i: v for i, v in seen.items() if v.outcome is Outcome.IN}
    return within or seen


def settle(
    agreement: Agreement, sources: Sources, folded: Iterable[Story], judgements: Mapping[str, Judgement]
) -> dict[str, Judgement]:
    """The judgements, by article id, with what the significance of their stories decides."""
    folded = list(folded)
    by_story: dict[str, dict[str, Finding]] = {}
    for (story_id, section), finding in judge_stories(agreement, folded, judgements, sources).items():
        by_story.setdefault(story_id, {})[section] = finding
    settled = dict(judgements)
    for story in folded:
        for article in story.articles:
            if article.id in settled:
                settled[article.id] = with_significance(settled[article.id], by_story.get(story.id, {}))
    return settled


def with_significance(judgement: Judgement, findings: Mapping[str, Finding]) -> Judgement:
    """The judgement with what its story's significance decides; `findings` by section.

    A key journalist's article keeps its verdicts: significance rules are off for it (section 9).
    """
    if judgement.recategorised:
        return judgement
    verdicts = tuple(_settled(v, findings.get(v.section)) for v in judgement.verdicts)
    return filed(replace(judgement, verdicts=verdicts))


def _settled(verdict: Verdict, finding: Finding | None) -> Verdict:
    if finding is None:
        return verdict
    verdict = replace(verdict, findings=(*verdict.findings, finding))
    if verdict.outcome is Outcome.IN and not finding.holds:
        return replace(verdict, outcome=Outcome.OUT, decided_by=Rule.SIGNIFICANCE)
    return verdict
