"""Editions, what they did with each article, and what became of each delivery."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, func, select

from monitor.adapters.store.access_schema import beats
from monitor.adapters.store.engine import Database, add_new, upsert
from monitor.adapters.store.filed import filed
from monitor.adapters.store.full_disk import must_have_room
from monitor.adapters.store.rows import (
    Row,
    delivery_row,
    edition_row,
    item_row,
    to_delivery,
    to_edition,
    to_item,
    to_variant,
    variant_row,
)
from monitor.adapters.store.schema import articles, deliveries, edition_items, edition_variants, editions
from monitor.adapters.store.seals import put_seal
from monitor.adapters.store.turn import turn
from monitor.core.edition import ALERT, Delivery, DeliveryState, Edition, EditionItem, ItemState, Variant
from monitor.errors import UnknownRecord

TAKEN = [str(ItemState.SHOWN), str(ItemState.COPY), str(ItemState.UPDATED), str(ItemState.DEVELOPED)]
OPEN = [str(DeliveryState.PENDING), str(DeliveryState.UNKNOWN)]


class Ledger:
    """Keeps editions for good, to the letter; only the state of a delivery ever changes."""

    _db: Database

    def make_edition(
        self,
        edition: Edition,
        items: Iterable[EditionItem],
        deliveries: Iterable[Delivery],
        variants: Iterable[Variant] = (),
    ) -> bool:
        """Store all of it in one transaction; False, and nothing stored, when the edition is there.

        However many processes make the same edition, one of them is told True.
        """
        parts = made_of(edition, items, deliveries, variants)
        return self._db.write(lambda c: make(c, edition_row(edition), parts))

    def last_edition(self, agreement: str, digest: str) -> Edition | None:
        """The edition of the latest window end."""
        rows = self._editions(_of_digest(agreement, digest), limit=1)
        return rows[0] if rows else None

    def edition(self, edition_id: str) -> Edition:
        """The edition of that id.

        Raises:
            UnknownRecord: there is none.
        """
        rows = self._editions([editions.c.id == edition_id], limit=1)
        if not rows:
            raise UnknownRecord(f"no edition {edition_id}")
        return rows[0]

    def edition_for(self, delivery: Delivery) -> Edition:
        """The edition with the mail and content that this recipient gets.

        Raises:
            UnknownRecord: there is none.
        """
        edition = self.edition(delivery.edition)
        if not delivery.variant:
            return edition
        found = self._variant(delivery.edition, delivery.variant)
        return replace(edition, mail=found.mail, content=found.content)

    def variants(self, edition_id: str) -> list[Variant]:
        """The edition for those who want only some of its sections, in the order of these."""
        query = select(edition_variants).where(edition_variants.c.edition == edition_id)
        rows = self._db.read(lambda c: c.execute(query.order_by(edition_variants.c.sections)).all())
        return [to_variant(row) for row in rows]

    def _variant(self, edition_id: str, sections: str) -> Variant:
        for variant in self.variants(edition_id):
            if variant.sections == sections:
                return variant
        raise UnknownRecord(f"no edition {edition_id} of {sections} alone")

    def editions(self, agreement: str | None = None, *, made_since: datetime | None = None) -> list[Edition]:
        """All, or those made at that moment or later, the newest first."""
        conditions = [] if agreement is None else [editions.c.agreement == agreement]
        return self._editions([*conditions, *([editions.c.made_at >= made_since] if made_since else [])])

    def items(self, edition_id: str) -> list[EditionItem]:
        """What the edition did with each matched article, in the order it was given."""
        query = select(edition_items).where(edition_items.c.edition == edition_id)
        rows = self._db.read(lambda c: c.execute(query.order_by(edition_items.c.position)).all())
        return [to_item(row) for row in rows]

    def items_of(self, agreement: str, lines: Iterable[str]) -> list[tuple[str, EditionItem]]:
        """(Edition id, what it did) with articles of these lines, in any text; the latest edition first."""
        asked = list(dict.fromkeys(lines))
        return self._db.read(lambda c: _items_of(c, agreement, asked))

    def taken(self, agreement: str, digest: str, article_ids: Iterable[str]) -> dict[str, EditionItem]:
        """Of these articles those that an edition of this digest has shown or folded (not held), by article id.

        Of an article taken twice, what the latest edition did.
        """
        asked = list(dict.fromkeys(article_ids))
        return self._db.read(lambda c: _taken(c, agreement, digest, asked))

    def shown_stories(self, agreement: str, digest: str, lines: Iterable[str]) -> set[str]:
        """Which of these article lines were shown or folded by an edition of this digest, in any text."""
        asked = list(dict.fromkeys(lines))
        return self._db.read(lambda c: _shown_lines(c, agreement, digest, asked))

    def deliveries(self, edition_id: str) -> list[Delivery]:
        """All deliveries of an edition, in the order they were made."""
        return self._deliveries(deliveries.c.edition == edition_id)

    def delivery_of(self, message_id: str) -> Delivery | None:
        """The delivery with that Message-ID; None when it is no mail of ours."""
        found = self._deliveries(deliveries.c.message_id == message_id)
        return found[0] if found else None

    def written_to(self, listed: str) -> list[str]:
        """The addresses that editions of a digest (`<agreement>/<digest>`) were ever for."""
        agreement, _, digest = listed.partition("/")
        query = select(deliveries.c.recipient).distinct().join_from(deliveries, editions)
        of_digest = query.where(*_of_digest(agreement, digest)).order_by(deliveries.c.recipient)
        return list(self._db.read(lambda c: c.execute(of_digest).scalars().all()))

    def open_deliveries(self) -> list[Delivery]:
        """Deliveries that are pending or unknown, alerts first, then the oldest edition."""
        return self._deliveries(deliveries.c.state.in_(OPEN))

    def sending(self) -> AbstractContextManager[bool]:
        """Whether this process alone may send, until the block ends or the process does.

        While another one sends it is False, at once.
        """
        return turn(self._db.engine)

    def about_to_send(self, at: datetime) -> None:
        """Write down that mail goes out from now on.

        Raises:
            StoreError: nothing can be written, so nothing may go: nobody would know that it went.
        """
        must_have_room(self._db.engine)
        self._db.write(lambda c: upsert(c, beats, [{"of": "sending", "at": at}]))

    def save_delivery(self, delivery: Delivery) -> None:
        """Store what became of a delivery."""
        self.save_deliveries([delivery])

    def save_deliveries(self, deliveries: Iterable[Delivery]) -> None:
        """The same for several, in one transaction."""
        done = list(deliveries)
        self._db.write(lambda c: _save_deliveries(c, done))

    def _editions(self, conditions: list[ColumnElement[bool]], limit: int | None = None) -> list[Edition]:
        query = (
            select(editions)
            .where(*conditions)
            .order_by(editions.c.window_end.desc(), editions.c.made_at.desc(), editions.c.id)
            .limit(limit)
        )
        return [to_edition(row) for row in self._db.read(lambda c: c.execute(query).all())]

    def _deliveries(self, condition: ColumnElement[bool]) -> list[Delivery]:
        query = (
            select(deliveries)
            .join_from(deliveries, editions)
            .where(condition)
            .order_by(
                editions.c.digest.endswith(ALERT).desc(),
                editions.c.window_end,
                editions.c.id,
                deliveries.c.position,
                deliveries.c.recipient,
            )
        )
        return [to_delivery(row) for row in self._db.read(lambda c: c.execute(query).all())]


def _of_digest(agreement: str, digest: str) -> list[ColumnElement[bool]]:
    return [editions.c.agreement == agreement, editions.c.digest == digest]


Parts = list[tuple[Table, list[Row]]]
"""What is stored with an edition."""


def made_of(
    edition: Edition,
    items: Iterable[EditionItem],
    to_deliver: Iterable[Delivery],
    variants: Iterable[Variant] = (),
) -> Parts:
    """Everything that belongs to an edition, as rows."""
    return [
        (edition_items, [item_row(edition.id, position, item) for position, item in enumerate(items)]),
        (edition_variants, [variant_row(edition.id, variant) for variant in variants]),
        (deliveries, [delivery_row(delivery, position) for position, delivery in enumerate(to_deliver)]),
    ]


def make(connection: Connection, edition: Row, parts: Parts) -> bool:
    """Store an edition and what belongs to it; False, and nothing stored, when it is there."""
    made = add_new(connection, editions, [edition])
    for table, rows in parts if made else ():
        if rows:
            connection.execute(table.insert(), rows)
    if made:
        put_seal(connection, edition["id"])
    return bool(made)


def _taken(connection: Connection, agreement: str, digest: str, article_ids: list[str]) -> dict[str, EditionItem]:
    query = select(edition_items).where(edition_items.c.state.in_(TAKEN))
    rows = filed(connection, query, edition_items.c.article, article_ids, _of_digest(agreement, digest))
    rows.sort(key=lambda found: (found[0].window_end, found[1].position))
    return {row.article: to_item(row) for _, row in rows}


def _shown_lines(connection: Connection, agreement: str, digest: str, lines: list[str]) -> set[str]:
    shown = select(articles.c.line, edition_items.c.edition).join_from(
        articles, edition_items, articles.c.id == edition_items.c.article
    )
    query = shown.where(edition_items.c.state.in_(TAKEN))
    return {row.line for _, row in filed(connection, query, articles.c.line, lines, _of_digest(agreement, digest))}


def _items_of(connection: Connection, agreement: str, lines: list[str]) -> list[tuple[str, EditionItem]]:
    query = select(edition_items).join(articles, articles.c.id == edition_items.c.article)
    rows = filed(connection, query, articles.c.line, lines, [editions.c.agreement == agreement])
    rows.sort(key=lambda found: (-found[0].window_end.timestamp(), found[1].edition, found[1].position))
    return [(row.edition, to_item(row)) for _, row in rows]


def _save_deliveries(connection: Connection, done: Iterable[Delivery]) -> None:
    for delivery in done:
        upsert(connection, deliveries, [delivery_row(delivery, _place(connection, delivery))])


def _place(connection: Connection, delivery: Delivery) -> int:
    """Where the delivery stands among those of its edition: a new one comes last."""
    of_edition = deliveries.c.edition == delivery.edition
    place = connection.execute(
        select(deliveries.c.position).where(of_edition, deliveries.c.recipient == delivery.recipient)
    ).scalar()
    if place is None:
        place = connection.execute(select(func.count()).select_from(deliveries).where(of_edition)).scalar_one()
    return int(place)
