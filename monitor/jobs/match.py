"""Match: judge the articles that an agreement has not judged yet, and store what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.fault import JUDGEMENT, Fault
from monitor.core.match import Judgement
from monitor.core.matching.matcher import Matcher
from monitor.core.significance import settle
from monitor.core.source import Sources
from monitor.core.story import Story, stories
from monitor.jobs.ports import Archive, Clock, Clusterer, Progress

Matchers: TypeAlias = Callable[[Agreement, Sources], Matcher]
"""Makes a matcher, or finds one that was made before."""
Judging: TypeAlias = Callable[[Sequence[Article]], list[Judgement]]
"""Says of each of some articles what it is, in order; what is wrong with one is said of it, and stops no other."""
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
) -> MatchReport:
    """Judge everything not judged yet, batch by batch; running it again judges nothing twice.

    An article that cannot be judged is stored as judged with that fault: it neither stops others nor comes again.
    """
    matcher: Matcher | None = None
    report = MatchReport(agreement.id, 0, 0, 0)
    progress.start(f"match {agreement.id}", None)
    while batch := archive.unjudged(agreement.id, BATCH):
        matcher = matcher or matchers(agreement, sources)
        found = list(zip((article.id for article in batch), judging(matcher)(batch), strict=True))
        archive.save_judgements(agreement.id, agreement.fingerprint, found, clock())
        report = _with(report, [judgement for _, judgement in found])
        progress.advance(len(found), articles=report.judged, matched=report.matched)
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


def judging(matcher: Matcher) -> Judging:
    """A matcher's judging: all articles at once; where one breaks the matcher, one by one."""

    def judge(articles: Sequence[Article]) -> list[Judgement]:
        try:
            return list(matcher.judge_all(articles))
        except Exception:  # noqa: BLE001 - which of them it was is found out, and told
            return [_judged(matcher, article) for article in articles]

    return judge


def _judged(matcher: Matcher, article: Article) -> Judgement:
    try:
        return matcher.judge(article)
    except Exception as error:  # noqa: BLE001 - a text that breaks the matcher costs itself, not all that come after
        return cannot_be_judged(article, f"{type(error).__name__}: {error}")


def cannot_be_judged(article: Article, why: str) -> Judgement:
    """What is said of an article of which nothing can be said."""
    remedy = "a mistake of ours: report it with the article"
    where = article.url or article.headline
    fault = Fault(where, f"cannot be judged: {why}", remedy, field=JUDGEMENT)
    return Judgement(article.url, None, evidence=article.evidence, faults=(fault,))


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
    judge: Judging | None = None,
) -> Judged:
    """The judgements of articles that are one archive; stores nothing. `judge` judges by that agreement."""
    judge = judge or judging(Matcher(agreement, sources))
    judgements = dict(zip((a.id for a in articles), judge(articles), strict=True))
    folded = stories(articles, copies(articles))
    settled = settle(agreement, sources, folded, judgements)
    return Judged(tuple(settled[a.id] for a in articles), folded)
