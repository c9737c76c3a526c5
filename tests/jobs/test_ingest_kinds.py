"""Sources of every kind through ingest: real HTTP on loopback, indexes and long lists, faults half way."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from memory_archive import NOON
from pytest_httpserver import HTTPServer
from test_ingest import Round, asked, outlet, page
from werkzeug import Request, Response

from monitor.core.source import Outlet, Source, SourceKind, SourceState


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


def test_an_index_that_leads_to_itself_ends(site: HTTPServer) -> None:
    def index(request: Request) -> Response:
        other = "/b.xml" if request.path == "/a.xml" else "/a.xml"
        return Response(f"<sitemapindex><sitemap><loc>{other}</loc></sitemap></sitemapindex>")

    site.expect_request("/a.xml").respond_with_handler(index)
    site.expect_request("/b.xml").respond_with_handler(index)
    assert Round(paper(site.url_for("/a.xml"), SourceKind.SITEMAP)).run().failures == ()
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
