"""JSON Feed, versions 1 and 1.1 (jsonfeed.org), to entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from monitor.adapters.kinds.jsons import loaded, text_of
from monitor.core.article import Entry, fingerprint
from monitor.core.dates import instant
from monitor.core.links import absolute, without_link
from monitor.core.markup import plain, words_of
from monitor.errors import NotAFeed

FULL_TEXT_WORDS = 100
"""An item's content is taken for the article's full text from here, as in feeds of XML."""

Item = Mapping[str, object]


def is_json(body: bytes) -> bool:
    """Whether an answer is JSON by its first sign."""
    return body[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def parse(body: bytes, *, url: str) -> tuple[Entry, ...]:
    """The items that say anything, in the feed's order.

    Raises:
        FeedError: it is not JSON, or not a JSON Feed.
    """
    feed = loaded(body)
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise NotAFeed("this is JSON, and not a JSON Feed: it has no list of items")
    byline = _authors(feed)
    found = (_entry(cast("Item", item), url, byline) for item in feed["items"] if isinstance(item, dict))
    return tuple(entry for entry in found if entry is not None)


def _entry(item: Item, url: str, byline: str) -> Entry | None:
    headline = " ".join(plain(text_of(item, "title")).split())
    guid = text_of(item, "id")
    standfirst, body = _summary_and_text(item)
    links = (text_of(item, "url"), text_of(item, "external_url"))
    address = next((found for link in links if link and (found := absolute(link, url))), "")
    if not (headline or standfirst or body or address or guid):
        return None
    return Entry(
        url=address or without_link(url, guid or fingerprint(headline, standfirst, body)),
        headline=headline,
        guid=guid,
        standfirst=standfirst,
        body=body,
        byline=_authors(item) or byline,
        published_at=instant(text_of(item, "date_published")) or instant(text_of(item, "date_modified")),
    )


def _summary_and_text(item: Item) -> tuple[str, str]:
    summary = words_of(text_of(item, "summary"))
    html, bare = text_of(item, "content_html"), text_of(item, "content_text")
    text = words_of(html) if html else bare
    if text and len(text) > len(summary) and len(text.split()) >= FULL_TEXT_WORDS:
        return summary, text
    return summary or text, ""


def _authors(holder: Item) -> str:
    """The names of its authors: a list since version 1.1, one before."""
    return ", ".join(" ".join(name.split()) for name in _names(holder))


def _names(holder: Item) -> Iterator[str]:
    listed = holder.get("authors")
    for author in listed if isinstance(listed, list) and listed else [holder.get("author")]:
        if isinstance(author, dict) and (name := text_of(author, "name")):
            yield name
