"""What ingest needs to read sources: addresses, folders, pages; and what is remembered of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from monitor.core.article import Article, Entry
from monitor.core.drafting import Document
from monitor.core.fault import Fault
from monitor.core.health import Poll
from monitor.core.parts import Part
from monitor.core.quality import FULL, Quality
from monitor.core.rereading import Reread
from monitor.core.source import HostState, Source, SourceState


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered."""

    url: str
    """After redirects."""
    status: int
    """200, or 304 when nothing changed."""
    body: bytes = b""
    """Decoded (gzip, br ... undone)."""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    moved_to: str = ""
    """Where permanent redirects alone (301, 308) led, before any other; empty when the first was none."""


class Turns(Protocol):
    """Says when a host may be asked; `jobs.road`."""

    def turn(self, url: str) -> AbstractAsyncContextManager[None]:
        """The block runs when the host of the address may be asked, and nobody else asks it meanwhile.

        Raises:
            HostWaits: it may not be asked for now.
        """


class Claims(Protocol):
    """What this process alone may do for a while, of all that have the database open; `adapters.store.claims`."""

    def claim(self, what: str) -> bool:
        """Whether it is ours, from now until it is released; False while somebody else has it."""

    def release(self, what: str, pause_until: datetime | None = None) -> None:
        """Let others have it, who are told until when it wants a pause; nothing where it is not ours."""

    def paused_until(self, what: str) -> datetime | None:
        """Until when it wants a pause, as whoever had it last said; None: nobody said."""


class Rereads(Protocol):
    """The looks that are still to be taken at pages; `core.rereading`."""

    def save_rereads(self, source: str, looks: Iterable[Reread]) -> None:
        """Store the next look of each of these entries."""

    def due_rereads(self, source: str, now: datetime, limit: int) -> list[tuple[Reread, Article]]:
        """The looks that are due, `limit` at most, each with the text of its article, unless that is purged."""

    def forget_rereads(self, source: str, keys: Iterable[str]) -> None:
        """No look is to be taken for these entries any more."""


class SourceStates(Protocol):
    """What we know of each source, and of each host."""

    def source_states(self) -> dict[str, SourceState]:
        """All of them, by source id."""

    def source_state(self, source: str) -> SourceState | None:
        """That of one source, if it was ever asked."""

    def save_source_state(self, state: SourceState, poll: Poll | None = None) -> None:
        """Store one and, in the same transaction, the poll that it is the state after."""

    def host_states(self) -> dict[str, HostState]:
        """What hosts have asked of us, by host."""

    def host_state(self, host: str) -> HostState | None:
        """What one of them has asked, if it ever did."""

    def save_host_state(self, state: HostState) -> None:
        """Store one."""

    def claims(self) -> AbstractContextManager[Claims]:
        """What sources and hosts can be claimed with, so that no other process asks them meanwhile."""


class Fetcher(Protocol):
    """Fetches addresses within limits; `adapters.fetch`."""

    async def fetch(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        turns: Turns | None = None,
        most: int | None = None,
    ) -> Fetched:
        """The answer, of status 200 or 304; each hop on the way to it waits for its turn.

        Of the body no more than `most` bytes are read, where that is given.

        Raises:
            FetchError: any other status, an address not allowed, a limit passed, no connection.
        """


@dataclass(frozen=True, slots=True)
class Listed:
    """What one answer of a source lists."""

    entries: Sequence[Entry] = ()
    """In its order."""
    more: tuple[str, ...] = ()
    """Addresses to ask besides, the most recent first: the parts of an index, the page before this one."""
    left_out: str = ""
    """What was not looked at because of a bound of ours, in plain words; empty when nothing was."""
    outdated: int = 0
    """How many entries and parts were passed over because their dates are before the time that was asked about."""
    outdated_newest: datetime | None = None
    """The latest of those dates."""
    may_be_empty: bool = False
    """Nothing is in it, as it should be where the last two days brought nothing: a news sitemap, whole."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a file that arrived holds, or a part of it."""

    entries: Sequence[Entry] = ()
    faults: Sequence[Fault] = ()
    """What is wrong with it; what is not wrong is in `entries` all the same."""
    outlets: Sequence[str] = ()
    """The publications' names as they say, one for each entry; none where it says nothing of them."""
    left_out: Sequence[str] = ()
    """Items that their provider holds back or has cancelled, in plain words."""
    embargo: datetime | None = None
    """Nothing of it is to be published before."""


class Arrival(Protocol):
    """A file that arrived in a folder, complete as far as can be told."""

    def parts(self) -> Iterator[Arrived]:
        """What it holds, some of it at a time."""

    def taken(self) -> None:
        """Put it where files go that were taken.

        Raises:
            InputError: it cannot be moved.
        """

    def set_aside(self, faults: Sequence[Fault]) -> None:
        """Put it where files go that somebody must look at, with a report.

        Raises:
            InputError: it cannot be moved.
        """


class ArrivalFolders(Protocol):
    """`adapters.arrivals.Folders`."""

    def waiting(self, source: Source, now: datetime) -> Sequence[Arrival]:
        """The files that have arrived in a source's folder, the oldest first; those still being written are not.

        Raises:
            InputError: there is no such folder, or it cannot be looked into.
        """

    def purge(self, source: Source, before: datetime, *, only_look: bool = False) -> int:
        """Delete what was taken or set aside before then: it holds texts that may be kept for so long.

        How many files these are; `only_look`: and were not deleted.

        Raises:
            InputError: a file cannot be deleted.
        """


class SourceReader(ArrivalFolders, Protocol):
    """Knows the kinds of source; `app.kinds.Kinds`."""

    def first(self, source: Source) -> str:
        """The address to begin with; of a source that has one."""

    def parse(self, source: Source, fetched: Fetched, *, since: datetime) -> Listed:
        """What an answer lists; of what reaches back for years only what is dated `since` or later.

        Raises:
            FeedError: the answer is not of the source's kind.
        """


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a robots.txt says of one address."""

    allowed: bool
    """Whether we may read it."""
    delay: float = 0.0
    """Seconds it asks us to leave between two requests."""


class RobotsReader(Protocol):
    """`adapters.robots.ruling`."""

    def __call__(self, rules: str, *, url: str) -> Ruling:
        """What the rules of a site say of an address of it.

        Raises:
            ParseError: they broke the parser.
        """


@dataclass(frozen=True, slots=True)
class PageText:
    """What was found on an article's page; empty strings where nothing was."""

    body: str
    """Paragraphs apart by blank lines; no navigation, related stories, boxes, tags."""
    headline: str = ""
    byline: str = ""
    canonical_url: str = ""
    published_at: datetime | None = None
    language: str = ""
    """As BCP 47 writes it, in small letters: `en-gb`, `gd`."""
    filed_under: str = ""
    """The publisher's own path to it: `News / Politics`."""
    quality: Quality = FULL
    """How far `body` can be taken for the article."""
    parts: tuple[Part, ...] = ()
    """The pieces of news of a live blog or round-up; `body` is then what the page says besides."""


class PageReader(Protocol):
    """`adapters.pages.extract`."""

    def __call__(self, body: bytes, *, url: str = "", content_type: str = "") -> PageText:
        """The text of an article page, or of a fragment of HTML."""


@dataclass(frozen=True, slots=True)
class NamedFeeds:
    """What a page says of its site's feeds."""

    feeds: tuple[str, ...] = ()
    """Addresses, in the page's order; none of comments."""
    wordpress: str = ""
    """Where the JSON of its WordPress begins: `https://.../wp-json/`."""
    sitemaps: tuple[str, ...] = ()
    title: str = ""
    """The site's name, or the page's title."""


class FeedFinder(Protocol):
    """`adapters.kinds.named.parse`."""

    def __call__(self, body: bytes, *, url: str, content_type: str = "") -> NamedFeeds:
        """What a page names; nothing when it is no page."""


class DocumentReader(Protocol):
    """Reads an agreement as it was received; `adapters.documents.read_document`, in a worker."""

    def __call__(self, body: bytes, *, url: str = "") -> Document:
        """The lines of a file whose name is `url`.

        Raises:
            InputError: it is of a kind that is not read, too large, or broken.
            ParseError: it breaks its parser, or takes more time or memory than it may.
        """
