"""What composing remembers apart from the database."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Memory(Protocol):
    """Which edition of each digest was made last, whatever becomes of the database."""

    def made_up_to(self, agreement: str, digest: str) -> datetime | None:
        """The end of the window of the last edition; None where nothing is known."""

    def remember(self, agreement: str, digest: str, end: datetime) -> None:
        """Write it down, unless that of a later edition is there.

        Raises:
            StoreError: it cannot be written down.
        """

    def place(self, agreement: str, digest: str) -> str:
        """Where it is written down."""


class NoMemory:
    """Remembers nothing: what the database lacks was never made."""

    def made_up_to(self, agreement: str, digest: str) -> datetime | None:
        """Nothing."""
        return None

    def remember(self, agreement: str, digest: str, end: datetime) -> None:
        """Do nothing."""

    def place(self, agreement: str, digest: str) -> str:
        """Nowhere."""
        return ""
