"""One source, read once: what it lists, the pages of its new entries, the pages it still owes.

Nothing is lost when the process dies: an entry's key is stored together with its article, and the validators that
would make the feed *not modified* are stored after all of them. Nor when a source brings more than there is time
for: every entry is stored at once with the feed's words, and the pages that were not read are owed.
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

from monitor.core import polling
from monitor.core.article import KEPT_BACK, Article
from monitor.core.identity import Recognised, keyed
from monitor.core.posts import as_post
from monitor.core.rereading import Plan
from monitor.core.source import Medium, Outlet, Source, SourceKind, SourceState, Trouble
from monitor.core.xml import cut_off
from monitor.errors import FetchError, HostWaits, MonitorError, NotAFeed, ParseError, StoreError
from monitor.jobs.ingest.again import Again
from monitor.jobs.ingest.answer import trouble_of
from monitor.jobs.ingest.arrivals import take
from monitor.jobs.ingest.making import completed, made, parts_of
from monitor.jobs.ingest.pages import PageAnswer, Pages
from monitor.jobs.ingest.report import SourceOutcome
from monitor.jobs.ingest.robots import Robots
from monitor.jobs.ingest.telling import Telling, Told, part_rows
from monitor.jobs.ingest.watching import Watch
from monitor.jobs.ports import Archive, Clock, Fetched, Listed, PageReader, Rereads, SourceReader, SourceStates
from monitor.jobs.road import Road

NOT_MODIFIED = 304
BATCH = 10
"""Articles stored in one transaction while their pages are read; what a kill can cost is read again."""
BULK = 500
"""The same once no more pages are asked for."""
PAGE_TRIES = 3
"""After so many failed tries of its page an article stays judged on its summary."""
PARTS = 50
"""Answers of one source that are read in a round: the parts of a sitemap, the pages of a long list."""
OVERLAP = timedelta(days=2)
"""What was dated so long before the source was last heard is looked at again: dates lie, and copies are known."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How much is asked of publishers in one round."""

    every: timedelta = polling.EVERY
    """How often a source is asked at most."""
    pages: int = 60
    """Article pages asked for on behalf of one source; what is more is owed."""
    pause: float = 0.0
    """Seconds between an answer of a host and the next request to it."""
    again: Plan = ()
    """After how long a page that was read is looked at again; nothing: never."""
    all_sources: bool = False
    """Also ask the sources that are not due."""


USUAL = Pace()


@dataclass(frozen=True, slots=True)
class Tools:
    """What every source is read with."""

    archive: Archive
    states: SourceStates
    rereads: Rereads
    road: Road
    robots: Robots | None
    reader: SourceReader
    read_page: PageReader
    clock: Clock
    watch: Watch
    pace: Pace = Pace()
    turns: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    """By outlet: whose source's entries are stored now."""


class Reading:
    """The reading of one source; used once."""

    def __init__(self, tools: Tools, source: Source, outlet: Outlet, state: SourceState) -> None:
        self._tools = tools
        self._source = source
        self._outlet = outlet
        self._before = self._state = state
        self._asked = tools.clock()
        self._outcome = SourceOutcome(source.id)
        self._telling = Telling(tools.archive, tools.clock, source, outlet)
        self._again = Again(tools.archive, tools.rereads, tools.clock, source, tools.pace.again)
        self._pages = Pages(tools.road, tools.robots, tools.read_page, tools.pace.pages)

    async def run(self) -> SourceOutcome:
        """What the source brought; its state is stored, whatever happened.

        Raises:
            StoreError: the database refused.
        """
        self._asked = self._tools.clock()
        try:
            await self._read()
        except StoreError:
            raise
        except HostWaits as waits:
            self._put_off(waits)
            return self._outcome
        except FetchError as error:
            self._failed(error)
        except MonitorError as error:
            self._suspect(str(error), trouble_of(error))
        except Exception as error:  # noqa: BLE001 - a parser that breaks on one feed must not end the round
            self._suspect(f"cannot be read: {type(error).__name__}: {error}", Trouble.PARSE_ERROR)
        after = replace(self._state, last_tried=self._asked)
        self._tools.states.save_source_state(after, self._tools.watch.poll(self._before, after, self._outcome))
        return self._outcome

    def _put_off(self, waits: HostWaits) -> None:
        """Note that it was due and not asked, because of its host."""
        until, why = waits.until or self._asked + self._tools.pace.every, str(waits)
        if self._outcome.new:
            self._state = replace(self._state, last_new=self._asked)
        self._tools.states.save_source_state(polling.put_off(self._state, until, why))
        self._outcome = replace(self._outcome, put_off=why)

    def _failed(self, error: FetchError) -> None:
        why, trouble, every = str(error), trouble_of(error), self._tools.pace.every
        wait = polling.wait_asked(error.retry_after, self._asked)
        self._state = polling.failed(
            self._state, self._asked, why, trouble, status=error.status, wait=wait, every=every
        )
        self._outcome = replace(self._outcome, error=why, trouble=self._state.trouble)

    def _suspect(self, why: str, trouble: Trouble) -> None:
        """Note an answer that is no success; what its entries brought, if anything, stays brought."""
        if self._outcome.new:
            self._state = replace(self._state, last_new=self._asked)
        self._state = polling.suspect(self._state, self._asked, why, trouble, every=self._tools.pace.every)
        self._outcome = replace(self._outcome, error=why, trouble=trouble)

    async def _read(self) -> None:
        await (self._read_folder() if self._source.folder else self._read_address())

    async def _read_folder(self) -> None:
        store = partial(self._new_entries, found_at="")
        taken = await take(self._tools.reader, self._source, self._outlet.rights, self._asked, store)
        owed = self._tools.archive.owed_pages(self._source.id, PAGE_TRIES, self._tools.pace.pages)
        self._outcome = replace(
            self._outcome,
            unchanged=not taken.files,
            left_out=(*self._outcome.left_out, *taken.left_out),
            faults=tuple(taken.faults),
        )
        await self._pages_owed(owed)
        every = self._tools.pace.every
        state = polling.heard(self._state, self._asked, new=self._outcome.new > 0, every=every)
        self._state = polling.put_off(state, self._asked + every, "a folder is looked into every time")

    async def _read_address(self) -> None:
        state = self._state
        fetched = await self._tools.road.fetch(self._address(), etag=state.etag, last_modified=state.last_modified)
        body_print = hashlib.sha256(fetched.body).hexdigest()
        owed = self._tools.archive.owed_pages(self._source.id, PAGE_TRIES, self._tools.pace.pages)
        alone = True
        if fetched.status == NOT_MODIFIED or body_print == state.body_fingerprint:
            self._outcome = replace(self._outcome, unchanged=True)
        else:
            alone = await self._listed(fetched)
        await self._pages_owed(owed)
        await self._looked_again()
        if self._source.kind.in_xml and cut_off(fetched.body):
            self._suspect("it breaks off half way; what stood whole in it was taken", Trouble.SUSPECT)
        else:
            self._heard(fetched, body_print if alone else "")

    def _address(self) -> str:
        """Where to begin: where it has moved for good, or as its kind says."""
        moved = polling.has_moved(self._state)
        return self._state.moved_to if moved else self._tools.reader.first(self._source)

    def _heard(self, fetched: Fetched, body_print: str) -> None:
        """Note that it was heard, and what will tell that nothing changed; an empty print: nothing will."""
        every, left = self._tools.pace.every, self._outcome.pages_owed
        state = polling.led_to(self._state, fetched.moved_to)
        state = polling.heard(state, self._asked, new=self._outcome.new > 0, every=every)
        if left and not self._pages.left:
            state = polling.put_off(state, self._asked + every, f"{left:,} of its pages are still to be read")
        if fetched.status != NOT_MODIFIED:
            state = replace(
                state,
                etag=fetched.etag if body_print else "",
                last_modified=fetched.last_modified if body_print else "",
                body_fingerprint=body_print,
            )
        moved = state.moved_to if polling.has_moved(state) else ""
        self._state, self._outcome = state, replace(self._outcome, moved_to=moved)

    async def _listed(self, fetched: Fetched) -> bool:
        """Store what the answer lists, and what the answers list that it leads to; whether it stood alone.

        Raises:
            FetchError, ParseError: of the first that cannot be read; what came before it is stored.
        """
        listed = await self._take(fetched)
        empty = [] if listed.more else [listed.may_be_empty]
        told = {fetched.url, *listed.more}
        to_ask = deque(listed.more)
        for _ in range(PARTS - 1):
            if not to_ask:
                break
            listed = await self._take_part(to_ask.popleft())
            empty += [] if listed.more else [listed.may_be_empty]
            to_ask += [address for address in listed.more if address not in told]
            told |= set(listed.more)
        if to_ask:
            self._leave_out(f"only {PARTS} of {PARTS + len(to_ask)} parts were read, the most recent")
        elif self._source.kind is SourceKind.SITEMAP and not (self._outcome.entries or self._outcome.outdated):
            self._check_empty(rightly=bool(empty) and all(empty))
        return len(told) == 1

    def _check_empty(self, *, rightly: bool) -> None:
        """Pass a sitemap that lists no address, where that is what it should do.

        Raises:
            NotAFeed: it should not.
        """
        if not rightly:
            raise NotAFeed("the sitemap is empty: it lists no address")
        if not polling.may_list_nothing(self._before, self._asked):
            raise NotAFeed("the news sitemap is empty: what it brought last should stand in it for two days")

    async def _take_part(self, address: str) -> Listed:
        try:
            return await self._take(await self._tools.road.fetch(address))
        except HostWaits:
            raise
        except (FetchError, ParseError) as error:
            if trouble_of(error) is Trouble.BUSY:  # its host asks us to wait: the source is well
                raise
            raise ParseError(f"a part of it, {address}: {error}") from error

    async def _take(self, fetched: Fetched) -> Listed:
        """What an answer lists, once its new entries are stored."""
        since = min(self._state.last_heard or self._tools.clock(), self._tools.clock()) - OVERLAP
        parse = partial(self._tools.reader.parse, self._source, fetched, since=since)
        listed = await asyncio.to_thread(parse)
        if self._source.kind is SourceKind.FEED and not listed.entries and not cut_off(fetched.body):
            raise NotAFeed("the feed is empty")
        await self._new_entries(listed, found_at=fetched.url)
        return listed

    def _leave_out(self, what: str) -> None:
        self._outcome = replace(self._outcome, left_out=(*self._outcome.left_out, what))

    async def _new_entries(self, listed: Listed, *, found_at: str) -> None:
        """Store the entries that this source has not shown before, or says something else of."""
        social = self._outlet.medium is Medium.SOCIAL
        given = [as_post(entry) for entry in listed.entries] if social else listed.entries
        entries = await asyncio.to_thread(keyed, given, found_at)
        older = self._tools.watch.older(self._source.id, ((keys.all, entry) for keys, entry in entries))
        self._outcome = replace(
            self._outcome,
            entries=self._outcome.entries + len(entries),
            older=self._outcome.older + older,
            outdated=self._outcome.outdated + listed.outdated,
        )
        if listed.left_out:
            self._leave_out(listed.left_out)
        # One source of an outlet after another: what stands in several of its feeds is known to the second.
        async with self._tools.turns[self._outlet.id]:
            fresh = iter(await asyncio.to_thread(self._telling.unknown, entries))
            while batch := list(islice(fresh, BATCH if self._pages.left else BULK)):
                await self._store(batch, feed_url=found_at)

    async def _store(self, batch: Sequence[Recognised], *, feed_url: str) -> None:
        """Read the pages of some entries, as far as the budget goes, and store their articles."""
        await asyncio.to_thread(self._telling.look_up, batch)
        told = [await self._told(one, feed_url) for one in batch]
        edits = await asyncio.to_thread(self._add, [one for one in told if one.edit])
        new = await asyncio.to_thread(self._add, [one for one in told if not one.edit])
        await asyncio.to_thread(self._again.save)
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
            page_owed={one.of.keys.all[0] for one in told if one.page_owed},
            said={key: one.of.keys.said for one in told for key in one.of.keys.all},
        )

    async def _told(self, one: Recognised, feed_url: str) -> Told:
        await asyncio.sleep(0)  # of ten thousand entries whose pages are not read, each lets the other sources on
        entry, answer = one.entry, PageAnswer(None, one.entry.url)
        wanted = self._wants_page(one, feed_url)
        if wanted:
            answer = await self._pages.read(entry.url, entry.headline)
        now = self._tools.clock()
        found = made(entry, answer.text, page_url=answer.url, source=self._source, outlet=self._outlet, now=now)
        if answer.refused and not found.body:
            found = replace(found, shortfall=KEPT_BACK)
        told = self._telling.told(one, found, page_failed=answer.failed or answer.owed)
        self._again.read(one.keys.all[0], answer)
        lacks, parts = told.page_failed, tuple(parts_of(told.article, answer.text))
        return replace(told, page_failed=lacks and answer.failed, page_owed=lacks and answer.owed, parts=parts)

    def _wants_page(self, one: Recognised, feed_url: str) -> bool:
        """Not where its text may not be stored or is there, nor where the address is not the entry's own."""
        entry = one.entry
        if one.keys.shares and not one.keys.address:
            return False
        readable = entry.url.startswith(("http://", "https://"))
        wanted = readable and self._outlet.rights.store_text and not entry.whole
        return wanted and urlsplit(entry.url)[:3] != urlsplit(feed_url)[:3]

    async def _looked_again(self) -> None:
        """Look again at pages that were read before."""
        if self._outlet.rights.store_text:
            edits = await self._again.look(self._pages)
            self._again.save()
            self._outcome = replace(self._outcome, edited=self._outcome.edited + edits)

    async def _pages_owed(self, owed: list[tuple[str, Article]]) -> None:
        """Ask for the pages that are owed from before; a text that came at last is a new text of its article."""
        came = failed = 0
        for key, article in owed if self._outlet.rights.store_text else ():
            answer = await self._pages.read(article.url, article.headline)
            if answer.owed:
                continue
            page = answer.text
            fuller = article if page is None else completed(article, page, self._tools.clock())
            lost = {key} if answer.failed else ()
            rows = [(key, fuller), *part_rows(key, parts_of(fuller, page))]
            self._tools.archive.add_articles(self._source.id, rows, page_failed=lost)
            self._again.read(key, answer)
            came, failed = came + (not answer.failed), failed + answer.failed
        self._outcome = replace(
            self._outcome,
            completed=came,
            pages_failed=self._outcome.pages_failed + failed,
            pages_owed=self._tools.archive.count_owed_pages(self._source.id, 1),
            pages_refused=self._pages.refused,
        )
