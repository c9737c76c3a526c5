"""Bytes to text when their label may be wrong: what feeds, pages and imports arrive as."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LABEL = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_XML_LABEL = re.compile(r"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_HEAD = 4096
"""Bytes in which a page or feed must name its charset; HTML says 1024, pages do as they like."""
_REFUSED = frozenset(
    {"utf-7", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "mbcs", "oem"}
)
_WESTERN = frozenset({"iso8859-1", "ascii", "cp1252"})
"""Labels that all mean cp1252 on the web (WHATWG Encoding, section 4.2)."""


def _as_cp1252(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(bytes((byte,)).decode("cp1252", "replace") for byte in wrong), error.end


codecs.register_error("monitor.cp1252", _as_cp1252)


def decode(body: bytes, content_type: str = "") -> str:
    r"""The text, by its BOM, its being valid UTF-8, the header's label, its own label, in this order.

    UTF-8 goes before labels: text in another charset is hardly ever valid UTF-8 by chance. Bytes that are wrong
    for the charset are read as cp1252, which is what they mostly are.

    >>> decode(b"\xa35 for Carer\x92s", "text/html; charset=utf-8")
    '£5 for Carer’s'
    """
    for bom, charset in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(charset, "replace")
    if wide := _wide(body):
        return body.decode(wide, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _by_label(body, declared(body, content_type))


def declared(body: bytes, content_type: str = "") -> str:
    """Python's name of the charset the header or the text itself names; empty when neither does, or nonsense.

    >>> declared(b"<?xml version='1.0' encoding='ISO-8859-1'?>")
    'iso8859-1'
    """
    head = body[:_HEAD].decode("latin-1")
    for found in (_LABEL.search(content_type), _XML_LABEL.search(head), _LABEL.search(head)):
        if found is not None:
            try:
                name = codecs.lookup(found[1]).name
            except (LookupError, ValueError):
                continue
            if name not in _REFUSED:
                return name
    return ""


def _by_label(body: bytes, charset: str) -> str:
    if charset.startswith(("utf-16", "utf-32")):  # wide text was told by its bytes: this is none
        charset = ""
    if charset and charset != "utf-8" and charset not in _WESTERN:
        try:
            return body.decode(charset)
        except (UnicodeError, LookupError):  # LookupError: a codec that is no charset (hex, zip)
            pass
    if charset in _WESTERN and not _mostly_utf8(body):
        return body.decode("cp1252", "monitor.cp1252")
    return body.decode("utf-8", "monitor.cp1252")


def _mostly_utf8(body: bytes) -> bool:
    """Whether more of its high bytes stand in valid UTF-8 sequences than do not."""
    wrong = body.decode("utf-8", "replace").count("\ufffd")
    return wrong * 2 < sum(byte >= 0x80 for byte in body)


def _wide(body: bytes) -> str:
    """UTF-16 without a BOM gives itself away: every other byte of its markup is NUL."""
    head = body[:64]
    if len(head) < 8:
        return ""
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if odd * 3 > len(head) and not even:
        return "utf-16-le"
    return "utf-16-be" if even * 3 > len(head) and not odd else ""
