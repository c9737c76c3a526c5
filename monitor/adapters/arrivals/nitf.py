"""NITF (IPTC, version 3) to an entry: a document is one article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element

from monitor.adapters.arrivals.texts import first, line, paragraphs
from monitor.core.article import Entry, fingerprint
from monitor.core.dates import instant
from monitor.core.links import absolute

_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(.*)")
"""ISO 8601 in its basic form, as NITF's `norm` has it: 20260301T090000Z, 20260301T090000+0000."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a delivered document says of one article."""

    entry: Entry
    outlet: str = ""
    """The publication's name, as it says."""
    embargo: datetime | None = None
    """Not to be published before."""


def read(root: Element) -> Found | None:
    """The article of a `nitf` element; None when there is no text in it."""
    head, body = root.find("head"), root.find("body")
    top = body.find("body.head") if body is not None else None
    content = body.find("body.content") if body is not None else None
    headline = first(line(one) for one in _all(top, "hedline/hl1") + _all(head, "title") + _all(top, "hedline"))
    standfirst = "\n\n".join(paragraphs(one) for one in _all(top, "hedline/hl2") + _all(top, "abstract"))
    text = paragraphs(content) if content is not None else ""
    if not (headline or text):
        return None
    docdata, pubdata = _one(head, "docdata"), _one(head, "pubdata")
    guid = _identity(docdata) or f"urn:sha256:{fingerprint(headline, text)}"
    entry = Entry(
        url=absolute(pubdata.get("ex-ref", ""), "") or guid,
        headline=headline,
        guid=guid,
        standfirst=standfirst,
        body=text,
        byline=first(line(one) for one in _all(top, "byline")),
        published_at=_published(docdata, pubdata),
        whole=bool(text),
        filed_under=filed_under(
            pubdata.get("position.section", ""),
            pubdata.get("position.sequence", ""),
            pubdata.get("edition.name", ""),
        ),
    )
    embargo = date(_one(docdata, "date.release").get("norm", ""))
    return Found(entry, outlet=pubdata.get("name", ""), embargo=embargo)


def filed_under(section: str, page: str, edition: str) -> str:
    """Where it stood in print.

    >>> filed_under("News", "7", "Scottish")
    'News / page 7, Scottish edition'
    """
    section, page, edition = (" ".join(text.split()) for text in (section, page, edition))
    said = edition if "edition" in edition.lower() or not edition else f"{edition} edition"
    place = ", ".join(part for part in (f"page {page}" if page else "", said) if part)
    return " / ".join(part for part in (section, place) if part)


def date(text: str) -> datetime | None:
    """The instant of an ISO 8601 date in its basic or extended form.

    >>> date("20260301T090000Z").isoformat()
    '2026-03-01T09:00:00+00:00'
    """
    compact = _COMPACT.fullmatch(text.strip())
    if compact is None:
        return instant(text)
    year, month, day, hour, minute, second, zone = compact.groups()
    time = f"T{hour}:{minute}:{second or '00'}{zone}" if hour else ""
    return instant(f"{year}-{month}-{day}{time}")


def _identity(docdata: Element) -> str:
    doc = _one(docdata, "doc-id")
    said = doc.get("id-string", "").strip()
    if not said or said.startswith(("urn:", "tag:", "http://", "https://")):
        return said
    return f"urn:nitf:{doc.get('regsrc', '').strip()}:{said}"


def _published(docdata: Element, pubdata: Element) -> datetime | None:
    said = (pubdata.get("date.publication", ""), *(_one(docdata, name).get("norm", "") for name in _DATES))
    return next((when for text in said if (when := date(text))), None)


_DATES = ("date.issue", "date.release")


def _all(element: Element | None, path: str) -> list[Element]:
    return [] if element is None else element.findall(path)


def _one(element: Element | None, path: str) -> Element:
    """The element there, or an empty one."""
    found = None if element is None else element.find(path)
    return Element("none") if found is None else found
