"""Seals: a fingerprint over all that an edition is, taken from what is stored, and taken again when asked."""

from __future__ import annotations

from sqlalchemy import Connection, select

from monitor.adapters.store.engine import Database
from monitor.adapters.store.rows import to_edition, to_item, to_variant
from monitor.adapters.store.schema import edition_items, edition_variants, editions
from monitor.core.edition import seal_of
from monitor.errors import UnknownRecord


class Seals:
    """Says whether an edition is what it was."""

    _db: Database

    def seals(self, edition_id: str) -> tuple[str, str]:
        """The seal put on the edition when it was frozen, empty if there was none, and what it would be now.

        Raises:
            UnknownRecord: there is no such edition.
        """
        return self._db.read(lambda c: _both(c, edition_id))


def put_seal(connection: Connection, edition_id: str) -> None:
    """Seal an edition whose rows are all there."""
    now = _taken(connection, edition_id)
    connection.execute(editions.update().where(editions.c.id == edition_id).values(seal=now))


def _both(connection: Connection, edition_id: str) -> tuple[str, str]:
    then = connection.execute(select(editions.c.seal).where(editions.c.id == edition_id)).scalar()
    if then is None:
        raise UnknownRecord(f"no edition {edition_id}")
    return then, _taken(connection, edition_id)


def _taken(connection: Connection, edition_id: str) -> str:
    edition = connection.execute(select(editions).where(editions.c.id == edition_id)).one()
    items, variants = (
        connection.execute(select(table).where(table.c.edition == edition_id).order_by(order)).all()
        for table, order in (
            (edition_items, edition_items.c.position),
            (edition_variants, edition_variants.c.sections),
        )
    )
    return seal_of(to_edition(edition), map(to_item, items), map(to_variant, variants))
