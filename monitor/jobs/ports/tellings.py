"""What composing needs of the editions before: what they told, and how full they were."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from monitor.core.article import Article
from monitor.core.digest import PastEdition, Telling


class Tellings(Protocol):
    """The ledger, read backwards."""

    def tellings(self, agreement: str, digest: str, since: datetime) -> dict[str, Telling]:
        """Which article lines editions of the digest have shown, or told again, since a moment."""

    def told_articles(self, agreement: str, digest: str, since: datetime, seen_before: datetime) -> list[Article]:
        """The articles that they told, in the text they told last; those first seen before a moment alone."""

    def first_seen(self, lines: Iterable[str]) -> dict[str, datetime]:
        """When the first text of each of these lines was seen."""

    def past_editions(self, agreement: str, digest: str, since: datetime) -> list[PastEdition]:
        """How full the editions were that were made since a moment, the oldest first."""
