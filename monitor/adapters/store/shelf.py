"""Editions as a list shows them, found by the words in them: none of their content is read for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, func, select

from monitor.adapters.store.engine import Database
from monitor.adapters.store.schema import editions
from monitor.core.edition import Window
from monitor.jobs.ports import ShelfQuestion, Shelved

COLUMNS = (
    editions.c.id,
    editions.c.digest,
    editions.c.window_start,
    editions.c.window_end,
    editions.c.made_at,
    editions.c.subject,
)


class Shelf:
    """Looks editions up."""

    _db: Database

    def shelved(self, question: ShelfQuestion, skip: int = 0, limit: int = 20) -> list[Shelved]:
        """So many of them, the newest first."""
        query = select(*COLUMNS).where(*_asked(question))
        query = query.order_by(editions.c.window_end.desc(), editions.c.made_at.desc(), editions.c.id)
        rows = self._db.read(lambda c: c.execute(query.offset(skip).limit(limit)).all())
        return [_shelved(row) for row in rows]

    def count_shelved(self, question: ShelfQuestion) -> int:
        """How many there are."""
        query = select(func.count()).select_from(editions).where(*_asked(question))
        return self._db.read(lambda c: c.execute(query).scalar_one())


def _asked(question: ShelfQuestion) -> Iterator[ColumnElement[bool]]:
    yield editions.c.agreement == question.agreement
    if question.digest:
        yield editions.c.digest == question.digest
    if question.since:
        yield editions.c.window_end >= question.since
    if question.until:
        yield editions.c.window_end < question.until
    for word in question.words.split():
        yield editions.c.text.icontains(word, autoescape=True)


def _shelved(row: Any) -> Shelved:
    window = Window(row.window_start, row.window_end)
    return Shelved(row.id, row.digest, window, row.made_at, row.subject)
