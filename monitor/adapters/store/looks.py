"""The looks of mails that had no fault, kept to fall back on."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from monitor.adapters.store.engine import Database
from monitor.adapters.store.schema import looks
from monitor.core.look import Look


class Looks:
    """Keeps every state of a look; the last one counts."""

    _db: Database

    def look(self, name: str) -> Look | None:
        """The look of that name that was kept last."""
        row = self._db.read(lambda c: c.execute(_last(name)).first())
        if row is None:
            return None
        return Look(name, {file: b64decode(content) for file, content in json.loads(row.files).items()})

    def keep_look(self, look: Look, at: datetime) -> None:
        """Keep a look unless the last one of its name is the same."""
        self._db.write(lambda c: _keep(c, look, at))


def _last(name: str) -> Select[Any]:
    return select(looks).where(looks.c.name == name).order_by(looks.c.no.desc()).limit(1)


def _keep(connection: Connection, look: Look, at: datetime) -> None:
    last = connection.execute(_last(look.name)).first()
    if last is None or last.fingerprint != look.fingerprint:
        files = json.dumps({file: b64encode(content).decode() for file, content in sorted(look.files.items())})
        row = {"name": look.name, "fingerprint": look.fingerprint, "files": files, "at": at}
        connection.execute(looks.insert(), row)
