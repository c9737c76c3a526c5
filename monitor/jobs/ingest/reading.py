"""One source, read once: what it lists, the pages of its new entries, the pages it still owes.

Nothing is lost when the process dies: an entry's key is stored together with its article, and the validators that
would make the feed *not modified* are stored after all of them.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from itertools import islice
from urllib.parse import urlsplit

from monitor.core.article import Article, Entry
from monitor.core.identity import Recognised, keyed
from monitor.core.source import Outlet, Source, SourceState
from monitor.errors import FetchError, FetchTimeout, MonitorError, ParseError, StoreError
from monitor.jobs.ingest.making import completed, made
from monitor.jobs.ingest.report import SourceOutcome
from monitor.jobs.ingest.road import Road
from monitor.jobs.ingest.telling import Telling, Told
from monitor.jobs.ports import (
    Archive,
    Clock,
    Fetched,
    Listed,
    PageReader,
    PageText,
    SourceReader,
    SourceStates,
)

NOT_MODIFIED = 304
BATCH = 10
"""Articles stored in one transaction; what a kill can cost is read again."""
PAGE_TRIES = 3
"""After so many failed tries of its page an article stays judged on its summary."""
PARTS = 50
"""Answers of one source that are read in a round: the parts of a sitemap, the pages of a long list."""
OVERLAP = timedelta(days=2)
"""What was dated so long before the source was last heard is looked at again: dates lie, and copies are known."""
SILENT_PAGES = 3
"""So many pages of a source may time out before the others are left for the next round."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What every source is read with."""

    archive: Archive
    states: SourceStates
    road: Road
    reader: SourceReader
    read_page: PageReader
    clock: Clock
    turns: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    """By outlet: whose source's entries are stored now."""


class Reading:
    """The reading of one source; used once."""

    def __init__(self, tools: Tools, source: Source, outlet: Outlet, state: SourceState) -> None:
        self._tools = tools
        self._source = source
        self._outlet = outlet
        self._state = state
        self._silent = 0
        self._outcome = SourceOutcome(source.id)
        self._telling = Telling(tools.archive, tools.clock, source, outlet)

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
        now = self._tools.clock()
        since = self._state.failing_since or now
        last_new = now if self._outcome.new else self._state.last_new
        self._state = replace(self._state, error=why, failing_since=since, last_new=last_new)
        return replace(self._outcome, error=why)

    async def _read(self) -> SourceOutcome:
        state = self._state
        fetched = await self._tools.road.fetch(
            self._tools.reader.first(self._source), etag=state.etag, last_modified=state.last_modified
        )
        body_print = hashlib.sha256(fetched.body).hexdigest()
        owed = self._tools.archive.owed_pages(self._source.id, PAGE_TRIES)
        alone = True
        if fetched.status == NOT_MODIFIED or body_print == state.body_fingerprint:
            self._outcome = replace(self._outcome, unchanged=True)
        else:
            alone = await self._listed(fetched)
        outcome = await self._pages_owed(owed, self._outcome)
        self._heard(fetched, body_print if alone else "", new=outcome.new > 0)
        return outcome

    def _heard(self, fetched: Fetched, body_print: str, *, new: bool) -> None:
        """Note that it was heard, and what will tell that nothing changed; an empty print: nothing will."""
        now = self._tools.clock()
        state = replace(self._state, last_heard=now, error="", failing_since=None)
        if new:
            state = replace(state, last_new=now)
        if fetched.status != NOT_MODIFIED:
            state = replace(
                state,
                etag=fetched.etag if body_print else "",
                last_modified=fetched.last_modified if body_print else "",
                body_fingerprint=body_print,
            )
        self._state = state

    async def _listed(self, fetched: Fetched) -> bool:
        """Store what the answer lists, and what the answers list that it leads to; whether it stood alone.

        Raises:
            FetchError, ParseError: of the first that cannot be read; what came before it is stored.
        """
        listed = await self._take(fetched)
        told = {fetched.url, *listed.more}
        to_ask = deque(listed.more)
        for _ in range(PARTS - 1):
            if not to_ask:
                break
            listed = await self._take_part(to_ask.popleft())
            to_ask += [address for address in listed.more if address not in told]
            told |= set(listed.more)
        if to_ask:
            self._leave_out(f"only {PARTS} of {PARTS + len(to_ask)} parts were read, the most recent")
        return len(told) == 1

    async def _take_part(self, address: str) -> Listed:
        try:
            return await self._take(await self._tools.road.fetch(address))
        except (FetchError, ParseError) as error:
            raise ParseError(f"a part of it, {address}: {error}") from error

    async def _take(self, fetched: Fetched) -> Listed:
        """What an answer lists, once its new entries are stored."""
        since = min(self._state.last_heard or self._tools.clock(), self._tools.clock()) - OVERLAP
        parse = partial(self._tools.reader.parse, self._source, fetched, since=since)
        listed = await asyncio.to_thread(parse)
        await self._new_entries(listed, found_at=fetched.url)
        return listed

    def _leave_out(self, what: str) -> None:
        self._outcome = replace(self._outcome, left_out=(*self._outcome.left_out, what))

    async def _new_entries(self, listed: Listed, *, found_at: str) -> None:
        """Store the entries that this source has not shown before, or says something else of."""
        self._outcome = replace(self._outcome, entries=self._outcome.entries + len(listed.entries))
        if listed.left_out:
            self._leave_out(listed.left_out)
        # One source of an outlet after another: what stands in several of its feeds is known to the second.
        async with self._tools.turns[self._outlet.id]:
            fresh = iter(self._telling.unknown(keyed(listed.entries, found_at)))
            while batch := list(islice(fresh, BATCH)):
                await self._store(batch, feed_url=found_at)

    async def _store(self, batch: Sequence[Recognised], *, feed_url: str) -> None:
        """Read the pages of some entries and store their articles."""
        told = [await self._told(one, feed_url) for one in batch]
        edits = self._add([one for one in told if one.edit])
        new = self._add([one for one in told if not one.edit])
        failed = sum(one.page_failed for one in told)
        self._outcome = replace(
            self._outcome,
            new=self._outcome.new + new,
            edited=self._outcome.edited + edits,
            pages_failed=self._outcome.pages_failed + failed,
        )

    def _add(self, told: Sequence[Told]) -> int:
        """Store what some entries became, in one transaction; how many texts were new."""
        if not told:
            return 0
        return self._tools.archive.add_articles(
            self._source.id,
            [row for one in told for row in one.rows],
            page_failed={one.of.keys.all[0] for one in told if one.page_failed},
            said={key: one.of.keys.said for one in told for key in one.of.keys.all},
        )

    async def _told(self, one: Recognised, feed_url: str) -> Told:
        entry, page, page_url = one.entry, None, one.entry.url
        wanted = self._wants_page(entry, feed_url)
        if wanted:
            page, page_url = await self._page(entry.url)
        now = self._tools.clock()
        found = made(entry, page, page_url=page_url, source=self._source, outlet=self._outlet, now=now)
        return self._telling.told(one, found, page_failed=wanted and page is None)

    def _wants_page(self, entry: Entry, feed_url: str) -> bool:
        """Not where its text may not be stored or is there, nor where the entry has no address but its feed's."""
        wanted = self._outlet.rights.store_text and not entry.whole
        return wanted and urlsplit(entry.url)[:3] != urlsplit(feed_url)[:3]

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
