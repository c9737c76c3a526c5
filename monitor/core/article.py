"""Entries of feeds, and the articles they become."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

TRACKING = ("utm_", "at_", "ns_", "ito", "ref", "fbclid", "gclid", "cmp", "cmpid", "mc_", "smid", "xtor")
"""Query parameters that only say where a reader came from; by prefix when they end in `_`."""


class Field(StrEnum):
    """The searched fields of an article, in reading order (the contract, section 1)."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BODY = "body"


class Evidence(StrEnum):
    """On how much of the article it was judged; all but `full` are provisional."""

    FULL = "full"
    SUMMARY = "summary"
    HEADLINE = "headline"


@dataclass(frozen=True, slots=True)
class Entry:
    """An item inside a feed, before it is an article. Texts are plain, paragraphs apart by blank lines."""

    url: str
    headline: str
    guid: str = ""
    standfirst: str = ""
    body: str = ""
    """The feed's own full text, when it carries one."""
    byline: str = ""
    published_at: datetime | None = None
    """Aware UTC; the feed's word, shown but never decisive."""
    whole: bool = False
    """Its texts are all there is to read: its page is not asked for."""


@dataclass(frozen=True, slots=True)
class Article:
    """One published item of one outlet, immutable: changed text makes a new article of the same line."""

    url: str
    headline: str = ""
    standfirst: str = ""
    body: str = ""
    """Plain text, paragraphs apart by blank lines."""
    byline: str = ""
    outlet: str | None = None
    """Outlet id; None when nobody said."""
    source: str | None = None
    published_at: datetime | None = None
    first_seen: datetime | None = None
    """When our clock first saw this text, aware UTC."""
    carried_by: tuple[str, ...] = ()
    """Ids of other outlets known to carry the story."""
    purged_at: datetime | None = None
    """When standfirst and body were taken out of the archive, as the outlet's rights say; None: never."""
    text_print: str = ""
    """Fingerprint of the text that was purged, the end of its id; empty while the text is there."""

    @property
    def purged(self) -> bool:
        """Whether its text is gone: then it can be named, and not be judged."""
        return self.purged_at is not None

    @property
    def evidence(self) -> Evidence:
        """On how much this article can be judged."""
        if self.body.strip():
            return Evidence.FULL
        return Evidence.SUMMARY if self.standfirst.strip() else Evidence.HEADLINE

    @property
    def line(self) -> str:
        """What stays the same when the text changes: outlet and canonical address (or headline)."""
        return fingerprint(self.outlet or "", canonical_url(self.url) or self.headline)[:16]

    @property
    def id(self) -> str:
        """Line and text, as 24 hex digits: the same text of the same address is one article, purged or not."""
        texts = (self.headline, self.standfirst, self.body, self.byline)
        return self.line + (self.text_print or fingerprint(*texts)[:8])

    def text_of(self, field: Field) -> str:
        """The original text of a field."""
        match field:
            case Field.HEADLINE:
                return self.headline
            case Field.STANDFIRST:
                return self.standfirst
            case Field.BODY:
                return self.body

    @property
    def when(self) -> datetime | None:
        """The instant that stories and windows reckon with: first seen, else published."""
        return self.first_seen or self.published_at


def fingerprint(*parts: str) -> str:
    """SHA-256 over the parts, as hex; parts cannot run into one another."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def canonical_url(url: str) -> str:
    """The address without scheme, `www.`, fragment, tracking parameters and closing slash.

    >>> canonical_url("http://www.example.org/news/1/?utm_source=rss&id=4#top")
    'example.org/news/1?id=4'
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # brackets that hold no IPv6 address; still an identity
        return url.strip()
    host = parts.netloc.lower().removeprefix("www.")
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(k)]
    return urlunsplit(("", "", host + parts.path.rstrip("/"), urlencode(query), ""))


def _tracks(key: str) -> bool:
    return any(key.lower().startswith(t) if t.endswith("_") else key.lower() == t for t in TRACKING)
