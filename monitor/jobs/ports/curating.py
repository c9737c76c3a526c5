"""What curating needs: the decisions of editors, kept beside what the texts say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from monitor.core.curation import Curation
from monitor.core.story import StoryDecision


class StoryDecisions(Protocol):
    """What editors said of stories."""

    def story_decisions(self) -> list[StoryDecision]:
        """All of them, the oldest first."""

    def decide_story(self, decision: StoryDecision) -> None:
        """Remember one."""


class DeskRecords(Protocol):
    """What editors said of the stories of digests."""

    def curations(self, agreement: str) -> list[Curation]:
        """All acts on the agreement's digests, the oldest first."""

    def curate(self, curation: Curation) -> Curation:
        """Remember one; it comes back with its number."""

    def desk_numbers(self, edition: str) -> dict[str, tuple[int, datetime]]:
        """The number of each line on the desk of an edition, and when it came there."""

    def number(self, edition: str, lines: Iterable[str], at: datetime) -> dict[str, tuple[int, datetime]]:
        """The same, once those of the lines that had none have the next numbers, in the order given."""
