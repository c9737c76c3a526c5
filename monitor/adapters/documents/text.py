"""Plain text, in which a tab starts a cell; marked-up cells, as databases export them, are read as such."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.adapters.documents.html import lines_of
from monitor.core.charset import decode
from monitor.core.drafting import Document, Line, Role

_MARKED_UP = re.compile(r"</?(?:p|i|em|b|strong|ul|ol|li|br|div|span|table|t[rdh])\b[^>]*>", re.IGNORECASE)
_CELLS = re.compile(r"\t+|\s{3,}")
_ITEM = re.compile(r"(?:[•▪◦‣●○*–-]|\(?[0-9]{1,2}[.)])\s+(?=\S)")


def read(body: bytes) -> Document:
    """The lines of a text; bullets at their heads make items of them."""
    return Document(tuple(line for text in decode(body).splitlines() for line in _lines(text)))


def _lines(text: str) -> Iterator[Line]:
    for cell in (part.strip() for part in _CELLS.split(text)):
        if _MARKED_UP.search(cell):
            yield from lines_of(cell)
        elif cell:
            bullet = _ITEM.match(cell)
            is_item = bullet and not cell[bullet.end() :].isupper()
            yield Line(cell[bullet.end() :], Role.ITEM) if bullet and is_item else Line(cell)
