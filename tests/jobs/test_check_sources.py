"""The table of `monitor sources check`."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from memory_archive import NOON, Quiet
from pytest_httpserver import HTTPServer

from monitor.adapters.fetch import HttpFetcher, Limits
from monitor.app.kinds import Kinds
from monitor.core.source import Outlet, Source, SourceKind, Sources
from monitor.jobs.check_sources import SourceCheck, check_sources

FEED = """<rss version="2.0"><channel><item><title>A</title><pubDate>Mon, 02 Mar 2026 09:00:00 GMT</pubDate></item>
<item><title>B</title><pubDate>Sun, 01 Mar 2026 09:00:00 GMT</pubDate></item></channel></rss>"""


def checked(*sources: Source) -> tuple[SourceCheck, ...]:
    outlet = Outlet("paper", "Paper", "O", "Scotland", 2, homepage="https://paper.example", sources=sources)

    async def run() -> tuple[SourceCheck, ...]:
        limits = Limits(connect=0.5, read=0.5, total=1, body=1000)
        async with HttpFetcher(limits=limits, allowed_private=frozenset({"localhost", "127.0.0.1"})) as fetcher:
            return await check_sources(Sources.of([outlet]), fetcher, Kinds(), lambda: NOON, Quiet())

    return asyncio.run(run())


def test_a_row_for_every_source_in_order_with_fault_and_remedy(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/good").respond_with_data(FEED)
    httpserver.expect_request("/moved").respond_with_data(status=301, headers={"Location": "/good"})
    httpserver.expect_request("/empty").respond_with_data("<rss version='2.0'><channel></channel></rss>")
    httpserver.expect_request("/page").respond_with_data("<html><body>Hello</body></html>")
    httpserver.expect_request("/big").respond_with_data("x" * 2000)
    for status in (403, 404, 429, 500):
        httpserver.expect_request(f"/{status}").respond_with_data(status=status)
    names = ["good", "moved", "empty", "page", "big", "403", "404", "429", "500"]
    urls = {name: httpserver.url_for(f"/{name}") for name in names}
    urls["429"] = urls["429"].replace("localhost", "127.0.0.1")  # a host of its own: all of it is left alone then
    rows = checked(
        *(Source(name, "paper", url=url) for name, url in urls.items()),
        Source("inside", "paper", url="http://10.0.0.1/feed"),
        Source("unknown", "paper", kind=SourceKind.NONE, note="has no feed; see the page"),
    )
    assert [row.source.id for row in rows] == [*names, "inside", "unknown"]
    good, moved, *bad = rows
    assert (good.ok, good.entries, good.newest, good.remedy) == (True, 2, datetime(2026, 3, 2, 9, tzinfo=UTC), "")
    assert moved.ok
    assert moved.remedy == f"it leads to {httpserver.url_for('/good')}: poll that"
    assert not any(row.ok for row in bad)
    assert all(row.fault and row.remedy for row in bad)
    remedies = {row.source.id: row.remedy for row in bad}
    assert remedies["404"] == "look for the feed's new address on https://paper.example"
    assert remedies["429"] == "ask less often"
    assert remedies["unknown"] == "has no feed; see the page"
