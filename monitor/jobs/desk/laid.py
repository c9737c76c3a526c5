"""The desk of one digest, and what lies on it, in plain values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from monitor.core.agreement import Agreement, Digest
from monitor.core.article import Article
from monitor.core.calendar import NO_HOLIDAYS, Holidays, upcoming
from monitor.core.curation import Act, Curation, Hours, in_force
from monitor.core.digest import Standing
from monitor.core.digest.composing import sections_of
from monitor.core.edition import Window, edition_id
from monitor.core.source import Sources
from monitor.jobs.ports import Archive, Clock, DeskRecords, Ledger


class Records(Archive, DeskRecords, Ledger, Protocol):
    """What the desk reads and writes."""


class LinesOf(Protocol):
    """Tells which lines an article's story is of."""

    def __call__(self, article: Article) -> Collection[str]:
        """All of them, its own among them."""


def alone(article: Article) -> Collection[str]:
    """Its own line: the story of an article that nothing is folded with."""
    return (article.line,)


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk of one digest, and who keeps it."""

    records: Records
    agreement: Agreement
    digest: Digest
    sources: Sources
    clock: Clock
    holidays: Holidays = NO_HOLIDAYS
    lines_of: LinesOf = alone
    """What an act on one article bears on."""

    @property
    def window(self) -> Window:
        """Of the edition that is made next."""
        last = self.records.last_edition(self.agreement.id, self.digest.id)
        return upcoming(self.digest, self.holidays, last, self.clock())

    @property
    def sections(self) -> list[str]:
        """Ids of the sections of the digest."""
        return [p.section for p in sections_of(self.agreement, self.digest)]

    def edition(self, window: Window) -> str:
        """The id that the edition of a window will have."""
        return edition_id(self.agreement.id, self.digest.id, window)

    def counting(self, edition: str, now: datetime) -> list[Curation]:
        """What editors have said of an edition, and counts, the oldest first."""
        until = now + timedelta.resolution  # what is said this very moment, too
        return in_force(self.records.curations(self.agreement.id), self.digest.id, edition, until)


@dataclass(frozen=True, slots=True)
class SuggestedSection:
    """Where a story might be filed instead, in plain values."""

    section: str
    act: Act
    """Which takes the suggestion: `move`, or `add` of what no section takes."""
    why: str
    """The reason, for the editor now and for whoever asks later."""


@dataclass(frozen=True, slots=True)
class DeskItem:
    """A story on the desk, in plain values."""

    no: int
    """By which editors name it; the same all the while that the edition is on the desk."""
    standing: Standing
    article: str
    """Id of the article it is shown by."""
    headline: str
    url: str
    outlet: str
    section: str
    """Id of the section it is filed in, or came near to; empty: of none."""
    others: int
    """Other articles of its story."""
    major: bool
    new: bool
    """It came onto the desk after the desk was laid out."""
    first_seen: datetime | None
    why: str
    """Why it is in, or not, in a sentence."""
    acts: tuple[Curation, ...] = ()
    """What editors say of it, as far as it counts."""
    suggestion: SuggestedSection | None = None


@dataclass(frozen=True, slots=True)
class View:
    """What an editor sees."""

    edition: str
    """The id it will have."""
    title: str
    """The digest's."""
    window: Window
    hours: Hours | None
    opened: datetime | None
    """When the desk was laid out first."""
    is_open: bool
    """Whether what editors say now counts for this edition."""
    items: tuple[DeskItem, ...]
    """In the order of the edition, then those beside it."""
    acts: tuple[Curation, ...]
    """Everything that counts for this edition, the oldest first."""
    last_act: int = 0
    """The number of the last act that it shows; 0: of none."""

    @property
    def authors(self) -> tuple[str, ...]:
        """Who is at work on it, in the order they began."""
        return tuple(dict.fromkeys(act.author for act in self.acts if act.edition or self._today(act)))

    def _today(self, act: Curation) -> bool:
        return act.at >= self.window.start

    def standing(self, *of: Standing) -> list[DeskItem]:
        """The items that stand so."""
        return [item for item in self.items if item.standing in of]
