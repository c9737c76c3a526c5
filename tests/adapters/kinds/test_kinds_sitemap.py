"""Sitemaps: news, plain, indexes, packed, broken and hostile."""

from __future__ import annotations

import gzip
import time
from datetime import UTC, datetime, timedelta

import pytest

from monitor.adapters.kinds.sitemap import MAX_BYTES, MAX_ENTRIES, parse
from monitor.errors import FeedError
from monitor.jobs.ports import Listed

URL = "https://paper.example/news.xml"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NEWS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def read(body: str | bytes, since: datetime = NOON - timedelta(days=2)) -> Listed:
    return parse(body if isinstance(body, bytes) else body.encode(), url=URL, since=since)


def news(*pairs: tuple[str, str, str], rest: str = "</urlset>") -> str:
    """A news sitemap of (path, title, date)."""
    urls = "".join(
        f"<url><loc>https://paper.example{path}</loc><news:news><news:publication><news:name>Paper</news:name>"
        f"<news:language>en</news:language></news:publication><news:publication_date>{date}</news:publication_date>"
        f"<news:title>{title}</news:title></news:news></url>"
        for path, title, date in pairs
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {NEWS}>{urls}{rest}'


def test_a_news_sitemap_gives_headlines_and_dates_newest_first() -> None:
    listed = read(
        news(
            ("/1", "Ferries &amp; fares", "2026-03-01T08:00:00Z"),
            ("/2", "Rents rise", "2026-03-02T09:30:00+01:00"),
            ("/3", "Long ago", "2026-01-01"),
        )
    )
    assert [(e.url, e.headline, e.published_at) for e in listed.entries] == [
        ("https://paper.example/2", "Rents rise", datetime(2026, 3, 2, 8, 30, tzinfo=UTC)),
        ("https://paper.example/1", "Ferries & fares", datetime(2026, 3, 1, 8, tzinfo=UTC)),
    ]
    assert listed.left_out == ""


def test_a_plain_one_gives_addresses_by_their_last_change_or_without() -> None:
    body = (
        "<urlset><url><loc>https://paper.example/old</loc><lastmod>2020-01-01</lastmod></url>"
        "<url><loc>/undated</loc></url><url><loc>mailto:x@y.example</loc></url><url/>"
        "<url><loc> https://paper.example/new </loc><lastmod>2026-03-02</lastmod>"
        "<image:image><image:loc>https://cdn.example/a.jpg</image:loc></image:image></url></urlset>"
    )
    entries = read(body).entries
    assert [e.url for e in entries] == ["https://paper.example/new", "https://paper.example/undated"]
    assert {(e.headline, e.published_at) for e in entries} == {("", None)}


def test_an_index_leads_to_what_changed_the_most_recent_first() -> None:
    parts = "".join(
        f"<sitemap><loc>/{name}.xml</loc>{f'<lastmod>{date}</lastmod>' if date else ''}</sitemap>"
        for name, date in (
            ("a", "2026-03-01"),
            ("b", ""),
            ("c", "2024-01-01"),
            ("d", "2026-03-02"),
            ("d", "2026-03-02"),
        )
    )
    listed = read(f"<sitemapindex>{parts}<sitemap><loc>{URL}</loc></sitemap></sitemapindex>")
    assert listed.entries == ()
    assert [address.rpartition("/")[2] for address in listed.more] == ["d.xml", "a.xml", "b.xml"]


def test_what_is_passed_over_is_counted() -> None:
    old = "<url><loc>/{}</loc><lastmod>2025-0{}-01</lastmod></url>"
    listed = read(f"<urlset>{old.format(1, 1)}{old.format(2, 5)}<url><loc>/3</loc></url></urlset>")
    assert (len(listed.entries), listed.outdated) == (1, 2)
    assert listed.outdated_newest == datetime(2025, 4, 30, 23, tzinfo=UTC)  # a day is London's


def test_an_index_with_dates_of_long_ago_leads_to_its_latest_part() -> None:
    part = "<sitemap><loc>/{}.xml</loc><lastmod>20{}-01-01</lastmod></sitemap>"
    listed = read(
        f"<sitemapindex>{part.format('a', 19)}{part.format('b', 21)}{part.format('c', 20)}</sitemapindex>"
    )
    assert (listed.more, listed.outdated) == (("https://paper.example/b.xml",), 2)


def test_what_changed_lately_is_new_though_it_was_published_before() -> None:
    changed = news(("/1", "Rents rise", "2026-01-01")).replace(
        "</loc>", "</loc><lastmod>2026-03-02T08:00:00Z</lastmod>"
    )
    (entry,) = read(changed).entries
    assert entry.published_at == datetime(2026, 1, 1, tzinfo=UTC)


def test_packed_and_as_lines() -> None:
    assert len(read(gzip.compress(news(("/1", "A", "2026-03-02")).encode())).entries) == 1
    assert [e.url for e in read("https://paper.example/1\n\n# no\nhttps://paper.example/2\n").entries] == [
        "https://paper.example/1",
        "https://paper.example/2",
    ]


def test_the_newest_are_taken_and_the_bound_is_said() -> None:
    pairs = [(f"/{n}", "T", f"2026-03-02T{n % 24:02}:{n % 60:02}:00Z") for n in range(MAX_ENTRIES + 5)]
    listed = read(news(*pairs))
    assert len(listed.entries) == MAX_ENTRIES
    assert listed.left_out == "only the newest 1,000 of 1,005 addresses were looked at"
    undated = "".join(f"<url><loc>/{n}</loc></url>" for n in range(MAX_ENTRIES + 1))
    assert read(f"<urlset>{undated}</urlset>").left_out == "only the first 1,000 of 1,001 addresses were looked at"


@pytest.mark.parametrize(
    "body",
    [
        news(("/1", "A", "2026-03-02"), ("/2", "B", "2026-03-02"), rest=""),
        news(("/1", "A & B", "2026-03-02"), ("/2", "caf&eacute;", "2026-03-02")),
        news(("/1", "A", "2026-03-02"), ("/2", "B", "2026-03-01"), rest="<url><loc>https://x.example/trunc"),
        news(("/1", "A", "2026-03-02"), ("/2", "B", "2026-03-02")).replace("xmlns:news", "xmlns:n"),
        "\n\n" + news(("/1", "A", "2026-03-02"), ("/2", "B", "2026-03-02")),
    ],
)
def test_what_a_broken_one_still_gives_is_used(body: str) -> None:
    assert {e.url for e in read(body).entries} == {"https://paper.example/1", "https://paper.example/2"}


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "the answer is empty"),
        (b"  \n", "the answer is empty"),
        (b"<!doctype html><html><head><title>Cookies?</title></head></html>", "web page, not a sitemap"),
        (b"<html><body><p>unclosed <br> & more</body></html>", "web page, not a sitemap"),
        (b"<rss version='2.0'><channel/></rss>", "this is a feed, not a sitemap"),
        (b"just words", "this is not a sitemap"),
        (b"\x1f\x8bnot gzip", "cannot be unpacked"),
        (b"<urlset" + b"<a>" * 10, "not a sitemap"),
    ],
)
def test_what_is_no_sitemap_is_refused(body: bytes, why: str) -> None:
    with pytest.raises(FeedError, match=why):
        read(body)


def test_hostile_ones_cost_little() -> None:
    began = time.process_time()
    with pytest.raises(FeedError, match="when unpacked"):
        read(gzip.compress(b" " * (MAX_BYTES + 1)))
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
    with pytest.raises(FeedError, match="declares entities"):
        read(f"<!DOCTYPE urlset [<!ENTITY l0 'x'>{laughs}]><urlset><url><loc>&l11;</loc></url></urlset>")
    with pytest.raises(FeedError, match="not a sitemap"):
        read("<a>" * 50_000)
    assert time.process_time() - began < 20
