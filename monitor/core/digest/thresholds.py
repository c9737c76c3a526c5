"""The thresholds of a digest: how significant a story must be for it, and how much about its term."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from monitor.core.agreement import Agreement, Digest, Thresholds
from monitor.core.digest.filing import Findings
from monitor.core.match import Finding, Judgement, Rule
from monitor.core.significance import judge_stories
from monitor.core.source import Sources
from monitor.core.story import Story


def judged_for(
    agreement: Agreement,
    digest: Digest,
    stories: Iterable[Story],
    judgements: Mapping[str, Judgement],
    sources: Sources,
) -> Findings:
    """What decides whether a story goes into the digest, by story and section: significance, then aboutness.

    A section without a rule on significance or aboutness gets none from the digest.
    """
    stories = list(stories)
    asked = digest.thresholds
    found = judge_stories(_asking(agreement, asked), stories, judgements, sources)
    if asked.aboutness is not None:
        found |= dict(_too_little_about(asked.aboutness, stories, judgements))
    return found


def _asking(agreement: Agreement, asked: Thresholds) -> Agreement:
    """The agreement with the digest's points of significance in place of its sections'."""
    changes = {n: p for n, p in (("prominence", asked.prominence), ("impact", asked.impact)) if p is not None}
    profiles = tuple(
        replace(p, significance=replace(p.significance, **changes)) if p.significance else p
        for p in agreement.profiles
    )
    return replace(agreement, profiles=profiles)


def _too_little_about(
    needed: int, stories: Iterable[Story], judgements: Mapping[str, Judgement]
) -> Iterator[tuple[tuple[str, str], Finding]]:
    """The stories and sections of which no article reaches the points."""
    for story in stories:
        best: dict[str, Finding] = {}
        for article in story.articles:
            for section, finding in _on_aboutness(judgements.get(article.id)):
                best[section] = max(finding, best.get(section, finding), key=_points)
        for section, finding in best.items():
            if _points(finding) < needed:
                yield (story.id, section), Finding(Rule.ABOUTNESS, False, {**finding.evidence, "needed": needed})


def _on_aboutness(judgement: Judgement | None) -> Iterator[tuple[str, Finding]]:
    if judgement is None:
        return
    for section in judgement.sections:
        verdict = judgement.verdict(section)
        finding = verdict.finding(Rule.ABOUTNESS) if verdict else None
        if finding is not None:
            yield section, finding


def _points(finding: Finding) -> int:
    return int(finding.evidence["points"])
