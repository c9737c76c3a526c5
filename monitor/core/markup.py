"""HTML to plain text, for the short texts of feeds and imports: pure, linear in time, never surprised.

Pages are another matter (which block is the article?): `adapters/pages`.
"""

from __future__ import annotations

import re
from html import unescape

BLOCKS = frozenset(
    (
        "address article aside blockquote caption center dd details dialog div dl dt fieldset figcaption "
        "figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody "
        "td tfoot th thead tr ul"
    ).split()
)
"""Elements that end a paragraph."""
UNSEEN = frozenset(
    ("script style template noscript iframe object svg math select textarea button head title").split()
)
"""Elements whose content nobody reads."""
INLINE = frozenset(
    (
        "a abbr acronym applet area audio b base basefont bdi bdo big blink body br canvas cite code col "
        "colgroup data datalist del dfn em embed font frame frameset html i img input ins kbd label legend link "
        "map mark marquee meta meter nobr optgroup option output param picture progress q rp rt ruby s samp slot "
        "small source span strike strong sub sup time track tt u var video wbr"
    ).split()
)
KNOWN = BLOCKS | UNSEEN | INLINE
PASSES = 3
"""Feeds escape HTML once too often, and twice; the contract (section 2) looks three times."""

_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:_-]*)")
_STOP = re.compile(r"=\s*[\"']|>")
_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_PLUMBING = re.compile(
    r"\n\n(?:The post .{1,400} (?:appeared first|first appeared) on .{1,200}|Continue reading\W*|Read more\W*)$"
)
_SPACES = re.compile(r"\s+")
_PARAGRAPH, _LINE = "\x02", "\x03"  # no white space to `re`, and in nobody's text


def plain(html: str) -> str:
    r"""The text a reader sees, paragraphs apart by blank lines, entities decoded until stable (three times).

    Text that was never HTML comes back as it is, but for white space.

    >>> plain("<p>Carer&amp;#8217;s Allowance</p><p>5 &lt; 6</p>")
    'Carer’s Allowance\n\n5 < 6'
    """
    text = html.replace(_PARAGRAPH, " ").replace(_LINE, " ").replace("\r\n", "\n")
    for _ in range(PASSES):
        if "<" not in text and "&" not in text:
            break
        before, text = text, unescape(_without_tags(text))
        if text == before:
            break
    if _PARAGRAPH not in text:  # no block element: it may have been plain text all along
        text = _BLANK_LINES.sub(_PARAGRAPH, text)
    return _laid_out(text)


def words_of(html: str) -> str:
    """The same without what feeds put under every text (`Continue reading...`), which is not the publisher's."""
    return _PLUMBING.sub("", plain(html))


def _laid_out(marked: str) -> str:
    paragraphs = []
    for paragraph in re.split(f"{_PARAGRAPH}|{_LINE}\\s*{_LINE}", marked):
        lines = (_SPACES.sub(" ", line).strip() for line in paragraph.split(_LINE))
        if text := "\n".join(line for line in lines if line):
            paragraphs.append(text)
    return "\n\n".join(paragraphs)


def _without_tags(html: str) -> str:
    """The text with a mark for every end of a line or paragraph, its entities as they were."""
    out: list[str] = []
    never_closed: set[str] = set()
    at = 0
    while (start := html.find("<", at)) >= 0:
        out.append(html[at:start])
        tag = _NAME.match(html, start)
        if tag is None:
            piece, at = _declaration(html, start)
        else:
            piece, at = _tag(html, tag, never_closed)
        out.append(piece)
    out.append(html[at:])
    return "".join(out)


def _declaration(html: str, start: int) -> tuple[str, int]:
    """What stands for `<` without a name behind it, and where to go on: comments end late or never."""
    for opening, closing in (("<!--", "-->"), ("<![CDATA[", ">"), ("<!", ">"), ("<?", ">")):
        if html.startswith(opening, start):
            end = html.find(closing, start + 2)
            return "", len(html) if end < 0 else end + len(closing)
    return "<", start + 1


def _tag(html: str, tag: re.Match[str], never_closed: set[str]) -> tuple[str, int]:
    """What stands for a tag, and where to go on. A name HTML does not know is text: `<Company>`."""
    name = tag[2].lower()
    if name not in KNOWN and ":" not in name and "-" not in name:
        return "<", tag.start() + 1
    end = _tag_end(html, tag.end())
    if name in UNSEEN and not tag[1] and name not in never_closed and html[end - 2 : end] != "/>":
        closing = re.compile(f"</{name}[^>]*>", re.IGNORECASE).search(html, end)
        if closing is not None:
            return _PARAGRAPH if name == "title" else "", closing.end()
        never_closed.add(name)  # not to be looked for again: that would be quadratic
    return _PARAGRAPH if name in BLOCKS else _LINE if name == "br" else "", end


def _tag_end(html: str, at: int) -> int:
    """Behind the `>` that closes a tag: one inside a quoted value does not, `alt="a > b"`."""
    while (stop := _STOP.search(html, at)) is not None:
        if stop[0] == ">":
            return stop.end()
        at = html.find(stop[0][-1], stop.end()) + 1
        if not at:
            break
    return len(html)
