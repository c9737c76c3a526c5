"""What editors asked to have published, in agreements that ask for a second person."""

from __future__ import annotations

import json
from dataclasses import astuple

from sqlalchemy import ColumnElement, Connection, and_, delete, select

from monitor.adapters.store.engine import Database
from monitor.adapters.store.schema import askings
from monitor.core.asking import AskedFile, Asking


class Askings:
    """Keeps the latest asking of each editor, until it is published."""

    _db: Database

    def askings(self, agreement: str) -> list[Asking]:
        """All of an agreement, by author."""
        query = select(askings).where(askings.c.agreement == agreement).order_by(askings.c.author)
        rows = self._db.read(lambda c: c.execute(query).mappings().all())
        return [
            Asking(**{**row, "files": tuple(AskedFile(*one) for one in json.loads(row["files"]))}) for row in rows
        ]

    def save_asking(self, asking: Asking) -> None:
        """Store it in place of what its author asked before."""
        self._db.write(lambda c: _save(c, asking))

    def answer_asking(self, asking: Asking, refused_by: str, refusal: str) -> bool:
        """Write a refusal to it; False, and nothing stored, when it is answered or another by now."""
        change = (
            askings.update()
            .where(_is(asking), askings.c.refused_by == "")
            .values(refused_by=refused_by, refusal=refusal)
        )
        return self._db.write(lambda c: c.execute(change).rowcount) > 0

    def drop_asking(self, asking: Asking) -> None:
        """Forget it, unless its author asked for something else meanwhile."""
        self._db.write(lambda c: c.execute(delete(askings).where(_is(asking))))


def _is(asking: Asking) -> ColumnElement[bool]:
    return and_(
        askings.c.agreement == asking.agreement,
        askings.c.author == asking.author,
        askings.c.at == asking.at,
        askings.c.files == _files(asking),
    )


def _save(connection: Connection, asking: Asking) -> None:
    by = and_(askings.c.agreement == asking.agreement, askings.c.author == asking.author)
    connection.execute(delete(askings).where(by))
    connection.execute(
        askings.insert(),
        {
            "agreement": asking.agreement,
            "author": asking.author,
            "reason": asking.reason,
            "at": asking.at,
            "files": _files(asking),
            "refused_by": asking.refused_by,
            "refusal": asking.refusal,
        },
    )


def _files(asking: Asking) -> str:
    return json.dumps([astuple(one) for one in asking.files])
