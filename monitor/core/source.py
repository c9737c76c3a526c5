"""Outlets, the sources polled for each, and the groups an agreement names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

SCOTLAND = "Scotland"


class Medium(StrEnum):
    """Where readers meet the outlet."""

    WEB = "web"
    PRINT = "print"
    BROADCAST = "broadcast"
    SOCIAL = "social"


class SourceKind(StrEnum):
    """How a source is read. `none`: no address is known, and we say so."""

    FEED = "feed"
    """RSS, Atom, RDF or JSON Feed."""
    SITEMAP = "sitemap"
    """A sitemap, best a news sitemap, or an index of them."""
    LISTING = "listing"
    """A page of links to articles."""
    WORDPRESS = "wordpress"
    """The posts of a WordPress site as its JSON says them."""
    FOLDER = "folder"
    """A folder on this machine that files arrive in."""
    NONE = "none"

    @property
    def in_xml(self) -> bool:
        """Whether its answers are XML, of which one sees that the end is missing."""
        return self in (SourceKind.FEED, SourceKind.SITEMAP)


@dataclass(frozen=True, slots=True)
class Rights:
    """What may be done with an outlet's text (Copyright by outlet, docs/decisions)."""

    store_text: bool = True
    """May the full text be stored, for matching only?"""
    keep_days: int = 30
    """Days that standfirst and body may be kept after they were stored; then they are purged."""
    extract_chars: int = 200
    """Characters of an extract that may be shown to readers; 0: none."""
    export: bool = False
    """May extracts leave in an export?"""
    keep_words: bool = True
    """May the sorted list of an article's words stay in the index when its text is purged?"""


@dataclass(frozen=True, slots=True)
class Source:
    """One address, or folder, polled for an outlet."""

    id: str
    outlet: str
    kind: SourceKind = SourceKind.FEED
    url: str | None = None
    note: str = ""
    """Where the address was seen, or why there is none."""
    selector: str = ""
    """Of a listing page: which elements are, or hold, the links to articles (CSS)."""

    folder: str = ""
    """Where files arrive, from the workspace on; of a folder only."""

    @property
    def polled(self) -> bool:
        """Whether there is an address or a folder to poll."""
        return self.kind is not SourceKind.NONE and bool(self.url or self.folder)

    @property
    def place(self) -> str:
        """What is polled, to be shown: the address or the folder; empty when there is neither."""
        return (self.url or self.folder) if self.polled else ""


@dataclass(frozen=True, slots=True)
class Outlet:
    """The publisher a reader knows."""

    id: str
    name: str
    owner: str
    area: str
    """`Scotland`, `UK` ..., as the agreement's "Scotland Only" tests it."""
    tier: int
    """1: reaches the whole UK; 2: reaches Scotland or a big region; 3: local, trade, party, blog."""
    medium: Medium = Medium.WEB
    homepage: str = ""
    groups: tuple[str, ...] = ()
    rights: Rights = Rights()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A named set of outlets, as agreements name them."""

    id: str
    name: str
    """The agreement's words: `UK Key Regionals - Scotland Only`."""
    area: str | None = None
    """Only outlets of this area belong; None: all."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    """All outlets and groups, by id."""

    outlets: Mapping[str, Outlet] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)
    """Outlets that stand in a file with faults and are not used -> that file."""

    @classmethod
    def of(
        cls, outlets: Iterable[Outlet], groups: Iterable[Group] = (), unread: Mapping[str, str] | None = None
    ) -> Sources:
        """The same, from any order of outlets and groups."""
        return cls({o.id: o for o in outlets}, {g.id: g for g in groups}, unread or {})

    def members(self, group: str) -> tuple[Outlet, ...]:
        """The outlets of a group, its area tested, in the order they are listed."""
        area = self.groups[group].area
        return tuple(o for o in self.outlets.values() if group in o.groups and (area is None or o.area == area))

    def polled(self) -> tuple[Source, ...]:
        """Every source that has an address."""
        return tuple(s for o in self.outlets.values() for s in o.sources if s.polled)


class Trouble(StrEnum):
    """What kept the last try of a source from being a success; `none`: nothing did."""

    NONE = ""
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    """No name, no connection, no encryption, or what came is not HTTP."""
    REFUSED = "refused"
    """We do not go there: an address that is private, or none at all."""
    STATUS = "status"
    """An answer such as 404 or 503."""
    BUSY = "busy"
    """The host asks us to wait: 429, or 503 with Retry-After."""
    TOO_LARGE = "too_large"
    PARSE_ERROR = "parse_error"
    SUSPECT = "suspect"
    """An answer that is no success: no entries, a page in the feed's place, half a feed."""
    GONE = "gone"
    """410 twice, a day or more apart: not asked any more until its address is changed."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """What we know of a source from polling it; stored on the source, never raised."""

    source: str
    last_tried: datetime | None = None
    last_heard: datetime | None = None
    """When it last gave a usable answer (a feed, or 304 not modified)."""
    last_new: datetime | None = None
    """When it last brought an article we did not know."""
    error: str = ""
    """Why the last try was no success; empty when it was one."""
    failing_since: datetime | None = None
    etag: str = ""
    last_modified: str = ""
    body_fingerprint: str = ""
    """Of the last good answer, as `etag` and `last_modified` are."""
    trouble: Trouble = Trouble.NONE
    """The kind of `error`."""
    failures: int = 0
    """Tries in a row that were no success."""
    next_due: datetime | None = None
    """Not asked before this; None: due now, or never when it is gone."""
    due_why: str = ""
    """Why then, in plain words."""
    rhythm: int | None = None
    """Seconds that usually lie between two changes, learned; None: not known yet."""
    url: str = ""
    """The address, as in `sources/`, that all this was learned from."""
    moved_to: str = ""
    """Where its permanent redirects (301, 308) led at the last success."""
    moved_seen: int = 0
    """How often in a row they led there."""
    gone_since: datetime | None = None
    """When it first answered 410 without a success since."""


@dataclass(frozen=True, slots=True)
class HostState:
    """What a host has asked of us, in its answers and its robots.txt."""

    host: str
    """Name, with the port where it is given: `www.example.org`, `127.0.0.1:8000`."""
    waits_until: datetime | None = None
    """Nothing is asked of it before this."""
    wait_why: str = ""
    robots_at: datetime | None = None
    """When its robots.txt was last asked for; None: never."""
    robots: str | None = None
    """Its rules; empty: none are made; None: they could not be had."""
