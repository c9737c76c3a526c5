"""Feeds that we give out: Atom (RFC 4287) and JSON Feed 1.1. Texts stay texts; only web addresses become links."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from xml.etree import ElementTree as Xml

from monitor import __version__
from monitor.core.json import Json
from monitor.core.links import web_link
from monitor.core.outward import OutEntry, OutFeed

ATOM = "application/atom+xml; charset=utf-8"
JSON_FEED = "application/feed+json; charset=utf-8"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(feed: OutFeed, address: str = "") -> bytes:
    """The feed as Atom; `address` is where it is found, when it is found anywhere."""
    root = Xml.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "en-GB"})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", _instant(feed.updated))
    _add(root, "generator", "Monitor", version=__version__)
    _add(Xml.SubElement(root, "author"), "name", feed.client)
    if address:
        _add(root, "link", rel="self", href=address, type=ATOM.partition(";")[0])
    for entry in feed.entries:
        _entry(Xml.SubElement(root, "entry"), entry)
    Xml.indent(root)
    return bytes(Xml.tostring(root, "utf-8", xml_declaration=True)) + b"\n"


def _entry(element: Xml.Element, entry: OutEntry) -> None:
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "updated", _instant(entry.updated))
    if entry.published:
        _add(element, "published", _instant(entry.published))
    if link := web_link(entry.url):
        _add(element, "link", rel="alternate", href=link)
    _add(Xml.SubElement(element, "author"), "name", _by(entry))
    _add(element, "category", term=entry.section, label=entry.section_title)
    if entry.major:
        _add(element, "category", term="major")
    _add(element, "summary", _summary(entry))


def _add(parent: Xml.Element, name: str, text: str = "", **attributes: str) -> None:
    element = Xml.SubElement(
        parent, name, {key: _NOT_XML.sub("\ufffd", value) for key, value in attributes.items()}
    )
    element.text = _NOT_XML.sub("\ufffd", text) or None


def json_feed(feed: OutFeed, address: str = "") -> bytes:
    """The feed as JSON Feed 1.1; what has no field there stands under `_monitor`."""
    document: dict[str, Json] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        **({"feed_url": address} if address else {}),
        "language": "en-GB",
        "authors": [{"name": feed.client}],
        "items": [_item(entry) for entry in feed.entries],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _item(entry: OutEntry) -> Json:
    link = web_link(entry.url)
    return {
        "id": entry.id,
        **({"url": link} if link else {}),
        "title": entry.title,
        "content_text": _summary(entry),
        **({"date_published": _instant(entry.published)} if entry.published else {}),
        "date_modified": _instant(entry.updated),
        "authors": [{"name": _by(entry)}],
        "tags": [entry.section_title, *(["major"] if entry.major else [])],
        "_monitor": {
            "about": "https://jsonfeed.org/version/1.1#extensions",
            "edition": entry.edition,
            "section": entry.section,
            "outlet": entry.outlet,
            "why": entry.why,
            "editors_line": entry.editors_line,
            "major": entry.major,
        },
    }


def _summary(entry: OutEntry) -> str:
    """The editor's line, the extract, and why it is here."""
    why = f"Why: {entry.why}" if entry.why else ""
    return "\n\n".join(part for part in (entry.editors_line, entry.extract, why) if part) or entry.outlet


def _by(entry: OutEntry) -> str:
    return f"{entry.byline}, {entry.outlet}" if entry.byline else entry.outlet


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
