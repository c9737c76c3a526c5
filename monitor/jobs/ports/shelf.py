"""What looking editions up needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from monitor.core.edition import Window


@dataclass(frozen=True, slots=True)
class ShelfQuestion:
    """Which editions of an agreement; an empty field asks nothing."""

    agreement: str
    words: str = ""
    """All of these stand in it, whatever their case: in a headline, an extract, a section."""
    digest: str = ""
    since: datetime | None = None
    until: datetime | None = None
    """Half-open, by the end of the window."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """An edition as a list shows it."""

    id: str
    digest: str
    window: Window
    made_at: datetime
    subject: str


class Shelf(Protocol):
    """The editions that were made."""

    def shelved(self, question: ShelfQuestion, skip: int = 0, limit: int = 20) -> list[Shelved]:
        """So many of them, the newest first."""

    def count_shelved(self, question: ShelfQuestion) -> int:
        """How many there are."""
