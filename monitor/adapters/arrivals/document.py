"""A delivered XML document to entries: NewsML-G2 or NITF, told by its root."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from monitor.adapters.arrivals import newsml, nitf
from monitor.adapters.arrivals.nitf import Found
from monitor.core import xml
from monitor.errors import FeedError
from monitor.jobs.ports import Arrived

BROKEN_OFF = ("no element found", "unclosed token", "unclosed CDATA section")
"""What the parser says of a document whose end is not there (yet)."""


def parse(body: bytes) -> Arrived:
    """Its entries, which of its items its provider holds back, and until when it is under embargo.

    Raises:
        FeedError: it is no such document, or is broken: nothing of it is taken.
    """
    if not body.strip():
        raise FeedError("it is empty")
    document = xml.parse(body)
    if document.fault:
        cut = any(sign in document.fault for sign in BROKEN_OFF)
        raise FeedError(f"it is {'cut off' if cut else 'not XML'}: {document.fault}")
    if document.root is None:
        raise FeedError("it is empty")
    found, left_out = _read(document.root)
    embargoes = [one.embargo for one in found if one.embargo is not None]
    return Arrived(
        tuple(one.entry for one in found),
        outlets=tuple(one.outlet for one in found),
        left_out=tuple(left_out),
        embargo=max(embargoes, default=None),
    )


def _read(root: Element) -> tuple[list[Found], list[str]]:
    if root.tag == "nitf":
        article = nitf.read(root)
        if article is None:
            raise FeedError("there is no headline and no text in it")
        return [article], []
    if root.tag not in newsml.ROOTS:
        raise FeedError(f"its first element is {root.tag[:60]}: neither NewsML-G2 nor NITF")
    found: list[Found] = []
    left_out: list[str] = []
    for item in newsml.items(root):
        try:
            article = newsml.read(item)
        except newsml.Withdrawn as error:
            left_out.append(f"{item.get('guid', 'an item')}: {error}")
            continue
        found += [article] if article else []
    return found, left_out
