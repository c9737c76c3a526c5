"""NewsML-G2 and NITF that a person hands in: items by the names of our fields; fits `jobs.ports.RowReader`."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from monitor.adapters.arrivals.document import parse
from monitor.core.article import Entry
from monitor.core.charset import decode
from monitor.errors import FeedError, InputError
from monitor.jobs.ports import ImportRow

MAX_BYTES = 50_000_000
"""Of a document, unpacked."""
_GZIP = b"\x1f\x8b"


def is_xml(path: str) -> bool:
    """Whether a file looks like XML; one that cannot be read does not."""
    try:
        return decode(_start(Path(path))).lstrip("\ufeff \t\r\n").startswith("<")
    except (OSError, EOFError, zlib.error):
        return False


def read(path: str) -> Iterator[ImportRow]:
    """The items of a document, numbered from 1; one that its provider holds back is a fault.

    Raises:
        InputError: the file cannot be read, or is no such document.
    """
    try:
        with _opened(Path(path)) as file:
            body = file.read(MAX_BYTES + 1)
        if len(body) > MAX_BYTES:
            raise InputError(f"{path} has more than {MAX_BYTES:,} bytes: split it")
        arrived = parse(body)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    except FeedError as error:
        raise InputError(f"{path}: {error}") from error
    outlets = arrived.outlets or [""] * len(arrived.entries)
    for number, (entry, outlet) in enumerate(zip(arrived.entries, outlets, strict=True), 1):
        yield ImportRow(number, _values(entry, outlet))
    for number, what in enumerate(arrived.left_out, len(arrived.entries) + 1):
        yield ImportRow(number, fault=what)


def _values(entry: Entry, outlet: str) -> dict[str, object]:
    return {
        "headline": entry.headline,
        "standfirst": entry.standfirst,
        "body": entry.body,
        "url": entry.url,
        "published_at": entry.published_at.isoformat() if entry.published_at else "",
        "byline": entry.byline,
        "outlet": outlet,
    }


def _start(file: Path) -> bytes:
    with _opened(file) as opened:
        return opened.read(1000)


def _opened(file: Path) -> IO[bytes]:
    with file.open("rb") as raw:
        packed = raw.read(2) == _GZIP
    return cast("IO[bytes]", gzip.open(file)) if packed else file.open("rb")
