"""What drafting needs: where drafts are kept until they are published or dropped, and what terms have brought."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from monitor.core.draft import DraftFile
from monitor.core.match import Outcome


class Drafts(Protocol):
    """Files as editors would have them."""

    def draft_files(self, agreement: str) -> list[DraftFile]:
        """All of an agreement, by author and file."""

    def save_draft(self, draft: DraftFile, over: str) -> bool:
        """Store a file of a draft; False, and nothing stored, when it is not what the editor saw any more.

        `over` is the fingerprint of the state that was changed; empty: the draft had no such file.
        """

    def drop_draft(self, agreement: str, author: str, file: str) -> bool:
        """Take a file out of a draft for good; whether it was in it."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many articles a term brought to one end."""

    section: str
    term: str
    outcome: Outcome
    articles: int
    """Each line once."""
    last: datetime
    """When the latest was first seen."""
    excluded: bool = False
    """They are those that editors have excluded."""


class Tallies(Protocol):
    """What terms have brought, counted where it lies."""

    def tally(self, agreement: str, since: datetime, until: datetime, excluded: Collection[str]) -> list[Tally]:
        """What each term of each section brought among articles first seen in `[since, until)`, by line.

        `excluded` are lines that are counted apart.
        """

    def count_judged(self, agreement: str, since: datetime, until: datetime) -> tuple[int, datetime | None]:
        """How many articles first seen in `[since, until)` were judged, and when the first of them was seen."""
