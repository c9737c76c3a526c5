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
    NONE = "none"


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
    """One address polled for an outlet."""

    id: str
    outlet: str
    kind: SourceKind = SourceKind.FEED
    url: str | None = None
    note: str = ""
    """Where the address was seen, or why there is none."""
    selector: str = ""
    """Of a listing page: which elements are, or hold, the links to articles (CSS)."""

    @property
    def polled(self) -> bool:
        """Whether there is an address to poll."""
        return self.kind is not SourceKind.NONE and self.url is not None


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

    @classmethod
    def of(cls, outlets: Iterable[Outlet], groups: Iterable[Group] = ()) -> Sources:
        """The same, from any order of outlets and groups."""
        return cls({o.id: o for o in outlets}, {g.id: g for g in groups})

    def members(self, group: str) -> tuple[Outlet, ...]:
        """The outlets of a group, its area tested, in the order they are listed."""
        area = self.groups[group].area
        return tuple(o for o in self.outlets.values() if group in o.groups and (area is None or o.area == area))

    def polled(self) -> tuple[Source, ...]:
        """Every source that has an address."""
        return tuple(s for o in self.outlets.values() for s in o.sources if s.polled)


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
    """Why the last try failed; empty when it did not."""
    failing_since: datetime | None = None
    etag: str = ""
    last_modified: str = ""
    body_fingerprint: str = ""
