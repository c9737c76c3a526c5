"""What a source's latest entries would have come to, had it been polled: read, judged, and forgotten."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from monitor.core.agreement import Agreement
from monitor.core.article import Article, Entry
from monitor.core.match import Outcome, Rule
from monitor.core.matching.matcher import Matcher
from monitor.core.posts import as_post
from monitor.core.source import Medium, Outlet, Sources
from monitor.errors import FetchError, ParseError
from monitor.jobs.ports import Fetcher, PageReader, PageText
from monitor.jobs.road import Road

LATEST = 10
"""Entries that are read with their pages and judged."""


@dataclass(frozen=True, slots=True)
class Taste:
    """What the latest entries came to; significance, which needs other outlets, is left aside."""

    articles: tuple[Article, ...]
    pages_failed: int
    """Of these, judged on what the source says of them."""
    sections: Mapping[tuple[str, str], Mapping[str, int]]
    """(agreement id, section id) -> how many were `in`, `near_miss`, or `source`: in, but for the outlet."""


async def taste(
    entries: Sequence[Entry],
    outlet: Outlet,
    agreements: Sequence[Agreement],
    sources: Sources,
    fetcher: Fetcher | Road,
    read_page: PageReader,
) -> Taste:
    """The latest entries, read as ingest would and judged for every agreement as of that outlet."""
    articles: list[Article] = []
    failed = 0
    for entry in entries[:LATEST]:
        said = as_post(entry) if outlet.medium is Medium.SOCIAL else entry
        page = None if said.whole else await _page(said.url, fetcher, read_page)
        failed += page is None and not said.whole
        articles.append(_article(said, page, outlet))
    known = replace(sources, outlets={**sources.outlets, outlet.id: outlet})
    sections: dict[tuple[str, str], Counter[str]] = {}
    for agreement in agreements:
        matcher = Matcher(agreement, known)
        for article in articles:
            for verdict in matcher.judge(article).verdicts:
                if said_of := _said(verdict.outcome, verdict.decided_by):
                    sections.setdefault((agreement.id, verdict.section), Counter())[said_of] += 1
    return Taste(tuple(articles), failed, sections)


def _said(outcome: Outcome, decided_by: str) -> str:
    """The column a verdict counts in; empty for none."""
    if outcome is Outcome.OUT:
        return "source" if decided_by == Rule.SOURCE else ""
    return str(outcome)


async def _page(url: str, fetcher: Fetcher | Road, read_page: PageReader) -> PageText | None:
    try:
        fetched = await fetcher.fetch(url)
        read = partial(read_page, url=fetched.url, content_type=fetched.content_type)
        page = await asyncio.to_thread(read, fetched.body)
    except (FetchError, ParseError):
        return None
    return page if page.body else None


def _article(entry: Entry, page: PageText | None, outlet: Outlet) -> Article:
    found = page or PageText(body="")
    return Article(
        url=entry.url,
        headline=entry.headline or found.headline,
        standfirst=entry.standfirst,
        body=max(entry.body, found.body, key=len),
        byline=entry.byline or found.byline,
        outlet=outlet.id,
        published_at=entry.published_at or found.published_at,
    )
