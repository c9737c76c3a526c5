"""Feeds to entries: RSS, Atom, RDF, CDF as feedparser reads them; `kinds` reads the other kinds of source.

What a broken feed still gives is used. Nothing here fetches: feedparser is given a stream of bytes, because a
string that looks like an address or a path it would open.
"""

from __future__ import annotations

import calendar
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, cast

import feedparser

from monitor.core.article import Entry, fingerprint
from monitor.core.charset import decode
from monitor.core.dates import EARLIEST, LATEST, instant
from monitor.core.links import absolute, without_link
from monitor.core.markup import plain, words_of
from monitor.core.xml import cut_off
from monitor.errors import FeedError, NotAFeed

Item = Mapping[str, Any]

MAX_TAGS = 1_000_000
"""Of a feed; the largest real ones have a tenth, and feedparser takes 20 s for so many."""
FULL_TEXT_WORDS = 100
"""A feed's content is taken for the article's full text from here, and only when longer than its summary."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_AS_UTF_8 = "application/xml; charset=utf-8"
_ITEM = re.compile(r"<(?P<end>/?)(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
_MAIL = re.compile(r"[^\s<>(),;@]+@[^\s<>(),;@]+")


def parse(body: bytes, *, url: str, content_type: str = "") -> tuple[Entry, ...]:
    """The entries of a feed that say anything (a title, an address, an identity, a text), in its order.

    Of a feed that breaks off in the midst of one, that one is left out: it comes whole the next time.

    Raises:
        FeedError: this is not a feed: a page, nothing, something else.
    """
    if not body.strip():
        raise NotAFeed("the answer is empty")
    if body.count(b"<") > MAX_TAGS:
        raise FeedError(f"more than {MAX_TAGS:,} tags: not read")
    # Decoded here: feedparser reads a whole UTF-8 feed as cp1252 for one wrong byte, and believes any label.
    text = decode(body, content_type)
    found = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": _AS_UTF_8},  # no location: identities would be made addresses with it
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    whole = found.entries[:-1] if cut_off(body) and _ends_within_an_item(text) else found.entries
    entries = tuple(_entries(whole, url))
    if not entries and not found.version:
        raise _what_it_is(body)
    return entries


def _ends_within_an_item(text: str) -> bool:
    """Whether the last item begins and never ends: it may be half a title, and without its address."""
    last = deque(_ITEM.finditer(text), 1)
    return bool(last) and not last[0]["end"]


def _entries(items: Iterable[Item], url: str) -> Iterator[Entry]:
    for item in items:
        headline, guid = _one_line(plain(_text(item, "title"))), _text(item, "id")
        standfirst, text = _summary_and_text(item)
        if not (headline or standfirst or text or guid or _text(item, "title") or _text(item, "link")):
            continue
        yield Entry(
            url=_link(item, url) or without_link(url, guid or fingerprint(headline, standfirst, text)),
            headline=headline,
            guid=guid,
            standfirst=standfirst,
            body=text,
            byline=_byline(item),
            published_at=_date(item),
        )


def _text(item: Item, key: str) -> str:
    value = item.get(key)
    return _CONTROLS.sub("", value).strip() if isinstance(value, str) else ""


def _byline(item: Item) -> str:
    """The names of its authors, without their mail addresses where they have names."""
    names = [name for author in item.get("authors") or () if (name := _text(author, "name"))]
    # feedparser cuts a lone author's name where the mail address has a long ending (.scot, .news)
    said = _one_line(plain(", ".join(names) if len(names) > 1 else _text(item, "author")))
    return _one_line(_MAIL.sub("", said)).strip(" ()<>") or said


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _link(item: Item, url: str) -> str:
    """The entry's address, made absolute; empty when it is none of http(s)."""
    candidates = [_text(item, "link"), *(_text(link, "href") for link in item.get("links") or ())]
    for candidate in candidates:
        if candidate and (found := absolute(candidate, url)):
            return found
    return ""


def _summary_and_text(item: Item) -> tuple[str, str]:
    """Standfirst and the feed's own full text, empty when what it carries is no more than a summary."""
    summary = words_of(_text(item, "summary"))
    contents = [words_of(_text(content, "value")) for content in item.get("content") or ()]
    text = max(contents, key=len, default="")
    if text and len(text) > len(summary) and len(text.split()) >= FULL_TEXT_WORDS:
        return summary, text
    return summary or text, ""


def _date(item: Item) -> datetime | None:
    """When it was published, else last changed, aware UTC; None for a date nobody can mean."""
    plain_item = dict(item)  # feedparser's own `get` makes up one date from another
    for key in ("published", "updated", "created"):
        if _text(plain_item, key).upper().endswith(" BST"):  # feedparser takes it for UTC
            return instant(_text(plain_item, key))
        value = plain_item.get(f"{key}_parsed")
        if value and EARLIEST <= value[0] <= LATEST:
            try:
                return datetime.fromtimestamp(calendar.timegm(cast("tuple[int, ...]", value)), UTC)
            except (ValueError, OverflowError):  # the 32nd of the 13th
                continue
    return None


def _what_it_is(body: bytes) -> FeedError:
    start = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        return NotAFeed("this is a web page, not a feed")
    if start.startswith((b"{", b"[")):
        return NotAFeed("this is JSON, which is not read as a feed")
    if start.startswith(b"<"):
        return FeedError("this is not a feed")
    return NotAFeed("this is not a feed")
