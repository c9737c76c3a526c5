"""NewsML-G2 (IPTC) to entries: a news item, or a news message with many.

What an item says of itself goes before what the NITF inside it says. Pictures, graphics, sound and packages, which
only refer to items, are no articles.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from xml.etree.ElementTree import Element

from monitor.adapters.arrivals import nitf
from monitor.adapters.arrivals.nitf import Found, filed_under
from monitor.adapters.arrivals.texts import first, line, paragraphs
from monitor.core.article import Entry, fingerprint
from monitor.core.dates import instant
from monitor.core.links import absolute
from monitor.core.markup import plain

ROOTS = frozenset({"newsItem", "newsMessage", "packageItem"})
_TEXT = frozenset({"", "text", "composite"})
"""Of the classes of items (ninat): those that are articles."""


class Withdrawn(Exception):
    """An item that its provider has cancelled or holds back."""


def items(root: Element) -> Iterator[Element]:
    """The news items of a document, in its order."""
    return root.iter("newsItem")


def read(item: Element) -> Found | None:
    """The article of a news item; None when it is none.

    Raises:
        Withdrawn: its provider does not want it published.
    """
    meta, content = _one(item, "itemMeta"), _one(item, "contentMeta")
    if _code(meta, "itemClass") not in _TEXT:
        return None
    if (status := _code(meta, "pubStatus")) not in ("", "usable"):
        raise Withdrawn(f"its provider says it is {status}")
    inner = next((nitf.read(one) for one in item.iter("nitf")), None)
    headline, text = _headline(content, inner), _text(item, inner)
    if not (headline or text):
        return None
    guid = item.get("guid", "").strip() or f"urn:sha256:{fingerprint(headline, text)}"
    version = item.get("version", "1")
    entry = Entry(
        url=_web_address(meta) or guid,
        headline=headline,
        guid=guid if version == "1" else f"{guid}#version={version}",
        standfirst=_standfirst(content, inner),
        body=text,
        byline=_byline(content) or (inner.entry.byline if inner else ""),
        published_at=_date(content, "contentCreated")
        or _date(meta, "firstCreated")
        or _date(meta, "versionCreated"),
        whole=bool(text),
        filed_under=_filed_under(item) or (inner.entry.filed_under if inner else ""),
    )
    return Found(entry, _outlet(meta, content) or (inner.outlet if inner else ""), _date(meta, "embargoed"))


def _headline(content: Element, inner: Found | None) -> str:
    own = first(line(one) for one in content.findall("headline"))
    return (
        own or (inner.entry.headline if inner else "") or first(line(one) for one in content.findall("slugline"))
    )


def _standfirst(content: Element, inner: Found | None) -> str:
    """Descriptions that are a summary, or of no named role; a caption's is not one."""
    roles = {"", "summary", "abstract", "standfirst", "lead"}
    said = [paragraphs(one) for one in content.findall("description") if _last(one.get("role", "")) in roles]
    return "\n\n".join(said) or (inner.entry.standfirst if inner else "")


def _text(item: Element, inner: Found | None) -> str:
    if inner and inner.entry.body:
        return inner.entry.body
    for part in item.findall("contentSet/inlineXML"):
        body = next(part.iter("body"), part)
        if text := paragraphs(body):
            return text
    for part in item.findall("contentSet/inlineData"):
        text = "".join(part.itertext())
        if text.strip():
            return plain(text) if "html" in part.get("contenttype", "") else _paragraphed(text)
    return ""


def _paragraphed(text: str) -> str:
    """Plain text, whose paragraphs are lines where none is apart by a blank line."""
    lines = [line.strip() for line in text.strip().splitlines()]
    blocks = "\n".join(lines).split("\n\n")
    return "\n\n".join(block for block in (blocks if len(blocks) > 1 else lines) if block)


def _byline(content: Element) -> str:
    by = first(line(one) for one in content.findall("by"))
    return by or ", ".join(name for one in content.findall("creator") if (name := line(one.find("name"))))


def _outlet(meta: Element, content: Element) -> str:
    named = [*content.findall("infoSource/name"), *meta.findall("provider/name")]
    return first(line(one) for one in named)


def _filed_under(item: Element) -> str:
    """Section, page and edition, where the publisher says them in properties of its own."""
    said: dict[str, str] = {}
    for name in ("contentMetaExtProperty", "itemMetaExtProperty"):
        for one in item.iter(name):
            kind = _last(one.get("type", "") or one.get("rel", "")).lower()
            said.setdefault(kind, one.get("literal") or one.get("value") or line(one.find("name")))
    page = said.get("page") or said.get("pagenumber") or ""
    edition = said.get("edition") or said.get("editionname") or ""
    return filed_under(said.get("section", ""), page, edition)


def _web_address(meta: Element) -> str:
    links = (one.get("href", "") for one in meta.findall("link") if "web" in one.get("rel", "").lower())
    return first(absolute(href, "") for href in links)


def _code(meta: Element, name: str) -> str:
    """A controlled value without its vocabulary: `stat:usable` is usable."""
    one = _one(meta, name)
    return _last(one.get("qcode", "") or one.get("uri", "")).lower()


def _last(code: str) -> str:
    return code.replace("/", ":").rpartition(":")[2]


def _date(meta: Element, name: str) -> datetime | None:
    text = line(meta.find(name))
    return instant(text) if text else None


def _one(element: Element, path: str) -> Element:
    """The element there, or an empty one."""
    found = element.find(path)
    return Element("none") if found is None else found
