"""What editions of a digest have told, and how full they were: what the next one is composed against."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from monitor.adapters.store.engine import Database
from monitor.adapters.store.rows import chunks, to_article
from monitor.adapters.store.schema import articles, edition_items, editions
from monitor.core.article import Article
from monitor.core.digest import PastEdition, Telling
from monitor.core.edition import ItemState, Window

TOLD = [str(ItemState.SHOWN), str(ItemState.DEVELOPED)]


class Tellings:
    """Reads the ledger backwards; stores nothing."""

    _db: Database

    def tellings(self, agreement: str, digest: str, since: datetime) -> dict[str, Telling]:
        """Which article lines editions of the digest have shown, or told again, since a moment."""
        moments = (func.min(editions.c.made_at), func.max(editions.c.made_at))
        query = _told(select(articles.c.line, *moments), agreement, digest, since).group_by(articles.c.line)
        rows = self._db.read(lambda c: c.execute(query).all())
        return {line: Telling(first, last) for line, first, last in rows}

    def told_articles(self, agreement: str, digest: str, since: datetime, seen_before: datetime) -> list[Article]:
        """The articles that they told, in the text they told last; those first seen before a moment alone."""
        query = _told(select(articles), agreement, digest, since).where(articles.c.first_seen < seen_before)
        rows = self._db.read(lambda c: c.execute(query.order_by(editions.c.made_at, articles.c.id)).all())
        return list({article.line: article for article in map(to_article, rows)}.values())

    def first_seen(self, lines: Iterable[str]) -> dict[str, datetime]:
        """When the first text of each of these lines was seen."""
        query = select(articles.c.line, func.min(articles.c.first_seen)).group_by(articles.c.line)
        asked = [query.where(articles.c.line.in_(some)) for some in chunks(sorted(set(lines)))]
        rows = self._db.read(lambda c: [row for one in asked for row in c.execute(one)])
        return {line: seen for line, seen in rows if seen is not None}

    def past_editions(self, agreement: str, digest: str, since: datetime) -> list[PastEdition]:
        """How full the editions were that were made since a moment, the oldest first."""
        of_digest = [editions.c.agreement == agreement, editions.c.digest == digest, editions.c.made_at >= since]
        windows = select(editions.c.id, editions.c.window_start, editions.c.window_end).where(*of_digest)
        stories = func.count(edition_items.c.story.distinct())
        shown = (
            select(edition_items.c.edition, edition_items.c.section, stories)
            .join(editions, editions.c.id == edition_items.c.edition)
            .where(*of_digest, edition_items.c.state == str(ItemState.SHOWN))
            .group_by(edition_items.c.edition, edition_items.c.section)
        )
        made, counted = self._db.read(
            lambda c: (c.execute(windows.order_by(editions.c.window_end)).all(), c.execute(shown).all())
        )
        by_edition: dict[str, dict[str, int]] = {}
        for edition, section, number in counted:
            by_edition.setdefault(edition, {})[section] = number
        return [PastEdition(Window(start, end), by_edition.get(i, {})) for i, start, end in made]


def _told(query: Select[Any], agreement: str, digest: str, since: datetime) -> Select[Any]:
    return (
        query.join_from(articles, edition_items, edition_items.c.article == articles.c.id)
        .join(editions, editions.c.id == edition_items.c.edition)
        .where(
            editions.c.agreement == agreement,
            editions.c.digest == digest,
            editions.c.made_at >= since,
            edition_items.c.state.in_(TOLD),
        )
    )
