"""Explain: why an article is in each section, or why not, over the same code path that judged it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.edition import EditionItem
from monitor.core.match import Judgement
from monitor.core.matching.matcher import Matcher
from monitor.core.significance import WITHIN, settle
from monitor.core.source import Sources
from monitor.core.story import Story, stories
from monitor.errors import UnknownRecord
from monitor.jobs.ports import Archive, Clusterer, Ledger


class Records(Archive, Ledger, Protocol):
    """What explaining reads."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything known of one article and one agreement."""

    article: Article
    judgement: Judgement
    """With significance, as the archive stands."""
    stored: bool
    """False: handed in, and judged here and now."""
    copies: tuple[Article, ...] = ()
    """The other articles of its story."""
    editions: tuple[tuple[str, EditionItem], ...] = ()
    """Editions that did something with it, by id, the oldest first."""


def explain_stored(
    article: Article, agreement: Agreement, sources: Sources, records: Records, copies: Clusterer
) -> Explanation:
    """The explanation of a stored article: as it was judged, among what else was seen around that time.

    Significance looks at texts: where one of the story's is purged, it is not judged again, and left out.

    Raises:
        UnknownRecord: the agreement never judged it, and its text is purged.
    """
    around = _around(article, records)
    folded = stories(around, copies(around))
    judgements = records.judgements(agreement.id, [a.id for a in around])
    if article.id not in judgements:
        judgements[article.id] = _judged_now(article, agreement, sources)
    story = next(s for s in folded if any(a.id == article.id for a in s.articles))
    there = not any(a.purged for a in story.articles)
    settled = settle(agreement, sources, [story], judgements) if there else judgements
    return Explanation(
        article,
        settled[article.id],
        stored=True,
        copies=tuple(a for a in story.articles if a.id != article.id),
        editions=_editions(article, agreement, records),
    )


def _judged_now(article: Article, agreement: Agreement, sources: Sources) -> Judgement:
    if article.purged_at:
        raise UnknownRecord(
            f"article {article.id} was never judged by this agreement, and its text was purged on "
            f"{article.purged_at:%d %B %Y}: nothing can be said of it"
        )
    return Matcher(agreement, sources).judge(article)


def explain_given(article: Article, agreement: Agreement, sources: Sources) -> Explanation:
    """The explanation of an article handed in, as if it were the only one there is."""
    alone = Story(article.line, (article,))
    judgement = Matcher(agreement, sources).judge(article)
    settled = settle(agreement, sources, [alone], {article.id: judgement})
    return Explanation(article, settled[article.id], stored=False)


def _around(article: Article, records: Records) -> list[Article]:
    """What was first seen within 72 hours of the article, itself included."""
    if article.when is None:
        return [article]
    seen = records.articles(article.when - WITHIN, article.when + WITHIN)
    return seen if any(a.id == article.id for a in seen) else [*seen, article]


def _editions(article: Article, agreement: Agreement, records: Records) -> tuple[tuple[str, EditionItem], ...]:
    found = [
        (edition.id, item)
        for edition in records.editions(agreement.id)
        for item in records.items(edition.id)
        if item.article == article.id
    ]
    return tuple(sorted(found, key=lambda f: f[0]))
