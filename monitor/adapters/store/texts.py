"""The publishers' texts: what of them is due to go, and going for good.

A purge empties `standfirst` and `body` and nothing else: the row, its id, judgements and editions stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from monitor.adapters.store.engine import Database, refusal
from monitor.adapters.store.rows import Row, chunks
from monitor.adapters.store.schema import articles, judgements
from monitor.adapters.store.words import drop_words, keep_words, save_words
from monitor.core.retention import Term
from monitor.jobs.ports import DueTexts

KEPT = articles.c.purged_at.is_(None)
WORDS = or_(articles.c.standfirst != "", articles.c.body != "")
MERGE = "INSERT INTO article_words_index (article_words_index) VALUES ('optimize')"
"""FTS5 only marks what is deleted; merged into one, the index has it no more."""


class Texts:
    """Counts and purges; each batch is a transaction of its own, so that a kill costs nothing but the batch."""

    _db: Database

    def outlets_with_text(self) -> list[str | None]:
        """The outlets of which any text is stored, by id; None among them for articles of no known outlet."""
        query = select(articles.c.outlet).where(KEPT, WORDS).distinct()
        return sorted(self._db.read(lambda c: c.execute(query).scalars().all()), key=lambda o: o or "")

    def due_texts(self, term: Term, agreements: Sequence[str]) -> DueTexts:
        """What a purge would take now, and how much of it one of the agreements has not judged."""
        return self._db.read(lambda c: _due(c, term, agreements))

    def purge_texts(self, term: Term, limit: int, at: datetime) -> int:
        """Empty standfirst and body of at most so many articles, in one transaction; how many there were."""
        return self._db.write(lambda c: _purge(c, term, limit, at))

    def wipe_freed(self) -> bool:
        """Have the database let go of what was purged; False when another process keeps it from doing so now.

        SQLite has overwritten the freed pages (`secure_delete`); what is left is the log of writes, which is
        brought into the file and emptied, and the index of words, which keeps deleted rows until it is merged.
        PostgreSQL is asked to vacuum, which frees the space to be written over.

        Raises:
            StoreError: the database refused.
        """
        if self._db.engine.dialect.name == "postgresql":
            return self._vacuum()
        if self._db.read(_words_went):
            self._db.write(lambda c: c.execute(text(MERGE)))
        with closing(self._db.engine.raw_connection()) as connection:
            busy, _, _ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def _vacuum(self) -> bool:
        try:
            with self._db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM articles, article_words"))
        except SQLAlchemyError as error:
            raise refusal(self._db.engine, error) from error
        return True


def _is_due(term: Term) -> ColumnElement[bool]:
    outlet = articles.c.outlet.is_(None) if term.outlet is None else articles.c.outlet == term.outlet
    latest = max(term.before, term.body_before)
    stored = articles.c.stored_at
    too_old = or_(and_(stored < term.before, WORDS), and_(stored < term.body_before, articles.c.body != ""))
    return and_(outlet, KEPT, stored < latest, too_old)


def _due(connection: Connection, term: Term, agreements: Sequence[str]) -> DueTexts:
    due = _is_due(term)
    counted = select(func.count(), func.min(articles.c.stored_at)).where(due)
    number, oldest = connection.execute(counted).one()
    return DueTexts(number, _count_unjudged(connection, due, agreements) if number else 0, oldest)


def _count_unjudged(connection: Connection, due: ColumnElement[bool], agreements: Sequence[str]) -> int:
    judged = (
        select(func.count())
        .where(judgements.c.article == articles.c.id, judgements.c.agreement.in_(agreements))
        .scalar_subquery()
    )
    return connection.execute(
        select(func.count()).select_from(articles).where(due, judged < len(agreements))
    ).scalar_one()


def _purge(connection: Connection, term: Term, limit: int, at: datetime) -> int:
    # In the order of ids, as all writers of these rows take them.
    due = select(articles.c.id).where(_is_due(term)).order_by(articles.c.id).limit(limit)
    ids = list(connection.execute(due).scalars())
    gone: dict[str, Any] = {"standfirst": "", "body": "", "purged_at": at}
    if not term.keep_words:
        gone["purged_words"] = 1
    for chunk in chunks(ids):
        (keep_words if term.keep_words else drop_words)(connection, chunk)
        connection.execute(update(articles).where(articles.c.id.in_(chunk)).values(gone))
        if not term.keep_words:
            save_words(connection, _headlines(connection, chunk))
    return len(ids)


def _headlines(connection: Connection, ids: list[str]) -> list[Row]:
    """What may still be found of purged articles."""
    query = select(articles.c.id, articles.c.headline).where(articles.c.id.in_(ids))
    return [
        {"id": i, "headline": headline, "standfirst": "", "body": ""} for i, headline in connection.execute(query)
    ]


def _words_went(connection: Connection) -> bool:
    went = select(articles.c.id).where(articles.c.purged_words == 1).limit(1)
    return connection.execute(went).first() is not None
