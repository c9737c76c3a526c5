"""What auditing needs of the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from monitor.core.audit import AuditedEdition, AuditedMatch
from monitor.core.edition import ItemState


@dataclass(frozen=True, slots=True)
class Did:
    """What an edition did with a text."""

    digest: str
    edition: str
    state: ItemState


@dataclass(frozen=True, slots=True)
class ArchiveCounts:
    """What was seen in a stretch of time, and what an agreement made of it; each text of an article counts."""

    texts: int
    judged: int
    matched: int
    """In a section, the one of key journalists included."""
    unassigned: int
    """By a key journalist, and in no other section: in no digest."""


class Audit(Protocol):
    """Matches, and what editions did with them."""

    def audited_matches(self, agreement: str, since: datetime, until: datetime) -> Iterator[AuditedMatch]:
        """Every text first seen in `[since, until)` that is in a section, in order of first seen and id."""

    def audited_editions(self, agreement: str) -> list[AuditedEdition]:
        """All editions, the oldest first, without their mails."""

    def done_with(self, agreement: str, article_ids: Iterable[str]) -> dict[str, list[Did]]:
        """What editions did with each of these texts, by article id."""

    def sections_filed(self, agreement: str) -> set[tuple[str, str]]:
        """(Digest, section) of everything that editions filed anywhere."""

    def shown_twice(self, agreement: str, since: datetime, until: datetime) -> list[tuple[str, str, int]]:
        """(Digest, line, number of editions) of articles that several editions of a digest show as new."""

    def archive_counts(self, agreement: str, since: datetime, until: datetime) -> ArchiveCounts:
        """How many texts were first seen in `[since, until)`, and what the agreement made of them."""

    def count_matches(self, agreement: str, sections: Collection[str], since: datetime, until: datetime) -> int:
        """How many texts first seen in `[since, until)` are in one of these sections, counted by the database."""


class Seals(Protocol):
    """Says whether an edition is what it was."""

    def seals(self, edition_id: str) -> tuple[str, str]:
        """The seal put on the edition when it was frozen, empty if there was none, and what it would be now.

        Raises:
            UnknownRecord: there is no such edition.
        """
