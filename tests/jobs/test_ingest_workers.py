"""Pages that kill, hang or starve their parser, in a round over real HTTP: they cost their own text, no more."""

from __future__ import annotations

import asyncio
import os
import signal
from datetime import timedelta

import pytest
from memory_archive import NOON, Memory, Quiet
from pytest_httpserver import HTTPServer

from monitor.adapters import pages
from monitor.adapters.fetch import HttpFetcher
from monitor.adapters.workers import Limits, Workers
from monitor.app.kinds import PARSERS, Kinds
from monitor.core.article import Entry, Evidence
from monitor.core.source import Outlet, Source, SourceKind, Sources
from monitor.errors import FeedError
from monitor.jobs.ingest import ingest
from monitor.jobs.ingest.report import SourceOutcome
from monitor.jobs.ports import Fetched

SENTENCE = "Social Security Scotland said that payments of the new benefit would begin in the autumn of this year."
BAD = {1: "[kill]", 3: "[spin]", 5: "[eat]"}


def hostile_page(body: bytes, *, url: str = "", content_type: str = "") -> pages.PageText:
    """Reads pages, but for those that say what they do to their parser."""
    if b"[spin]" in body:
        while True:
            body.strip()
    if b"[eat]" in body:
        return pages.PageText(body=str(sum(map(len, [body * 100_000 for _ in range(100_000)]))))
    if b"[kill]" in body:
        os.kill(os.getpid(), signal.SIGKILL)
    return pages.extract(body, url=url, content_type=content_type)


def test_a_page_that_takes_its_parser_down_costs_its_own_text(
    httpserver: HTTPServer,
) -> None:
    items = []
    for n in range(7):
        items.append(f"<item><title>Headline {n}</title><link>/news/{n}</link></item>")
        text = f"<html><body><article><h1>Headline {n}</h1><p>{SENTENCE}</p><p>{BAD.get(n, 'Word')} {SENTENCE}</p>"
        httpserver.expect_request(f"/news/{n}").respond_with_data(text, content_type="text/html")
    rss = f'<rss version="2.0"><channel><title>T</title>{"".join(items)}</channel></rss>'
    httpserver.expect_request("/feed").respond_with_data(rss, content_type="application/rss+xml")
    source = Source("p", "paper", url=httpserver.url_for("/feed"))
    paper = Outlet("paper", "Paper", "Owner", "Scotland", 2, sources=(source,))
    archive = Memory()

    async def run(workers: Workers) -> SourceOutcome:
        async with HttpFetcher(allowed_private=frozenset({"localhost", "127.0.0.1"})) as fetcher:
            report = await ingest(
                *(Sources.of([paper]), archive, archive, fetcher),
                *(Kinds(confined=workers.confined), workers.confined(hostile_page), lambda: NOON, Quiet()),
            )
        return report.outcomes[0]

    with Workers(*PARSERS, hostile_page, limits=Limits(cpu_seconds=3, memory=400_000_000)) as workers:
        outcome = asyncio.run(run(workers))
    assert (outcome.error, outcome.pages_failed) == ("", len(BAD))
    evidence = {article.headline[-1]: article.evidence for article in archive.latest}
    assert evidence == {str(n): Evidence.HEADLINE if n in BAD else Evidence.FULL for n in range(7)}


def test_every_kind_of_source_is_read_in_a_worker_too() -> None:
    """Nothing of them is loaded late, and what they give comes through."""
    item = '{"id": "1", "url": "/news/1", "title": "T", "date_published": "2026-03-02T09:00:00Z"}'
    post = (
        '[{"link": "http://a.example/1", "title": {"rendered": "T"}, "content": {"rendered": "<p>x</p>"},'
        ' "date_gmt": "2026-03-02T09:00:00"}]'
    )
    dated = "<url><loc>/news/1</loc><lastmod>2 March 2026</lastmod></url>"
    answers = {
        SourceKind.FEED: f'{{"items": [{item}]}}',
        SourceKind.SITEMAP: f"<urlset>{dated}</urlset>",
        SourceKind.WORDPRESS: post,
        SourceKind.LISTING: "<main><h2><a href='/news/1'>T</a></h2><time>1 March 2026</time></main>",
    }
    with Workers(*PARSERS) as workers:
        reader = Kinds(confined=workers.confined)
        for kind, answer in answers.items():
            source = Source("p", "paper", kind, "http://a.example/", selector="main > h2:not(.x) a")
            listed = reader.parse(
                source, Fetched("http://a.example/", 200, answer.encode()), since=NOON - timedelta(days=2)
            )
            assert [type(entry) for entry in listed.entries] == [Entry], kind
        broken = Source("p", "paper", SourceKind.SITEMAP, "http://a.example/")
        with pytest.raises(FeedError, match="not a sitemap"):
            reader.parse(broken, Fetched("http://a.example/", 200, b"<a/>"), since=NOON)
