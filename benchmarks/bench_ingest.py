"""How fast articles come in, beside trafilatura alone on the same pages, and beside reading one after another.

    python -m benchmarks.bench_ingest [--pages N] [--hosts N] [--delay SECONDS] [--rounds N]

A press in a process of its own serves real pages (shared/data/pages) as the articles of many feeds. Processor time
is of everything that reads, workers included, and of nothing that serves; the whole way is feed, robots.txt, page,
text, identity, SQLite. One after another means one request at a time; each answer is late by `--delay`, which is
what a publisher's network costs. Ends with 1 when a bound of the project does not hold.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import multiprocessing
import os
import statistics
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection

import trafilatura

from benchmarks.corpus import SHARED
from benchmarks.machine import cpu_of, descendants
from benchmarks.table import table
from monitor.adapters import pages
from monitor.adapters.fetch import HttpFetcher
from monitor.adapters.store import open_store
from monitor.app.parsing import parsers
from monitor.app.work import Unseen
from monitor.config import ParsingSettings
from monitor.core.source import Outlet, Source, Sources
from monitor.jobs import road
from monitor.jobs.ingest import Pace, ingest

ARCHIVE = SHARED / "pages" / "scrapinghub__article-extraction-benchmark.tar.gz"
PRESSES: set[int] = set()
"""Processes that serve, and are not counted."""
OF_TRAFILATURA = 0.8
"""Articles a second of processor time beside trafilatura alone, at least: the rest is the whole way."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=181, help="articles in all")
    parser.add_argument("--hosts", type=int, default=20)
    parser.add_argument("--delay", type=float, default=0.3, help="seconds by which an answer is late")
    parser.add_argument("--rounds", type=int, default=3)
    said = parser.parse_args()
    if not ARCHIVE.is_file():
        print(f"left out: {ARCHIVE} is not there")
        return 0
    found = real_pages()[: said.pages]
    with serving(found, said.hosts, said.delay) as port:
        sources, first = outlets(range(said.hosts), port), outlets([said.hosts], port)
        alone, whole, ours = [], [], []
        by_trafilatura(found[:5])  # what is made at the first call, not before
        by_reader(found[:5])
        for _ in range(said.rounds):  # in turns, so that what disturbs the machine disturbs all
            alone.append(cpu(lambda: by_trafilatura(found)))
            ours.append(cpu(lambda: by_reader(found)))
            whole.append(articles_in(sources, first, said.hosts, len(found)))
        together = wall(lambda: articles_in(sources, first, said.hosts, len(found)))
        one_by_one = wall(lambda: articles_in(sources, first, said.hosts, len(found), at_once=1))
    share = statistics.median(alone) / statistics.median(whole)
    each = {"trafilatura alone": alone, "our reader of pages alone": ours, "the whole of ingest": whole}
    rows = [(name, f"{1e3 * statistics.median(s) / len(found):.1f}", f"{len(found) / statistics.median(s):.0f}",
             f"{statistics.median(alone) / statistics.median(s):.2f}") for name, s in each.items()]  # fmt: skip
    print(table(("", "ms of CPU an article", "articles a CPU second", "of trafilatura"), rows))
    print(f"\n{len(found)} articles of {said.hosts} hosts, each answer {said.delay:g} s late, by the clock:")
    print(f"{together:.1f} s, one request after another {one_by_one:.1f} s: {one_by_one / together:.1f} times")
    print(f"\nof trafilatura {share:.2f}, wanted {OF_TRAFILATURA}")
    return int(share < OF_TRAFILATURA)


def real_pages() -> list[bytes]:
    with tarfile.open(ARCHIVE) as archive:
        files = sorted((m for m in archive if m.name.endswith(".html.gz")), key=lambda m: m.name)
        return [gzip.decompress(file.read()) for m in files if (file := archive.extractfile(m)) is not None]


# --------------------------------------------------------------- what is measured


def by_trafilatura(found: list[bytes]) -> None:
    for page in found:
        trafilatura.bare_extraction(page, fast=True, include_comments=False, with_metadata=True)


def by_reader(found: list[bytes]) -> None:
    for number, page in enumerate(found):
        pages.extract(page, url=f"http://h.example/{number}", content_type="text/html")


def articles_in(
    sources: Sources, first: Sources, hosts: int, number: int, *, at_once: int = road.AT_ONCE
) -> float:
    """Ingest everything into a new database; seconds of processor time, the workers' included, once they run."""
    private = frozenset(f"h{n}.example" for n in range(hosts + 1))

    async def run() -> float:
        with parsers(ParsingSettings()) as parse:
            async with HttpFetcher(allowed_private=private, resolver=here) as fetcher:

                async def read(some: Sources) -> int:
                    report = await ingest(
                        some, store, store, fetcher, parse.reader, parse.read_page, lambda: datetime.now(UTC),
                        Unseen(), Pace(pages=number), parse.read_robots,
                    )  # fmt: skip
                    return report.new

                await read(first)  # what is made at the first call: of workers, of statements
                before = _used()
                new = await read(sources)
            assert new >= number, f"{new} articles of {number}"  # a round-up is several
            return _used() - before

    usual, road.AT_ONCE = road.AT_ONCE, at_once
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/monitor.db")
        used = asyncio.run(run())
        store.close()
    road.AT_ONCE = usual
    return used


def cpu(work: Callable[[], None]) -> float:
    """Seconds of processor time."""
    before = _used()
    work()
    return _used() - before


def _used() -> float:
    """Of this process and of those below it that run now, but for the press."""
    running = [pid for pid in descendants(os.getpid()) if pid not in PRESSES]
    return sum(cpu_of(pid) for pid in running)


def wall(work: Callable[[], object]) -> float:
    before = time.monotonic()
    work()
    return time.monotonic() - before


# --------------------------------------------------------------- the press


def outlets(hosts: Iterable[int], port: int) -> Sources:
    return Sources.of(
        Outlet(f"h{n}", f"h{n}", f"h{n}", "UK", 3, sources=(Source(f"h{n}", f"h{n}", url=f"http://h{n}.example:{port}/feed"),))
        for n in hosts
    )  # fmt: skip


async def here(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


@contextmanager
def serving(found: list[bytes], hosts: int, delay: float) -> Iterator[int]:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(
        target=lambda: asyncio.run(press(found, hosts, delay, theirs)), daemon=True
    )
    process.start()
    PRESSES.add(process.pid or 0)
    try:
        yield ours.recv()
    finally:
        process.kill()
        process.join()


async def press(found: list[bytes], hosts: int, delay: float, ready: Connection) -> None:
    """Every host has a feed, and its share of the pages."""

    def body(host: int, path: str) -> bytes:
        if path != "/feed":
            return found[int(path[1:])]
        items = (f"<item><title>{n}</title><link>/{n}</link></item>" for n in range(host, len(found), hosts))
        return f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>".encode()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        path = head.split(" ", 2)[1]
        host = int(head.lower().partition("\r\nhost: h")[2].partition(".")[0])
        await asyncio.sleep(delay)
        there = path != "/robots.txt"
        said = body(host, path) if there else b""
        first = f"HTTP/1.1 {200 if there else 404} -\r\nContent-Type: text/html\r\nContent-Length: {len(said)}\r\n"
        writer.write(f"{first}Connection: close\r\n\r\n".encode() + said)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0, backlog=500)
    ready.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


if __name__ == "__main__":
    sys.exit(main())
