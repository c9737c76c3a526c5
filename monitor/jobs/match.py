"""Match: judge the articles that an agreement has not judged yet, and store what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.fault import Fault
from monitor.core.match import Judgement
from monitor.core.matching.matcher import Matcher
from monitor.core.significance import settle
from monitor.core.source import Sources
from monitor.core.story import Story, stories
from monitor.jobs.judging import Crews, Here, Judge, cannot_be_judged, judging
from monitor.jobs.ports import Archive, Clock, Clusterer, Progress

Matchers: TypeAlias = Callable[[Agreement, Sources], Matcher]
"""Makes a matcher, or finds one that was made before."""
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
    provisional: int = 0
    """Articles judged without their full text."""
    faults: tuple[Fault, ...] = ()
    """What was wrong with single articles, and stopped no other: an outlet nobody knows, a text that breaks us."""


def match(
    agreement: Agreement,
    sources: Sources,
    archive: Archive,
    clock: Clock,
    progress: Progress,
    matchers: Matchers = Matcher,
    crews: Crews = Here,
) -> MatchReport:
    """Judge everything not judged yet, batch by batch; running it again judges nothing twice.

    An article that cannot be judged is stored as judged with that fault: it neither stops others nor comes again.
    """
    report = MatchReport(agreement.id, 0, 0, 0)
    progress.start(f"match {agreement.id}", None)
    if batch := archive.unjudged(agreement.id, BATCH):
        with crews(judging(matchers(agreement, sources)), cannot_be_judged, Judgement) as crew:
            while batch:
                found = list(zip((article.id for article in batch), crew.judge(batch), strict=True))
                archive.save_judgements(agreement.id, agreement.fingerprint, found, clock())
                report = _with(report, [judgement for _, judgement in found])
                progress.advance(len(found), articles=report.judged, matched=report.matched)
                batch = archive.unjudged(agreement.id, BATCH)
        report = replace(report, faults=(*report.faults, *crew.faults))
    progress.finish()
    return report


def _with(report: MatchReport, found: Sequence[Judgement]) -> MatchReport:
    return replace(
        report,
        judged=report.judged + len(found),
        matched=report.matched + sum(j.primary is not None for j in found),
        near_misses=report.near_misses + sum(map(_is_near, found)),
        provisional=report.provisional + sum(j.provisional for j in found),
        faults=(*report.faults, *(fault for j in found for fault in j.faults)),
    )


def _is_near(judgement: Judgement) -> bool:
    return judgement.primary is None and any(v.outcome == "near_miss" for v in judgement.verdicts)


@dataclass(frozen=True, slots=True)
class Judged:
    """Articles judged together as one archive: stories folded, significance included."""

    judgements: tuple[Judgement, ...]
    """One for each article, in order."""
    stories: tuple[Story, ...]


def judge_together(
    articles: Sequence[Article],
    agreement: Agreement,
    sources: Sources,
    copies: Clusterer,
    judge: Judge[Judgement] | None = None,
) -> Judged:
    """The judgements of articles that are one archive; stores nothing. `judge` judges by that agreement.

    What is handed in twice, at another form of its address too, is one story and judged each time.
    """
    judge = judge or judging(Matcher(agreement, sources))
    own = _told_apart(articles)
    judgements = dict(zip((a.id for a in own), judge(articles), strict=True))
    again = [(one.id, other.id) for one, other in zip(articles, own, strict=True) if one is not other]
    firsts = [one for one, other in zip(articles, own, strict=True) if one is other]
    folded = stories(own, [*again, *copies(firsts)])
    settled = settle(agreement, sources, folded, judgements)
    return Judged(tuple(settled[a.id] for a in own), folded)


def _told_apart(articles: Sequence[Article]) -> list[Article]:
    """The articles, those that have the id of one before them under an id of their own."""
    seen: set[str] = set()
    own = []
    for number, article in enumerate(articles, 1):
        known = article.id
        own.append(replace(article, text_print=f"line {number}") if known in seen else article)
        seen.add(known)
    return own
