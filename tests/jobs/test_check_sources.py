"""The table of `monitor sources check`."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from memory_archive import NOON, Quiet
from pytest_httpserver import HTTPServer

from monitor import app
from monitor.adapters.fetch import HttpFetcher, Limits
from monitor.app.kinds import Kinds
from monitor.config import load
from monitor.core.source import Outlet, Source, SourceKind, Sources
from monitor.errors import FetchError, MonitorError
from monitor.jobs.check_sources import SourceCheck, check_sources
from monitor.jobs.remedies import REPORT, remedy_for

FEED = """<rss version="2.0"><channel><item><title>A</title><pubDate>Mon, 02 Mar 2026 09:00:00 GMT</pubDate></item>
<item><title>B</title><pubDate>Sun, 01 Mar 2026 09:00:00 GMT</pubDate></item></channel></rss>"""


def kinds(root: type[MonitorError]) -> set[type[MonitorError]]:
    """All errors of `monitor.errors`, from the root of their tree."""
    below = (kind for kind in root.__subclasses__() if kind.__module__ == root.__module__)
    return {root}.union(*map(kinds, below))


INSIDE = frozenset({"localhost", "127.0.0.1"})


def checked(*sources: Source, private: frozenset[str] = INSIDE) -> tuple[SourceCheck, ...]:
    outlet = Outlet("paper", "Paper", "O", "Scotland", 2, homepage="https://paper.example", sources=sources)

    async def run() -> tuple[SourceCheck, ...]:
        limits = Limits(connect=30, read=30, total=60, body=1000)
        async with HttpFetcher(limits=limits, allowed_private=private) as fetcher:
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
    assert remedies["429"].startswith("ask less often (poll_minutes)")
    assert remedies["unknown"] == "has no feed; see the page"


@pytest.mark.parametrize("kind", sorted(kinds(MonitorError), key=lambda k: k.__name__), ids=lambda k: k.__name__)
def test_every_kind_of_error_has_a_remedy_in_plain_words(kind: type[MonitorError]) -> None:
    outlet = Outlet("paper", "Paper", "O", "Scotland", 2)
    of_fetching = issubclass(kind, FetchError)
    statuses = [None, 200, 301, 401, 402, 403, 404, 410, 418, 429, 451, 500, 503] if of_fetching else [None]
    for status in statuses:
        error = kind("at fault", url="https://x.example/") if of_fetching else kind("at fault")
        error.status = status  # type: ignore[attr-defined]
        said = remedy_for(error, outlet)
        assert len(said.split()) > 3
        assert not said.endswith(".")


@pytest.mark.parametrize(
    ("url", "advice"),
    [
        ("http://169.254.169.254/latest/meta-data/", "no publisher has such a one"),
        ("http://[fe80::1]/feed", "no publisher has such a one"),
        ("http://127.0.0.1:9/feed", "fetch.allow_private"),
        ("http://10.1.2.3/feed", "fetch.allow_private"),
    ],
)
def test_only_what_may_be_allowed_is_said_to_be(url: str, advice: str) -> None:
    (row,) = checked(Source("s", "paper", url=url), private=frozenset())
    assert "not fetched" in row.fault
    assert advice in row.remedy


def test_a_parser_of_ours_that_breaks_is_no_bodys_fault_but_ours(httpserver: HTTPServer) -> None:
    assert remedy_for(RecursionError("too deep"), Outlet("p", "P", "O", "UK", 1)) == REPORT


def test_a_feed_that_brought_nothing_for_months_is_said(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/old").respond_with_data(FEED.replace("2026", "2025"))
    (row,) = checked(Source("old", "paper", url=httpserver.url_for("/old")))
    assert (row.ok, row.entries) == (False, 2)
    assert row.fault == "it answers, and its newest entry is of 02 March 2025"
    assert "names another feed" in row.remedy


def test_half_a_feed_is_a_fault(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/half").respond_with_data(FEED[: FEED.index("</channel>")])
    [row] = checked(Source("half", "paper", url=httpserver.url_for("/half")))
    assert (row.ok, row.entries, row.fault) == (False, 2, "it breaks off half way")
    assert row.remedy


def test_what_is_known_of_a_host_that_asked_us_to_wait_is_shown_and_it_is_not_asked(
    httpserver: HTTPServer, tmp_path: Path
) -> None:
    httpserver.expect_request("/busy").respond_with_data(status=429, headers={"Retry-After": "7200"})
    httpserver.expect_request("/other").respond_with_data(FEED)
    app.new_workspace(tmp_path)
    (tmp_path / "monitor.toml").write_text(f'[fetch]\nallow_private = ["localhost:{httpserver.port}"]\n')
    with app.open_workspace(tmp_path):
        pass  # a database, in which it is kept
    names = ("busy", "other")
    sources = tuple(Source(name, "paper", url=httpserver.url_for(f"/{name}")) for name in names)
    outlets = Sources.of([Outlet("paper", "Paper", "O", "Scotland", 2, sources=sources)])

    def check(*, insist: bool = False) -> list[str]:
        settings = load(tmp_path)
        return [
            row.fault for row in asyncio.run(app.check_all(tmp_path, settings, outlets, Quiet(), insist=insist))
        ]

    assert any("429" in fault for fault in check())
    asked = len(httpserver.log)
    waiting = check()
    assert len(httpserver.log) == asked
    assert all("asks us to wait until " in fault and "429" in fault for fault in waiting)
    check(insist=True)
    assert len(httpserver.log) > asked
    assert check() == waiting, "what was answered to one who insists changes nothing"


def test_a_selector_that_picks_nothing_is_to_be_mended(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/latest").respond_with_data("<a href='/1'>One</a>", content_type="text/html")
    url = httpserver.url_for("/latest")
    (row,) = checked(Source("list", "paper", kind=SourceKind.LISTING, url=url, selector="div.gone a"))
    assert row.fault.startswith("nothing on the page is picked by div.gone a")
    assert row.remedy.startswith("mend the `selector`")


@pytest.mark.parametrize("target", ["file:/etc/passwd", "http://10.0.0.1/feed", "http://169.254.169.254/"])
def test_that_a_redirect_led_there_is_said(httpserver: HTTPServer, target: str) -> None:
    httpserver.expect_request("/feed").respond_with_data(status=302, headers={"Location": target})
    (row,) = checked(Source("led", "paper", url=httpserver.url_for("/feed")))
    assert row.fault.startswith(f"a redirect led to {target}: ")
    assert (
        row.remedy == "look for the feed's address on https://paper.example: this one leads to where we do not go"
    )


@pytest.mark.parametrize(
    ("named", "remedy"),
    [
        ("7200", "wait until the time it names, a day at most: no run asks it before"),
        ("Fri, 31 Dec 2100 23:59:59 GMT", "wait until the time it names, a day at most: no run asks it before"),
        ("soon", "ask less often (poll_minutes): the publisher wants to be left alone for a while"),
    ],
)
def test_only_who_names_a_time_is_said_to_have_named_one(httpserver: HTTPServer, named: str, remedy: str) -> None:
    httpserver.expect_request("/busy").respond_with_data(status=429, headers={"Retry-After": named})
    (row,) = checked(Source("busy", "paper", url=httpserver.url_for("/busy")))
    assert row.remedy == remedy
