"""Find the stored article that somebody means: by its id, its address, or words of its headline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from monitor.core.article import Article
from monitor.core.replay.words import Word, all_of, words_in
from monitor.jobs.ports import Archive, Clock, WordIndex

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
MOST = 20
"""Articles that are offered; the others are counted."""


class Records(Archive, WordIndex, Protocol):
    """What finding reads."""


@dataclass(frozen=True, slots=True)
class Found:
    """What somebody may mean."""

    article: Article | None = None
    """The one that is meant, where that is clear."""
    others: tuple[Article, ...] = ()
    """Those that may be, the likeliest first."""
    more: int = 0
    """How many more there are."""
    unindexed: int = 0
    """How many stored articles could not be looked at."""


def find_articles(said: str, records: Records, clock: Clock) -> Found:
    """The article of that id or address; else those with all of the words in headline or text.

    One whose headline is just that is the one that is meant. Addresses are never looked up as words.
    """
    text = said.strip()
    there = records.find_article(text) if text else None
    words = words_in(text)
    if there or not words or is_address(text):
        return Found(there)
    asked = all_of([Word(word) for word in sorted(words)])
    held = list(records.articles_with(asked, EARLIEST, clock() + timedelta(days=1)))
    held.sort(key=lambda a: (not words <= words_in(a.headline), -(a.when or EARLIEST).timestamp(), a.id))
    exact = [a for a in held if words_in(a.headline) == words]
    if len(exact) == 1:
        return Found(exact[0], unindexed=records.unindexed())
    return Found(None, tuple(held[:MOST]), max(0, len(held) - MOST), records.unindexed())


def is_address(text: str) -> bool:
    """Whether it is a web address."""
    return text.lower().startswith(("http://", "https://"))
