"""Alerts: which stories have become weighty since the last edition, and whether it is a time to say so."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.core.agreement import Agreement, Alerts, Digest
from monitor.core.article import Article, line_of
from monitor.core.dates import LONDON
from monitor.core.digest import sections_of
from monitor.core.match import Finding, Judgement, Outcome, Verdict
from monitor.core.profile import Profile, SignificanceRule
from monitor.core.significance import judge_story
from monitor.core.source import Sources
from monitor.core.story import Story

UNDER_WAY = timedelta(hours=1)
"""No article takes longer from when it was asked for to when it is judged, while we run."""


def crossing(
    agreement: Agreement,
    digest: Digest,
    stories: Iterable[Story],
    judgements: Mapping[str, Judgement],
    sources: Sources,
    known: Callable[[Article], bool],
) -> list[tuple[Story, dict[str, Finding]]]:
    """The stories that reach the threshold now and did not with the articles that the last edition knew.

    With each, by section, the findings that reach it. A section that does not ask for major stories is judged as
    if it did (section 8), by the ordinary two and two points.
    """
    weigh = _Weigher(agreement, digest, judgements, sources)
    found = []
    for story in stories:
        then = replace(story, articles=tuple(a for a in story.articles if known(a)))
        if len(then.articles) == len(story.articles):
            continue
        if (reached := weigh.reached(story)) and not weigh.reached(then):
            found.append((story, reached))
    return found


def known_to(
    agreement: Agreement,
    digest: Digest,
    taken: Collection[str],
    judgements: Mapping[str, Judgement],
    since: datetime,
) -> Callable[[Article], bool]:
    """Whether the last edition knew an article: it took that text, or holds what was seen before `since`.

    It may take more than that: what came in while it was being made. What was asked for just before it was made,
    and judged just after, it did not know, whenever that was seen.
    """
    lines = {line_of(article) for article in taken}
    sections = {profile.section for profile in sections_of(agreement, digest)}

    def known(article: Article) -> bool:
        if article.id in taken:
            return True
        if article.when is None or article.when >= since:
            return False
        judged = judgements.get(article.id)
        in_time = article.when < since - UNDER_WAY or judged is None or sections.isdisjoint(judged.sections)
        return in_time or article.line in lines

    return known


class _Weigher:
    """Weighs stories by the threshold of a digest."""

    def __init__(
        self, agreement: Agreement, digest: Digest, judgements: Mapping[str, Judgement], sources: Sources
    ) -> None:
        self._agreement = agreement
        self._profiles = sections_of(agreement, digest)
        self._points = digest.alerts.points if digest.alerts else None
        self._judgements = judgements
        self._sources = sources

    def reached(self, story: Story) -> dict[str, Finding]:
        """The findings that reach the threshold, by section."""
        return {profile.section: finding for profile, finding in self._findings(story) if self._reaches(finding)}

    def _findings(self, story: Story) -> Iterator[tuple[Profile, Finding]]:
        for profile in self._profiles:
            if verdicts := self._verdicts(story, profile.section):
                rule = profile.significance or SignificanceRule()
                yield profile, judge_story(rule, story, verdicts, self._sources, self._agreement.minor)

    def _verdicts(self, story: Story, section: str) -> dict[str, Verdict]:
        """Those of its articles that are in the section, by article."""
        seen = ((a.id, j.verdict(section)) for a in story.articles if (j := self._judgements.get(a.id)))
        return {article: v for article, v in seen if v is not None and v.outcome is Outcome.IN}

    def _reaches(self, finding: Finding) -> bool:
        if self._points is None:
            return finding.holds
        return int(finding.evidence["prominence"]) + int(finding.evidence["impact"]) >= self._points


def is_quiet(alerts: Alerts, now: datetime) -> bool:
    """Whether it is a time of day, in London, at which nobody is to be woken."""
    if alerts.quiet is None:
        return False
    start, end = alerts.quiet
    at = now.astimezone(LONDON).time()
    return start <= at < end if start < end else at >= start or at < end
