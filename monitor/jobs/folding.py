"""Folding: the stories of some articles, as their texts and the editors say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from monitor.core.article import Article, line_of
from monitor.core.edition import EditionItem, ItemState
from monitor.core.significance import WITHIN
from monitor.core.story import Story, StoryDecision, Verb, apart, stories
from monitor.jobs.ports import Archive, Clusterer, Ledger, StoryDecisions

SEEN = frozenset({ItemState.SHOWN, ItemState.COPY, ItemState.UPDATED, ItemState.DEVELOPED})
"""What readers know an article, or its story, from."""


class Records(Archive, StoryDecisions, Protocol):
    """What folding reads."""


class FoldedBefore(Ledger, StoryDecisions, Protocol):
    """What was folded before, and what editors said of it since."""


def folded(
    articles: Sequence[Article], records: Records, copies: Clusterer, until: datetime | None = None
) -> tuple[Story, ...]:
    """The stories of the articles, and of those that an editor joined to them, whenever these were seen.

    With `until`, by what editors had said by then.
    """
    decisions = [d for d in records.story_decisions() if until is None or d.at < until]
    everything = [*articles, *_joined(articles, decisions, records, until)]
    return stories(everything, copies(everything), decisions)


def story_of(article: Article, records: Records, copies: Clusterer) -> Story:
    """The story of an article among what was seen 72 hours before and after it."""
    seen = records.articles(article.when - WITHIN, article.when + WITHIN) if article.when else []
    others = [a for a in seen if a.line != article.line]
    found = folded([*others, article], records, copies)
    return next(story for story in found if any(a.id == article.id for a in story.articles))


def parted(records: FoldedBefore, agreement: str, digest: str, lines: Collection[str]) -> frozenset[str]:
    """Those of the lines that editions of a digest only folded, under articles that editors have split them from.

    Such an article was never news of its own, and is now.
    """
    pairs = apart(records.story_decisions())
    split = {line for pair in pairs for line in pair} & set(lines)
    shown_by: dict[str, set[str | None]] = {line: set() for line in split}
    for edition, item in records.items_of(agreement, sorted(split)) if split else ():
        if edition.startswith(f"{agreement}/{digest}/") and item.state in SEEN:
            shown_by[line_of(item.article)].add(_shown_by(records, edition, item))
    return frozenset(
        line
        for line, others in shown_by.items()
        if others and all(other and (min(line, other), max(line, other)) in pairs for other in others)
    )


def _shown_by(records: Ledger, edition: str, item: EditionItem) -> str | None:
    """The line of the article that an edition showed the item's story by; None: the item itself."""
    if item.state is not ItemState.COPY:
        return None
    told = (i for i in records.items(edition) if i.story == item.story and i.state in SEEN - {ItemState.COPY})
    shown = next(told, None)
    return line_of(shown.article) if shown else None


def _joined(
    articles: Sequence[Article], decisions: Iterable[StoryDecision], records: Archive, until: datetime | None
) -> list[Article]:
    """The latest texts of articles that were joined to some of these, and are not among them."""
    here = {a.line for a in articles}
    pairs = [pair for d in decisions if d.verb is Verb.JOIN for pair in d.pairs]
    wanted = {line for pair in pairs if here & set(pair) for line in pair} - here
    texts = ([t for t in records.texts(line) if _seen_by(t, until)] for line in sorted(wanted))
    return [known[-1] for known in texts if known]


def _seen_by(article: Article, until: datetime | None) -> bool:
    return until is None or article.first_seen is None or article.first_seen < until
