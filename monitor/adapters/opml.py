"""OPML, in which readers keep their feeds: read as people's files are (bare `&`, tags left open), written well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from xml.sax.saxutils import quoteattr

from monitor.core.charset import decode
from monitor.core.links import absolute
from monitor.errors import InputError

MAX_BYTES = 10_000_000
MAX_DEPTH = 20
_TAG = re.compile(r"<(/?)(outline|opml)\b", re.IGNORECASE)
_NAME = r"[A-Za-z_][\w:.-]{0,100}"
_GOES_ON = rf"(?=(?:\s*{_NAME}){{0,4}}?\s*(?:=|/?>))"
"""What follows the end of a value: another attribute, words without one, or the end of the tag."""
_ATTRIBUTE = re.compile(
    rf"""\s*({_NAME})(?:\s*=\s*(?:"([^"]{{0,20000}})"{_GOES_ON}|"([^<]{{0,2000}}?)"{_GOES_ON}|"([^"]{{0,20000}})\""""
    rf"""|'([^']{{0,20000}})'|([^\s"'<>]{{1,2000}}?)(?=\s|/?>))|(?=[\s/>]))"""
)
"""A value in quotes, in quotes with more of them inside, in single ones, in none; or a name with no value."""
_FEEDS = frozenset({"rss", "atom", "rdf", "feed"})
_LOST = re.compile(r"[^<]{0,2000}?\bxmlurl\b", re.IGNORECASE)
_CLOSED = re.compile(r"\s*/>")
_BARE = re.compile(r"&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)")
"""Of HTML's entities none is meant: `?a=1&copy=2` is an address."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed as a reader keeps it."""

    url: str
    title: str = ""
    homepage: str = ""
    folder: tuple[str, ...] = ()
    """Headings it stands under, the outermost first."""
    line: int = 0


@dataclass(frozen=True, slots=True)
class OpmlRead:
    """What a file holds."""

    outlines: tuple[Outline, ...]
    faults: tuple[tuple[int, str], ...] = ()
    """(Line, what is wrong with a feed in it)."""


def read(path: str) -> OpmlRead:
    """The feeds of a file, in its order.

    Raises:
        InputError: it cannot be read, or is no OPML.
    """
    try:
        with Path(path).open("rb") as file:
            body = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    if len(body) > MAX_BYTES:
        raise InputError(f"{path} has more than {MAX_BYTES:,} bytes: it is no list of feeds")
    reading = _Reading()
    reading.read(_without_comments(decode(body)))
    if not reading.is_opml:
        raise InputError(f"{path} is no OPML: export it again from your reader")
    return OpmlRead(tuple(reading.outlines), tuple(reading.faults))


def _without_comments(text: str) -> str:
    """The text with the lines of its comments empty; one that never ends is none."""
    pieces, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        pieces += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + 3
    return "".join([*pieces, text[at:]])


class _Reading:
    """Takes the outlines out of a text, in time that grows with it and no faster, whatever it is."""

    def __init__(self) -> None:
        self.is_opml = False
        self.outlines: list[Outline] = []
        self.faults: list[tuple[int, str]] = []
        self._open: list[str | None] = []
        """Headings of the outlines that are open; None for one that is a feed."""

    def read(self, text: str) -> None:
        """Note every outline."""
        line = 1
        at = 0
        while (tag := _TAG.search(text, at)) is not None:
            line += text.count("\n", at, tag.start())
            self.is_opml = True
            given, end = _attributes(text, tag.end())
            closed = _CLOSED.match(text, end) is not None
            if tag[2].lower() == "outline":
                if "xmlurl" not in given and _LOST.match(text, end):
                    self.faults.append((line, "its xmlUrl cannot be read: write each value in double quotes"))
                self._outline(given, line, opens=not tag[1], closes=bool(tag[1]) or closed)
            line += text.count("\n", tag.start(), end)
            at = end

    def _outline(self, given: dict[str, str], line: int, *, opens: bool, closes: bool) -> None:
        if opens and len(self._open) < MAX_DEPTH:
            self._open.append(self._noted(given, line))
        if closes and self._open:
            self._open.pop()

    def _noted(self, given: dict[str, str], line: int) -> str | None:
        """Note an outline that is a feed; the heading of one that is none."""
        title = given.get("title") or given.get("text") or ""
        kind = given.get("type", "").casefold()
        said = given.get("xmlurl") or (given.get("url", "") if kind in _FEEDS else "")
        if not said:
            if "xmlurl" in given or kind in _FEEDS:
                self.faults.append((line, f"{title[:100]!r} is a feed without an address: it has no xmlUrl"))
            elif "url" in given and kind != "link":
                self.faults.append((line, f"{title[:100]!r} has a url and no xmlUrl: if it is a feed, call it so"))
            return title
        url = absolute(said, "")
        if url:
            folder = tuple(heading for heading in self._open if heading)
            self.outlines.append(Outline(url, title, absolute(given.get("htmlurl", ""), ""), folder, line))
        else:
            self.faults.append((line, f"{said[:100]!r} is no http(s) address"))
        return None


def _attributes(text: str, at: int) -> tuple[dict[str, str], int]:
    """The attributes that stand there, by their names in small letters, and where they end."""
    given: dict[str, str] = {}
    while (found := _ATTRIBUTE.match(text, at)) is not None:
        said = next((value for value in found.groups()[1:] if value is not None), "")
        value = unescape(_BARE.sub("&amp;", said))
        given.setdefault(found[1].lower(), " ".join(value.split()))
        at = found.end()
    return given, at


def written(outlines: Iterable[Outline], title: str) -> str:
    """The feeds as an OPML 2.0 document; those of one heading that follow one another stand together."""
    head = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    head.append(f"  <head><title>{_text(title)}</title></head>")
    return "\n".join([*head, "  <body>", *_lines(outlines), "  </body>", "</opml>", ""])


def _lines(outlines: Iterable[Outline]) -> Iterator[str]:
    heading: str | None = None
    for one in outlines:
        group = " / ".join(one.folder)
        if group != heading:
            if heading is not None:
                yield "    </outline>"
            yield f"    <outline text={quoteattr(group)} title={quoteattr(group)}>"
            heading = group
        homepage = f" htmlUrl={quoteattr(one.homepage)}" if one.homepage else ""
        name = quoteattr(one.title)
        yield f'      <outline type="rss" text={name} title={name} xmlUrl={quoteattr(one.url)}{homepage}/>'
    if heading is not None:
        yield "    </outline>"


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
