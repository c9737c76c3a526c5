"""A round over the sources: real HTTP on loopback, feeds and pages; the archive in memory and the real ones."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from memory_archive import NOON, Memory, Quiet
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from monitor.adapters import feeds, pages
from monitor.adapters.fetch import HttpFetcher, Limits
from monitor.adapters.store import Store
from monitor.app.kinds import Kinds
from monitor.core.article import Article, Entry, Evidence
from monitor.core.quality import Kind, Quality
from monitor.core.source import Outlet, Rights, Source, Sources, SourceState
from monitor.errors import StoreError
from monitor.jobs.ingest import IngestReport, Pace, ingest
from monitor.jobs.ingest.making import chosen_text, made, same_site
from monitor.jobs.ports import Fetched, Listed, PageText, RobotsReader, SourceReader

SENTENCE = "Social Security Scotland said that payments of the new benefit would begin in the autumn of this year."
PATIENT = Limits(connect=30.0, read=30.0, total=60.0)
"""For all that answers: a busy machine fails nothing here."""
IMPATIENT = Limits(connect=30.0, read=3.0, total=60.0)
"""For those that hang."""
LONG = 20.0
"""Seconds that a hanging server says nothing, unless it is let go."""
INSIDE = frozenset({"localhost", "127.0.0.1"})


def outlet(*urls: str, name: str = "paper", **options: object) -> Outlet:
    sources = tuple(Source(f"{name}-{n}", name, url=url) for n, url in enumerate(urls))
    return Outlet(name, name.title(), "Owner", "Scotland", 2, sources=sources, **options)  # type: ignore[arg-type]


def item(n: object, link: str, description: str = "A summary.") -> str:
    return (
        f"<item><title>Headline {n}</title><link>{link}</link><guid isPermaLink='false'>id-{n}</guid>"
        f"<description>{description}</description></item>"
    )


def feed(items: Iterable[str]) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{"".join(items)}</channel></rss>'


def page(n: object, head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><title>x</title>{head}</head><body><article><h1>Headline {n}</h1>"
        f"<p>{SENTENCE}</p><p>It was said on day {n} of the month, in Dundee, to those who asked.</p></article>"
    )


class Round:
    """Ingest with everything real but the archive and the clock."""

    def __init__(self, *outlets: Outlet, archive: Memory | Store | None = None) -> None:
        self.sources = Sources.of(outlets)
        self.archive = archive if archive is not None else Memory()
        self.now = NOON
        self.reader: SourceReader = Kinds()
        self.progress = Quiet()
        self.pages_at_once = 60
        self.all_sources = False
        self.pause = 0.0
        self.limits = PATIENT
        self.again: tuple[timedelta, ...] = ()
        self.robots: RobotsReader | None = None

    def run(self) -> IngestReport:
        return asyncio.run(self._run())

    async def _run(self) -> IngestReport:
        async with HttpFetcher(limits=self.limits, allowed_private=INSIDE) as fetcher:
            return await ingest(
                self.sources,
                self.archive,
                self.archive,
                fetcher,
                self.reader,
                pages.extract,
                lambda: self.now,
                self.progress,
                Pace(pages=self.pages_at_once, pause=self.pause, again=self.again, all_sources=self.all_sources),
                self.robots,
            )

    def later(self) -> IngestReport:
        self.now += timedelta(minutes=15)
        return self.run()

    def state(self, source: str = "paper-0") -> SourceState:
        return self.archive.source_states()[source]


class Reading(Kinds):
    """Reads feeds by a function."""

    def __init__(self, parse: Callable[[Fetched], Listed]) -> None:
        super().__init__()
        self._parse = parse

    def parse(self, source: Source, fetched: Fetched, *, since: datetime) -> Listed:
        return self._parse(fetched)


@pytest.fixture
def site(httpserver: HTTPServer) -> HTTPServer:
    """A site with a feed of three entries and their pages."""
    items = [item(n, f"/news/{n}/") for n in range(3)]
    httpserver.expect_request("/feed").respond_with_data(feed(items), content_type="application/rss+xml")
    for n in range(3):
        httpserver.expect_request(f"/news/{n}/").respond_with_data(page(n), content_type="text/html")
    return httpserver


def asked(server: HTTPServer, path: str) -> int:
    return sum(request.path == path for request, _ in server.log)


# --------------------------------------------------------------- the plain way


def test_every_entry_becomes_an_article_with_its_text(site: HTTPServer) -> None:
    round_ = Round(outlet(site.url_for("/feed")))
    report = round_.run()
    assert (report.new, report.heard, report.failures, report.pages_failed) == (3, 1, (), 0)
    assert round_.archive.latest[1] == Article(
        url=site.url_for("/news/1/"),
        headline="Headline 1",
        standfirst="A summary.",
        body=f"{SENTENCE}\n\nIt was said on day 1 of the month, in Dundee, to those who asked.",
        outlet="paper",
        source="paper-0",
        first_seen=NOON,
    )
    assert (round_.progress.count, round_.progress.totals) == (1, {"articles": 3, "failures": 0})
    state = round_.state()
    assert (state.last_tried, state.last_heard, state.last_new, state.error) == (NOON, NOON, NOON, "")


def test_the_real_archives_take_it_too(site: HTTPServer, store: Store) -> None:
    round_ = Round(outlet(site.url_for("/feed")), archive=store)
    assert round_.run().new == 3
    assert store.count_articles(NOON, NOON + timedelta(hours=1)) == 3
    assert round_.later().new == 0
    assert store.source_states()["paper-0"].last_new == NOON


def test_sources_without_an_address_are_passed_over(site: HTTPServer) -> None:
    silent = replace(outlet(site.url_for("/feed")), sources=(Source("none", "paper", url=None),))
    assert Round(silent).run() == IngestReport(())


# --------------------------------------------------------------- nothing new (F3, F4)


def test_not_modified_is_heard_and_not_parsed(httpserver: HTTPServer) -> None:
    def answer(request: Request) -> Response:
        if request.headers.get("If-None-Match") == '"v1"':
            return Response(status=304)
        return Response(feed([item(1, "/1")]), headers={"ETag": '"v1"'})

    httpserver.expect_request("/feed").respond_with_handler(answer)
    httpserver.expect_request("/1").respond_with_data(page(1), content_type="text/html")
    round_ = Round(outlet(httpserver.url_for("/feed")))
    round_.run()
    round_.reader = Reading(lambda *_: pytest.fail("parsed"))
    transactions = round_.archive.transactions
    report = round_.later()
    assert report.outcomes[0].unchanged
    assert round_.archive.transactions == transactions
    state = round_.state()
    assert (state.etag, state.last_heard, state.last_new) == ('"v1"', NOON + timedelta(minutes=15), NOON)


def test_the_same_bytes_are_not_parsed_and_nothing_is_written(site: HTTPServer) -> None:
    round_ = Round(outlet(site.url_for("/feed")))
    round_.run()
    round_.reader = Reading(lambda *_: pytest.fail("parsed"))
    before = (round_.archive.transactions, dict(round_.archive.entries))
    assert round_.later().outcomes[0].unchanged
    assert (round_.archive.transactions, round_.archive.entries) == before
    assert round_.state().last_heard == NOON + timedelta(minutes=15)


def test_only_entries_that_are_new_are_fetched(site: HTTPServer) -> None:
    round_ = Round(outlet(site.url_for("/feed")))
    round_.run()
    site.clear()
    site.clear_log()
    items = [item(n, f"/news/{n}/") for n in range(4)]
    site.expect_request("/feed").respond_with_data(feed(items))
    site.expect_request("/news/3/").respond_with_data(page(3), content_type="text/html")
    assert round_.later().new == 1
    assert [request.path for request, _ in site.log] == ["/feed", "/news/3/"]


# --------------------------------------------------------------- sources at fault (F1, F6, F13)


def test_a_source_at_fault_is_recorded_and_stops_no_other(site: HTTPServer) -> None:
    site.expect_request("/gone").respond_with_data(status=404)
    site.expect_request("/page").respond_with_data(page(1), content_type="text/html")
    round_ = Round(
        outlet(site.url_for("/gone"), site.url_for("/page"), "http://10.1.2.3/feed", "nonsense", name="bad"),
        outlet(site.url_for("/feed")),
    )
    report = round_.run()
    assert (report.new, len(report.failures), report.heard) == (3, 4, 1)
    assert [failure.error for failure in report.failures] == [
        "answers 404 NOT FOUND",
        "this is a web page, not a feed",
        "10.1.2.3 is at 10.1.2.3, which is private or reserved: not fetched",
        "is not an http or https address",
    ]
    assert round_.state("bad-0").failing_since == NOON


def test_failing_since_is_kept_and_last_heard_untouched_until_it_is_heard_again(site: HTTPServer) -> None:
    round_ = Round(outlet(site.url_for("/feed")))
    round_.run()
    site.clear()
    site.expect_request("/feed").respond_with_data(status=503)
    for _ in range(2):
        round_.later()
    assert round_.later().not_due == 1
    round_.now -= timedelta(minutes=15)
    state = round_.state()
    assert state.last_heard == NOON
    assert state.failing_since == NOON + timedelta(minutes=15)
    assert state.last_tried == NOON + timedelta(minutes=30)
    assert state.error == "answers 503 SERVICE UNAVAILABLE"
    site.clear()
    site.expect_request("/feed").respond_with_data(feed([item(0, "/news/0/")]))
    round_.later()
    round_.later()
    assert (round_.state().error, round_.state().failing_since) == ("", None)


def test_a_parser_that_breaks_costs_its_source_only(site: HTTPServer) -> None:
    def parse(fetched: Fetched) -> Listed:
        if "bad" in fetched.url:
            raise RecursionError("too deep")
        return Listed(feeds.parse(fetched.body, url=fetched.url))

    site.expect_request("/bad").respond_with_data("<rss/>")
    round_ = Round(outlet(site.url_for("/bad"), site.url_for("/feed")))
    round_.reader = Reading(parse)
    report = round_.run()
    assert report.new == 3
    assert report.failures[0].error == "cannot be read: RecursionError: too deep"


def test_a_server_that_hangs_delays_nobody_else() -> None:
    heard: list[str] = []

    class Timed(Memory):
        def save_source_state(self, state: SourceState, poll: object = None) -> None:
            heard.append(state.source)
            super().save_source_state(state, poll)

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if writer.get_extra_info("sockname")[1] != hanging:
            writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + one.encode())
            writer.close()

    async def run() -> IngestReport:
        nonlocal hanging
        servers = [await asyncio.start_server(connected, "127.0.0.1", 0) for _ in range(21)]
        ports = [server.sockets[0].getsockname()[1] for server in servers]
        hanging = ports[0]
        archive = Timed()
        sources = Sources.of([outlet(*(f"http://127.0.0.1:{port}/feed" for port in ports))])
        async with HttpFetcher(limits=IMPATIENT, allowed_private=INSIDE) as fetcher:
            report = await ingest(
                sources, archive, archive, fetcher, Kinds(), pages.extract, lambda: NOON, Quiet()
            )
        for server in servers:
            server.close()
        return report

    one = feed(["<item><title>News</title></item>"])
    hanging = 0
    report = asyncio.run(run())
    assert [failure.error for failure in report.failures] == ["silent for 3 seconds"]
    assert heard[-1] == "paper-0"


def test_one_host_is_asked_one_thing_at_a_time(httpserver: HTTPServer) -> None:
    running, most = 0, 0

    def answer(request: Request) -> Response:
        nonlocal running, most
        running += 1
        most = max(most, running)
        time.sleep(0.02)
        running -= 1
        return Response(feed([item(request.path, f"{request.path}/page")]))

    httpserver.expect_request("/").respond_with_data("")
    for n in range(6):
        httpserver.expect_request(f"/{n}").respond_with_handler(answer)
        httpserver.expect_request(f"/{n}/page").respond_with_handler(answer)
    Round(outlet(*(httpserver.url_for(f"/{n}") for n in range(6)))).run()
    assert most == 1


def test_the_database_refusing_ends_the_round(site: HTTPServer) -> None:
    class Full(Memory):
        def add_articles(self, *_: object, **__: object) -> int:
            raise StoreError("disk full")

    with pytest.raises(StoreError, match="disk full"):
        Round(outlet(site.url_for("/feed")), archive=Full()).run()


# --------------------------------------------------------------- pages at fault


def test_a_page_that_fails_leaves_the_summary_and_is_tried_again(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/feed").respond_with_data(feed([item(1, "/1")]))
    round_ = Round(outlet(httpserver.url_for("/feed")))
    report = round_.run()
    assert (report.new, report.pages_failed) == (1, 1)
    assert round_.archive.latest[0].evidence is Evidence.SUMMARY
    httpserver.expect_request("/1").respond_with_data(page(1), content_type="text/html")
    report = round_.later()
    (outcome,) = report.outcomes
    assert (outcome.unchanged, outcome.new, outcome.completed) == (True, 0, 1)
    (article,) = round_.archive.latest
    assert article.evidence is Evidence.FULL
    assert article.first_seen == NOON + timedelta(minutes=15)
    assert len({stored.line for stored in round_.archive.stored.values()}) == 1
    assert round_.later().outcomes[0].completed == 0


def test_the_real_archives_give_owed_pages_back(httpserver: HTTPServer, store: Store) -> None:
    httpserver.expect_request("/feed").respond_with_data(feed([item(1, "/1")]))
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=store)
    assert round_.run().pages_failed == 1
    httpserver.expect_request("/1").respond_with_data(page(1), content_type="text/html")
    assert round_.later().outcomes[0].completed == 1
    (article,) = store.articles(NOON, NOON + timedelta(hours=1))
    assert article.evidence is Evidence.FULL
    assert round_.later().outcomes[0].completed == 0


def test_a_page_is_tried_three_times_and_no_more(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/feed").respond_with_data(feed([item(1, "/1")]))
    httpserver.expect_request("/1").respond_with_data(status=404)
    round_ = Round(outlet(httpserver.url_for("/feed")))
    for _ in range(5):
        round_.later()
    assert asked(httpserver, "/1") == 3
    assert len(round_.archive.stored) == 1


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("%PDF-1.7 ...", "application/pdf"),
        ("<html><body><nav>Menu</nav></body></html>", "text/html"),
        ("", "text/html"),
    ],
)
def test_a_page_without_text_is_a_page_that_failed(httpserver: HTTPServer, body: str, kind: str) -> None:
    httpserver.expect_request("/feed").respond_with_data(feed([item(1, "/1")]))
    httpserver.expect_request("/1").respond_with_data(body, content_type=kind)
    round_ = Round(outlet(httpserver.url_for("/feed")))
    assert round_.run().pages_failed == 1
    assert round_.archive.latest[0].body == ""


PAYWALL = f"""<html><head><script type="application/ld+json">{{"@type": "NewsArticle", "wordCount": 600,
"isAccessibleForFree": false}}</script></head><body><article><h1>Headline 1</h1><p>{SENTENCE}</p>
<div class="paywall"><p>Subscribe to continue reading.</p></div></article></body></html>"""
COOKIES = """<html><body><main><h1>Before you continue</h1><p>We and our 812 partners store and access
personal data on your device, such as cookies; you may accept all cookies or manage your consent.</p></main>
</body></html>"""
SITE_MENU = f"""<html><body><main><h1>The Paper</h1><ul>{
    "".join(f"<li><a href='/{n}'>Section number {n} of this paper and what is in it</a></li>" for n in range(12))
}</ul></main></body></html>"""


def test_a_teaser_is_judged_as_a_summary_until_the_wall_is_gone(httpserver: HTTPServer, store: Store) -> None:
    httpserver.expect_request("/feed").respond_with_data(feed([item(1, "/1")]))
    httpserver.expect_oneshot_request("/1").respond_with_data(PAYWALL, content_type="text/html")
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=store)
    assert round_.run().pages_failed == 1
    (article,) = store.articles(NOON, NOON + timedelta(hours=1))
    assert (article.body, article.evidence) == (SENTENCE, Evidence.SUMMARY)
    assert article.shortfall.startswith("teaser")
    assert "Subscribe to continue reading" in article.shortfall
    httpserver.expect_request("/1").respond_with_data(page(1), content_type="text/html")
    assert round_.later().outcomes[0].completed == 1
    (article,) = store.articles(NOON, NOON + timedelta(hours=1))
    assert (article.shortfall, article.evidence) == ("", Evidence.FULL)


@pytest.mark.parametrize(("body", "kind"), [(COOKIES, "wall"), (SITE_MENU, "menu text")])
def test_a_wall_or_a_menu_is_no_text_and_is_asked_for_three_times(
    httpserver: HTTPServer, store: Store, body: str, kind: str
) -> None:
    httpserver.expect_request("/feed").respond_with_data(feed([item(1, "/1")]))
    httpserver.expect_request("/1").respond_with_data(body, content_type="text/html")
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=store)
    assert [round_.later().pages_failed for _ in range(5)] == [1, 1, 1, 0, 0]
    (article,) = store.articles(NOON, NOON + timedelta(hours=2))
    assert (article.standfirst, article.body, article.evidence) == ("A summary.", "", Evidence.SUMMARY)
    assert article.shortfall.startswith(kind)
    assert asked(httpserver, "/1") == 3


def round_up(*items: tuple[str, str]) -> str:
    pieces = "".join(f"<h2 id='{name}'>{name} news</h2><p>{text}</p>" for name, text in items)
    return f"<html><body><article><h1>News in brief</h1><p>{SENTENCE} That is all.</p>{pieces}</article>"


PIECES = [(name, f"In {name} it was said. {SENTENCE}") for name in ("Fife", "Ayr", "Perth")]


def test_each_piece_of_a_round_up_is_an_article_of_its_own(httpserver: HTTPServer, store: Store) -> None:
    httpserver.expect_request("/feed").respond_with_data(feed([item(1, "/1")]))
    httpserver.expect_request("/1").respond_with_data(round_up(*PIECES), content_type="text/html")
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=store)
    assert round_.run().new == 4
    told = {article.headline: article for article in store.articles(NOON, NOON + timedelta(hours=1))}
    assert set(told) == {"Headline 1", "Fife news", "Ayr news", "Perth news"}
    assert len({article.line for article in told.values()}) == 4
    page_itself, fife = told["Headline 1"], told["Fife news"]
    assert (page_itself.body, page_itself.standfirst) == (f"{SENTENCE} That is all.", "A summary.")
    assert (fife.body, fife.standfirst, fife.evidence) == (PIECES[0][1], "", Evidence.FULL)
    assert fife.url == f"{page_itself.url}#Fife"
    assert store.find_article(page_itself.url) == page_itself
    assert round_.later().new == 0


def test_a_round_up_told_anew_brings_what_is_new_in_it(httpserver: HTTPServer, store: Store) -> None:
    httpserver.expect_oneshot_request("/feed").respond_with_data(feed([item(1, "/1")]))
    httpserver.expect_oneshot_request("/1").respond_with_data(round_up(*PIECES), content_type="text/html")
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=store)
    round_.run()
    changed = [
        ("Fife", f"In Fife it was said at last. {SENTENCE}"),
        *PIECES[1:],
        ("Nairn", f"{SENTENCE} So Nairn."),
    ]
    httpserver.expect_request("/feed").respond_with_data(feed([item(1, "/1", "Another summary.")]))
    httpserver.expect_request("/1").respond_with_data(round_up(*changed), content_type="text/html")
    round_.later()
    told = {article.headline: article for article in store.articles(NOON, NOON + timedelta(hours=1))}
    assert set(told) == {"Headline 1", "Fife news", "Ayr news", "Perth news", "Nairn news"}
    assert told["Fife news"].body == changed[0][1]
    assert len(store.texts(told["Fife news"].line)) == 2
    assert len(store.texts(told["Ayr news"].line)) == 1


def test_pages_that_time_out_are_left_for_the_next_round(httpserver: HTTPServer) -> None:
    over = Event()

    def hang(request: Request) -> Response:
        over.wait(LONG)
        return Response("late")

    items = [item(n, f"/{n}") for n in range(8)]
    httpserver.expect_request("/feed").respond_with_data(feed(items))
    for n in range(8):
        httpserver.expect_request(f"/{n}").respond_with_handler(hang)
    round_ = Round(outlet(httpserver.url_for("/feed")))
    round_.limits = IMPATIENT
    report = round_.run()
    over.set()
    assert (report.new, report.pages_failed, report.pages_owed) == (8, 1, 7)


def test_the_feeds_own_text_stands_in_for_the_page(httpserver: HTTPServer) -> None:
    words = " ".join(f"word{n}" for n in range(120))
    entry = item(1, "/1").replace("</item>", f"<content:encoded>{words}</content:encoded></item>")
    body = feed([entry]).replace("<rss", '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"')
    httpserver.expect_request("/feed").respond_with_data(body)
    round_ = Round(outlet(httpserver.url_for("/feed")))
    round_.run()
    assert round_.archive.latest[0].body == words


def test_text_that_may_not_be_stored_is_not_even_fetched(site: HTTPServer) -> None:
    round_ = Round(outlet(site.url_for("/feed"), rights=Rights(store_text=False)))
    report = round_.run()
    assert (report.new, report.pages_failed) == (3, 0)
    assert [request.path for request, _ in site.log] == ["/feed"]
    assert {article.evidence for article in round_.archive.latest} == {Evidence.SUMMARY}


def test_a_whole_text_that_a_feed_gives_as_its_description_is_not_stored_either(httpserver: HTTPServer) -> None:
    words = " ".join(f"word{n}" for n in range(300))
    entry = f"<item><title>A</title><link>/1</link><description>{words}</description></item>"
    httpserver.expect_request("/feed").respond_with_data(feed([entry]))
    round_ = Round(outlet(httpserver.url_for("/feed"), rights=Rights(store_text=False, extract_chars=50)))
    round_.run()
    (article,) = round_.archive.latest
    assert (article.standfirst, article.body) == ("word0 word1 word2 word3 word4 word5 word6 word7 …", "")
    assert article.kept_back
    assert article.shortfall == "nothing, as its outlet's rights let no text be stored"


def test_an_entry_without_an_address_is_not_looked_for_in_the_feed(httpserver: HTTPServer) -> None:
    entry = "<item><title>A</title><guid isPermaLink='false'>x</guid></item>"
    httpserver.expect_request("/feed").respond_with_data(feed([entry]))
    report = Round(outlet(httpserver.url_for("/feed"))).run()
    assert (report.new, report.pages_failed) == (1, 0)
    assert len(httpserver.log) == 1


# --------------------------------------------------------------- killed half way


def test_what_was_not_stored_is_read_again(httpserver: HTTPServer) -> None:
    class Killed(Memory):
        left = 1

        def add_articles(self, *given: object, **options: object) -> int:
            if not self.left:
                raise StoreError("killed")
            self.left -= 1
            return super().add_articles(*given, **options)  # type: ignore[arg-type]

    items = [item(n, f"/{n}") for n in range(25)]
    httpserver.expect_request("/feed").respond_with_data(feed(items), headers={"ETag": '"v1"'})
    for n in range(25):
        httpserver.expect_request(f"/{n}").respond_with_data(page(n), content_type="text/html")
    archive = Killed()
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=archive)
    with pytest.raises(StoreError):
        round_.run()
    assert len(archive.stored) == 10
    assert archive.states == {}
    archive.left = 100
    assert round_.later().new == 15
    assert len(archive.stored) == 25
    assert asked(httpserver, "/0") == 1


# --------------------------------------------------------------- what entries become


PAPER = outlet("https://paper.example/feed")
NEWS = "https://www.paper.example/news/1/"


def article_of(entry: Entry, found: PageText | None, page_url: str = NEWS) -> Article:
    return made(entry, found, page_url=page_url, source=PAPER.sources[0], outlet=PAPER, now=NOON)


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        (NEWS + "?id=2", NEWS + "?id=2"),
        ("https://amp.paper.example/news/1/", "https://amp.paper.example/news/1/"),
        ("https://paper.example/", "https://feedproxy.example/1"),
        ("https://other.example/news/1/", "https://feedproxy.example/1"),
        ("", "https://feedproxy.example/1"),
    ],
)
def test_the_pages_own_address_is_taken_where_it_may(canonical: str, url: str) -> None:
    entry = Entry(url="https://feedproxy.example/1", headline="H")
    assert article_of(entry, PageText(body="b", canonical_url=canonical)).url == url


def test_the_feed_is_asked_first_and_the_page_fills_in() -> None:
    when = datetime(2026, 3, 1, tzinfo=UTC)
    found = PageText(body="b", headline="Page", byline="Page", published_at=when)
    bare = article_of(Entry(url=NEWS, headline=""), found)
    assert (bare.headline, bare.byline, bare.published_at) == ("Page", "Page", when)
    full = article_of(Entry(url=NEWS, headline="Feed", byline="Feed", published_at=NOON), found)
    assert (full.headline, full.byline, full.published_at) == ("Feed", "Feed", NOON)


@pytest.mark.parametrize(
    ("known", "lacking", "page_text", "kind", "chosen"),
    [
        ("", "", "page", Kind.FULL, ("page", "")),
        ("feed text", "", "page text", Kind.FULL, ("page text", "")),
        ("x" * 99, "", "stub", Kind.FULL, ("x" * 99, "")),
        ("x" * 99, "teaser", "stub", Kind.FULL, ("stub", "")),
        ("", "", "first words", Kind.TEASER, ("first words", "teaser")),
        ("feed text", "", "first words", Kind.TEASER, ("feed text", "")),
        ("feed", "teaser, 9 of 100", "first words", Kind.TEASER, ("first words", "teaser")),
        ("feed text", "teaser, 9 of 100", "first", Kind.TEASER, ("feed text", "teaser")),
        ("", "", "Home\n\nNews", Kind.MENU, ("", "menu text")),
        ("", "", "We use cookies.", Kind.WALL, ("", "wall")),
        ("feed text", "", "We use cookies.", Kind.WALL, ("feed text", "")),
        ("", "", "", Kind.NOTHING, ("", "nothing")),
    ],
)
def test_which_text_is_chosen_and_what_it_lacks(
    known: str, lacking: str, page_text: str, kind: Kind, chosen: tuple[str, str]
) -> None:
    assert chosen_text(known, lacking, PageText(page_text, quality=Quality(kind))) == chosen


def test_without_its_page_a_text_is_what_it_was() -> None:
    assert chosen_text("feed text", "teaser", None) == ("feed text", "teaser")


def test_a_wall_says_nothing_of_the_article() -> None:
    wall = PageText("We use cookies.", headline="Before you go on", byline="Us", quality=Quality(Kind.WALL))
    found = article_of(Entry(url=NEWS, headline="", standfirst="S."), wall)
    assert (found.headline, found.byline, found.body, found.evidence) == ("", "", "", Evidence.SUMMARY)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.a.example/1", "http://a.example/2", True),
        ("https://m.a.co.uk/1", "https://www.a.co.uk/2", True),
        ("https://a.co.uk/1", "https://b.co.uk/2", False),
        ("https://a.example/1", "https://b.example/2", False),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/x", True),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8001/x", False),
        ("http://localhost:8000/", "http://localhost:8000/x", True),
        ("", "", False),
        ("http://[bad/", "http://[bad/", False),
    ],
)
def test_same_site(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same
