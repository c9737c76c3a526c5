"""Sitemaps to entries: news sitemaps (Google News protocol), plain ones, indexes of them, gzip or a list of lines.

Of a sitemap that reaches back for years only what is dated since a given time is an entry; the protocol of news
sitemaps keeps two days. What was passed over is counted. A plain sitemap has no headlines: the article's
page says them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

from monitor.core import xml
from monitor.core.article import Entry
from monitor.core.charset import decode
from monitor.core.dates import instant
from monitor.core.links import absolute
from monitor.errors import FeedError, NotAFeed
from monitor.jobs.ports import Listed

MAX_ENTRIES = 1_000
"""Of one sitemap that are looked at, the newest; a news sitemap may hold no more."""
MAX_BYTES = 20_000_000
"""Of an unpacked one; the protocol allows 50 MB, and 50,000 addresses have a fifth of it."""
_OF_NEWS = b"//www.google.com/schemas/sitemap-news/"
"""Part of the namespace of news sitemaps, which list the articles of the last two days and no others."""
_GZIP = b"\x1f\x8b"
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def parse(body: bytes, *, url: str, content_type: str = "", since: datetime) -> Listed:
    """The entries dated since, or not dated, newest first; of an index its sitemaps changed since, likewise.

    An index of which no sitemap changed since leads to its most recent one: many never change the dates they give.
    What a broken one still gives is used.

    Raises:
        FeedError: this is no sitemap.
    """
    body = _unpacked(body)
    if not body.strip():
        raise NotAFeed("the answer is empty")
    if b"<" not in body[:1000]:
        return _lines(body, url, content_type)
    document = xml.parse(body, content_type)
    kind = document.root.tag.lower() if document.root is not None else ""
    if document.root is None or kind not in {"urlset", "sitemapindex"}:
        raise NotAFeed(_what_it_is(body, kind, document.fault))
    if kind == "sitemapindex":
        return _index(document.root, url, since)
    if next(document.root.iter("url"), None) is None:
        return Listed(may_be_empty=_OF_NEWS in body and not document.fault)
    return _newest(
        _entries((place for place in document.root.iter("url") if place not in document.cut), url), since
    )


def _unpacked(body: bytes) -> bytes:
    """The sitemap itself: `.xml.gz` is packed whatever the server's headers say.

    Raises:
        FeedError: it cannot be unpacked, or into too much.
    """
    if not body.startswith(_GZIP):
        return body
    unpacking = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        found = unpacking.decompress(body, MAX_BYTES)
    except zlib.error as error:
        raise FeedError("its gzip cannot be unpacked") from error
    if unpacking.unconsumed_tail:
        raise FeedError(f"more than {MAX_BYTES:,} bytes when unpacked: not read")
    return found


def _index(root: Element, url: str, since: datetime) -> Listed:
    parts = [
        (_date(part.findtext("lastmod")), address)
        for part in root.iter("sitemap")
        if (address := absolute(part.findtext("loc") or "", url)) and address != url
    ]
    dated = sorted(((when, address) for when, address in parts if when), key=lambda part: part[0], reverse=True)
    changed = [(when or _LONG_AGO, address) for when, address in parts if when is None or when >= since]
    changed = sorted(changed, key=lambda part: part[0], reverse=True) or dated[:1]
    told = {address for _, address in changed}
    passed = [when for when, address in dated if address not in told]
    return Listed(
        more=tuple(dict.fromkeys(address for _, address in changed)),
        outdated=len(passed),
        outdated_newest=max(passed, default=None),
    )


def _entries(places: Iterable[Element], url: str) -> Iterator[tuple[datetime | None, Entry]]:
    """Each address with the date that says whether it is new: of what is published or changed, the later."""
    for place in places:
        address = absolute(place.findtext("loc") or "", url)
        if not address:
            continue
        news = place.find("news")
        published = _date(news.findtext("publication_date")) if news is not None else None
        headline = " ".join((news.findtext("title") or "").split()) if news is not None else ""
        changed = _date(place.findtext("lastmod"))
        when = max((date for date in (published, changed) if date), default=None)
        yield when, Entry(url=address, headline=headline, published_at=published)


def _newest(dated: Iterable[tuple[datetime | None, Entry]], since: datetime) -> Listed:
    everything = list(dated)
    recent = [(when or _LONG_AGO, entry) for when, entry in everything if when is None or when >= since]
    recent.sort(key=lambda pair: pair[0], reverse=True)
    left = len(recent) - MAX_ENTRIES
    passed = [when for when, _ in everything if when is not None and when < since]
    which = "the first" if all(when is None for when, _ in everything) else "the newest"
    return Listed(
        tuple(entry for _, entry in recent[:MAX_ENTRIES]),
        left_out=f"only {which} {MAX_ENTRIES:,} of {len(recent):,} addresses were looked at" if left > 0 else "",
        outdated=len(passed),
        outdated_newest=max(passed, default=None),
    )


def _lines(body: bytes, url: str, content_type: str) -> Listed:
    """A sitemap as plain text, an address a line."""
    lines = (line.strip() for line in decode(body, content_type).splitlines())
    found = [line for line in lines if line.startswith(("http://", "https://")) and absolute(line, url)]
    if not found:
        raise NotAFeed("this is not a sitemap")
    return _newest(((None, Entry(url=line, headline="")) for line in found), _LONG_AGO)


def _date(text: str | None) -> datetime | None:
    return instant(text) if text else None


def _what_it_is(body: bytes, kind: str, fault: str) -> str:
    if b"<html" in body[:2000].lower():
        return "this is a web page, not a sitemap"
    if kind in {"rss", "feed", "rdf"}:
        return "this is a feed, not a sitemap: write `kind: feed`"
    return f"this is not a sitemap: {fault}" if fault else "this is not a sitemap"
