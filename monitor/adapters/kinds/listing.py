"""A page of links to entries: what an outlet without a feed shows its readers.

Which links lead to articles, a CSS selector says: it picks the links, or elements that hold one each.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from cssselect import HTMLTranslator, SelectorError
from lxml import etree, html
from lxml.html import HtmlElement

from monitor.core.address import canonical_url
from monitor.core.article import Entry
from monitor.core.charset import decode
from monitor.core.dates import instant
from monitor.core.links import absolute
from monitor.errors import FeedError, NotAFeed, NothingPicked
from monitor.jobs.ports import Listed

MAX_CHARS = 5_000_000
MAX_ENTRIES = 200
"""Of one page, from the top; a front page has fewer."""
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HEADINGS = "descendant::*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"


def parse(body: bytes, *, url: str, content_type: str = "", selector: str) -> Listed:
    """The links that the selector picks, each address once, from the top of the page down.

    The headline is the heading inside what is picked, else the link's own words; a `<time>` inside gives the date.

    Raises:
        FeedError: there is no page, the selector cannot be read, or nothing is picked.
    """
    root = _parsed(decode(body, content_type)[:MAX_CHARS])
    if root is None:
        raise NotAFeed("the answer is empty")
    base, found = _base(root, url), dict[str, Entry]()
    for element in root.xpath(_xpath(selector)):
        entry = _entry(element, base)
        known = found.get(canonical_url(entry.url)) if entry else None
        if entry and (known is None or (entry.headline and not known.headline)):
            found[canonical_url(entry.url)] = entry
    if not found:
        raise NothingPicked(f"nothing on the page is picked by {selector}: it may have been rebuilt")
    entries = tuple(found.values())
    bound = f"only the first {MAX_ENTRIES} of {len(entries)} links were looked at"
    return Listed(entries[:MAX_ENTRIES], left_out=bound if len(entries) > MAX_ENTRIES else "")


def _parsed(markup: str) -> HtmlElement | None:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, default_doctype=False)
    try:
        return html.document_fromstring(_NOT_XML.sub(" ", markup).encode("utf-8"), parser=parser)
    except etree.ParserError:  # nothing in it
        return None


def _base(root: HtmlElement, url: str) -> str:
    return next((found for base in root.iter("base") if (found := absolute(base.get("href") or "", url))), url)


@lru_cache(maxsize=256)
def _xpath(selector: str) -> str:
    try:
        return HTMLTranslator().css_to_xpath(selector)
    except SelectorError as error:
        raise FeedError(f"{selector} is no CSS selector: {error}") from error


def _entry(element: HtmlElement, base: str) -> Entry | None:
    """The entry of a picked element; None when it holds no link to another page."""
    link = element if element.tag == "a" else next((a for a in element.iter("a") if a.get("href")), None)
    href = (link.get("href") or "").strip() if link is not None else ""
    address = absolute(href, base) if href and not href.startswith("#") else ""
    if link is None or not address:
        return None
    headings = (_words(heading) for heading in element.xpath(_HEADINGS))
    words = next((text for text in headings if text), "") or _words(link)
    return Entry(url=address.partition("#")[0], headline=words, published_at=_date(element))


def _words(element: HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def _date(element: HtmlElement) -> datetime | None:
    times = (instant(time.get("datetime") or _words(time)) for time in element.iter("time"))
    return next((when for when in times if when), None)
