"""Sources of every kind through ingest: real HTTP on loopback, indexes and long lists, faults half way."""

from __future__ import annotations

import gzip
import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from memory_archive import NOON
from pytest_httpserver import HTTPServer
from test_ingest import Round, asked, outlet, page
from werkzeug import Request, Response

from monitor.adapters.store import Store
from monitor.app.kinds import Kinds
from monitor.core.agreement import Agreement
from monitor.core.article import Evidence
from monitor.core.matching.matcher import Matcher
from monitor.core.profile import Profile, SourceRule, Term
from monitor.core.source import Medium, Outlet, Rights, Source, SourceKind, SourceState, Trouble


def paper(url: str, kind: SourceKind, selector: str = "") -> Outlet:
    return replace(outlet(), sources=(Source("paper-0", "paper", kind, url, selector=selector),))


def sitemap(*paths: str, when: datetime = NOON) -> str:
    urls = "".join(f"<url><loc>{path}</loc><lastmod>{when.isoformat()}</lastmod></url>" for path in paths)
    return f"<urlset>{urls}</urlset>"


@pytest.fixture
def site(httpserver: HTTPServer) -> HTTPServer:
    """A site of article pages, whatever their number."""
    for n in range(6):
        httpserver.expect_request(f"/news/{n}").respond_with_data(page(n), content_type="text/html")
    return httpserver


def test_a_sitemap_index_is_followed_and_pages_say_the_headlines(site: HTTPServer) -> None:
    parts = "<sitemap><loc>/one.xml.gz</loc></sitemap><sitemap><loc>/two.xml</loc></sitemap>"
    site.expect_request("/index.xml").respond_with_data(f"<sitemapindex>{parts}</sitemapindex>")
    site.expect_request("/one.xml.gz").respond_with_data(gzip.compress(sitemap("/news/1", "/news/2").encode()))
    site.expect_request("/two.xml").respond_with_data(sitemap("/news/2", "/news/3"))
    round_ = Round(paper(site.url_for("/index.xml"), SourceKind.SITEMAP))
    report = round_.run()
    assert (report.new, report.failures) == (3, ())
    assert {article.headline for article in round_.archive.latest} == {"Headline 1", "Headline 2", "Headline 3"}
    # the index is the same, and what it leads to is not: it must be read again
    site.clear()
    for path, body in (("/index.xml", f"<sitemapindex>{parts}</sitemapindex>"), ("/two.xml", sitemap())):
        site.expect_request(path).respond_with_data(body)
    site.expect_request("/one.xml.gz").respond_with_data(sitemap("/news/1", "/news/4"))
    site.expect_request("/news/4").respond_with_data(page(4), content_type="text/html")
    assert round_.later().new == 1


def test_a_part_that_fails_is_a_fault_and_what_was_read_stays(site: HTTPServer) -> None:
    parts = "".join(f"<sitemap><loc>/{name}.xml</loc></sitemap>" for name in ("one", "gone"))
    site.expect_request("/index.xml").respond_with_data(f"<sitemapindex>{parts}</sitemapindex>")
    site.expect_request("/one.xml").respond_with_data(sitemap("/news/1"))
    site.expect_request("/gone.xml").respond_with_data("Gone", status=404)
    round_ = Round(paper(site.url_for("/index.xml"), SourceKind.SITEMAP))
    (outcome,) = round_.run().outcomes
    assert (outcome.new, outcome.error) == (1, f"a part of it, {site.url_for('/gone.xml')}: answers 404 NOT FOUND")
    state = round_.state()
    assert (state.last_heard, state.last_new) == (None, NOON)


def test_only_so_many_parts_are_read_and_it_is_said(site: HTTPServer) -> None:
    parts = "".join(f"<sitemap><loc>/part/{n}.xml</loc></sitemap>" for n in range(60))
    site.expect_request("/index.xml").respond_with_data(f"<sitemapindex>{parts}</sitemapindex>")
    for n in range(60):
        site.expect_request(f"/part/{n}.xml").respond_with_data(sitemap())
    (outcome,) = Round(paper(site.url_for("/index.xml"), SourceKind.SITEMAP)).run().outcomes
    assert outcome.left_out == ("only 50 of 61 parts were read, the most recent",)
    assert len(site.log) == 50


@pytest.mark.parametrize("waits", [429, 503])
def test_a_host_that_asks_us_to_wait_half_way_through_an_index_makes_no_source_suspect(
    site: HTTPServer, waits: int
) -> None:
    parts = "".join(f"<sitemap><loc>{site.url_for(f'/{n}.xml')}</loc></sitemap>" for n in ("one", "two"))
    site.expect_request("/index.xml").respond_with_data(f"<sitemapindex>{parts}</sitemapindex>")
    site.expect_request("/one.xml").respond_with_data(sitemap("/news/1"))
    site.expect_request("/two.xml").respond_with_data(status=waits, headers={"Retry-After": "3600"})
    round_ = Round(paper(site.url_for("/index.xml"), SourceKind.SITEMAP))
    (outcome,) = round_.run().outcomes
    state = round_.state()
    assert outcome.trouble is Trouble.BUSY
    assert state.next_due is not None
    assert state.next_due >= round_.now + timedelta(hours=1)
    assert len(round_.archive.latest) == 1


def test_an_index_that_leads_to_itself_ends(site: HTTPServer) -> None:
    def index(request: Request) -> Response:
        other = "/b.xml" if request.path == "/a.xml" else "/a.xml"
        return Response(f"<sitemapindex><sitemap><loc>{other}</loc></sitemap></sitemapindex>")

    site.expect_request("/a.xml").respond_with_handler(index)
    site.expect_request("/b.xml").respond_with_handler(index)
    (outcome,) = Round(paper(site.url_for("/a.xml"), SourceKind.SITEMAP)).run().failures
    assert outcome.error == "the sitemap is empty: it lists no address"
    assert len(site.log) == 2


def test_a_listing_page_brings_what_its_selector_picks(site: HTTPServer) -> None:
    links = "".join(f"<li><a href='/news/{n}'>Headline {n}</a></li>" for n in range(3))
    body = f"<html><body><nav><a href='/about'>About</a></nav><ul>{links}</ul></body></html>"
    site.expect_request("/latest").respond_with_data(body, content_type="text/html")
    round_ = Round(paper(site.url_for("/latest"), SourceKind.LISTING, "li > a"))
    assert round_.run().new == 3
    assert round_.later().outcomes[0].unchanged
    site.clear()
    site.expect_request("/latest").respond_with_data("<p>Accept cookies?</p>", content_type="text/html")
    (outcome,) = round_.later().outcomes
    assert outcome.error == "nothing on the page is picked by li > a: it may have been rebuilt"
    assert round_.state().last_heard == NOON + timedelta(minutes=15)


class WordPress:
    """The posts of a site as WordPress answers for them; more come and go while one reads."""

    def __init__(self, server: HTTPServer) -> None:
        self.posts: list[tuple[int, datetime]] = []
        self.down_before: datetime | None = None
        server.expect_request("/wp-json/wp/v2/posts").respond_with_handler(self.answer)

    def publish(self, number: int, when: datetime) -> None:
        self.posts.append((number, when))

    def answer(self, request: Request) -> Response:
        before = datetime.fromisoformat(request.args.get("before", "9999-01-01")).replace(tzinfo=NOON.tzinfo)
        if self.down_before and before <= self.down_before:
            return Response("down", status=503)
        found = sorted((p for p in self.posts if p[1] < before), key=lambda p: p[1], reverse=True)
        self.publish(1000 + len(self.posts), NOON + timedelta(hours=1))  # numbers of pages would move
        posts = [self.post(*p) for p in found[: int(request.args["per_page"])]]
        return Response(json.dumps(posts), content_type="application/json")

    def post(self, number: int, when: datetime) -> dict[str, object]:
        date = when.strftime("%Y-%m-%dT%H:%M:%S")
        return {
            "date": date,
            "date_gmt": date,
            "link": f"http://localhost/{number}",
            "guid": {"rendered": f"?p={number}"},
            "title": {"rendered": f"Post {number}"},
            "content": {"rendered": f"<p>{'word ' * 120}</p>"},
        }


def test_wordpress_goes_back_until_nothing_is_missed(site: HTTPServer) -> None:
    wordpress = WordPress(site)
    for n in range(250):
        wordpress.publish(n, NOON - timedelta(minutes=20 * (n + 1)))  # 83 hours of them
    round_ = Round(paper(site.url_for("/wp-json/wp/v2/posts"), SourceKind.WORDPRESS))
    report = round_.run()
    titles = {article.headline for article in round_.archive.latest}
    assert {f"Post {n}" for n in range(144)} <= titles  # two days
    assert (report.failures, report.pages_failed) == ((), 0)
    assert {request.path for request, _ in site.log} == {"/wp-json/wp/v2/posts"}  # no page is asked for


def test_wordpress_that_fails_half_way_is_read_from_where_it_was_heard(site: HTTPServer) -> None:
    wordpress = WordPress(site)
    for n in range(250):
        wordpress.publish(n, NOON - timedelta(minutes=10 * (n + 1)))
    wordpress.down_before = NOON - timedelta(minutes=1500)
    round_ = Round(paper(site.url_for("/wp-json/wp/v2/posts"), SourceKind.WORDPRESS))
    round_.archive.save_source_state(SourceState("paper-0", last_heard=NOON - timedelta(hours=1)))
    (outcome,) = round_.run().outcomes
    assert outcome.new > 100
    assert "answers 503" in outcome.error
    assert round_.state().last_heard == NOON - timedelta(hours=1)
    wordpress.down_before = None
    assert round_.later().failures == ()
    assert {f"Post {n}" for n in range(250)} <= {article.headline for article in round_.archive.latest}


def test_a_feed_may_be_json(site: HTTPServer) -> None:
    items = [{"id": n, "url": f"/news/{n}", "title": f"Headline {n}"} for n in range(2)]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items})
    site.expect_request("/feed").respond_with_data(body, content_type="application/feed+json")
    round_ = Round(paper(site.url_for("/feed"), SourceKind.FEED))
    assert round_.run().new == 2
    assert asked(site, "/news/1") == 1


# --------------------------------------------------------------- posts


def test_a_post_is_found_by_its_hashtags_and_its_page_is_not_asked_for(site: HTTPServer) -> None:
    item = (
        "<item><link>/@org/1</link><guid>/@org/1</guid><description>&lt;p&gt;Up again: "
        '&lt;a href="/tags/x" class="mention hashtag"&gt;#&lt;span&gt;ScottishChildPayment&lt;/span&gt;&lt;/a&gt;'
        "&lt;/p&gt;</description></item>"
    )
    site.expect_request("/@org.rss").respond_with_data(f"<rss version='2.0'><channel>{item}</channel></rss>")
    account = replace(paper(site.url_for("/@org.rss"), SourceKind.FEED), medium=Medium.SOCIAL)
    round_ = Round(account)
    assert round_.run().pages_failed == 0
    (article,) = round_.archive.latest
    assert (article.headline, article.evidence) == ("Up again: Scottish Child Payment", Evidence.FULL)
    assert article.body == "Up again: Scottish Child Payment\n\n#ScottishChildPayment"
    assert [request.path for request, _ in site.log] == ["/@org.rss"]
    profile = Profile("b", "B", terms=(Term("Scottish Child Payment"),), sources=SourceRule(any_monitored=True))
    matcher = Matcher(Agreement("a", "A", "A", (profile,)), round_.sources)
    assert [span.text for hit in matcher.judge(article).verdicts[0].hits for span in (hit.span,)] == [
        "Scottish Child Payment",
        "Scottish Child Payment",
    ]


# --------------------------------------------------------------- files


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A folder that files arrive in."""
    folder = tmp_path / "arrivals" / "ledger"
    folder.mkdir(parents=True)
    return folder


def put(folder: Path, name: str, content: str) -> None:
    (folder / name).write_text(content)
    os.utime(folder / name, ((NOON - timedelta(hours=1)).timestamp(),) * 2)


def of_files(**options: object) -> Outlet:
    source = Source("paper-0", "paper", SourceKind.FOLDER, folder="arrivals/ledger")
    return replace(outlet(), sources=(source,), **options)  # type: ignore[arg-type]


def line(n: int, body: str = "The whole text of it.") -> str:
    return json.dumps({"headline": f"Headline {n}", "body": body}) + "\n"


def test_files_are_taken_once_and_nothing_is_fetched_for_them(ledger: Path, store: Store, tmp_path: Path) -> None:
    round_ = Round(of_files(), archive=store)
    round_.reader = Kinds(tmp_path)
    put(ledger, "a.jsonl", line(1) + line(2))
    put(ledger, "b.jsonl", line(3) + "{")
    report = round_.run()
    assert (report.new, report.heard, report.failures) == (3, 1, ())
    (fault,) = report.faults
    assert (fault.where, fault.line) == ("b.jsonl", 2)
    assert sorted(p.name for p in ledger.iterdir()) == ["set-aside", "taken"]
    state = round_.state()
    assert (state.last_heard, state.last_new) == (NOON, NOON)
    (outcome,) = round_.later().outcomes
    assert (outcome.unchanged, outcome.new) == (True, 0)
    put(ledger, "b.jsonl", line(3) + line(4))  # mended: what was taken is not taken twice
    assert round_.later().new == 1
    articles = store.articles(NOON, NOON + timedelta(hours=1))
    assert {article.headline for article in articles} == {f"Headline {n}" for n in range(1, 5)}
    assert {article.evidence for article in articles} == {Evidence.FULL}


def test_a_folder_that_is_not_there_is_a_source_not_heard(tmp_path: Path) -> None:
    round_ = Round(of_files())
    round_.reader = Kinds(tmp_path)
    (outcome,) = round_.run().outcomes
    assert "there is no folder" in outcome.error
    assert round_.state().last_heard is None


def test_killed_between_storing_and_moving_it_is_read_again(ledger: Path, tmp_path: Path) -> None:
    round_ = Round(of_files())
    round_.reader = Kinds(tmp_path)
    put(ledger, "a.jsonl", line(1))
    (ledger / "taken").write_text("in the way")
    (outcome,) = round_.run().outcomes
    assert (outcome.new, "cannot be moved" in outcome.error) == (1, True)
    (ledger / "taken").unlink()
    (outcome,) = round_.later().outcomes
    assert (outcome.new, outcome.error) == (0, "")
    assert [p.name for p in (ledger / "taken").iterdir()] == ["a.jsonl"]


def test_text_that_may_not_be_stored_is_let_go_with_its_file(ledger: Path, tmp_path: Path) -> None:
    round_ = Round(of_files(rights=Rights(store_text=False)))
    round_.reader = Kinds(tmp_path)
    round_.now = datetime.now(UTC)
    put(ledger, "a.jsonl", line(1))
    round_.run()
    assert [article.body for article in round_.archive.latest] == [""]
    round_.later()
    assert list((ledger / "taken").iterdir()) == []


def test_page_and_edition_are_kept(ledger: Path, store: Store, tmp_path: Path) -> None:
    round_ = Round(of_files(), archive=store)
    round_.reader = Kinds(tmp_path)
    pubdata = "<pubdata position.section='News' position.sequence='7' edition.name='Scottish'/>"
    text = (
        "<body><body.head><hedline><hl1>H</hl1></hedline></body.head><body.content><p>T.</p></body.content></body>"
    )
    put(ledger, "a.xml", f"<nitf><head>{pubdata}</head>{text}</nitf>")
    round_.run()
    (article,) = store.articles(NOON, NOON + timedelta(hours=1))
    assert (article.filed_under, article.body) == ("News / page 7, Scottish edition", "T.")
