"""Elements of delivered documents to plain text, whatever their vocabulary: NITF, XHTML, a publisher's own."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

_BLOCKS = frozenset(
    (
        "abstract address article aside blockquote block body body.content body.end body.head bq caption center "
        "dd div dl dt fig figcaption figure footer h1 h2 h3 h4 h5 h6 header hedline hl1 hl2 hr html inlineData "
        "inlineXML li main media media-caption nitf-table note ol p pre section table tbody td th tr ul"
    ).split()
)
_UNSEEN = frozenset(
    (
        "head media-metadata media-object media-producer media-reference nitf-table-metadata object script style"
    ).split()
)


def paragraphs(element: Element) -> str:
    """All that is said inside, paragraphs apart by blank lines; captions are paragraphs."""
    found: list[list[str]] = [[]]
    _gather(element, found)
    return "\n\n".join(text for pieces in found if (text := " ".join("".join(pieces).split())))


def line(element: Element | None) -> str:
    """What is said inside, on one line; empty for no element."""
    return "" if element is None else " ".join(paragraphs(element).split())


def first(lines: Iterator[str]) -> str:
    """The first that is not empty; empty when there is none."""
    return next((text for text in lines if text), "")


def _gather(element: Element, found: list[list[str]]) -> None:
    if element.tag in _UNSEEN:
        return
    block = element.tag in _BLOCKS
    if block:
        found.append([])
    found[-1].append(element.text or "")
    for child in element:
        if child.tag == "br":
            found[-1].append(" ")
        _gather(child, found)
        found[-1].append(child.tail or "")
    if block:
        found.append([])
