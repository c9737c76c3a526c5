"""Hundreds of sources in one process: those that hang, drip and fail do not touch the others (F1, F2, F6).

A sample, with short limits; MONITOR_FULL=1 takes 300 sources on 100 hosts with the limits of everyday.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from memory_archive import Quiet
from press import Press, Reply, Request, here, outlets_at
from test_ingest import feed, item

from monitor.adapters import pages
from monitor.adapters.fetch import HttpFetcher, Limits
from monitor.adapters.store import Store, open_store
from monitor.app.kinds import Kinds
from monitor.core.source import Sources, SourceState, Trouble
from monitor.jobs.ingest import IngestReport, Pace, ingest

FULL = bool(os.environ.get("MONITOR_FULL"))
HOSTS = 100 if FULL else 30
EACH = 3
LIMITS = Limits() if FULL else Limits(connect=40, read=40, total=45)


def answer(request: Request) -> Reply:
    """Of ten hosts one hangs, one drips, one fails in some way."""
    number, source = int(request.host.split(".")[0][1:]), request.path.rsplit("/", 1)[-1]
    match number % 10:
        case 0:
            return Reply(how="hang")
        case 1:
            return Reply("<rss>" + " " * 200, how="drip")
        case 2:
            return [Reply(status=500), Reply(status=404), Reply(how="junk")][int(source)]
    return Reply(feed(item(f"{number}-{source}-{n}", f"/{number}/{source}/{n}") for n in range(3)))


class Timed:
    """A store that notes when each source was done."""

    def __init__(self, store: Store) -> None:
        self.store, self.began = store, time.monotonic()
        self.done: dict[str, float] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    def save_source_state(self, state: SourceState, *more: Any) -> None:
        self.done[state.source] = time.monotonic() - self.began
        self.store.save_source_state(state, *more)


def clock() -> datetime:
    return datetime.now(UTC)


async def read_all(archive: Any) -> IngestReport:
    names = frozenset(f"h{n}.example" for n in range(HOSTS))
    with Press(clock, answer) as press:
        hosts = [f"h{n}" for n in range(HOSTS)]
        sources = Sources.of(outlets_at(hosts, EACH, press.port, full_text=lambda _: False))
        async with HttpFetcher(limits=LIMITS, allowed_private=names, resolver=here) as fetcher:
            pace = Pace(pause=0.05)
            return await ingest(sources, archive, archive, fetcher, Kinds(), pages.extract, clock, Quiet(), pace)


def test_the_good_ones_are_heard_before_the_first_silence_is_over(
    new_sqlite: Callable[[Path], str], tmp_path: Path
) -> None:
    store = open_store(new_sqlite(tmp_path))
    timed = Timed(store)
    report = asyncio.run(read_all(timed))
    seconds = time.monotonic() - timed.began
    store.close()
    good, tenth = HOSTS * 7 // 10 * EACH, HOSTS // 10
    assert (report.heard, report.new) == (good, good * 3)
    troubles = Counter(failure.trouble for failure in report.failures)
    assert troubles == {Trouble.TIMEOUT: 2 * tenth, Trouble.STATUS: 2 * tenth, Trouble.UNREACHABLE: tenth}
    assert len(report.put_off) == 2 * tenth * (EACH - 1)
    heard = [timed.done[outcome.source] for outcome in report.outcomes if outcome.entries]
    silent = [timed.done[failure.source] for failure in report.failures if failure.trouble is Trouble.TIMEOUT]
    print(f"{good} good ones within {max(heard):.1f} s, all {HOSTS * EACH} in {seconds:.1f} s")
    assert max(heard) < min(silent)
