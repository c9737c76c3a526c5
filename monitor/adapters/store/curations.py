"""What editors said of the stories of digests, only ever added to; and the numbers by which they name them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from monitor.adapters.store.engine import Database, add_new
from monitor.adapters.store.rows import plain_row
from monitor.adapters.store.schema import curations, desk_numbers
from monitor.core.curation import Act, Curation


class Curations:
    """Keeps every act, whatever is said later."""

    _db: Database

    def curations(self, agreement: str) -> list[Curation]:
        """All acts on the agreement's digests, the oldest first."""
        query = select(curations).where(curations.c.agreement == agreement).order_by(curations.c.no)
        return [_to_curation(row) for row in self._db.read(lambda c: c.execute(query).all())]

    def curate(self, curation: Curation) -> Curation:
        """Remember one; it comes back with its number."""
        row = plain_row(curation) | {"act": str(curation.act)}
        del row["no"]
        add = curations.insert().returning(curations.c.no)
        return replace(curation, no=self._db.write(lambda c: c.execute(add, row).scalar_one()))

    def desk_numbers(self, edition: str) -> dict[str, tuple[int, datetime]]:
        """The number of each line on the desk of an edition, and when it came there."""
        return self._db.read(lambda c: _numbers(c, edition))

    def number(self, edition: str, lines: Iterable[str], at: datetime) -> dict[str, tuple[int, datetime]]:
        """The same, once those of the lines that had none have the next numbers, in the order given."""
        asked = list(dict.fromkeys(lines))
        return self._db.write(lambda c: _numbered(c, edition, asked, at))


def _to_curation(row: Any) -> Curation:
    return Curation(**{**row._mapping, "act": Act(row.act)})


def _numbers(connection: Connection, edition: str) -> dict[str, tuple[int, datetime]]:
    query = select(desk_numbers).where(desk_numbers.c.edition == edition).order_by(desk_numbers.c.no)
    return {row.line: (row.no, row.at) for row in connection.execute(query)}


def _numbered(
    connection: Connection, edition: str, lines: list[str], at: datetime
) -> dict[str, tuple[int, datetime]]:
    """Two that number at once: the later one's rows meet the other's, and it looks again."""
    known = _numbers(connection, edition)
    while new := [line for line in lines if line not in known]:
        query = select(func.max(desk_numbers.c.no)).where(desk_numbers.c.edition == edition)
        first = (connection.execute(query).scalar() or 0) + 1
        rows = [{"edition": edition, "no": no, "line": line, "at": at} for no, line in enumerate(new, first)]
        add_new(connection, desk_numbers, rows)
        known = _numbers(connection, edition)
    return known
