"""Match: judge the articles that an agreement has not judged yet, and store what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.match import Judgement
from monitor.core.matching.matcher import Matcher
from monitor.core.significance import settle
from monitor.core.source import Sources
from monitor.core.story import Story, stories
from monitor.jobs.ports import Archive, Clock, Clusterer, Progress

BATCH = 500
"""Articles judged and stored in one transaction: what a kill can make us judge again."""


@dataclass(frozen=True, slots=True)
class MatchReport:
    """What one run judged."""

    agreement: str
    judged: int
    matched: int
    """Articles that are in a section, significance apart."""
    near_misses: int
    """Articles that are in none, and near in one or more."""


def match(
    agreement: Agreement, sources: Sources, archive: Archive, clock: Clock, progress: Progress
) -> MatchReport:
    """Judge everything not judged yet, batch by batch; running it again judges nothing twice."""
    matcher: Matcher | None = None
    judged = matched = near = 0
    progress.start(f"match {agreement.id}", None)
    while batch := archive.unjudged(agreement.id, BATCH):
        matcher = matcher or Matcher(agreement, sources)
        found = list(zip((article.id for article in batch), matcher.judge_all(batch), strict=True))
        archive.save_judgements(agreement.id, agreement.fingerprint, found, clock())
        judged += len(found)
        matched += sum(j.primary is not None for _, j in found)
        near += sum(_is_near(j) for _, j in found)
        progress.advance(len(found), articles=judged, matched=matched)
    progress.finish()
    return MatchReport(agreement.id, judged, matched, near)


def _is_near(judgement: Judgement) -> bool:
    return judgement.primary is None and any(v.outcome == "near_miss" for v in judgement.verdicts)


@dataclass(frozen=True, slots=True)
class Judged:
    """Articles judged together as one archive: stories folded, significance included."""

    judgements: tuple[Judgement, ...]
    """One for each article, in order."""
    stories: tuple[Story, ...]


def judge_together(
    articles: Sequence[Article], agreement: Agreement, sources: Sources, copies: Clusterer
) -> Judged:
    """The judgements of articles that are one archive; stores nothing."""
    matcher = Matcher(agreement, sources)
    judgements = dict(zip((a.id for a in articles), matcher.judge_all(articles), strict=True))
    folded = stories(articles, copies(articles))
    settled = settle(agreement, sources, folded, judgements)
    return Judged(tuple(settled[a.id] for a in articles), folded)
