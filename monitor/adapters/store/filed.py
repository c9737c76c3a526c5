"""What editions did with the articles at hand, however much they ever filed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from monitor.adapters.store.rows import chunks
from monitor.adapters.store.schema import editions


def filed(
    connection: Connection,
    query: Select[Any],
    column: ColumnElement[str],
    values: Iterable[str],
    of: list[ColumnElement[bool]],
) -> list[tuple[Any, Any]]:
    """The rows of a query of items with these values in a column, each behind its edition: id, digest, window end.

    Editions are looked up apart, those alone that are `of` some: in a join SQLite begins with them, and goes
    through all that they ever filed, once for each chunk.
    """
    rows = [row for chunk in chunks(values) for row in connection.execute(query.where(column.in_(chunk)))]
    asked = select(editions.c.id, editions.c.digest, editions.c.window_end).where(*of)
    found = {
        edition.id: edition
        for chunk in chunks({row.edition for row in rows})
        for edition in connection.execute(asked.where(editions.c.id.in_(chunk)))
    }
    return [(found[row.edition], row) for row in rows if row.edition in found]
