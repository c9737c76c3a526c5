"""What a page says of its site's feeds: links in its head, and the site's name; fits `jobs.ports.FeedFinder`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html
from lxml.html import HtmlElement

from monitor.core.charset import decode
from monitor.core.links import absolute
from monitor.jobs.ports import NamedFeeds

MAX_CHARS = 1_000_000
"""Of a page, whose head comes first."""
_FEEDS = re.compile(r"application/(?:rss|atom|feed|rdf)\+(?:xml|json)|application/json|text/xml", re.IGNORECASE)
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NO_FEED = re.compile(r"comment|wp-json|oembed", re.IGNORECASE)
"""What has a feed's type, and is none of articles."""
_WORDPRESS = "https://api.w.org/"
"""The relation by which a page of WordPress names its JSON."""


def parse(body: bytes, *, url: str, content_type: str = "") -> NamedFeeds:
    """What the page names, in its order; feeds of comments are left out. Nothing, when it is no page."""
    root = _parsed(decode(body, content_type)[:MAX_CHARS])
    if root is None:
        return NamedFeeds()
    links = [(_relations(link), link, absolute(link.get("href") or "", url)) for link in root.iter("link")]
    feeds = [address for rel, link, address in links if address and "alternate" in rel and _is_feed(link)]
    return NamedFeeds(
        feeds=tuple(dict.fromkeys(feeds)),
        wordpress=next((address for rel, _, address in links if address and _WORDPRESS in rel), ""),
        sitemaps=tuple(address for rel, _, address in links if address and "sitemap" in rel),
        title=next((text for text in _titles(root) if text), ""),
    )


def _parsed(markup: str) -> HtmlElement | None:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(_NOT_XML.sub(" ", markup).encode("utf-8"), parser=parser)
    except etree.ParserError:  # nothing in it
        return None


def _relations(link: HtmlElement) -> set[str]:
    return set((link.get("rel") or "").lower().split())


def _is_feed(link: HtmlElement) -> bool:
    said = f"{link.get('title') or ''} {link.get('href') or ''}"
    kind = (link.get("type") or "").strip()
    return bool(_FEEDS.fullmatch(kind)) and not _NO_FEED.search(said)


def _titles(root: HtmlElement) -> Iterator[str]:
    for name in ("og:site_name", "application-name"):
        for meta in root.iter("meta"):
            if name in (meta.get("property"), meta.get("name")):
                yield " ".join((meta.get("content") or "").split())
    for title in root.iter("title"):
        yield " ".join(str(title.text_content()).split())
