"""The looks that are still to be taken at articles' pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, select

from monitor.adapters.store.engine import Database, upsert
from monitor.adapters.store.rows import Row, chunks, to_article
from monitor.adapters.store.schema import articles, entries, rereads
from monitor.adapters.store.types import indexable
from monitor.core.article import Article
from monitor.core.rereading import Reread

FIELDS = ("key", "url", "began", "taken", "due", "etag", "last_modified", "body_print")


class Rereads:
    """One row for each entry whose page is to be read again; gone with the last look."""

    _db: Database

    def save_rereads(self, source: str, given: Iterable[Reread]) -> None:
        """Store the next look of each of these entries."""
        rows = [_row(source, look) for look in sorted(given, key=lambda look: look.key)]
        if rows:
            self._db.write(lambda c: upsert(c, rereads, rows))

    def due_rereads(self, source: str, now: datetime, limit: int) -> list[tuple[Reread, Article]]:
        """The looks that are due, the longest due first, each with its article, unless that was purged."""
        entry = and_(entries.c.source == rereads.c.source, entries.c.key == rereads.c.key)
        names = [rereads.c[name].label(f"reread_{name}") for name in FIELDS]
        joined = rereads.join(entries, entry).join(articles, articles.c.id == entries.c.article)
        due = and_(rereads.c.source == source, rereads.c.due <= now, articles.c.purged_at.is_(None))
        query = (
            select(articles, *names)
            .select_from(joined)
            .where(due)
            .order_by(rereads.c.due, rereads.c.key)
            .limit(limit)
        )
        return [(_to_look(row), to_article(row)) for row in self._db.read(lambda c: c.execute(query).all())]

    def forget_rereads(self, source: str, keys: Iterable[str]) -> None:
        """No look is to be taken for these entries any more."""
        gone = [
            delete(rereads).where(rereads.c.source == source, rereads.c.key.in_(some)) for some in chunks(keys)
        ]
        if gone:
            self._db.write(lambda c: [c.execute(one) for one in gone])


def _row(source: str, look: Reread) -> Row:
    return {"source": source, **{name: getattr(look, name) for name in FIELDS}, "key": indexable(look.key)}


def _to_look(row: Any) -> Reread:
    return Reread(**{name: getattr(row, f"reread_{name}") for name in FIELDS})
