"""XML of others to a tree of plain elements, safely: nothing is fetched, opened or unfolded.

No entity that a document declares is read, so that none can name a file or grow into gigabytes; a document type is
passed over. Names lose their prefixes: what publishers bind them to differs, and is wrong often enough.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from monitor.core.charset import decode

MAX_DEPTH = 200
MAX_ELEMENTS = 1_000_000

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_AMPERSAND = re.compile(r"&(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{1,31});)?")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document as far as it could be read."""

    root: Element | None
    """None when not even its first element could be."""
    fault: str = ""
    """Why the rest could not be read, with the line; empty when all was."""
    cut: tuple[Element, ...] = ()
    """The elements in whose midst it broke off, the innermost first."""


class _StoppedError(Exception):
    """A document that is not read any further."""


def parse(body: bytes, content_type: str = "") -> Parsed:
    """The document; `&` that should be `&amp;` is read as meant.

    >>> parse(b"<a><n:b>Fish & chips</n:b></a>").root.findtext("b")
    'Fish & chips'
    """
    text = _NOT_XML.sub("", decode(body, content_type)).lstrip()
    parsed = _Reading().read(text)
    if parsed.fault and (mended := _mended(text)) != text:
        return _Reading().read(mended)
    return parsed


def _mended(text: str) -> str:
    pieces = _CDATA.split(text)
    return "".join(piece if number % 2 else _AMPERSAND.sub(_entity, piece) for number, piece in enumerate(pieces))


def _entity(found: re.Match[str]) -> str:
    """XML's own entities as they stand, HTML's as what they mean, anything else with its `&` written out."""
    name = found[1] or ""
    if name.startswith("#") or name in _OF_XML:
        return found[0]
    meant = unescape(found[0]) if name else found[0]
    return f"&amp;{found[0][1:]}" if meant == found[0] else meant.replace("&", "&amp;").replace("<", "&lt;")


class _Reading:
    """Builds the tree from what the parser sees; used once."""

    def __init__(self) -> None:
        self._tree = TreeBuilder()
        self._open: list[str] = []
        self._elements = 0

    def read(self, text: str) -> Parsed:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.EntityDeclHandler = self._declared
        parser.SkippedEntityHandler = self._skipped
        fault = ""
        try:
            parser.Parse(text, True)
        except expat.ExpatError as error:
            fault = f"{expat.ErrorString(error.code)} in line {error.lineno}"
        except _StoppedError as stopped:
            fault = f"{stopped} in line {parser.CurrentLineNumber}"
        cut = tuple(self._tree.end(name) for name in reversed(self._open))
        return Parsed(self._tree.close() if self._elements else None, fault, cut)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise _StoppedError(f"more than {MAX_ELEMENTS:,} elements")
        if len(self._open) == MAX_DEPTH:
            raise _StoppedError(f"elements more than {MAX_DEPTH} deep")
        self._open.append(_local(name))
        self._tree.start(self._open[-1], {_local(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        self._tree.end(self._open.pop())

    def _data(self, text: str) -> None:
        self._tree.data(text)

    def _declared(self, *_: object) -> None:
        raise _StoppedError("it declares entities, which are not read")

    def _skipped(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            self._tree.data(unescape(f"&{name};"))


def _local(name: str) -> str:
    return name.rpartition(":")[2]


_BEFORE = b"\xef\xbb\xbf\xfe\xff \t\r\n"
"""Byte order marks and white space."""
_FIRST_TAG = re.compile(rb"<([A-Za-z_][\w.:-]*)([^<>]*)>")


def cut_off(body: bytes) -> bool:
    """Whether a body of XML begins its outermost element and never ends it: half a feed.

    >>> cut_off(b"<?xml version='1.0'?><rss><channel><item>")
    True
    >>> cut_off(b"<rss><channel/></rss>") or cut_off(b'{"text": "<p>"}')
    False
    """
    text = body.replace(b"\0", b"") if b"\0" in body[:64] else body
    first = _FIRST_TAG.search(text)
    if not text[:8].lstrip(_BEFORE).startswith(b"<") or first is None or first[2].rstrip().endswith(b"/"):
        return False
    return text.lower().rfind(b"</" + first[1].lower()) < first.end()
