"""Entries of feeds, and the articles they become."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from monitor.core.address import canonical_url, names_a_page
from monitor.core.json import Json

LINE = 16
"""Hex digits of a line."""


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
    filed_under: str = ""
    """Where its publisher has it, as far as a list or file says: `News / page 7, Scottish edition`."""


KEPT_BACK = "nothing, as its site's robots.txt keeps the page to itself"
"""The shortfall of an article whose page may not be read."""
UNSTORED = "nothing, as its outlet's rights let no text be stored"
"""The shortfall of an article whose text may not be kept."""


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
    shortfall: str = ""
    """Why the body is not the full text, as far as anybody looked: `teaser, 18 of 100: ...` (`core.quality`)."""
    language: str = ""
    """As its page says, in the way of BCP 47, small letters: `en-gb`, `gd`."""
    filed_under: str = ""
    """The publisher's own path to it: `News / Politics`."""
    part: str = ""
    """Which piece of news of the page it is; empty: all that the page is about (`core.parts`)."""
    purged_at: datetime | None = None
    """When standfirst and body were taken out of the archive, as the outlet's rights say; None: never."""
    kept_line: str = field(default="", compare=False, repr=False)
    """The line its first text was given when it was stored: kept, whatever is said of addresses later."""
    text_print: str = field(default="", compare=False, repr=False)
    """The end of its id as it is stored: fingerprint of its text, which may be purged."""

    @property
    def kept_back(self) -> bool:
        """Whether no text will come: its site's robots.txt or its outlet's rights keep it back."""
        return self.shortfall in (KEPT_BACK, UNSTORED)

    @property
    def purged(self) -> bool:
        """Whether its text is gone: then it can be named, and not be judged."""
        return self.purged_at is not None

    @property
    def evidence(self) -> Evidence:
        """On how much this article can be judged."""
        body = _says_something(self.body)
        if body and not self.shortfall:
            return Evidence.FULL
        return Evidence.SUMMARY if body or _says_something(self.standfirst) else Evidence.HEADLINE

    @property
    def line(self) -> str:
        """What stays the same when the text changes: as kept, else outlet and canonical address.

        An address that is none of its own (none at all, or a front page) is told apart by the headline.
        """
        if self.kept_line:
            return self.kept_line
        address = canonical_url(self.url)
        own = (address,) if names_a_page(address) else (address, self.headline) if address else (self.headline,)
        return fingerprint(self.outlet or "", *own)[:LINE]

    @property
    def id(self) -> str:
        """Line and text, as 24 hex digits: the same text of the same address is one article, purged or not."""
        texts = (self.headline, self.standfirst, self.body, self.byline)
        return self.line + (self.text_print or fingerprint(*texts)[:8])

    def named(self) -> dict[str, Json]:
        """What tells a program which article is meant; none of its text."""
        return {
            "article": self.id,
            "url": self.url,
            "headline": self.headline,
            "outlet": self.outlet,
            "first_seen": self.first_seen.isoformat() if self.first_seen else None,
        }

    def told_anew(self, first_seen: datetime, **changes: Any) -> Article:
        """The article with another text, first seen now: a new article of the same line."""
        kept = replace(self, kept_line=self.line, text_print="", purged_at=None)
        return replace(kept, **changes, first_seen=first_seen)

    def told_again(self) -> Article:
        """The article under an id of its own, though a text before the last one said the very same."""
        texts = (self.headline, self.standfirst, self.body, self.byline)
        when = self.first_seen.isoformat() if self.first_seen else ""
        return replace(self, text_print=fingerprint(*texts, when)[:8])

    @property
    def texts(self) -> tuple[str, str, str]:
        """The original texts of its fields, in the order of `Field`."""
        return self.headline, self.standfirst, self.body

    def text_of(self, field: Field) -> str:
        """The original text of a field."""
        text: str = getattr(self, field)  # a field is called what it is here
        return text

    @property
    def when(self) -> datetime | None:
        """The instant that stories and windows reckon with: first seen, else published."""
        return self.first_seen or self.published_at


def _says_something(text: str) -> bool:
    """Whether it is more than white space."""
    return text != "" and not text.isspace()


def fingerprint(*parts: str) -> str:
    """SHA-256 over the parts, as hex; parts cannot run into one another."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def line_of(article: str) -> str:
    """The line of an article, by its id: an id is the line and eight digits of its text."""
    return article[:LINE]
