"""What explaining is asked for, works with, and gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from monitor.core.agreement import Agreement, Digest
from monitor.core.article import Article
from monitor.core.calendar import NO_HOLIDAYS, Holidays
from monitor.core.edition import Edition, EditionItem
from monitor.core.explanation import Account, Fate, Link
from monitor.core.match import Judgement
from monitor.core.source import Sources
from monitor.core.story import StoryDecision
from monitor.jobs.ports import Archive, Clock, Clusterer, DeskRecords, Ledger, Recorded, StoryDecisions


class Records(Archive, Ledger, StoryDecisions, DeskRecords, Protocol):
    """What explaining reads."""


@dataclass(frozen=True, slots=True)
class Explainer:
    """What every explanation is made with."""

    records: Records
    agreement: Agreement
    sources: Sources
    copies: Clusterer
    clock: Clock
    holidays: Holidays = NO_HOLIDAYS


@dataclass(frozen=True, slots=True)
class Asked:
    """Which digests are asked about: all of the agreement, one, or one edition of it."""

    digest: Digest | None = None
    edition: Edition | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of one text of an article."""

    article: Article
    judgement: Judgement
    """With significance, as far as the last edition that is told of knew its story, or as the archive stands."""
    accounts: tuple[Account, ...]
    """What every section says; none where nothing of the article could be read."""
    recorded: Recorded | None = None
    """As it is stored; None: it is judged here and now."""
    editions: tuple[tuple[str, EditionItem], ...] = ()
    """Editions that did something with this text, by id, the oldest first."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything known of one article and one agreement."""

    text: Told
    """The text that was asked for."""
    stored: bool
    """False: handed in or fetched now, and judged here and now."""
    copies: tuple[Article, ...] = ()
    """The other articles of its story."""
    fates: tuple[Fate, ...] = ()
    """What the digests made of it, the oldest edition first; none when it is not stored."""
    others: tuple[Told, ...] = ()
    """The other texts that the article has had, the oldest first."""
    edits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What each text changed against the one before, in sentences, by article id."""
    decisions: tuple[StoryDecision, ...] = ()
    """What editors said of its story, the oldest first."""
    unseen: Link | None = None
    """Why an address is not stored."""

    @property
    def article(self) -> Article:
        """The text that was asked for."""
        return self.text.article

    @property
    def judgement(self) -> Judgement:
        """What was said of it."""
        return self.text.judgement
