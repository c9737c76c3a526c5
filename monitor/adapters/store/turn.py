"""A turn at something that only one process may do at a time, whoever else has the database open.

Locks of the database keep it, so that a killed process has lost its turn at once: on PostgreSQL an advisory lock,
on SQLite the write lock of an empty file beside the database, since that of the database would stop all writers.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from monitor.adapters.store.engine import refusal
from monitor.errors import StoreError

SENDING = 7_366_637_464
"""The advisory lock's number, ours alone: the keypad's letters for "sending", and more."""


@contextmanager
def turn(engine: Engine) -> Iterator[bool]:
    """Whether it is this process's turn, until the block ends; another process's turn is not waited for.

    Raises:
        StoreError: the database refused.
    """
    with _on_sqlite(engine) if engine.dialect.name == "sqlite" else _on_postgresql(engine) as mine:
        yield mine


@contextmanager
def _on_sqlite(engine: Engine) -> Iterator[bool]:
    try:
        connection = sqlite3.connect(f"{engine.url.database}-sending", timeout=0, isolation_level=None)
    except sqlite3.Error as error:
        raise StoreError(f"the database refused: {error}") from error
    with closing(connection):
        yield _locked(connection)


def _locked(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            return False
        raise StoreError(f"the database refused: {error}") from error
    return True


@contextmanager
def _on_postgresql(engine: Engine) -> Iterator[bool]:
    """In a transaction, so that a pooler between us and the server cannot part the lock from its connection."""
    connection, mine = _tried(engine)
    try:
        yield mine
    finally:
        with suppress(SQLAlchemyError):  # the server has gone, and the lock with it
            connection.close()


def _tried(engine: Engine) -> tuple[Connection, bool]:
    try:
        connection = engine.connect()
        return connection, bool(connection.execute(select(func.pg_try_advisory_xact_lock(SENDING))).scalar_one())
    except SQLAlchemyError as error:
        raise refusal(engine, error) from error
