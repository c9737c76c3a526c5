"""Two processes on one workspace: no host is asked by both at the same time, no source is read twice."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from clean_processes import CLEAN
from memory_archive import Quiet
from press import Asked, Press, Reply, Request, here, outlets_at
from test_ingest import feed, item, page

from monitor.adapters import pages
from monitor.adapters.fetch import HttpFetcher
from monitor.adapters.store import open_store
from monitor.app.kinds import Kinds
from monitor.core.source import Sources
from monitor.jobs.ingest import Pace, ingest

HOSTS, EACH, PAGES = 3, 2, 2
PACE = Pace(pause=0.05)


def answer(request: Request) -> Reply:
    if request.path == "/robots.txt":
        return Reply(status=404, how="late")
    if not request.path.startswith("/feed"):
        return Reply(page(request.path), how="late")
    own = request.path[-1]
    return Reply(feed(item(f"{own}-{n}", f"/{own}/{n}") for n in range(PAGES)), how="late")


def clock() -> datetime:
    return datetime.now(UTC)


def sources_at(port: int) -> Sources:
    return Sources.of(outlets_at([f"h{n}" for n in range(HOSTS)], EACH, port, full_text=lambda _: True))


def read(url: str, port: int, go: Any, brought: Any, pace: Pace = PACE) -> None:
    """One round of one process, begun when it is told to go."""
    import asyncio

    from monitor.adapters import robots

    async def run() -> None:
        names = frozenset(f"h{n}.example" for n in range(HOSTS))
        async with HttpFetcher(allowed_private=names, resolver=here) as web:
            quiet = Quiet()
            store = open_store(url)
            go.wait()
            report = await ingest(
                sources_at(port), store, store, web, Kinds(), pages.extract, clock, quiet, pace, robots.ruling
            )
            store.close()
            brought.put((report.new, report.heard, len(report.put_off), report.not_due))

    asyncio.run(run())


@contextmanager
def reading(url: str, port: int, number: int) -> Iterator[tuple[list[Any], Any]]:
    """So many processes that begin together, and what each of them brings."""
    together, brought = CLEAN.Barrier(number), CLEAN.Queue()
    running = [CLEAN.Process(target=read, args=(url, port, together, brought)) for _ in range(number)]
    for process in running:
        process.start()
    try:
        yield running, brought
    finally:
        for process in running:
            process.kill()
            process.join()


@contextmanager
def waiting(url: str, port: int, pace: Pace) -> Iterator[tuple[Any, Any]]:
    """A process that is ready to read, what it waits for, and what it brings."""
    go, brought = CLEAN.Event(), CLEAN.Queue()
    process = CLEAN.Process(target=read, args=(url, port, go, brought, pace))
    process.start()
    try:
        yield go, brought
    finally:
        process.kill()
        process.join()


def by_host(log: list[Asked]) -> dict[str, list[Asked]]:
    found: defaultdict[str, list[Asked]] = defaultdict(list)
    for asked in sorted(log, key=lambda line: line.began):
        found[asked.host].append(asked)
    return found


def test_no_host_is_asked_by_two_processes_at_once_nor_a_source_read_twice(store_url: str) -> None:
    with Press(clock, answer) as press, reading(store_url, press.port, 2) as (running, brought):
        told = [brought.get(timeout=60) for _ in running]
    articles = HOSTS * EACH * PAGES
    assert sum(new for new, *_ in told) == articles
    assert sum(heard for _, heard, *_ in told) == HOSTS * EACH
    assert all(put_off == 0 and heard + not_due == HOSTS * EACH for _, heard, put_off, not_due in told)
    asked = Counter((line.host, line.path) for line in press.log if line.path != "/robots.txt")
    assert set(asked.values()) == {1}
    assert len(asked) == HOSTS * EACH + articles
    for lines in by_host(press.log).values():
        assert all(later.began >= sooner.ended for sooner, later in pairwise(lines))


def test_what_a_killed_process_was_reading_another_reads(store_url: str) -> None:
    with Press(clock, answer) as press:
        with reading(store_url, press.port, 1):
            deadline = time.monotonic() + 60
            while not press.log and time.monotonic() < deadline:
                time.sleep(0.01)
        with reading(store_url, press.port, 1) as (_, brought):
            _, heard, put_off, not_due = brought.get(timeout=60)
    assert (heard + not_due, put_off) == (HOSTS * EACH, 0)
    store = open_store(store_url)
    assert len(store.articles(datetime(2020, 1, 1, tzinfo=UTC), clock())) == HOSTS * EACH * PAGES
    store.close()


def test_a_round_keeps_the_pause_after_that_of_another_process(store_url: str) -> None:
    pace = Pace(pause=3.0, pages=0, all_sources=True)
    with (
        Press(clock, answer) as press,
        waiting(store_url, press.port, pace) as (first, brought),
        waiting(store_url, press.port, pace) as (second, brought_then),
    ):
        first.set()
        assert brought.get(timeout=120)[1] == HOSTS * EACH
        second.set()
        assert brought_then.get(timeout=120)[1] == HOSTS * EACH
    found = by_host(press.log)
    assert len(found) == HOSTS
    for lines in found.values():
        assert len(lines) == 2 * EACH
        assert min(later.began - sooner.ended for sooner, later in pairwise(lines)) >= 2.9
