"""Ports for what leaves the house, and for who it goes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from monitor.core.edition import Delivery, Edition, Variant
from monitor.core.recipient import RecipientAct


class Post(Protocol):
    """Takes a mail for one recipient: the outbox, or a server; `adapters.mail`."""

    def deliver(self, edition: Edition, delivery: Delivery) -> str:
        """The file written or the server's answer.

        Raises:
            RecipientRefused: never try again; its `gone` says that there is no such mailbox.
            ServerUnavailable: nobody's mail is taken for now.
            DeliveryError: try again later; its `unknown` says that all was said and no answer came.
        """


class RecipientActs(Protocol):
    """What was decided on addresses; only ever added to."""

    def recipient_acts(self) -> Mapping[str, Sequence[RecipientAct]]:
        """All of them by address (`core.recipient.key_of`), the oldest first."""

    def act_on_recipient(self, act: RecipientAct) -> None:
        """Remember one."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """How much there is that could be told at once: with no more of any of it, nothing has changed."""

    texts: int
    """Texts of articles, new and changed."""
    judged: int
    """Those of them that the agreement has judged: one that comes in is judged a little later."""
    acts: int
    """What editors said of the agreement's stories."""
    decisions: int
    """What they joined and split."""


class Announcements(Protocol):
    """What was told at once, outside the editions of a digest, and in which mail."""

    def grounds(self, agreement: str, since: datetime, until: datetime) -> Grounds:
        """How much there is by now to judge by, of what was first seen in `[since, until)`."""

    def announced(self, agreement: str, digest: str, what: Iterable[str]) -> dict[str, datetime]:
        """When each of these was told, of those that were."""

    def announce(
        self,
        edition: Edition,
        digest: str,
        what: Iterable[str],
        deliveries: Iterable[Delivery],
        variants: Iterable[Variant] = (),
    ) -> bool:
        """Store the mail that tells these on behalf of a digest, with its deliveries, in one transaction.

        False, and nothing stored, when any of these was told already: of many that look at once, one tells.
        """

    def note_announced(self, edition: Edition, what: str) -> None:
        """Remember that this was said of an edition that is stored; once is enough."""
