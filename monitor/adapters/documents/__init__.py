"""An agreement's file as lines: DOCX, PDF, HTML or text; run where a hostile file hurts nobody (`workers`)."""

from __future__ import annotations

from monitor.adapters.documents import docx, html, pdf, text
from monitor.core.drafting import Document
from monitor.errors import InputError

MOST_BYTES = 20_000_000
"""Of a file: agreements are a few pages."""
_OLD_WORD = b"\xd0\xcf\x11\xe0"


def read_document(body: bytes, *, url: str = "") -> Document:
    """The lines of a file, whose kind its first bytes tell, or else its name (`url`).

    Raises:
        InputError: it is of a kind that is not read, too large, or broken.
    """
    if len(body) > MOST_BYTES:
        raise InputError(f"it has {len(body):,} bytes, and no agreement has more than {MOST_BYTES:,}")
    if body.startswith(b"%PDF-"):
        return pdf.read(body)
    if body.startswith(b"PK\x03\x04"):
        return docx.read(body)
    if body.startswith(_OLD_WORD) or url.lower().endswith(".doc"):
        raise InputError("it is in the form of Word before 2007: save it as .docx, and import that")
    head = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if url.lower().endswith((".html", ".htm")) or head.startswith((b"<!doctype", b"<html", b"<?xml")):
        return html.read(body)
    if b"\0" in body[:2000] and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("it is neither DOCX, PDF, HTML nor text: save it as one of these")
    return text.read(body)
