"""Folding: the stories of some articles, as their texts and the editors say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from monitor.core.article import Article
from monitor.core.significance import WITHIN
from monitor.core.story import Story, StoryDecision, Verb, stories
from monitor.jobs.ports import Archive, Clusterer, StoryDecisions


class Records(Archive, StoryDecisions, Protocol):
    """What folding reads."""


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
