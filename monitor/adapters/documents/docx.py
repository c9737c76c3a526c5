"""A Word document: paragraphs, list items, headings and cells, with the italics of its runs and styles."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.exceptions import InvalidXmlError
from docx.table import Table, _Cell
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph
from lxml.etree import XMLSyntaxError

from monitor.core.drafting import Document, Line, Role
from monitor.errors import InputError

MOST_UNPACKED = 60_000_000
"""Bytes of all that is packed in the file."""
MOST_PARTS = 2_000
DEEPEST = 8
"""Tables inside one another."""
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    PackageNotFoundError,
    InvalidXmlError,
    XMLSyntaxError,
    AttributeError,  # a part that is not of the kind its name says
    KeyError,
    ValueError,
    NotImplementedError,
)


def read(body: bytes) -> Document:
    """The lines of a document in the order of its body; headers, footers and notes are left out.

    Raises:
        InputError: it is no Word document, broken, or packed to burst.
    """
    try:
        _weigh(body)
        word = docx.Document(io.BytesIO(body))
        return Document(tuple(_block_lines(word, 0)))
    except _BROKEN as error:
        raise InputError(
            f"it cannot be read as a Word document: {error}: open it in Word and save it again"
        ) from error


def _weigh(body: bytes) -> None:
    """Nothing; no more is unpacked than the file declares, so what it declares is enough to know."""
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        parts = packed.infolist()
    size = sum(part.file_size for part in parts)
    if size > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise InputError(
            f"it would unpack to {size:,} bytes in {len(parts):,} parts, as no agreement does: it is not opened"
        )


def _block_lines(holder: WordDocument | _Cell, depth: int) -> Iterator[Line]:
    for block in holder.iter_inner_content():
        if isinstance(block, Paragraph):
            yield from _lines(block)
        elif depth < DEEPEST:
            yield from _table_lines(block, depth)


def _table_lines(table: Table, depth: int) -> Iterator[Line]:
    seen: set[object] = set()
    for row in table.rows:
        for cell in row.cells:
            if cell._tc not in seen:
                seen.add(cell._tc)
                yield from _block_lines(cell, depth + 1)


def _lines(paragraph: Paragraph) -> Iterator[Line]:
    """The paragraph's lines: it may hold breaks and tabs."""
    text, italics = "", []
    slanted = _style_italic(paragraph)
    for part in paragraph.iter_inner_content():
        for run in part.runs if isinstance(part, Hyperlink) else [part]:
            italic = run.italic if run.italic is not None else _style_italic(run) or slanted
            if italic and run.text.strip():
                italics.append((len(text), len(text) + len(run.text)))
            text += run.text
    whole = Line(text, _role(paragraph), tuple(italics))
    at = 0
    for end in [*(n for n, letter in enumerate(text) if letter in "\n\t\f"), len(text)]:
        line = whole.within(at, end)
        if line.text:
            yield line
        at = end + 1


def _style_italic(part: object) -> bool:
    style = getattr(part, "style", None)
    while style is not None:
        if style.font.italic is not None:
            return bool(style.font.italic)
        style = style.base_style
    return False


def _role(paragraph: Paragraph) -> Role:
    name = (paragraph.style.name or "").lower() if paragraph.style else ""
    if name.startswith(("heading", "title")):
        return Role.HEADING
    properties = paragraph._p.pPr
    numbered = properties is not None and properties.numPr is not None
    return Role.ITEM if numbered or name.startswith("list") else Role.TEXT
