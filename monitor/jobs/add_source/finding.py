"""From the address a person knows to the one to poll: tried one after another, the surest first."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from urllib.parse import urljoin, urlsplit

from monitor.core.accounts import feed_of, is_account
from monitor.core.article import Entry
from monitor.core.links import absolute
from monitor.core.source import Source, SourceKind
from monitor.errors import FetchError, InputError, ParseError
from monitor.jobs.ports import FeedFinder, Fetched, Fetcher, Listed, NamedFeeds, SourceReader
from monitor.jobs.road import Road

COMMON_PATHS = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json")
WORDPRESS = "wp/v2/posts"
SITEMAPS = 5
"""Of those that robots.txt names are tried, those of news first."""
NAMED = 5
"""Feeds that a page names are tried."""
_SITEMAP_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Tried:
    """An address that does not do."""

    url: str
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """An address to poll, and what it lists now."""

    kind: SourceKind
    url: str
    how: str
    """How it was found, in plain words."""
    listed: Listed
    title: str = ""
    """The site's name, as far as its page says one."""
    account: bool = False
    """It is a social account's."""
    named: tuple[str, ...] = ()
    """Other feeds that the page names."""
    tried: tuple[Tried, ...] = ()
    """What was tried before, and does not do."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Newest first, as far as they are dated."""
        dated = sorted((e for e in self.listed.entries if e.published_at), key=_when, reverse=True)
        return (*dated, *(e for e in self.listed.entries if not e.published_at))


class NothingFound(InputError):
    """Nothing at the address can be polled; `tried` says what was looked at."""

    def __init__(self, message: str, tried: list[Tried]) -> None:
        super().__init__(message)
        self.tried = tried


@dataclass(frozen=True, slots=True)
class _Candidate:
    kind: SourceKind
    url: str
    how: str


@dataclass(slots=True)
class Finder:
    """Looks for what can be polled; used once."""

    fetcher: Fetcher | Road
    reader: SourceReader
    find_feeds: FeedFinder
    since: datetime
    """Of a sitemap what is dated later is looked at."""
    tried: list[Tried] = field(default_factory=list)

    async def find(self, url: str) -> Found:
        """The best there is at a page, a feed, a sitemap, a site or a social account.

        Raises:
            NothingFound: with everything that was tried.
        """
        named = NamedFeeds()
        if feed := feed_of(url):
            found = await self._at(_Candidate(SourceKind.FEED, feed, "the form of the account's address"), named)
            if found:
                return found
        try:
            page = await self.fetcher.fetch(url)
        except FetchError as error:
            self.tried.append(Tried(url, str(error)))
            raise self._nothing(url) from error
        if found := await self._itself(page):
            return found
        named = await asyncio.to_thread(
            partial(self.find_feeds, page.body, url=page.url, content_type=page.content_type)
        )
        async for candidate in self._candidates(page.url, named):
            if found := await self._at(candidate, named):
                return found
        raise self._nothing(url)

    async def exactly(self, url: str, kind: SourceKind, selector: str = "") -> Found:
        """What an address of a given kind lists.

        Raises:
            NothingFound: it cannot be had, or lists nothing.
        """
        found = await self._at(_Candidate(kind, url, "as you say"), NamedFeeds(), selector)
        if found is None:
            raise self._nothing(url)
        return found

    def _nothing(self, url: str) -> NothingFound:
        return NothingFound(f"nothing that can be polled was found at {url}", self.tried)

    async def _itself(self, page: Fetched) -> Found | None:
        """The address itself, when it is a feed, a sitemap or WordPress's list of posts."""
        for kind in (SourceKind.FEED, SourceKind.SITEMAP, SourceKind.WORDPRESS):
            try:
                listed = await self._parsed(Source("new", "new", kind, page.url), page)
            except ParseError:  # of another kind, or a page
                continue
            if listed.entries:
                return Found(kind, page.url, "the address itself", listed, account=is_account(page.url))
        return None

    async def _candidates(self, url: str, named: NamedFeeds) -> AsyncIterator[_Candidate]:
        for address in named.feeds[:NAMED]:
            yield _Candidate(SourceKind.FEED, address, "named by the page")
        for address in _common(url):
            if address not in named.feeds:
                yield _Candidate(SourceKind.FEED, address, "a usual place for a feed")
        if named.wordpress:
            address = absolute(WORDPRESS, named.wordpress)
            yield _Candidate(SourceKind.WORDPRESS, address, "named by the page: the site is WordPress")
        async for address in self._sitemaps(url, named):
            yield _Candidate(SourceKind.SITEMAP, address, "named in robots.txt")
        if not named.wordpress:
            yield _Candidate(SourceKind.WORDPRESS, urljoin(url, f"/wp-json/{WORDPRESS}"), "where WordPress has it")

    async def _sitemaps(self, url: str, named: NamedFeeds) -> AsyncIterator[str]:
        robots = urljoin(url, "/robots.txt")
        try:
            text = (await self.fetcher.fetch(robots)).body.decode("utf-8", "replace")
        except FetchError as error:
            self.tried.append(Tried(robots, str(error)))
            text = ""
        found = [absolute(line, robots) for line in _SITEMAP_LINE.findall(text)]
        there = list(dict.fromkeys(address for address in [*found, *named.sitemaps] if address))
        for address in sorted(there, key=lambda address: "news" not in address.lower())[:SITEMAPS]:
            yield address

    async def _at(self, candidate: _Candidate, named: NamedFeeds, selector: str = "") -> Found | None:
        source = Source("new", "new", candidate.kind, candidate.url, selector=selector)
        try:
            fetched = await self.fetcher.fetch(self.reader.first(source))
            listed = await self._parsed(source, fetched)
        except (FetchError, ParseError) as error:
            self.tried.append(Tried(candidate.url, str(error)))
            return None
        if not listed.entries:
            self.tried.append(Tried(candidate.url, "there is nothing in it"))
            return None
        failed = {one.url for one in self.tried}
        others = tuple(a for a in named.feeds if a != candidate.url and a not in failed)
        account = is_account(candidate.url)
        how, tried = candidate.how, tuple(self.tried)
        return Found(candidate.kind, candidate.url, how, listed, named.title, account, others, tried)

    async def _parsed(self, source: Source, fetched: Fetched) -> Listed:
        """What an answer lists; of an index its most recent part."""
        parse = partial(self.reader.parse, source, since=self.since)
        listed = await asyncio.to_thread(parse, fetched)
        if not listed.entries and listed.more:
            try:
                part = await self.fetcher.fetch(listed.more[0])
            except FetchError as error:
                raise ParseError(f"its part {listed.more[0]}: {error}") from error
            listed = await asyncio.to_thread(parse, part)
        return listed


def _common(url: str) -> Iterator[str]:
    """Usual places below the page itself, and below the site."""
    if urlsplit(url).path.strip("/"):
        yield f"{url.partition('?')[0].partition('#')[0].rstrip('/')}/feed/"
    for path in COMMON_PATHS:
        yield urljoin(url, path)


def _when(entry: Entry) -> datetime:
    assert entry.published_at is not None
    return entry.published_at
