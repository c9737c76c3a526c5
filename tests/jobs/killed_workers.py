"""What processes do that tests kill: sending, and ingesting."""

from __future__ import annotations

import asyncio
import os
import signal
from datetime import UTC, datetime
from multiprocessing.synchronize import Event
from pathlib import Path

from monitor.adapters import pages
from monitor.adapters.fetch import HttpFetcher
from monitor.adapters.store import open_store
from monitor.app.kinds import Kinds
from monitor.core.edition import Delivery, Edition
from monitor.core.source import Outlet, Source, Sources
from monitor.jobs.ingest import Pace, ingest
from monitor.jobs.send import send


class Deadly:
    """A post that writes down what it takes, and dies before or after it has taken so many."""

    def __init__(self, log: Path, when: str, number: int) -> None:
        self.log, self.when, self.left = log, when, number

    def deliver(self, edition: Edition, delivery: Delivery) -> str:
        self.left -= 1
        if self.when == "before" and self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        with self.log.open("a") as file:
            file.write(delivery.message_id + "\n")
        if self.when == "after" and self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return "250 taken"


def send_all(url: str, log: Path, when: str, number: int) -> None:
    """Everything that is open, by a post that may die."""
    send(open_store(url), Deadly(log, when, number), lambda: datetime(2023, 11, 27, 7, 1, tzinfo=UTC))


class Telling:
    """Tells another process that the reading has begun."""

    def __init__(self, begun: Event) -> None:
        self.begun = begun

    def start(self, what: str, total: int) -> None:
        self.begun.set()

    def advance(self, count: int = 1, **counts: int) -> None: ...

    def finish(self) -> None: ...


def ingest_all(url: str, database: str, pages_at_once: int, begun: Event) -> None:
    """One round at one source."""
    asyncio.run(_ingest(url, database, pages_at_once, begun))


async def _ingest(url: str, database: str, pages_at_once: int, begun: Event) -> None:
    store = open_store(database)
    sources = Sources.of([Outlet("paper", "Paper", "O", "Scotland", 2, sources=(Source("p", "paper", url=url),))])
    async with HttpFetcher(allowed_private=frozenset({"localhost"})) as fetcher:
        pace = Pace(pages=pages_at_once, all_sources=True)
        now = lambda: datetime.now(UTC)  # noqa: E731
        await ingest(sources, store, store, fetcher, Kinds(), pages.extract, now, Telling(begun), pace)
    store.close()
