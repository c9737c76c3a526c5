"""A disk without space: how it is known, before and after, and how SQLite is read on it all the same.

Even to read a database with a write-ahead log SQLite makes files beside it, for which there is no space. Where no
log is left (the last process closed it), the file alone is the whole database.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from monitor.errors import DiskFull

T = TypeVar("T")

LEAST_BYTES = 65_536
"""With less free space SQLite cannot make the two files beside a database."""
ENOUGH = 256 * 1024
"""Bytes: ten times what writing down a delivery takes. That one write just fits says nothing of the next."""
_FULL = {sqlite3.SQLITE_FULL}
_PERHAPS_FULL = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
"""What SQLite says when it cannot make a file, for this reason or another."""
_SERVER_IS_FULL = "53100"
"""PostgreSQL's SQLSTATE disk_full."""


def full_disk(engine: Engine, error: SQLAlchemyError) -> str:
    """What is full and what to do, where the error says that; else nothing."""
    orig = getattr(error, "orig", None)
    if getattr(orig, "sqlstate", None) == _SERVER_IS_FULL:
        return "the disk of the database server is full: nothing is stored until there is space on it"
    folder = _file(engine).parent
    code = getattr(orig, "sqlite_errorcode", 0) & 0xFF
    if code in _FULL or (code in _PERHAPS_FULL and _free(folder) < LEAST_BYTES):
        return f"the disk is full: nothing is stored until there is space at {folder}; then it goes on by itself"
    return ""


def must_have_room(engine: Engine) -> None:
    """Nothing, where the database's disk has room for more; what a server's disk has is the server's to say.

    Raises:
        DiskFull: it is as good as full.
    """
    folder = _file(engine).parent
    if engine.dialect.name == "sqlite" and (free := _free(folder)) < ENOUGH:
        raise DiskFull(f"the disk of {folder} is full ({free // 1024} kB left): make room, then all goes on")


def read_without_log(engine: Engine, unit: Callable[[Connection], T]) -> T | None:
    """What the unit gives back, read from the file alone; None where there is a log, or somebody writes meanwhile.

    Raises:
        SQLAlchemyError: the file cannot be read either.
    """
    file = _file(engine)
    if engine.dialect.name != "sqlite" or not file.exists() or _has_log(file):
        return None
    before = file.stat()
    address = f"sqlite:///file:{quote(str(file))}?mode=ro&immutable=1&uri=true"
    with create_engine(address, poolclass=NullPool, hide_parameters=True).connect() as connection:
        found = unit(connection)
    after = file.stat()
    written = (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size) or _has_log(file)
    return None if written else found


def _file(engine: Engine) -> Path:
    return Path(str(engine.url.database)).absolute()


def _has_log(file: Path) -> bool:
    """Whether anything stands in a log: the name alone is made where there is no space for more."""
    log = file.with_name(f"{file.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _free(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:  # the folder is gone: then it is not for want of space
        return ENOUGH
