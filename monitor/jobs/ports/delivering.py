"""Ports for what leaves the house, and for who it goes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from monitor.core.edition import Delivery, Edition
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
