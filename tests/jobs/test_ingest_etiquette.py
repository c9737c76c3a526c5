"""Manners towards hosts: turns, pauses, waits that are asked for, robots.txt (F7, F8; RFC 9309)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from email.utils import format_datetime
from itertools import pairwise
from threading import Event

import pytest
from memory_archive import NOON, Memory
from pytest_httpserver import HTTPServer
from test_ingest import IMPATIENT, LONG, PATIENT, Round, asked, feed, item, outlet, page
from werkzeug import Request, Response

from monitor.adapters import robots
from monitor.adapters.fetch import HttpFetcher
from monitor.adapters.store import Store, open_store
from monitor.core.article import Evidence
from monitor.core.source import HostState, Trouble
from monitor.errors import FetchError, HostWaits, ParseError
from monitor.jobs.ports import Ruling
from monitor.jobs.road import Road

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def serve(server: HTTPServer, pages: int = 1, path: str = "/feed") -> None:
    server.expect_request(path).respond_with_data(feed(item(n, f"/{n}") for n in range(pages)))
    for n in range(pages):
        server.expect_request(f"/{n}").respond_with_data(page(n), content_type="text/html")


# --------------------------------------------------------------- one at a time, with a pause


def test_requests_to_a_host_are_a_pause_apart_and_other_hosts_do_not_wait(httpserver: HTTPServer) -> None:
    at: list[float] = []

    def answer(request: Request) -> Response:
        at.append(time.monotonic())
        return Response(feed([item(1, "/1")]))

    for path in ("/a", "/b", "/c", "/1"):
        httpserver.expect_request(path).respond_with_handler(answer)
    round_ = Round(outlet(*(httpserver.url_for(path) for path in "abc")))
    round_.pause = 0.15
    round_.run()
    assert len(at) == 4
    assert min(later - sooner for sooner, later in pairwise(at)) >= 0.14


def test_a_redirect_waits_for_the_host_it_leads_to(httpserver: HTTPServer) -> None:
    elsewhere = httpserver.url_for("/there").replace("localhost", "127.0.0.1")
    httpserver.expect_request("/here").respond_with_data(status=302, headers={"Location": elsewhere})
    httpserver.expect_request("/there").respond_with_data("x")

    async def run() -> list[str]:
        done: list[str] = []
        async with HttpFetcher(limits=PATIENT, allowed_private=frozenset({"localhost", "127.0.0.1"})) as fetcher:
            road = Road(fetcher, lambda: NOON)

            async def ask() -> None:
                await road.fetch(httpserver.url_for("/here"))
                done.append("asked")

            async with road.turn(elsewhere):
                task = asyncio.create_task(ask())
                await asyncio.sleep(0.3)
                done.append("free")
            await task
        return done

    assert asyncio.run(run()) == ["free", "asked"]


# --------------------------------------------------------------- hosts that ask us to wait (F7)


@pytest.mark.parametrize(
    ("status", "header", "wait"),
    [
        (429, "7200", 2 * HOUR),
        (503, format_datetime(NOON + 3 * HOUR, usegmt=True), 3 * HOUR),
        (429, "", 15 * MINUTE),
        (429, "1", 15 * MINUTE),
        (503, "nonsense", 15 * MINUTE),
        (503, format_datetime(NOON - HOUR, usegmt=True), 15 * MINUTE),
        (429, str(10 * 365 * 86_400), DAY),
    ],
)
def test_the_whole_host_is_left_alone_as_long_as_it_asks_also_after_a_restart(
    httpserver: HTTPServer, store: Store, status: int, header: str, wait: timedelta
) -> None:
    httpserver.expect_request("/a").respond_with_data(status=status, headers={"Retry-After": header})
    serve(httpserver, path="/b")
    round_ = Round(outlet(*(httpserver.url_for(path) for path in "ab")), archive=store)
    report = round_.run()
    assert (report.failures[0].trouble, len(report.put_off), report.heard) == (Trouble.BUSY, 1, 0)
    assert [request.path for request, _ in httpserver.log] == ["/a"]
    states = store.source_states()
    assert states["paper-0"].next_due == states["paper-1"].next_due == NOON + wait
    assert (states["paper-1"].failures, states["paper-1"].last_tried) == (0, None)
    assert "asks us to wait until" in states["paper-1"].due_why
    httpserver.clear()
    serve(httpserver, path="/a")
    serve(httpserver, path="/b")
    again = Round(*round_.sources.outlets.values(), archive=store)
    again.all_sources = True
    again.now = NOON + wait - MINUTE
    assert len(again.run().put_off) == 2
    assert httpserver.log == []
    again.now = NOON + wait
    assert again.run().heard == 2


def test_what_another_process_was_told_holds_in_the_midst_of_our_round(
    httpserver: HTTPServer, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.jobs.road.HELD_TRUE", 0.0)
    serve(httpserver, path="/ours")
    httpserver.expect_request("/theirs").respond_with_data(status=429, headers={"Retry-After": "7200"})

    async def run() -> None:
        async with (
            HttpFetcher(allowed_private=frozenset({"localhost"})) as web,
            process(web, store_url) as ours,
            process(web, store_url) as theirs,
        ):
            await ours.fetch(httpserver.url_for("/ours"))
            with pytest.raises(FetchError, match="429"):
                await theirs.fetch(httpserver.url_for("/theirs"))
            with pytest.raises(HostWaits, match="asks us to wait until 2026-03-02 14:00: it answers 429"):
                await ours.fetch(httpserver.url_for("/ours"))

    asyncio.run(run())
    assert [request.path for request, _ in httpserver.log] == ["/ours", "/theirs"]


@asynccontextmanager
async def process(web: HttpFetcher, store_url: str) -> AsyncIterator[Road]:
    """The road of a process of its own on the database of another."""
    store = open_store(store_url)
    with store.claims() as claims:
        async with Road(web, lambda: NOON, store, claims=claims) as road:
            yield road
    store.close()


def test_503_without_a_word_of_waiting_is_the_source_s_own_affair(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data(status=503)
    serve(httpserver, path="/b")
    report = Round(outlet(*(httpserver.url_for(path) for path in "ab"))).run()
    assert (report.heard, [failure.trouble for failure in report.failures]) == (1, [Trouble.STATUS])


def test_pages_of_a_host_that_asks_us_to_wait_are_owed(httpserver: HTTPServer) -> None:
    serve(httpserver, 4)
    httpserver.expect_oneshot_request("/1").respond_with_data(status=429, headers={"Retry-After": "600"})
    round_ = Round(outlet(httpserver.url_for("/feed")))
    report = round_.run()
    assert (report.new, report.pages_failed, report.pages_owed) == (4, 1, 2)
    round_.all_sources = True
    report = round_.later()
    assert (report.pages_failed, report.pages_owed) == (0, 0)
    assert {article.evidence for article in round_.archive.latest} == {Evidence.FULL}


def test_a_host_that_is_silent_is_asked_for_one_thing_in_a_round(httpserver: HTTPServer) -> None:
    over = Event()

    def hang(request: Request) -> Response:
        over.wait(LONG)
        return Response("late")

    for path in "abc":
        httpserver.expect_request(f"/{path}").respond_with_handler(hang)
    round_ = Round(outlet(*(httpserver.url_for(path) for path in "abc")))
    round_.limits = IMPATIENT
    report = round_.run()
    over.set()
    assert [failure.trouble for failure in report.failures] == [Trouble.TIMEOUT]
    assert len(report.put_off) == 2
    assert "was asked for something else just now: silent" in report.put_off[0].put_off


# --------------------------------------------------------------- our own network


@pytest.mark.parametrize(("hosts", "ours"), [(2, False), (4, True)])
def test_nobody_waits_long_because_our_network_was_down(hosts: int, ours: bool) -> None:
    """Nothing listens at these addresses: at four of them it is the network, at two it may be they."""
    round_ = Round(outlet(*(f"http://127.0.0.1:{port}/feed" for port in range(1, hosts + 1))))
    for _ in range(6):
        round_.now = max((s.next_due or NOON for s in round_.archive.source_states().values()), default=NOON)
        round_.run()
    waits = {state.next_due - round_.now for state in round_.archive.source_states().values()}  # type: ignore[operator]
    assert waits == ({HOUR} if ours else {8 * HOUR})


# --------------------------------------------------------------- moved for good (F8)


def test_after_three_permanent_redirects_the_new_address_is_asked_and_said(
    httpserver: HTTPServer, store: Store
) -> None:
    httpserver.expect_request("/old").respond_with_data(status=301, headers={"Location": "/feed"})
    serve(httpserver)
    round_ = Round(outlet(httpserver.url_for("/old")), archive=store)
    said = []
    for _ in range(4):
        said += [outcome.moved_to for outcome in round_.run().outcomes]
        round_.now += HOUR
    assert said == ["", "", httpserver.url_for("/feed"), httpserver.url_for("/feed")]
    assert (asked(httpserver, "/old"), asked(httpserver, "/feed")) == (3, 4)


# --------------------------------------------------------------- robots.txt


class Site:
    """A round over one feed with pages, and what its robots.txt answers."""

    def __init__(self, server: HTTPServer, archive: Store | Memory, *, pages: int = 2) -> None:
        self.server, self.pages = server, pages
        self.round = Round(outlet(server.url_for("/feed")), archive=archive)
        self.round.robots = robots.ruling
        self.round.all_sources = True

    def answers(self, body: str = "", **options: object) -> None:
        self.server.clear()
        serve(self.server, self.pages)
        self.server.expect_request("/robots.txt").respond_with_data(body, **options)  # type: ignore[arg-type]

    def counts(self) -> tuple[int, int]:
        """How often robots.txt and pages were asked for."""
        return asked(self.server, "/robots.txt"), sum(asked(self.server, f"/{n}") for n in range(self.pages))


def test_pages_that_robots_txt_keeps_are_not_asked_for_and_are_said(httpserver: HTTPServer, store: Store) -> None:
    site = Site(httpserver, store, pages=3)
    site.answers("User-agent: *\nDisallow: /1")
    report = site.round.run()
    assert (report.new, report.pages_refused, report.pages_failed, report.pages_owed) == (3, 1, 0, 0)
    assert site.counts() == (1, 2)
    assert asked(httpserver, "/1") == 0
    kept = store.find_article(httpserver.url_for("/1"))
    assert kept is not None
    assert kept.kept_back
    assert "robots.txt" in kept.shortfall


def test_robots_txt_is_asked_for_once_a_day_whatever_the_process(httpserver: HTTPServer, store: Store) -> None:
    for hours, times in ((0, 1), (23.9, 1), (24.1, 2)):
        site = Site(httpserver, store, pages=int(hours) + 1)
        httpserver.clear_all_handlers()
        serve(httpserver, site.pages)
        httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /private")
        site.round.now = NOON + hours * HOUR
        assert site.round.run().new > 0
        assert site.counts()[0] == times


@pytest.mark.parametrize("status", [403, 404, 410, 401])
def test_a_site_without_robots_txt_makes_no_rules(httpserver: HTTPServer, store: Store, status: int) -> None:
    site = Site(httpserver, store)
    site.answers("User-agent: *\nDisallow: /", status=status)
    assert site.round.run().pages_owed == 0
    assert site.counts() == (1, 2)


def test_while_robots_txt_cannot_be_had_pages_are_owed_and_it_is_asked_again_within_the_hour(
    httpserver: HTTPServer, store: Store
) -> None:
    site = Site(httpserver, store)
    site.answers(status=500)
    report = site.round.run()
    assert (report.new, report.pages_owed, report.pages_failed) == (2, 2, 0)
    site.round.now += 30 * MINUTE
    assert site.round.run().pages_owed == 2
    assert site.counts() == (1, 0)
    site.answers(status=404)
    site.round.now += 31 * MINUTE
    report = site.round.run()
    assert (report.outcomes[0].completed, report.pages_owed) == (2, 0)


def test_the_rules_of_before_hold_while_robots_txt_cannot_be_had(httpserver: HTTPServer, store: Store) -> None:
    site = Site(httpserver, store, pages=1)
    site.answers("User-agent: *\nDisallow: /1")
    site.round.run()
    site.pages = 3
    site.answers(status=502)
    site.round.now += 25 * HOUR
    report = site.round.run()
    assert (report.new, report.pages_refused, report.pages_owed) == (2, 1, 0)
    assert asked(httpserver, "/1") == 0


def test_a_redirected_and_a_huge_robots_txt_are_read_as_far_as_they_must_be(
    httpserver: HTTPServer, store: Store
) -> None:
    site = Site(httpserver, store)
    site.answers(status=301, headers={"Location": "/rules"})
    huge = "User-agent: *\nDisallow: /1\n" + "# nothing\n" * 100_000
    httpserver.expect_request("/rules").respond_with_data(huge)
    assert site.round.run().pages_refused == 1
    (state,) = store.host_states().values()
    assert len(state.robots or "") == 512_000


def test_a_robots_txt_that_breaks_its_parser_gives_no_leave(httpserver: HTTPServer, store: Store) -> None:
    def breaks(rules: str, *, url: str) -> Ruling:
        raise ParseError("too long")

    site = Site(httpserver, store)
    site.round.robots = breaks
    site.answers("User-agent: *\nDisallow: /" + "*a" * 1000)
    assert site.round.run().pages_owed == 2
    assert site.counts() == (1, 0)


def test_a_crawl_delay_is_kept(httpserver: HTTPServer) -> None:
    site = Site(httpserver, Memory(), pages=3)
    site.answers("User-agent: *\nCrawl-delay: 0.2")
    began = time.monotonic()
    site.round.run()
    assert time.monotonic() - began >= 0.59
    assert site.counts() == (1, 3)


def test_waiting_hosts_are_refused_before_anything_is_asked() -> None:
    memory = Memory()
    road = Road(None, lambda: NOON, memory)  # type: ignore[arg-type]

    async def ask() -> None:
        async with road.turn("https://paper.example/"):
            pytest.fail("asked")

    road.remember(HostState("paper.example", NOON + HOUR, "answers 429"))
    with pytest.raises(HostWaits, match=r"paper\.example asks us to wait until 2026-03-02 13:00: it answers 429"):
        asyncio.run(ask())
    assert memory.hosts["paper.example"].waits_until == NOON + HOUR
