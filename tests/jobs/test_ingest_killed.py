"""Ingest ended by SIGKILL at any moment and started again: nothing is lost, nothing is there twice."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from test_ingest import feed, item, page
from werkzeug import Request, Response

from monitor.adapters.store import open_store

ENTRIES = 30
SCRIPT = """
import asyncio, sys
from datetime import UTC, datetime
from monitor.adapters import pages
from monitor.adapters.fetch import HttpFetcher
from monitor.adapters.store import open_store
from monitor.app.kinds import Kinds
from monitor.core.source import Outlet, Source, Sources
from monitor.jobs.ingest import Pace, ingest

class Quiet:
    def start(self, what, total): print("started", flush=True)
    def advance(self, count=1, **counts): pass
    def finish(self): pass

async def main(url, database, pages_at_once):
    store = open_store(database)
    sources = Sources.of([Outlet("paper", "Paper", "O", "Scotland", 2, sources=(Source("p", "paper", url=url),))])
    async with HttpFetcher(allowed_private=frozenset({"localhost"})) as fetcher:
        pace = Pace(pages=int(pages_at_once), all_sources=True)
        clock = lambda: datetime.now(UTC)
        await ingest(sources, store, store, fetcher, Kinds(), pages.extract, clock, Quiet(), pace)
    store.close()

asyncio.run(main(*sys.argv[1:]))
"""


def started(url: str, database: str, pages_at_once: int) -> subprocess.Popen[str]:
    root = str(Path(__file__).parents[2])
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, url, database, str(pages_at_once)],
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": root},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    return process


@pytest.mark.parametrize("pages_at_once", [60, 12], ids=["in one round", "in several rounds"])
def test_nothing_is_lost(
    httpserver: HTTPServer, new_sqlite: Callable[[Path], str], tmp_path: Path, pages_at_once: int
) -> None:
    def answer(request: Request) -> Response:
        if request.headers.get("If-None-Match"):
            return Response(status=304)
        time.sleep(0.01)
        if request.path == "/feed":
            return Response(feed([item(n, f"/{n}") for n in range(ENTRIES)]), headers={"ETag": '"v1"'})
        return Response(page(request.path[1:]), content_type="text/html")

    for path in ["/feed", *(f"/{n}" for n in range(ENTRIES))]:
        httpserver.expect_request(path).respond_with_handler(answer)
    url, database = httpserver.url_for("/feed"), new_sqlite(tmp_path)
    for seconds in (0.0, 0.2, 0.4, 0.3):
        process = started(url, database, pages_at_once)
        time.sleep(seconds)
        process.kill()
        process.wait()
    for _ in range(-(-ENTRIES // pages_at_once)):
        assert started(url, database, pages_at_once).wait() == 0
    store = open_store(database)
    articles = store.articles(datetime(2020, 1, 1, tzinfo=UTC), datetime.now(UTC))
    assert len({article.line for article in articles}) == len(articles) == ENTRIES
    assert all(article.body for article in articles)
    assert store.source_states()["p"].etag == '"v1"'
    store.close()
