"""The port of the ledger: which editions were made, what is in them, and how far each has come to whom."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from monitor.core.edition import Delivery, Edition, EditionItem, Variant


class Ledger(Protocol):
    """Editions and deliveries."""

    def make_edition(
        self,
        edition: Edition,
        items: Iterable[EditionItem],
        deliveries: Iterable[Delivery],
        variants: Iterable[Variant] = (),
    ) -> bool:
        """Store all of it in one transaction; False, and nothing stored, when the edition is there."""

    def last_edition(self, agreement: str, digest: str) -> Edition | None:
        """The edition of the latest window end."""

    def edition(self, edition_id: str) -> Edition:
        """The edition of that id.

        Raises:
            UnknownRecord: there is none.
        """

    def edition_for(self, delivery: Delivery) -> Edition:
        """The edition with the mail and content that this recipient gets.

        Raises:
            UnknownRecord: there is none.
        """

    def editions(self, agreement: str | None = None, *, made_since: datetime | None = None) -> list[Edition]:
        """All, or those made at that moment or later, the newest first."""

    def items(self, edition_id: str) -> list[EditionItem]:
        """What the edition did with each matched article."""

    def items_of(self, agreement: str, lines: Iterable[str]) -> list[tuple[str, EditionItem]]:
        """(Edition id, what it did) with articles of these lines, in any text; the latest edition first."""

    def taken(self, agreement: str, digest: str, article_ids: Iterable[str]) -> dict[str, EditionItem]:
        """Of these articles those that an edition of this digest has shown or folded (not held), by article id."""

    def shown_stories(self, agreement: str, digest: str, lines: Iterable[str]) -> set[str]:
        """Which of these article lines were shown or folded by an edition of this digest, in any text."""

    def variants(self, edition_id: str) -> list[Variant]:
        """The edition for those who want only some of its sections, in the order of these."""

    def deliveries(self, edition_id: str) -> list[Delivery]:
        """All deliveries of an edition."""

    def delivery_of(self, message_id: str) -> Delivery | None:
        """The delivery with that Message-ID; None when it is no mail of ours."""

    def written_to(self, listed: str) -> list[str]:
        """The addresses that editions of a digest (`<agreement>/<digest>`) were ever for."""

    def open_deliveries(self) -> list[Delivery]:
        """Deliveries that are pending or unknown, the oldest edition first."""

    def sending(self) -> AbstractContextManager[bool]:
        """Whether this process alone may send, until the block (or the process) ends; False while another does."""

    def about_to_send(self, at: datetime) -> None:
        """Write down that mail goes out from now on.

        Raises:
            StoreError: nothing can be written, so nothing may go: nobody would know that it went.
        """

    def save_delivery(self, delivery: Delivery) -> None:
        """Store what became of a delivery."""

    def save_deliveries(self, deliveries: Iterable[Delivery]) -> None:
        """The same for several, in one transaction."""
