"""What one process has to itself for a while, whoever else has the database open: a host, a source.

Locks keep it, so that a killed process has let go of all its claims at once, and none has to run out: on
PostgreSQL advisory locks; on SQLite, whose processes are all of one machine, locked bytes of an empty file beside
the database.

How long a thing wants to be left alone after it was given back outlives the process, and is a row.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import SQLAlchemyError

from monitor.adapters.store.engine import PAUSES, Database, refusal, upsert
from monitor.adapters.store.sources_schema import pauses
from monitor.errors import StoreError
from monitor.jobs import ports

_OPEN: dict[Path, _File] = {}
_OPENING = threading.Lock()


@contextmanager
def claims(database: Database) -> Iterator[ports.Claims]:
    """What claims can be made with until the block ends, and with it all of them.

    Raises:
        StoreError: the database refused.
    """
    sqlite = database.engine.dialect.name == "sqlite"
    mine = _InFile(database) if sqlite else _OnServer(database)
    try:
        yield mine
    finally:
        mine.close()


def _number(what: str) -> int:
    """The same in every process, and of no two things."""
    return int.from_bytes(hashlib.sha256(what.encode()).digest()[:8]) >> 1


class _File:
    """The file, opened once in a process: its locks are the process's, and closing it once lets all of them go."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        self._taken: set[int] = set()
        self._lock = threading.Lock()
        self.users = 0

    def take(self, number: int) -> bool:
        with self._lock:
            if number in self._taken:
                return False
            try:
                fcntl.lockf(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, number)
            except (BlockingIOError, PermissionError):  # POSIX leaves it to the system which of the two
                return False
            self._taken.add(number)
            return True

    def give_back(self, number: int) -> None:
        with self._lock:
            fcntl.lockf(self._descriptor, fcntl.LOCK_UN, 1, number)
            self._taken.discard(number)

    def close(self) -> None:
        os.close(self._descriptor)


class _WithPauses:
    """What is claimed may want a pause before the next has it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._mine: set[int] = set()

    def paused_until(self, what: str) -> datetime | None:
        query = select(pauses.c.until).where(pauses.c.what == what)
        return self._database.read(lambda c: c.execute(query).scalar())

    def release(self, what: str, pause_until: datetime | None = None) -> None:
        if (number := _number(what)) not in self._mine:
            return
        if pause_until is not None:
            row = {"what": what, "until": pause_until}
            self._database.write(lambda c: upsert(c, pauses, [row]))
        self._give_back(number)

    def _give_back(self, number: int) -> None:
        raise NotImplementedError


class _InFile(_WithPauses):
    """Claims of one caller, beside an SQLite database."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        path = Path(f"{database.engine.url.database}-claims")
        self._path = path.resolve()
        try:
            with _OPENING:
                if self._path not in _OPEN:
                    _OPEN[self._path] = _File(self._path)
                self._file = _OPEN[self._path]
                self._file.users += 1
        except OSError as error:
            raise StoreError(f"{path} cannot be opened: {error.strerror}") from error

    def claim(self, what: str) -> bool:
        number = _number(what)
        try:
            if not self._file.take(number):
                return False
        except OSError as error:
            raise StoreError(f"{self._path} cannot be locked: {error.strerror}") from error
        self._mine.add(number)
        return True

    def _give_back(self, number: int) -> None:
        self._mine.discard(number)
        self._file.give_back(number)

    def close(self) -> None:
        with _OPENING:
            while self._mine:
                self._file.give_back(self._mine.pop())
            self._file.users -= 1
            if not self._file.users:
                del _OPEN[self._path]
                self._file.close()


class _OnServer(_WithPauses):
    """Claims of one caller on PostgreSQL, whose connection is its own.

    The locks are the session's, so that each can be given back; and the session is in a transaction all the time,
    so that a pooler between us and the server cannot lend it to others.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._connection: Connection | None = None
        self._lock = threading.Lock()

    def claim(self, what: str) -> bool:
        number = _number(what)
        with self._lock:
            taken = self._asked(number)
            if taken:
                self._mine.add(number)
            return taken

    def _give_back(self, number: int) -> None:
        with self._lock:
            self._mine.discard(number)
            with suppress(SQLAlchemyError):  # the server has gone, and the lock with it
                if self._connection is not None:
                    self._connection.execute(select(func.pg_advisory_unlock(number)))

    def close(self) -> None:
        with self._lock, suppress(SQLAlchemyError):
            if self._connection is not None:
                self._connection.execute(select(func.pg_advisory_unlock_all()))
                self._connection.close()

    def _asked(self, number: int) -> bool:
        """Whether the lock is ours now; asked anew when the server was restarted."""
        for pause in (*PAUSES, None):
            try:
                return self._taken(number)
            except SQLAlchemyError as error:
                self._lost()
                if pause is None or not self._database.passes(error):
                    raise refusal(self._database.engine, error) from error
                time.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _taken(self, number: int) -> bool:
        if self._connection is None:
            self._connection = self._database.engine.connect()
            # What another took while we had no connection is theirs: it is not ours to give back.
            self._mine = {held for held in self._mine if _locked(self._connection, held)}
        return _locked(self._connection, number)

    def _lost(self) -> None:
        with suppress(SQLAlchemyError):
            if self._connection is not None:
                self._connection.invalidate()
                self._connection.close()
        self._connection = None


def _locked(connection: Connection, number: int) -> bool:
    return bool(connection.execute(select(func.pg_try_advisory_lock(number))).scalar_one())
