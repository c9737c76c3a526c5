"""Developments: stories that an edition has told and that more publishers carry since. None comes back as new."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from monitor.core.article import Article
from monitor.core.digest.past import Past
from monitor.core.story import Story

STEPS = (2, 3, 5, 10, 20, 50, 100)
"""Publishers at which a story is told again: the steps of impact (the contract, section 8), then about twice."""


@dataclass(frozen=True, slots=True)
class Growth:
    """How a story has grown since readers were last told of it."""

    sent: datetime
    """When the first edition that told it was made."""
    before: int
    """Publishers that carried it when it was last told."""
    new: tuple[Article, ...]
    """Its articles of other publishers than these, the oldest first."""


def growth(story: Story, past: Past, owners: Callable[[Article], Iterable[str]]) -> Growth | None:
    """How a told story has grown past the next step; None when it has not, or was never told.

    `owners` says who publishes an article, those known to carry it among them.
    """
    tellings = [past.told[a.line] for a in story.articles if a.line in past.told]
    if not tellings:
        return None
    last = max(telling.last for telling in tellings)
    before = {o for a in story.articles if _was_there(a, past, last) for o in owners(a)}
    new = tuple(a for a in story.articles if not _was_there(a, past, last) and not before.issuperset(owners(a)))
    now = before.union(*(owners(a) for a in new))
    if not any(len(before) < step <= len(now) for step in STEPS):
        return None
    return Growth(min(telling.first for telling in tellings), len(before), new)


def _was_there(article: Article, past: Past, moment: datetime) -> bool:
    """Whether readers were told of the article, or it was seen by then, in whatever text."""
    seen = past.arrived.get(article.line, article.when)
    return article.line in past.told or seen is None or seen <= moment
