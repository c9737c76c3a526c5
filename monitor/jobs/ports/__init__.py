"""What the jobs need from outside, as Protocols; the adapters fit them, `app.py` joins the two."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from monitor.core.article import Article
from monitor.core.coverage import CoverageQuestion, CoverageRow
from monitor.core.digest import EditionContent
from monitor.core.edition import Mail
from monitor.core.identity import Seen
from monitor.core.match import Judgement
from monitor.core.replay.outcome import Matched
from monitor.core.replay.words import Words
from monitor.jobs.ports.access import Access
from monitor.jobs.ports.asking import Askings
from monitor.jobs.ports.auditing import ArchiveCounts, Audit, Did, Seals
from monitor.jobs.ports.curating import DeskRecords, StoryDecisions
from monitor.jobs.ports.delivering import Announcements, Grounds, Post, RecipientActs
from monitor.jobs.ports.drafting import Drafts, Tallies, Tally
from monitor.jobs.ports.files import ImportRow, Library, LibraryRead, RowReader
from monitor.jobs.ports.giving import FeedTokens
from monitor.jobs.ports.importing import ReceivedAgreements
from monitor.jobs.ports.keeping import CaughtUp, DueTexts, Health, Measure, Measured, MeasureKind, Texts
from monitor.jobs.ports.ledger import Ledger
from monitor.jobs.ports.likeness import Clusterer, Sieve, Wordings
from monitor.jobs.ports.memory import Memory, NoMemory
from monitor.jobs.ports.publishing import Revisions
from monitor.jobs.ports.reading import (
    Arrival,
    ArrivalFolders,
    Arrived,
    Claims,
    DocumentReader,
    FeedFinder,
    Fetched,
    Fetcher,
    Listed,
    NamedFeeds,
    PageReader,
    PageText,
    Rereads,
    RobotsReader,
    Ruling,
    SourceReader,
    SourceStates,
    Turns,
)
from monitor.jobs.ports.shelf import Shelf, ShelfQuestion, Shelved
from monitor.jobs.ports.tellings import Tellings

__all__ = [
    "Access",
    "Announcements",
    "Archive",
    "ArchiveCounts",
    "Arrival",
    "ArrivalFolders",
    "Arrived",
    "Askings",
    "Audit",
    "CaughtUp",
    "Claims",
    "Clock",
    "Clusterer",
    "DeskRecords",
    "Did",
    "DocumentReader",
    "Drafts",
    "DueTexts",
    "FeedFinder",
    "FeedTokens",
    "Fetched",
    "Fetcher",
    "Grounds",
    "Health",
    "ImportRow",
    "Ledger",
    "Library",
    "LibraryRead",
    "Listed",
    "Measure",
    "MeasureKind",
    "Measured",
    "Memory",
    "NamedFeeds",
    "NoMemory",
    "PageReader",
    "PageText",
    "Post",
    "Progress",
    "RecipientActs",
    "Recorded",
    "Renderer",
    "Rereads",
    "Revisions",
    "RobotsReader",
    "RowReader",
    "Ruling",
    "Seals",
    "Shelf",
    "ShelfQuestion",
    "Shelved",
    "Sieve",
    "SourceReader",
    "SourceStates",
    "Store",
    "StoryDecisions",
    "Tallies",
    "Tally",
    "Tellings",
    "Texts",
    "Turns",
    "WordIndex",
    "Wordings",
]


class Clock(Protocol):
    """Tells the time, aware UTC."""

    def __call__(self) -> datetime:
        """Now."""


class Progress(Protocol):
    """Shows how far a long job has come."""

    def start(self, what: str, total: int | None) -> None:
        """Begin a stretch of work; None: nobody knows how much."""

    def advance(self, count: int = 1, **counts: int) -> None:
        """So much is done; `counts` are running totals to show (articles=12, failures=1)."""

    def finish(self) -> None:
        """The stretch is over."""


# --------------------------------------------------------------- outside: mail


class Renderer(Protocol):
    """`adapters.render.Renderer`."""

    def render(self, content: EditionContent) -> Mail:
        """Subject, text part and HTML part.

        Raises:
            RenderError: a template is at fault.
        """


# --------------------------------------------------------------- outside: the database


@dataclass(frozen=True, slots=True)
class Recorded:
    """A judgement as it is stored."""

    judgement: Judgement
    at: datetime
    """When it was made, aware UTC."""
    fingerprint: str
    """The agreement's, when it was made."""


class Archive(Protocol):
    """Articles, and what was made of them."""

    def known_entries(self, source: str, keys: Iterable[str]) -> set[str]:
        """Which of these entry keys this source has shown before."""

    def seen_entries(
        self, source: str, others: Iterable[str], keys: Iterable[str]
    ) -> tuple[dict[str, Seen], dict[str, Seen]]:
        """What is remembered of these entry keys: as this source showed them, and as the `others` did."""

    def note_entries(self, source: str, noted: Iterable[tuple[str, str, str]]) -> None:
        """Remember (entry key, article id, what was said) of entries whose article is stored."""

    def add_articles(
        self,
        source: str,
        articles: Iterable[tuple[str, Article]],
        *,
        page_failed: Collection[str] = (),
        page_owed: Collection[str] = (),
        stored_at: datetime | None = None,
        said: Mapping[str, str] | None = None,
    ) -> int:
        """Store (entry key, article) pairs in one transaction, each article once; how many were new.

        A key that is there leads to this article from now on. One whose address its outlet has had before becomes
        a text of that line. Keys in `page_failed` are those whose page could not be read: each adds one to the
        entry's failed tries. Keys in `page_owed` are those whose page was not asked for yet: their tries stay. For
        the other keys the tries are back at 0 and nothing is owed. `said` is what the source said under each key;
        without it that stays as it was. `keep_days` counts from `stored_at`, or else from when an article was
        first seen.
        """

    def addresses_taken(self, outlet: str, urls: Iterable[str]) -> set[str]:
        """Which of these addresses, made canonical, the outlet has an article at."""

    def at_address(self, outlet: str, url: str) -> Article | None:
        """The latest text of the outlet's article at that address."""

    def texts(self, line: str) -> list[Article]:
        """Every text of an article, by its line, the oldest first."""

    def owed_pages(self, source: str, tries: int, limit: int) -> list[tuple[str, Article]]:
        """(Entry key, its article) of entries whose page is owed and failed fewer than `tries` times.

        Those never asked for come first, then the newest; `limit` at most.
        """

    def count_owed_pages(self, source: str, tries: int) -> int:
        """How many `owed_pages` would give without a limit."""

    def article(self, article_id: str) -> Article:
        """The article of that id.

        Raises:
            UnknownRecord: there is none.
        """

    def find_article(self, text: str) -> Article | None:
        """The latest article of that id, unique beginning of an id, or address."""

    def articles(self, since: datetime, until: datetime) -> list[Article]:
        """The latest article of every line first seen in `[since, until)`, in order of `first_seen`, id."""

    def count_articles(self, since: datetime, until: datetime) -> int:
        """How many lines were first seen in `[since, until)`."""

    def unjudged(self, agreement: str, limit: int) -> list[Article]:
        """Articles that this agreement has not judged yet, the oldest first; none whose text was purged."""

    def save_judgements(
        self, agreement: str, fingerprint: str, judged: Iterable[tuple[str, Judgement]], at: datetime
    ) -> None:
        """Store judgements by article id in one transaction; one for each agreement and article."""

    def judgement(self, agreement: str, article_id: str) -> Judgement | None:
        """What the agreement said of the article when it was judged."""

    def recorded(self, agreement: str, article_id: str) -> Recorded | None:
        """The same with when it was judged, and by what state of the agreement."""

    def judgements(self, agreement: str, article_ids: Iterable[str]) -> dict[str, Judgement]:
        """The same for many, by article id; those never judged are left out."""

    def matched(
        self, agreement: str, since: datetime, until: datetime, sections: Collection[str] = ()
    ) -> list[Matched]:
        """Those of `articles` that were in a section when they were judged, in one of these if any are given."""

    def coverage(self, question: CoverageQuestion) -> Iterator[CoverageRow]:
        """The answer, in order of first seen, article id, section."""

    def names_found(self, agreement: str) -> set[str]:
        """Every section and term that something was found under, and every outlet that anything came from."""

    def without_words(self, question: CoverageQuestion) -> int:
        """Articles of the answer that `text` can find by their headline alone: their text and words are purged."""


class WordIndex(Protocol):
    """Which articles hold which words, as the matcher compares them."""

    def unindexed(self) -> int:
        """How many stored articles the index lacks."""

    def index_words(self, limit: int) -> int:
        """Index so many of those that it lacks, in one transaction; 0 when it lacks none."""

    def articles_with(
        self, words: Words, since: datetime, until: datetime, *, every_text: bool = False
    ) -> Iterator[Article]:
        """Those of `articles` that hold these words, in no order; `every_text`: texts that changed since too."""

    def count_with(self, words: Words, since: datetime, until: datetime, *, at_most: int | None = None) -> int:
        """How many `articles_with` gives, of the latest texts alone; counted no further than `at_most`."""


class Store(
    Archive,
    WordIndex,
    Wordings,
    Texts,
    SourceStates,
    Rereads,
    Health,
    Revisions,
    Drafts,
    Askings,
    Tallies,
    Ledger,
    Seals,
    Tellings,
    RecipientActs,
    ReceivedAgreements,
    Announcements,
    StoryDecisions,
    DeskRecords,
    Audit,
    FeedTokens,
    Access,
    Shelf,
    Protocol,
):
    """All of them in one database; `adapters.store.Store`."""

    def close(self) -> None:
        """Let go of the database."""
