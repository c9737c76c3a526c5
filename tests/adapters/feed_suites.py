"""The feed files of other parsers' test suites, and what these suites say of the entries in them."""

from __future__ import annotations

import ast
import csv
import json
import re
import tarfile
from calendar import timegm
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from monitor.core.dates import instant
from monitor.core.markup import plain

FOLDER = Path(__file__).parents[3] / "shared/data/feeds"
FIELDS = ("title", "link", "id", "date")
_EXPECT = re.compile(rb"Expect:\s*(.*?)(?:-->|\r?\n\s*\r?\n)", re.DOTALL)
_HEADER = re.compile(rb"^\s*Header:\s*([\w-]+):\s*(.*?)\s*$", re.MULTILINE)
_KEYS = {
    "title": "title",
    "link": "link",
    "id": "id",
    "guid": "id",
    "published_parsed": "date",
    "updated_parsed": "updated",
    "created_parsed": "created",
}


@dataclass(frozen=True)
class FeedFile:
    """One file, as its repository holds it."""

    name: str
    """`kurtmckee/feedparser tests/wellformed/rss/item_link.xml`."""
    body: bytes
    entries: int | None
    """What the manifest says feedparser makes of it; None: feedparser was not asked."""


@dataclass(frozen=True)
class Said:
    """What a suite says of one field of one entry."""

    file: str
    entry: int
    field: str
    value: Any


def feed_files(every: int = 1) -> Iterator[FeedFile]:
    """All files, or each nth of them."""
    with (FOLDER / "manifest.csv").open() as manifest:
        known = {f"{row['repo']} {row['path']}": row["entries"] for row in csv.DictReader(manifest)}
    number = 0
    for path in sorted(FOLDER.glob("*.tar.gz")):
        with tarfile.open(path) as archive:
            for member in archive:
                if not member.isfile() or (file := archive.extractfile(member)) is None:
                    continue
                number += 1
                name = f"{path.name.removesuffix('.tar.gz').replace('__', '/')} {member.name}"
                if number % every == 0:
                    yield FeedFile(name, file.read(), int(known[name]) if known[name] else None)


# --------------------------------------------------------------- feedparser: a Python expression in a comment


def of_feedparser(file: FeedFile) -> Iterator[Said]:
    """What an `Expect:` comment says of entries: `entries[0]['title'] == 'A'`, joined by `and`."""
    found = _EXPECT.search(file.body)
    if found is None:
        return
    text = " ".join(found[1].decode("utf-8", "replace").split())
    try:
        expression = ast.parse(text.removesuffix("--").strip(), mode="eval").body
    except (SyntaxError, ValueError):  # a comment that goes on in prose
        return
    parts = (
        expression.values
        if isinstance(expression, ast.BoolOp) and isinstance(expression.op, ast.And)
        else [expression]
    )
    for part in parts:
        yield from _compared(file.name, part)


def headers_of(file: FeedFile) -> Mapping[str, str]:
    """The HTTP headers that feedparser's suite serves a file with; lower-case names."""
    return {name.decode().lower(): value.decode() for name, value in _HEADER.findall(file.body[:2000])}


def _compared(file: str, part: ast.expr) -> Iterator[Said]:
    match part:
        case ast.Compare(left=ast.Subscript() as left, ops=[ast.Eq()], comparators=[right]):
            pass
        case _:
            return
    path = _path(left)
    if len(path) == 4 and path[0] == "entries" and path[2:] == ["title_detail", "value"]:
        path = ["entries", path[1], "title"]
    if len(path) != 3 or path[0] != "entries" or path[2] not in _KEYS:
        return
    try:
        value = ast.literal_eval(right)
    except ValueError:
        return
    field = _KEYS[str(path[2])]
    if isinstance(value, tuple):
        value = datetime.fromtimestamp(timegm((*value, 0, 0, 0)[:9]), UTC)
    yield Said(file, int(path[1]), field, value)


def _path(node: ast.expr) -> list[Any]:
    match node:
        case ast.Subscript(value=inner, slice=ast.Constant(value=key)):
            return [*_path(inner), key]
        case ast.Name(id=name):
            return [name]
        case _:
            return [None]


# --------------------------------------------------------------- gofeed: a JSON file beside the feed


def of_gofeed(file: FeedFile, files: Mapping[str, FeedFile]) -> Iterator[Said]:
    """What the JSON beside a feed of gofeed says of its entries."""
    stem, _, ending = file.name.rpartition(".")
    beside = files.get(f"{stem}.json" if ending == "xml" else f"{stem}_expected.json")
    if not file.name.startswith("mmcdole/gofeed") or beside is None or beside is file:
        return
    told = json.loads(beside.body)
    told = told if isinstance(told, dict) else {}
    for number, entry in enumerate(told.get("entries") or told.get("items") or ()):
        for field, value in _gofeed_entry(entry):
            if value:
                yield Said(file.name, number, field, value)


def _gofeed_entry(entry: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "title", entry.get("title")
    links = entry.get("links") or []
    hrefs = [link.get("href") if isinstance(link, dict) else link for link in links]
    yield "link", entry.get("link") or entry.get("url") or next(iter(hrefs), None)
    guid = entry.get("guid")
    yield "id", entry.get("id") or (guid.get("value") if isinstance(guid, dict) else guid)
    for field, keys in (
        ("date", ("publishedParsed", "pubDateParsed", "date_published")),
        ("updated", ("updatedParsed", "date_modified")),
    ):
        said = next((entry[key] for key in keys if entry.get(key)), None)
        yield field, instant(said) if isinstance(said, str) else None


def title(said: str) -> str:
    """A title that a suite expects as HTML, as the plain line a headline is."""
    return " ".join(plain(said).split())
