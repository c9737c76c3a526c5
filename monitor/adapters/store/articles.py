"""Articles and the entries they came from."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select, tuple_

from monitor.adapters.store.engine import Database, add_new, insert
from monitor.adapters.store.rows import Row, address_of, article_row, chunks, entry_row, storable, to_article
from monitor.adapters.store.schema import articles, entries
from monitor.adapters.store.types import indexable
from monitor.core.article import Article
from monitor.errors import UnknownRecord

BEGINNING = re.compile(r"[0-9a-f]{6,24}")
SCHEME = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)


class Articles:
    """Stores each article once.

    Texts are stored to the letter, but for NUL and lone surrogates, which no database takes: they become
    U+FFFD before the article's id is reckoned, so that what is read back has the id it is stored under.
    """

    _db: Database

    def known_entries(self, source: str, keys: Iterable[str]) -> set[str]:
        """Which of these entry keys this source has shown before."""
        asked: dict[str, list[str]] = {}
        for key in keys:
            asked.setdefault(indexable(key), []).append(key)
        found = self._db.read(lambda c: _known(c, source, list(asked)))
        return {key for stored in found for key in asked[stored]}

    def add_articles(
        self,
        source: str,
        articles: Iterable[tuple[str, Article]],
        *,
        page_failed: Collection[str] = (),
        stored_at: datetime | None = None,
    ) -> int:
        """Store (entry key, article) pairs in one transaction, each article once; how many were new.

        An article that is there stays as it was first stored, `first_seen` and all, and without its text if that
        was purged; an entry leads to the article given last. Keys in `page_failed` are those whose page could not
        be read: each adds one to the entry's failed tries; for the other keys the tries are back at 0. Rights
        count the days from `stored_at`; without it, from when an article was first seen.
        """
        new: dict[str, Row] = {}
        seen: dict[str, Row] = {}
        for key, article in articles:
            row = article_row(storable(article), stored_at)
            new.setdefault(row["id"], row)
            seen[indexable(key)] = entry_row(source, key, row["id"], failed=key in page_failed)
        # Sorted, so that two writers of the same rows wait for one another and do not lock each other out.
        return self._db.write(lambda c: _add(c, [new[i] for i in sorted(new)], [seen[k] for k in sorted(seen)]))

    def owed_pages(self, source: str, tries: int) -> list[tuple[str, Article]]:
        """(Entry key, its article) of entries whose page failed at least once and fewer than `tries` times.

        The key is as stored: it names the entry here, even where the feed's own was too long to be kept whole.
        """
        owed = and_(entries.c.source == source, entries.c.page_failures > 0, entries.c.page_failures < tries)
        there = and_(owed, articles.c.purged_at.is_(None))
        query = select(entries.c.key, articles).join(articles, articles.c.id == entries.c.article).where(there)
        rows = self._db.read(lambda c: c.execute(query.order_by(articles.c.first_seen, entries.c.key)).all())
        return [(row.key, to_article(row)) for row in rows]

    def article(self, article_id: str) -> Article:
        """The article of that id.

        Raises:
            UnknownRecord: there is none.
        """
        row = self._db.read(lambda c: c.execute(select(articles).where(articles.c.id == article_id)).first())
        if row is None:
            raise UnknownRecord(f"no article {article_id}")
        return to_article(row)

    def find_article(self, text: str) -> Article | None:
        """The latest article of that id, beginning of an id (six digits or more, of one line only), or address."""
        asked = text.strip()
        return self._db.read(lambda c: _by_id(c, asked.lower()) or _by_address(c, asked))

    def articles(self, since: datetime, until: datetime) -> list[Article]:
        """The latest article of every line first seen in `[since, until)`, in order of `first_seen`, id.

        *Latest* is meant as known at `until`, and its own `first_seen` is the line's: a window asked for again
        gives the same answer after a text has changed, and a text that changes all the time is in some window.
        """
        query = select(articles).where(_latest_within(since, until)).order_by(articles.c.first_seen, articles.c.id)
        return [to_article(row) for row in self._db.read(lambda c: c.execute(query).all())]

    def count_articles(self, since: datetime, until: datetime) -> int:
        """How many `articles` would give."""
        query = select(func.count()).select_from(articles).where(_latest_within(since, until))
        return self._db.read(lambda c: c.execute(query).scalar_one())


def _add(connection: Connection, new: list[Row], seen: list[Row]) -> int:
    if not seen:
        return 0
    statement = insert(connection, entries)
    given = statement.excluded
    tries = case((given.page_failures > 0, entries.c.page_failures + 1), else_=0)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[entries.c.source, entries.c.key],
            set_={"article": given.article, "page_failures": tries},
        ),
        seen,
    )
    return add_new(connection, articles, new)


def _known(connection: Connection, source: str, keys: list[str]) -> set[str]:
    of_source = select(entries.c.key).where(entries.c.source == source)
    return {
        key
        for chunk in chunks(keys)
        for key in connection.execute(of_source.where(entries.c.key.in_(chunk))).scalars()
    }


def _latest_within(since: datetime, until: datetime) -> ColumnElement[bool]:
    later = articles.alias("later")
    text_after = select(later.c.id).where(
        later.c.line == articles.c.line,
        tuple_(later.c.first_seen, later.c.id) > tuple_(articles.c.first_seen, articles.c.id),
        later.c.first_seen < until,
    )
    return and_(articles.c.first_seen >= since, articles.c.first_seen < until, ~text_after.exists())


def _newest(condition: ColumnElement[bool]) -> Select[Any]:
    return select(articles).where(condition).order_by(articles.c.first_seen.desc(), articles.c.id.desc())


def _by_id(connection: Connection, beginning: str) -> Article | None:
    if not BEGINNING.fullmatch(beginning):
        return None
    rows = connection.execute(
        _newest(and_(articles.c.id >= beginning, articles.c.id < beginning + "g")).limit(100)
    ).all()
    return to_article(rows[0]) if len({row.line for row in rows}) == 1 else None


def _by_address(connection: Connection, text: str) -> Article | None:
    address = address_of(text if SCHEME.match(text) else f"//{text}")
    if not address:
        return None
    row = connection.execute(_newest(articles.c.address == address).limit(1)).first()
    return None if row is None else to_article(row)
