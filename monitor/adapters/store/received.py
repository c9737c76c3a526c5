"""Agreements that were received, with their drafts as they are by now."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from monitor.adapters.store.engine import Database
from monitor.adapters.store.received_schema import received
from monitor.core.drafting import Draft, Received
from monitor.errors import StoreError, UnknownRecord

_DRAFT = msgspec.json.Decoder(Draft)


class ReceivedAgreements:
    """Keeps every one until somebody drops it."""

    _db: Database

    def received_agreements(self) -> list[Received]:
        """All of them, the latest first."""
        query = select(received).order_by(received.c.at.desc(), received.c.id)
        return [_received(row._mapping) for row in self._db.read(lambda c: c.execute(query).all())]

    def received(self, ident: str) -> Received:
        """The one of that id.

        Raises:
            UnknownRecord: there is none.
        """
        query = select(received).where(received.c.id == ident)
        row = self._db.read(lambda c: c.execute(query).one_or_none())
        if row is None:
            raise UnknownRecord(f"no agreement {ident} was received, or somebody dropped it")
        return _received(row._mapping)

    def keep_received(self, one: Received) -> bool:
        """Store it, in the place of the version before it; False, and nothing stored, when that is not there."""
        return self._db.write(lambda c: _keep(c, one))

    def drop_received(self, ident: str) -> None:
        """Forget one."""
        self._db.write(lambda c: c.execute(received.delete().where(received.c.id == ident)))


def _keep(connection: Connection, one: Received) -> bool:
    row = {f.name: getattr(one, f.name) for f in fields(one)} | {"draft": msgspec.json.encode(one.draft).decode()}
    if one.version == 1:
        connection.execute(received.insert(), row)
        return True
    before = (received.c.id == one.id) & (received.c.version == one.version - 1)
    return connection.execute(received.update().where(before).values(**row)).rowcount == 1


def _received(row: Any) -> Received:
    try:
        draft = _DRAFT.decode(row["draft"])
    except msgspec.MsgspecError as error:
        raise StoreError(f"the draft of {row['id']} cannot be read: {error}") from error
    return Received(**{**row, "draft": draft})
