"""Every feed file of thirteen parsers' own suites, as a served feed; and what the suites say of its entries.

A sample is read each time, all of them with MONITOR_FULL=1. What differs stands with its reason in
tests/cases/feeds/differences.yaml.
"""

from __future__ import annotations

import asyncio
import io
import os
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser
import pytest
from feed_suites import FOLDER, FeedFile, Said, feed_files, headers_of, of_feedparser, of_gofeed, title
from ruamel.yaml import YAML
from wire import Wire, serving

from monitor.adapters.fetch import HttpFetcher
from monitor.adapters.workers import Limits, Workers
from monitor.app.kinds import PARSERS, Kinds
from monitor.core.article import Entry
from monitor.core.markup import plain
from monitor.core.source import Source
from monitor.errors import ParseError
from monitor.jobs.ports import Fetched

DIFFERENCES = Path(__file__).parents[1] / "cases/feeds/differences.yaml"
EVERY = 1 if os.environ.get("MONITOR_FULL") else 50
URL = "https://paper.example/feed"
SOURCE = Source("feed", "paper", url=URL)
LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)
THEIRS = "http://127.0.0.1:8097/feed"
"""Where feedparser's suite serves its files."""
ENTRY = re.compile(rb"(<(?:entry|item)\b[^>]*?)(/?>)", re.IGNORECASE)

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason=f"the feed files are not here ({FOLDER})")


def differences() -> set[str]:
    """What is known to differ, each with a reason."""
    groups = YAML(typ="safe").load(DIFFERENCES.read_text("utf-8"))
    assert all(len(group["reason"]) > 30 for group in groups)
    return {what for group in groups for what in group["said"]}


# --------------------------------------------------------------- as served feeds


def says(entry: Any) -> bool:
    """Whether an entry, as feedparser gives it, has a title, an address, an identity or words."""
    texts = [entry.get("summary", ""), *(content.get("value", "") for content in entry.get("content", ()))]
    return bool(
        entry.get("title") or entry.get("link") or entry.get("id") or any(plain(text) for text in texts if text)
    )


def expected(body: bytes) -> list[Any]:
    found = feedparser.parse(io.BytesIO(body), resolve_relative_uris=False, sanitize_html=False)
    return [entry for entry in found.entries if says(entry)]


async def served(files: list[FeedFile]) -> list[tuple[Entry, ...] | ParseError]:
    """Each file fetched over HTTP and parsed in a worker, as a source is: its entries, or why there are none."""

    async def answer(request: bytes, writer: asyncio.StreamWriter) -> None:
        body = files[int(request.split()[1].strip(b"/"))].body
        headers = f"Content-Type: application/xml\r\nContent-Length: {len(body)}\r\nConnection: close"
        writer.write(f"HTTP/1.1 200 OK\r\n{headers}\r\n\r\n".encode() + body)
        await writer.drain()

    with Workers(*PARSERS, limits=Limits(cpu_seconds=10, wall_seconds=100)) as workers:
        kinds = Kinds(workers.confined)
        async with serving(answer) as wire, HttpFetcher(allowed_private=frozenset({"127.0.0.1"})) as web:
            return [await _read(wire, web, kinds, number) for number in range(len(files))]


async def _read(wire: Wire, web: HttpFetcher, kinds: Kinds, number: int) -> tuple[Entry, ...] | ParseError:
    fetched = await web.fetch(wire.url(f"/{number}"))
    try:
        return tuple((await asyncio.to_thread(kinds.parse, SOURCE, fetched, since=LONG_AGO)).entries)
    except ParseError as error:
        return error


def test_every_file_is_read_or_refused_and_no_entry_is_lost() -> None:
    files = list(feed_files(EVERY))
    wrong = []
    for file, found in zip(files, asyncio.run(served(files)), strict=True):
        theirs = [] if file.name.endswith(".json") else expected(file.body)
        if isinstance(found, ParseError):
            assert "parser" not in str(found), f"{file.name}: {found}"
            found = ()
        assert all(entry.url.startswith(("http://", "https://")) for entry in found), file.name
        titles = sum(bool(title(entry.get("title", ""))) for entry in theirs)
        if len(found) < len(theirs) or sum(bool(entry.headline) for entry in found) < titles:
            wrong.append(f"{file.name}: {len(found)} of {len(theirs)} entries, {titles} titles")
    assert not wrong, "\n".join(wrong)


def test_the_manifest_counts_the_same_entries() -> None:
    """What feedparser gave when the manifest was made is what it gives now: the measure has not moved."""
    wrong = [
        file.name
        for file in feed_files(EVERY)
        if file.entries is not None and not file.name.endswith(".json")
        if file.entries != len(feedparser.parse(io.BytesIO(file.body)).entries)
    ]
    assert not wrong


# --------------------------------------------------------------- what the suites say


def statements() -> Iterator[tuple[FeedFile, list[Said]]]:
    files = {
        file.name: file
        for file in feed_files()
        if file.name.startswith(("kurtmckee/feedparser", "mmcdole/gofeed"))
    }
    for file in files.values():
        if said := [*of_feedparser(file), *of_gofeed(file, files)]:
            yield file, said


def read(file: FeedFile, url: str) -> tuple[Entry, ...]:
    """The entries of a file; one that has nothing but a date is given a title, or it would be none."""
    kind = headers_of(file).get("content-type", "")

    def parse(body: bytes) -> tuple[Entry, ...]:
        try:
            return tuple(Kinds().parse(SOURCE, Fetched(url, 200, body, kind), since=LONG_AGO).entries)
        except ParseError:
            return ()

    return parse(file.body) or parse(ENTRY.sub(_titled, file.body))


def _titled(tag: re.Match[bytes]) -> bytes:
    name = tag[1].split()[0].strip(b"<")
    closed = b"</" + name + b">" if tag[2] == b"/>" else b""
    return tag[1] + b"><title>T</title>" + closed


def agrees(said: Said, entry: Entry | None, url: str) -> bool:
    if entry is None:
        return False
    match said.field:
        case "title":
            return entry.headline == title(said.value)
        case "link":
            return entry.url == urljoin(url, said.value.replace(" ", "%20"))
        case "id":
            return entry.guid == said.value
        case _:
            return entry.published_at == said.value


def decisive(said: Iterable[Said]) -> list[Said]:
    """Without the dates that do not decide: published goes before updated, and that before created."""
    told = list(said)
    dates = {(s.entry, s.field) for s in told}
    before = {"updated": ("date",), "created": ("date", "updated")}
    return [s for s in told if not any((s.entry, field) in dates for field in before.get(s.field, ()))]


def test_titles_links_dates_and_identities_are_as_the_suites_say() -> None:
    differ, looked_at = set(), 0
    for file, said in statements():
        url = headers_of(file).get("content-location", THEIRS if file.name.startswith("kurt") else URL)
        entries = read(file, url)
        for one in decisive(said):
            looked_at += 1
            entry = entries[one.entry] if one.entry < len(entries) else None
            if not agrees(one, entry, url):
                differ.add(f"{file.name} entries[{one.entry}] {one.field}")
    assert looked_at > 280
    assert differ - differences() == set(), "differences without a reason"
    assert differences() - differ == set(), "reasons for what does not differ"
