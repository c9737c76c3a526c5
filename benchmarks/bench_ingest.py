"""How fast articles come in, beside trafilatura alone on the same pages, and beside reading one after another.

    python -m benchmarks.bench_ingest [--hosts N] [--passes N] [--delay SECONDS] [--clocked N]

A press in a process of its own serves real pages (shared/data/pages) as the articles of many feeds. In each of
many small rounds the same few pages are read three times: by trafilatura alone, asked for the text and for what
the page says about itself; by our reader of pages; and by the whole of ingest, which is feed, robots.txt, page,
worker, text, identity, SQLite. Who begins changes from round to round, so that what disturbs the machine disturbs
all. The median of the rounds' ratios counts, of exact processor time: of every process that reads, workers
included, and of none that serves. All run on one core. Each pass has new workers and a new database, which have
read the articles of one host before the first round; so has trafilatura, and the collector of garbage leaves
alone what was made till then, as it does in a worker.

One after another means one request at a time; each answer is then late by `--delay`, which is what a publisher's
network costs. Ends with 1 when a bound of the project does not hold.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import gzip
import multiprocessing
import os
import statistics
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
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
ALONE, READER, WHOLE = "trafilatura alone", "our reader of pages alone", "the whole of ingest"
HOSTS_A_ROUND = 2

Ingest = Callable[[Sequence[int]], None]
"""Reads the articles of these hosts."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hosts", type=int, default=25, help="hosts that the articles are shared out to")
    parser.add_argument("--passes", type=int, default=2, help="times that all of them are read")
    parser.add_argument("--delay", type=float, default=0.3, help="seconds by which an answer is late")
    parser.add_argument("--clocked", type=int, default=60, help="articles read by the clock, too; 0: none")
    said = parser.parse_args()
    if not ARCHIVE.is_file():
        print(f"left out: {ARCHIVE} is not there")
        return 0
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    found = real_pages()
    before = os.getloadavg()[0]
    rounds = [one for _ in range(said.passes) for one in measured(found, said.hosts)]
    print(table(("", "ms of CPU an article", "articles a CPU second", "of trafilatura"), list(rows(rounds))))
    ratios = sorted(one[ALONE] / one[WHOLE] for one in rounds)
    low, share, high = statistics.quantiles(ratios, n=4)
    print(f"\n{len(rounds)} rounds of {HOSTS_A_ROUND} hosts, {len(found)} articles in all; half of the ratios are")
    print(f"{low:.2f} to {high:.2f}, all {ratios[0]:.2f} to {ratios[-1]:.2f}. ", end="")
    print(f"Load {before:.1f} before, {os.getloadavg()[0]:.1f} after.")
    if said.clocked:
        by_the_clock(found[: said.clocked], said.hosts, said.delay)
    print(f"\nof trafilatura {share:.2f}, wanted {OF_TRAFILATURA}")
    return int(share < OF_TRAFILATURA)


def rows(rounds: Sequence[dict[str, float]]) -> Iterator[tuple[str, str, str, str]]:
    """Seconds an article in the median round, and the median of the ratios."""
    for name in (ALONE, READER, WHOLE):
        each = statistics.median(one[name] for one in rounds)
        ratio = statistics.median(one[ALONE] / one[name] for one in rounds)
        yield name, f"{1e3 * each:.1f}", f"{1 / each:.0f}", f"{ratio:.2f}"


def by_the_clock(found: list[bytes], hosts: int, delay: float) -> None:
    together, one_by_one = (clocked(found, hosts, delay, at_once) for at_once in (road.AT_ONCE, 1))
    print(f"\n{len(found)} articles of {hosts} hosts, each answer {delay:g} s late, by the clock:")
    print(f"{together:.1f} s, one request after another {one_by_one:.1f} s: {one_by_one / together:.1f} times")


def real_pages() -> list[bytes]:
    with tarfile.open(ARCHIVE) as archive:
        files = sorted((m for m in archive if m.name.endswith(".html.gz")), key=lambda m: m.name)
        return [gzip.decompress(file.read()) for m in files if (file := archive.extractfile(m)) is not None]


# --------------------------------------------------------------- what is measured


def measured(found: list[bytes], hosts: int) -> Iterator[dict[str, float]]:
    """CPU seconds an article by what reads it, for each round; the first host's articles are read before."""
    with serving(found, hosts, 0.0) as port, ingesting(port, hosts, len(found)) as take_in:

        def read(some: Sequence[int]) -> list[tuple[str, Callable[[], None]]]:
            theirs = [page for host in some for page in found[host::hosts]]
            return [
                (ALONE, lambda: by_trafilatura(theirs)),
                (READER, lambda: by_reader(theirs)),
                (WHOLE, lambda: take_in(some)),
            ]

        for _, work in read([0]):
            work()
        gc.collect()
        gc.freeze()
        for number, host in enumerate(range(1, hosts, HOSTS_A_ROUND)):
            some = range(host, min(host + HOSTS_A_ROUND, hosts))
            ways = read(some)
            articles = sum(len(found[one::hosts]) for one in some)
            yield {name: cpu(work) / articles for name, work in (ways if number % 2 else ways[::-1])}
    gc.unfreeze()


def by_trafilatura(found: list[bytes]) -> None:
    for page in found:
        trafilatura.bare_extraction(page, fast=True, include_comments=False, with_metadata=True)


def by_reader(found: list[bytes]) -> None:
    for number, page in enumerate(found):
        pages.extract(page, url=f"http://h.example/{number}", content_type="text/html")


@contextmanager
def ingesting(port: int, hosts: int, articles: int) -> Iterator[Ingest]:
    """The whole of ingest, with a new database and new workers."""
    with tempfile.TemporaryDirectory() as folder, asyncio.Runner() as runner, parsers(ParsingSettings()) as parse:
        store = open_store(f"sqlite:///{folder}/monitor.db")
        fetcher = HttpFetcher(allowed_private=frozenset(f"h{n}.example" for n in range(hosts)), resolver=here)

        def take_in(some: Sequence[int]) -> None:
            read = ingest(
                outlets(some, port), store, store, fetcher, parse.reader, parse.read_page,
                lambda: datetime.now(UTC), Unseen(), Pace(pages=articles), parse.read_robots,
            )  # fmt: skip
            report = runner.run(read)
            wanted = sum(len(range(host, articles, hosts)) for host in some)
            assert report.new >= wanted, f"{report.new} articles of {wanted}"  # a round-up is several

        try:
            yield take_in
        finally:
            runner.run(fetcher.aclose())
            store.close()


def clocked(found: list[bytes], hosts: int, delay: float, at_once: int) -> float:
    """Seconds by the clock for all hosts at once, once the workers run."""
    usual, road.AT_ONCE = road.AT_ONCE, at_once
    with serving(found, hosts, delay) as port, ingesting(port, hosts, len(found)) as take_in:
        take_in([0])
        before = time.monotonic()
        take_in(range(1, hosts))
        took = time.monotonic() - before
    road.AT_ONCE = usual
    return took


def cpu(work: Callable[[], None]) -> float:
    """Seconds of processor time, of this process and of those below it, but for the press."""
    others = _others()  # before ours begins and after it ends: looking for them is no work of anybody's
    own = time.process_time()
    work()
    return time.process_time() - own + _others() - others


def _others() -> float:
    below = descendants(os.getpid())[1:]
    return sum(cpu_of(pid) for pid in below if pid not in PRESSES)


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
