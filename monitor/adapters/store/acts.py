"""What was tried and what was done: acts are only ever added to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, delete, select

from monitor.adapters.store.access_schema import acts, beats, failed_tries
from monitor.adapters.store.engine import Database, insert, upsert
from monitor.adapters.store.types import indexable
from monitor.core.access import Act, Tries

COLUMNS = [column for column in acts.columns if column.name != "no"]


class Acts:
    """Keeps every act for good; failed tries until they are forgotten."""

    _db: Database

    def tries(self, keys: Iterable[str]) -> list[Tries]:
        """What is remembered of failures under these keys."""
        query = select(failed_tries).where(failed_tries.c.key.in_([indexable(key) for key in keys]))
        return [Tries(**row) for row in self._db.read(lambda c: c.execute(query).mappings().all())]

    def failed(self, keys: Iterable[str], at: datetime, forget: datetime) -> None:
        """Count a failure under each key; what last failed before `forget` counts no more."""
        counted = [indexable(key) for key in keys]
        self._db.write(lambda c: _count(c, counted, at, forget))

    def succeeded(self, keys: Iterable[str]) -> None:
        """Forget the failures under these keys."""
        over = delete(failed_tries).where(failed_tries.c.key.in_([indexable(key) for key in keys]))
        self._db.write(lambda c: c.execute(over))

    def write_act(self, act: Act) -> None:
        """Remember something that was done."""
        self._db.write(lambda c: c.execute(acts.insert(), asdict(act)))

    def acts(self, since: datetime, until: datetime, user: str | None = None, limit: int = 1000) -> list[Act]:
        """What was done in `[since, until)`, the latest first, `limit` at most."""
        query = select(*COLUMNS).where(acts.c.at >= since, acts.c.at < until)
        if user is not None:
            query = query.where(acts.c.user == user)
        query = query.order_by(acts.c.at.desc(), acts.c.no.desc()).limit(limit)
        return [Act(**row) for row in self._db.read(lambda c: c.execute(query).mappings().all())]

    def beat(self, at: datetime) -> None:
        """Write one row, in place of the last: whether the database can be written.

        Raises:
            StoreError: it cannot.
        """
        self._db.write(lambda c: upsert(c, beats, [{"of": "service", "at": at}]))


def _count(connection: Connection, keys: list[str], at: datetime, forget: datetime) -> None:
    connection.execute(delete(failed_tries).where(failed_tries.c.last_at < forget))
    statement = insert(connection, failed_tries)
    more = {"number": failed_tries.c.number + 1, "last_at": statement.excluded.last_at}
    connection.execute(
        statement.on_conflict_do_update(index_elements=[failed_tries.c.key], set_=more),
        [{"key": key, "number": 1, "last_at": at} for key in keys],
    )
