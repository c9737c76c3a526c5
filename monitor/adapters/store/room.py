"""Room on the disk of an SQLite database: whether what happens next can still be written down."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import Engine

from monitor.errors import StoreError

ENOUGH = 256 * 1024
"""Bytes: ten times what writing down a delivery takes. That one write just fits says nothing of the next."""


def must_have_room(engine: Engine) -> None:
    """Nothing, where the database's disk has room for more; what a server's disk has is the server's to say.

    Raises:
        StoreError: it is as good as full.
    """
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return
    folder = Path(engine.url.database).parent
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise StoreError(f"the database's folder {folder} cannot be looked at: {error.strerror}") from error
    if free < ENOUGH:
        raise StoreError(f"the disk of {folder} is full ({free // 1024} kB left): make room, then all goes on")
