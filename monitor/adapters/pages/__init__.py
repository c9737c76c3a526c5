"""Article pages to text; fits `jobs.ports.PageReader`.

Which block of a page is the article, trafilatura decides; what is no content wherever it stands is cut out before
(`blocks`), and what the page says about itself is read apart (`about`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import trafilatura
from lxml import etree, html
from lxml.etree import _Element as Element
from lxml.html import HtmlElement

from monitor.adapters.pages.about import About, about
from monitor.adapters.pages.blocks import prune
from monitor.core.charset import decode
from monitor.core.markup import plain
from monitor.jobs.ports import PageText

MAX_CHARS = 5_000_000
"""Of a page's markup that are looked at; the longest live blogs have a fifth of it."""
MAX_ELEMENTS = 30_000
"""Of a page in which the article is looked for, twenty times a large page; of more all paragraphs are taken."""
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_EMPTY_PAGE = re.compile(r"^\s*<html>\s*<head>\s*</head>\s*<body>\s*</body>\s*</html>", re.IGNORECASE)
"""What some tools put before a fragment; a parser drops all that follows it."""
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_BREAKS = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_TEXT_BLOCKS = frozenset({"p", "head", "item", "quote", "cell", "code", "ab"})
"""What trafilatura calls the elements of its result that are a paragraph each."""


def extract(body: bytes, *, url: str = "", content_type: str = "") -> PageText:
    """The text of an article page, or of a fragment of HTML (`<p>...</p>`, without `<html>`, `<head>`, `<body>`).

    Everything empty when there is nothing to read. Takes time in proportion to the page, whatever it holds.
    """
    markup = _EMPTY_PAGE.sub("", _NOT_XML.sub(" ", decode(body, content_type)[:MAX_CHARS]))
    root = _parsed(markup)
    if root is None:
        return PageText(body="")
    if not _PAGE.search(markup, 0, 10_000):
        prune(root, fragment=True)
        return PageText(body=plain(etree.tostring(root, encoding="unicode", method="html")))
    facts = about(root, url)
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        found = [text for p in root.iter("p") for text in _paragraphs("".join(_texts(p)))]
    else:
        prune(root)
        found = list(_article(root))
    if found and found[0].casefold() == facts.headline.casefold():
        del found[0]  # the headline is a field of its own: here it would count as a mention in the lead
    return _page_text(facts, "\n\n".join(found))


def _page_text(facts: About, text: str) -> PageText:
    return PageText(
        body=text,
        headline=facts.headline,
        byline=facts.byline,
        canonical_url=facts.canonical_url,
        published_at=facts.published_at,
    )


def _parsed(markup: str) -> HtmlElement | None:
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, default_doctype=False
    )
    try:
        return html.document_fromstring(markup.encode("utf-8"), parser=parser)
    except etree.ParserError:  # nothing in it
        return None


def _article(root: HtmlElement) -> Iterator[str]:
    found = trafilatura.bare_extraction(root, fast=True, include_comments=False, include_tables=True)
    return iter(()) if found is None or isinstance(found, dict) else _blocks_of(found.body)


def _blocks_of(element: Element) -> Iterator[str]:
    """The paragraphs of trafilatura's result, in order; loose text between them counts as one too."""
    yield from _paragraphs(element.text or "")
    for child in element:
        if any(inner.tag in _TEXT_BLOCKS for inner in child.iterdescendants()):
            yield from _blocks_of(child)
        else:
            yield from _paragraphs("".join(_texts(child)))
        yield from _paragraphs(child.tail or "")


def _texts(element: Element) -> Iterator[str]:
    """The texts inside, its line breaks as such."""
    yield _line(element.text)
    for child in element:
        yield "\n" if child.tag == "lb" else "".join(_texts(child))
        yield _line(child.tail)


def _line(text: str | None) -> str:
    return _SPACES.sub(" ", text or "")


def _paragraphs(text: str) -> Iterator[str]:
    """Two line breaks end a paragraph. Entities that were escaped once too often are decoded."""
    for _ in range(2):
        text = unescape(text)
    for part in _BREAKS.split(text):
        if lines := [line for raw in part.split("\n") if (line := raw.strip())]:
            yield "\n".join(lines)
