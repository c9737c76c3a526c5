"""The article's paragraphs in a page: what trafilatura finds in what `blocks` leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import trafilatura
from lxml import etree
from lxml.etree import _Element as Element
from lxml.html import HtmlElement

from monitor.adapters.pages.blocks import keep_captions, prune
from monitor.core.markup import plain
from monitor.core.parts import Paragraph

MAX_ELEMENTS = 30_000
"""Of a page in which the article is looked for, twenty times a large page; of more all paragraphs are taken."""
_SPACES = re.compile(r"\s+")
_BREAKS = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_TEXT_BLOCKS = ("p", "head", "item", "quote", "cell", "code", "ab")
"""What trafilatura calls the elements of its result that are a paragraph each."""


def paragraphs(root: HtmlElement) -> list[Paragraph]:
    """The article's paragraphs in order; the tree is changed on the way."""
    prune(root)
    keep_captions(root)
    # The format is never made: it only keeps the text from being made of the body, which is what is wanted.
    found = trafilatura.bare_extraction(
        root, fast=True, include_comments=False, include_tables=True, output_format="txt"
    )
    blocks = [] if found is None or isinstance(found, dict) else list(_blocks_of(found.body))
    return _taken_apart(blocks[0], root) if len(blocks) == 1 else blocks


def all_paragraphs(root: HtmlElement) -> list[Paragraph]:
    """Every paragraph of the page in order, the article's or not."""
    return [Paragraph(text) for p in root.iter("p") for text in _parted("".join(_texts(p)))]


def _taken_apart(lump: Paragraph, root: HtmlElement) -> list[Paragraph]:
    """The paragraphs of a short article, which trafilatura may give as one: whole, with its headline and all."""
    squeezed = _SPACES.sub("", lump.text)
    for element in root.iter("article", "main", "body"):
        parts = plain(etree.tostring(element, encoding="unicode", method="html", with_tail=False)).split("\n\n")
        if _SPACES.sub("", "".join(parts)) == squeezed:
            return [Paragraph(part) for part in parts]
    return [lump]


def _blocks_of(element: Element) -> Iterator[Paragraph]:
    """The paragraphs of trafilatura's result, in order; loose text between them counts as one too."""
    yield from _plain(element.text)
    for child in element:
        if next(child.iterdescendants(*_TEXT_BLOCKS), None) is not None:
            yield from _blocks_of(child)
        else:
            for text in _parted("".join(_texts(child))):
                yield Paragraph(text, heading=child.tag == "head")
        yield from _plain(child.tail)


def _plain(text: str | None) -> Iterator[Paragraph]:
    return (Paragraph(part) for part in _parted(text or ""))


def _texts(element: Element) -> Iterator[str]:
    """The texts inside, its line breaks as such."""
    yield _line(element.text)
    for child in element:
        yield "\n" if child.tag == "lb" else "".join(_texts(child))
        yield _line(child.tail)


def _line(text: str | None) -> str:
    return _SPACES.sub(" ", text or "")


def _parted(text: str) -> Iterator[str]:
    """Two line breaks end a paragraph. Entities that were escaped once too often are decoded."""
    if "&" in text:
        text = unescape(unescape(text))
    for part in _BREAKS.split(text):
        if lines := [line for raw in part.split("\n") if (line := raw.strip())]:
            yield "\n".join(lines)
