"""Which adapter reads which kind of source; fits `jobs.ports.SourceReader`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import ParamSpec, Protocol, TypeVar

from monitor.adapters import arrivals, feeds, pages
from monitor.adapters.article_lines import read_lines
from monitor.adapters.kinds import json_feed, listing, sitemap, wordpress
from monitor.core.article import Article
from monitor.core.fault import Fault
from monitor.core.source import Source, SourceKind
from monitor.jobs.ports import Fetched, Listed, PageReader

PARSERS = (arrivals.parse, feeds.parse, json_feed.parse, listing.parse, sitemap.parse, wordpress.parse)
"""What reads the bytes of others, and may be told to do so elsewhere."""

HERE = Path()

P = ParamSpec("P")
T = TypeVar("T")


class Confine(Protocol):
    """Gives a function that does the same as one of `PARSERS`, where it can do no harm."""

    def __call__(self, function: Callable[P, T], /) -> Callable[P, T]:
        """That function."""


def _as_it_is(function: Callable[P, T], /) -> Callable[P, T]:
    return function


def _lines_read_with(read_page: PageReader) -> arrivals.ReadLines:
    def read(lines: Iterable[bytes], where: str) -> Iterator[tuple[Article | None, tuple[Fault, ...]]]:
        for line in read_lines(lines, where, lambda html, url: read_page(html, url=url).body):
            yield line.article, line.faults

    return read


class Kinds(arrivals.Folders):
    """Everything that is read: addresses, and the folders below a workspace."""

    def __init__(
        self, home: Path = HERE, read_page: PageReader = pages.extract, confined: Confine = _as_it_is
    ) -> None:
        super().__init__(home, _lines_read_with(read_page), confined(arrivals.parse))
        self._feed, self._json_feed = confined(feeds.parse), confined(json_feed.parse)
        self._listing, self._sitemap = confined(listing.parse), confined(sitemap.parse)
        self._wordpress = confined(wordpress.parse)

    def first(self, source: Source) -> str:
        """The address to begin with."""
        url = source.url or ""
        return wordpress.first(url) if source.kind is SourceKind.WORDPRESS else url

    def parse(self, source: Source, fetched: Fetched, *, since: datetime) -> Listed:
        """What an answer lists, as the source's kind says it.

        Raises:
            FeedError: the answer is not of that kind.
            ParseError: it broke its parser.
        """
        body, url, content_type = fetched.body, fetched.url, fetched.content_type
        match source.kind:
            case SourceKind.SITEMAP:
                return self._sitemap(body, url=url, content_type=content_type, since=since)
            case SourceKind.WORDPRESS:
                return self._wordpress(body, url=url, since=since)
            case SourceKind.LISTING:
                return self._listing(body, url=url, content_type=content_type, selector=source.selector)
        if json_feed.is_json(body):  # publishers turn RSS into JSON, and back, at the same address
            return Listed(self._json_feed(body, url=url))
        return Listed(self._feed(body, url=url, content_type=content_type))
