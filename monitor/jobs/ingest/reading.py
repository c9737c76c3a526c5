"""One source, read once: its feed, the pages of its new entries, the pages it still owes.

Nothing is lost when the process dies: an entry's key is stored together with its article, and the validators that
would make the feed *not modified* are stored after all of them.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from urllib.parse import urlsplit

from monitor.core.article import Article, Entry
from monitor.core.source import Outlet, Source, SourceState
from monitor.errors import FetchError, FetchTimeout, MonitorError, StoreError
from monitor.jobs.ingest.making import completed, keyed, made
from monitor.jobs.ingest.report import SourceOutcome
from monitor.jobs.ingest.road import Road
from monitor.jobs.ports import Archive, Clock, FeedParser, Fetched, PageReader, PageText, SourceStates

NOT_MODIFIED = 304
BATCH = 10
"""Articles stored in one transaction; what a kill can cost is read again."""
PAGE_TRIES = 3
"""After so many failed tries of its page an article stays judged on its summary."""
SILENT_PAGES = 3
"""So many pages of a source may time out before the others are left for the next round."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What every source is read with."""

    archive: Archive
    states: SourceStates
    road: Road
    parse_feed: FeedParser
    read_page: PageReader
    clock: Clock


class Reading:
    """The reading of one source; used once."""

    def __init__(self, tools: Tools, source: Source, outlet: Outlet, state: SourceState) -> None:
        self._tools = tools
        self._source = source
        self._outlet = outlet
        self._state = state
        self._silent = 0

    async def run(self) -> SourceOutcome:
        """What the source brought; its state is stored, whatever happened.

        Raises:
            StoreError: the database refused.
        """
        tried = self._tools.clock()
        try:
            outcome = await self._read()
        except StoreError:
            raise
        except MonitorError as error:
            outcome = self._failed(str(error))
        except Exception as error:  # noqa: BLE001 - a parser that breaks on one feed must not end the round
            outcome = self._failed(f"cannot be read: {type(error).__name__}: {error}")
        self._tools.states.save_source_state(replace(self._state, last_tried=tried))
        return outcome

    def _failed(self, why: str) -> SourceOutcome:
        since = self._state.failing_since or self._tools.clock()
        self._state = replace(self._state, error=why, failing_since=since)
        return SourceOutcome(self._source.id, error=why)

    async def _read(self) -> SourceOutcome:
        state = self._state
        fetched = await self._tools.road.fetch(
            self._source.url or "", etag=state.etag, last_modified=state.last_modified
        )
        body_print = hashlib.sha256(fetched.body).hexdigest()
        owed = self._tools.archive.owed_pages(self._source.id, PAGE_TRIES)
        if fetched.status == NOT_MODIFIED or body_print == state.body_fingerprint:
            outcome = SourceOutcome(self._source.id, unchanged=True)
        else:
            outcome = await self._new_entries(fetched)
        outcome = await self._pages_owed(owed, outcome)
        self._heard(fetched, body_print, new=outcome.new > 0)
        return outcome

    def _heard(self, fetched: Fetched, body_print: str, *, new: bool) -> None:
        now = self._tools.clock()
        state = replace(self._state, last_heard=now, error="", failing_since=None)
        if new:
            state = replace(state, last_new=now)
        if fetched.status != NOT_MODIFIED:
            state = replace(
                state,
                etag=fetched.etag,
                last_modified=fetched.last_modified,
                body_fingerprint=body_print,
            )
        self._state = state

    async def _new_entries(self, fetched: Fetched) -> SourceOutcome:
        parse = partial(self._tools.parse_feed, url=fetched.url, content_type=fetched.content_type)
        entries = await asyncio.to_thread(parse, fetched.body)
        by_key = keyed(entries)
        known = self._tools.archive.known_entries(self._source.id, by_key)
        fresh = iter([(key, entry) for key, entry in by_key.items() if key not in known])
        new = failed = 0
        while batch := dict(islice(fresh, BATCH)):
            stored, lost = await self._store(batch, feed_url=fetched.url)
            new, failed = new + stored, failed + lost
        return SourceOutcome(self._source.id, entries=len(entries), new=new, pages_failed=failed)

    async def _store(self, batch: Mapping[str, Entry], *, feed_url: str) -> tuple[int, int]:
        """Read the pages of some entries and store their articles: how many were new, how many pages failed."""
        articles: list[tuple[str, Article]] = []
        failed: set[str] = set()
        for key, entry in batch.items():
            page, page_url = None, entry.url
            if self._wants_page(entry, feed_url):
                page, page_url = await self._page(entry.url)
                failed |= {key} if page is None else set()
            article = made(
                entry, page, page_url=page_url, source=self._source, outlet=self._outlet, now=self._tools.clock()
            )
            articles.append((key, article))
        return self._tools.archive.add_articles(self._source.id, articles, page_failed=failed), len(failed)

    def _wants_page(self, entry: Entry, feed_url: str) -> bool:
        """Not where its text may not be stored, and not where the entry has no address but its feed's."""
        return self._outlet.rights.store_text and urlsplit(entry.url)[:3] != urlsplit(feed_url)[:3]

    async def _pages_owed(self, owed: list[tuple[str, Article]], outcome: SourceOutcome) -> SourceOutcome:
        """Try again the pages that failed before; a text that came at last is a new text of its article."""
        came = failed = 0
        for key, article in owed if self._outlet.rights.store_text else ():
            page, _ = await self._page(article.url)
            if page is None:
                self._tools.archive.add_articles(self._source.id, [(key, article)], page_failed=[key])
                failed += 1
            else:
                fuller = completed(article, page, self._tools.clock())
                self._tools.archive.add_articles(self._source.id, [(key, fuller)])
                came += 1
        return replace(outcome, completed=came, pages_failed=outcome.pages_failed + failed)

    async def _page(self, url: str) -> tuple[PageText | None, str]:
        """The text of a page and where it was found; None when there is none to be had now."""
        if self._silent >= SILENT_PAGES:
            return None, url
        try:
            fetched = await self._tools.road.fetch(url)
            page = await self._read_page(fetched) if _is_page(fetched.content_type) else None
        except FetchTimeout:
            self._silent += 1
            return None, url
        except FetchError:
            return None, url
        return (page if page is not None and page.body else None), fetched.url

    async def _read_page(self, fetched: Fetched) -> PageText | None:
        read = partial(self._tools.read_page, url=fetched.url, content_type=fetched.content_type)
        try:
            return await asyncio.to_thread(read, fetched.body)
        except Exception:  # noqa: BLE001 - markup that breaks a parser costs its page, not the entry or the round
            return None


def _is_page(content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    return kind in {"", "text/html", "text/plain", "application/xhtml+xml", "application/xml", "text/xml"}
