"""Article pages to text; fits `jobs.ports.PageReader`.

Which block of a page is the article, trafilatura decides (`text`); what is no content wherever it stands is cut
out before (`blocks`), what the page says about itself is read apart (`about`), and so is what it shows of walls
and menus (`walls`). A live blog or round-up is taken apart (`core.parts`, `anchors`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from lxml import etree, html
from lxml.html import HtmlElement

from monitor.adapters.pages.about import About, about
from monitor.adapters.pages.anchors import anchored, anchors
from monitor.adapters.pages.blocks import prune
from monitor.adapters.pages.text import MAX_ELEMENTS, all_paragraphs, paragraphs
from monitor.adapters.pages.walls import shown
from monitor.core.charset import decode
from monitor.core.markup import plain
from monitor.core.parts import LEAST_PARTS, Paragraph, Part, holds_several, split, without
from monitor.core.quality import Quality, Taken, quality_of, without_asking
from monitor.jobs.ports import PageText

MAX_CHARS = 5_000_000
"""Of a page's markup that are looked at; the longest live blogs have a fifth of it."""
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_EMPTY_PAGE = re.compile(r"^\s*<html>\s*<head>\s*</head>\s*<body>\s*</body>\s*</html>", re.IGNORECASE)
"""What some tools put before a fragment; a parser drops all that follows it."""
_FLOOD = "<" * 100
"""The parser tells of each one that opens nothing, which takes it a microsecond: seconds for a page of them."""
_NOT_XML = "".join(map(chr, (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF)))
_ONE_CLASS = etree.ElementDefaultClassLookup(element=HtmlElement)
"""To choose among the classes of lxml.html takes longer than to parse, and none of them is wanted."""


def extract(body: bytes, *, url: str = "", content_type: str = "") -> PageText:
    """The text of an article page, or of a fragment of HTML (`<p>...</p>`, without `<html>`, `<head>`, `<body>`).

    Everything empty when there is nothing to read. Takes time in proportion to the page, whatever it holds.
    """
    markup = _EMPTY_PAGE.sub("", _cleaned(decode(body, content_type)[:MAX_CHARS]))
    root = _parsed(markup)
    if root is None:
        return PageText(body="", quality=quality_of(Taken("")))
    if not _PAGE.search(markup, 0, 10_000):
        return _fragment(root)
    elements = list(islice(root.iter(), MAX_ELEMENTS + 1))  # held, so that lxml makes none anew for each who looks
    facts, walls, names = about(root, url), shown(root), anchors(root)
    found = paragraphs(root) if len(elements) <= MAX_ELEMENTS else all_paragraphs(root)
    if found and found[0].text.casefold() == facts.headline.casefold():
        del found[0]  # the headline is a field of its own: here it would count as a mention in the lead
    text = "\n\n".join(paragraph.text for paragraph in found)
    taken = Taken(text, walls.linked(text), closed=facts.closed, asks=walls.asks, words=facts.words)
    own, parts = _parted(found, facts, url)
    own_text = "\n\n".join(without_asking(own))
    return _page_text(facts, own_text, quality_of(taken), [anchored(part, names) for part in parts])


def _cleaned(markup: str) -> str:
    """Without what no parser makes anything of; nearly all pages have none of it, and that is soon seen."""
    if any(character in markup for character in _NOT_XML):
        markup = re.sub(f"[{_NOT_XML}]", " ", markup)
    return re.sub(f"{_FLOOD}+", "<", markup) if _FLOOD in markup else markup


def _parted(found: list[Paragraph], facts: About, url: str) -> tuple[list[str], Sequence[Part]]:
    """The page's own words and its pieces of news, which it tells of as data, or by its headings."""
    own = [paragraph.text for paragraph in found]
    if len(facts.updates) >= LEAST_PARTS:
        return without(own, facts.updates), facts.updates
    return split(found) if holds_several(facts.headline, url) else (own, [])


def _fragment(root: HtmlElement) -> PageText:
    """All of it, but for what is no content wherever it stands."""
    prune(root, fragment=True)
    text = plain(etree.tostring(root, encoding="unicode", method="html"))
    return PageText(body=text, quality=quality_of(Taken(text)))


def _page_text(facts: About, text: str, quality: Quality, parts: Sequence[Part]) -> PageText:
    return PageText(
        body=text,
        headline=facts.headline,
        byline=facts.byline,
        canonical_url=facts.canonical_url,
        published_at=facts.published_at,
        language=facts.language,
        filed_under=facts.filed_under,
        quality=quality,
        parts=tuple(parts),
    )


def _parsed(markup: str) -> HtmlElement | None:
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, default_doctype=False
    )
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        return html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # nothing in it
        return None
