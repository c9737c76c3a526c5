"""Files that people hand in, item by item: JSON lines and CSV, gzipped or not; fits `jobs.ports.RowReader`.

What the items mean is not known here: see `jobs/import_articles`.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO, TextIO, cast

import monitor.core.charset  # noqa: F401 - registers the decoding of wrong bytes that is used below
from monitor.core.json import broken_at
from monitor.errors import InputError
from monitor.jobs.ports import ImportRow

MAX_ITEM = 10_000_000
"""Characters of one item; a longer one is a fault."""
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_WIDE = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = ",;\t|"
_HEAD = 65_536


def read(path: str) -> Iterator[ImportRow]:
    """The items of a file, one at a time; memory does not grow with the file.

    Raises:
        InputError: the file cannot be opened, or is neither JSON lines nor CSV.
    """
    file = Path(path)
    try:
        with file.open("rb") as raw:
            yield from _cut_short(_rows(_unpacked(raw), file))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error


def _unpacked(raw: BinaryIO) -> IO[bytes]:
    start = raw.read(4)
    raw.seek(0)
    if start.startswith(_ZIP):
        raise InputError("this is a zip or Excel file: save it as CSV (UTF-8) and import that")
    return io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=raw))) if start.startswith(_GZIP) else raw


def _rows(data: IO[bytes], file: Path) -> Iterator[ImportRow]:
    head = cast("io.BufferedReader", data).peek(_HEAD)[:_HEAD]
    charset = next((name for bom, name in _WIDE if head.startswith(bom)), "utf-8-sig")
    start = head.decode(charset, "replace").lstrip()
    if "\x00" in start:
        raise InputError(f"{file} is no text: give JSON lines, CSV, NewsML-G2 or NITF; gzipped, if you like")
    text = io.TextIOWrapper(cast("io.BufferedReader", data), encoding=charset, errors="monitor.cp1252", newline="")
    if start.startswith("["):
        raise InputError(f"{file} holds one JSON array: write one object a line (jq -c '.[]')")
    if start.startswith("{"):
        yield from _json_lines(text)
    elif start:
        yield from _csv(text, start)


def _cut_short(rows: Iterator[ImportRow]) -> Iterator[ImportRow]:
    """The rows, and a fault in place of the rest when the file turns out damaged."""
    line = 0
    try:
        for row in rows:
            line = row.line
            yield row
    except (EOFError, zlib.error, gzip.BadGzipFile, UnicodeError) as error:
        yield ImportRow(line + 1, fault=f"the file is damaged from here on: {error}")


def _json_lines(text: TextIO) -> Iterator[ImportRow]:
    number = 0
    while line := text.readline(MAX_ITEM):
        number += 1
        if len(line) == MAX_ITEM and not line.endswith("\n"):
            while (rest := text.readline(MAX_ITEM)) and not rest.endswith("\n"):
                pass
            yield ImportRow(number, fault=f"the line is longer than {MAX_ITEM:,} characters")
        elif line.strip():
            yield _json_row(number, line)


def _json_row(number: int, line: str) -> ImportRow:
    try:
        values = json.loads(line)
    except json.JSONDecodeError as error:
        return ImportRow(number, fault=f"not JSON: {broken_at(error)}")
    except (ValueError, RecursionError):  # a number of 5,000 digits; brackets 10,000 deep
        return ImportRow(number, fault="not JSON that can be read")
    if not isinstance(values, dict):
        return ImportRow(number, fault="not a JSON object")
    return ImportRow(number, values)


def _csv(text: TextIO, start: str) -> Iterator[ImportRow]:
    csv.field_size_limit(MAX_ITEM)
    headings = start.splitlines()[0]
    rows = csv.reader(text, delimiter=max(_DELIMITERS, key=headings.count), strict=False)
    names = [name.strip() for name in next(rows, [])]
    while True:
        line = rows.line_num + 1
        try:
            cells = next(rows, None)
        except csv.Error as error:
            yield ImportRow(line, fault=f"not CSV: {error}")
            continue
        if cells is None:
            return
        if len(cells) > len(names):
            yield ImportRow(line, fault=f"{len(cells)} cells, but {len(names)} headings")
        elif any(cells):
            yield ImportRow(line, dict(zip(names, cells, strict=False)))
