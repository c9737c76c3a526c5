"""Ingest ended by SIGKILL at any moment and started again: nothing is lost, nothing is there twice."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess as Process
from pathlib import Path

import killed_workers
import pytest
from clean_processes import CLEAN
from pytest_httpserver import HTTPServer
from test_ingest import feed, item, page
from werkzeug import Request, Response

from monitor.adapters.store import open_store

ENTRIES = 30


def started(url: str, database: str, pages_at_once: int) -> Process:
    """A process that ingests, once it has begun to read."""
    begun = CLEAN.Event()
    process = CLEAN.Process(target=killed_workers.ingest_all, args=(url, database, pages_at_once, begun))
    process.start()
    assert begun.wait(120)
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
        process.join()
    for _ in range(-(-ENTRIES // pages_at_once)):
        process = started(url, database, pages_at_once)
        process.join(120)
        assert process.exitcode == 0
    store = open_store(database)
    articles = store.articles(datetime(2020, 1, 1, tzinfo=UTC), datetime.now(UTC))
    assert len({article.line for article in articles}) == len(articles) == ENTRIES
    assert all(article.body for article in articles)
    assert store.source_states()["p"].etag == '"v1"'
    store.close()
