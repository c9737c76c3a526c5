"""The database behind the store: how it is opened, and how a unit of work is run whole or not at all.

What is read and written lives in the other files; here is only when and how often.
"""

from __future__ import annotations

import importlib.util
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from monitor.adapters.store.full_disk import full_disk, read_without_log
from monitor.errors import DiskFull, StoreError

T = TypeVar("T")
Unit = Callable[[Connection], T]
"""What is done inside one transaction; run again from its beginning when the database asks for it."""

BUSY_SECONDS = 10
AGAIN_SECONDS = 0.02
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4)
"""Seconds before each further try of a unit: long enough for a PostgreSQL to restart."""
ASKS_AGAIN = {"40001", "40P01", "57P01", "57P02", "57P03"}
"""SQLSTATEs of serialization failure, deadlock, and of a server that stops or starts."""
WRITES = "monitor_writes"


class Database:
    """Runs units of work; safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reading = engine
        self._writing = engine.execution_options(**{WRITES: True})
        self._reached = False
        # SQLite has one writer at a time, and lets the others look again and again: one that is unlucky for ten
        # seconds is refused. Our own threads queue here instead.
        sqlite = engine.dialect.name == "sqlite"
        self._turn: AbstractContextManager[object] = threading.Lock() if sqlite else nullcontext()

    def read(self, unit: Unit[T]) -> T:
        """What the unit gives back, from one state of the database; also where a full disk lets nothing be stored.

        Raises:
            StoreError: the database refused, or could not be reached.
        """
        try:
            return self._run(self._reading, unit)
        except DiskFull as full:
            return self._read_on_a_full_disk(unit, full)

    def write(self, unit: Unit[T]) -> T:
        """The same for a unit that writes: all of it is stored when this returns, and nothing when it raises."""
        with self._turn:
            return self._run(self._writing, unit)

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    def _run(self, engine: Engine, unit: Unit[T]) -> T:
        for pause in (*PAUSES, None):
            try:
                return self._once(engine, unit)
            except SQLAlchemyError as error:
                if pause is None or not self.passes(error):
                    raise refusal(self.engine, error) from error
                time.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _read_on_a_full_disk(self, unit: Unit[T], full: DiskFull) -> T:
        try:
            found = read_without_log(self.engine, lambda connection: (unit(connection),))
        except SQLAlchemyError:
            raise full from None
        if found is None:
            raise full
        return found[0]

    def _once(self, engine: Engine, unit: Unit[T]) -> T:
        with engine.connect() as connection:
            self._reached = True
            with connection.begin():
                return unit(connection)

    def passes(self, error: SQLAlchemyError) -> bool:
        """Whether the same unit may succeed in a moment."""
        if self.engine.dialect.name != "postgresql" or not isinstance(error, DBAPIError):
            return False
        state = getattr(error.orig, "sqlstate", None)
        lost = error.connection_invalidated or (state is None and type(error).__name__ == "OperationalError")
        return state in ASKS_AGAIN or (lost and self._reached)


def refusal(engine: Engine, error: SQLAlchemyError) -> StoreError:
    """The error in our words: what the database said, without the statement and its texts."""
    if full := full_disk(engine, error):
        return DiskFull(full)
    said = str(getattr(error, "orig", None) or error).strip().splitlines() or [type(error).__name__]
    return StoreError(f"the database refused: {said[0]}")


def connect(url: str) -> Engine:
    """An engine for the address, tuned for its database; nothing is opened yet.

    Raises:
        StoreError: the address cannot be used.
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreError("the database's address cannot be read: write sqlite:////path/to/monitor.db") from error
    match address.get_backend_name():
        case "sqlite":
            return _sqlite(address)
        case "postgresql":
            return _postgresql(address)
    raise StoreError(f"no store for {address.get_backend_name()}: use sqlite or postgresql")


def insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def add_new(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> int:
    """Store the rows that are not there, by any unique key; how many they were."""
    if not rows:
        return 0
    statement = insert(connection, table).on_conflict_do_nothing()
    return connection.execute(statement, rows, execution_options={"preserve_rowcount": True}).rowcount


def upsert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Store rows by primary key, each in place of the one that is there."""
    if not rows:
        return
    statement = insert(connection, table)
    given = [c for c in table.columns if c.name in rows[0] and not c.primary_key]
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=list(table.primary_key.columns),
            set_={c.name: statement.excluded[c.name] for c in given},
        ),
        rows,
    )


def _sqlite(address: URL) -> Engine:
    if address.database in (None, "", ":memory:") or address.query:
        raise StoreError("the store needs a file of its own: write sqlite:////path/to/monitor.db")
    engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
    event.listen(engine, "connect", _tune_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _tune_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: sqlite3 would begin late, and not for DDL
    _keep_a_log(connection)
    for pragma in (
        "synchronous = FULL",  # a mail that was recorded as sent stays recorded when the power fails
        "foreign_keys = ON",
        "cache_size = -32000",
        "secure_delete = ON",  # what is purged is overwritten, not only unlinked
    ):
        connection.execute(f"PRAGMA {pragma}")


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """Turn write-ahead logging on. Where several processes open a new file at once, SQLite refuses all but one.

    It refuses them at once, whatever the timeout, since waiting might be for ever: so we ask again.
    """
    until = time.monotonic() + BUSY_SECONDS
    while not _has_log(connection, last=time.monotonic() > until):
        time.sleep(AGAIN_SECONDS)


def _has_log(connection: sqlite3.Connection, *, last: bool) -> bool:
    """Whether it could be turned on, or is on; the last try raises."""
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if last or error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once: a transaction that reads and then writes cannot wait for it."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql(address: URL) -> Engine:
    if importlib.util.find_spec("psycopg") is None:
        raise StoreError("PostgreSQL needs its driver: pip install 'monitor[postgres]'")
    return create_engine(
        address.set(drivername="postgresql+psycopg"),
        isolation_level="READ COMMITTED",
        connect_args={"options": "-c timezone=UTC", "connect_timeout": BUSY_SECONDS},
        pool_pre_ping=True,
        hide_parameters=True,
    )
