"""What looking things up needs: editions by the words in them, articles by their headline, coverage counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from monitor.core.article import Article
from monitor.core.coverage import CoverageCounts, CoverageQuestion
from monitor.core.edition import Window
from monitor.core.replay.words import Words


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


class Finding(Protocol):
    """Articles by what somebody says of them."""

    def find_article(self, text: str) -> Article | None:
        """The latest article of that id, unique beginning of an id, or address."""

    def unindexed(self) -> int:
        """How many stored articles the index of words lacks."""

    def articles_with(
        self, words: Words, since: datetime, until: datetime, *, every_text: bool = False
    ) -> Iterator[Article]:
        """The latest text of articles that hold these words, in no order."""


class Counting(Protocol):
    """Coverage in numbers."""

    def coverage_counts(self, question: CoverageQuestion) -> CoverageCounts:
        """How many rows the answer has, by section, outlet, term and day."""

    def unjudged(self, agreement: str, limit: int) -> Sequence[Article]:
        """Articles that this agreement has not judged yet."""
