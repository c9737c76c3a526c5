"""Sitemaps of which little or nothing is read: a run and a check say the same, and what was passed over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from memory_archive import NOON
from pytest_httpserver import HTTPServer
from test_check_sources import checked
from test_ingest import Round, page
from test_ingest_kinds import paper, sitemap

from monitor.core.source import SourceKind, Trouble
from monitor.jobs.check_sources import SourceCheck
from monitor.jobs.ingest.report import SourceOutcome

OLD = NOON - timedelta(days=40)


def both(server: HTTPServer, body: str) -> tuple[SourceOutcome, SourceCheck]:
    """What a run and a check say of a sitemap."""
    server.expect_request("/map.xml").respond_with_data(body)
    outlet = paper(server.url_for("/map.xml"), SourceKind.SITEMAP)
    (outcome,) = Round(outlet).run().outcomes
    (row,) = checked(*outlet.sources)
    return outcome, row


@pytest.mark.parametrize("body", ["<urlset/>", "<sitemapindex/>", "<urlset><url/></urlset>"])
def test_one_without_an_address_is_not_heard(httpserver: HTTPServer, body: str) -> None:
    outcome, row = both(httpserver, body)
    assert (outcome.error, outcome.trouble) == ("the sitemap is empty: it lists no address", Trouble.SUSPECT)
    assert row.fault == "the sitemap is empty: it lists no address"


def test_one_of_news_may_be_empty_when_two_days_have_passed(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/news/1").respond_with_data(page(1), content_type="text/html")
    httpserver.expect_ordered_request("/map.xml").respond_with_data(sitemap("/news/1"))
    empty = '<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"></urlset>'
    outlet = paper(httpserver.url_for("/map.xml"), SourceKind.SITEMAP)
    round_ = Round(outlet)
    round_.all_sources = True
    assert round_.run().new == 1
    httpserver.clear()
    httpserver.expect_request("/map.xml").respond_with_data(empty)
    told = []
    for days in (1, 1):
        round_.now += timedelta(days=days)
        (outcome,) = round_.run().outcomes
        told.append((outcome.error, round_.state().last_heard == round_.now))
    too_soon = "the news sitemap is empty: what it brought last should stand in it for two days"
    assert told == [(too_soon, False), ("", True)]
    (row,) = checked(*outlet.sources)
    assert (row.fault, row.remedy[:19]) == ("", "it lists nothing: r")
    fresh = Round(outlet).run().failures  # of a source that never brought anything it is no news
    assert [outcome.trouble for outcome in fresh] == [Trouble.SUSPECT]


def test_of_an_index_whose_dates_are_never_changed_the_news_is_read(httpserver: HTTPServer) -> None:
    part = f"<sitemap><loc>/part.xml</loc><lastmod>{OLD.isoformat()}</lastmod></sitemap>"
    httpserver.expect_request("/part.xml").respond_with_data(sitemap("/news/1"))
    httpserver.expect_request("/news/1").respond_with_data(page(1), content_type="text/html")
    outcome, row = both(httpserver, f"<sitemapindex>{part}</sitemapindex>")
    assert (outcome.new, outcome.outdated, outcome.error) == (1, 0, "")
    assert (row.entries, row.fault) == (1, "")


def test_one_with_nothing_new_is_heard_and_says_what_was_passed_over(httpserver: HTTPServer) -> None:
    outcome, row = both(httpserver, sitemap("/news/1", "/news/2", when=OLD))
    assert (outcome.entries, outcome.outdated, outcome.error) == (0, 2, "")
    assert (row.newest, row.fault, row.remedy) == (OLD, "", "all it lists (2) is older than 30 days")


def test_one_that_nobody_fills_any_more_is_told_by_the_check(httpserver: HTTPServer) -> None:
    _, row = both(httpserver, sitemap("/news/1", when=NOON - timedelta(days=400)))
    assert row.fault.startswith("it answers, and its newest entry is of ")
