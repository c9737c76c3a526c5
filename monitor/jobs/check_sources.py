"""Tries every source's address once and says what is wrong and what to do; stores no article and no state."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from monitor.core.source import Outlet, Source, SourceKind, Sources
from monitor.core.xml import cut_off
from monitor.errors import FetchError, InputError, ParseError
from monitor.jobs.ports import Claims, Clock, Fetched, Fetcher, Listed, Progress, SourceReader, SourceStates
from monitor.jobs.remedies import home_of, remedy_for
from monitor.jobs.road import Road

RECENT = timedelta(days=30)
"""Of a sitemap that reaches back for years so much is looked at."""
STALE = timedelta(days=60)
"""A feed whose newest entry is so much older than that brings nothing any more."""


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """One row of the table: a source and how it answered."""

    source: Source
    outlet: Outlet
    entries: int = 0
    newest: datetime | None = None
    """The latest date among its entries."""
    fault: str = ""
    """What is wrong, in plain words; empty when nothing is."""
    remedy: str = ""

    @property
    def ok(self) -> bool:
        """Whether it can be used as it is."""
        return not self.fault


async def check_sources(
    sources: Sources,
    fetcher: Fetcher,
    reader: SourceReader,
    clock: Clock,
    progress: Progress,
    *,
    pause: float = 0.0,
    claims: Claims | None = None,
    states: SourceStates | None = None,
) -> tuple[SourceCheck, ...]:
    """A row for every source of every outlet, those without an address too, in their order.

    One address of a host at a time, `pause` seconds apart, and with `claims` none that another process is asking;
    with `states` no host that asked us to wait: its row says so, and until when.
    """
    everything = [(source, outlet) for outlet in sources.outlets.values() for source in outlet.sources]
    since = clock() - RECENT

    async def check(road: Road, source: Source, outlet: Outlet) -> SourceCheck:
        if source.folder:
            row = await _looked_into(source, outlet, reader, clock())
        elif source.url is None or not source.polled:
            row = SourceCheck(source, outlet, fault="no address is known", remedy=source.note)
        else:
            row = await _tried(source, outlet, road, reader, since)
        progress.advance(1)
        return row

    progress.start("sources", len(everything))
    try:
        async with Road(fetcher, clock, states, pause=pause, insist=True, claims=claims) as road:
            return tuple(await asyncio.gather(*(check(road, source, outlet) for source, outlet in everything)))
    finally:
        progress.finish()


async def _looked_into(source: Source, outlet: Outlet, reader: SourceReader, now: datetime) -> SourceCheck:
    """The row of a folder; its entries are the files that wait."""
    try:
        waiting = await asyncio.to_thread(reader.waiting, source, now)
    except InputError as error:
        return SourceCheck(
            source, outlet, fault=str(error), remedy="make the folder, and let us read and write there"
        )
    return SourceCheck(source, outlet, entries=len(waiting))


async def _tried(source: Source, outlet: Outlet, road: Road, reader: SourceReader, since: datetime) -> SourceCheck:
    asked = reader.first(source)
    try:
        fetched, listed = await listed_at(asked, source, road, reader, since)
    except (FetchError, ParseError) as error:
        return SourceCheck(source, outlet, fault=str(error), remedy=remedy_for(error, outlet))
    except Exception as error:  # noqa: BLE001 - a parser that breaks on one feed must not cost the table
        fault = f"cannot be read: {type(error).__name__}: {error}"
        return SourceCheck(source, outlet, fault=fault, remedy=remedy_for(error, outlet))
    if source.kind.in_xml and cut_off(fetched.body):
        remedy = "what stands in it is taken; try again later, and tell its publisher if it stays so"
        return SourceCheck(
            source, outlet, entries=len(listed.entries), fault="it breaks off half way", remedy=remedy
        )
    if not listed.entries and listed.outdated:
        old = f"all it lists ({listed.outdated:,}) is older than {RECENT.days} days"
        row = SourceCheck(source, outlet, newest=listed.outdated_newest, remedy=old)
        return _stale(row, row.newest) if row.newest and row.newest < since - STALE else row
    if listed.may_be_empty:
        quiet = "it lists nothing: right for a news sitemap where two days brought no article"
        return SourceCheck(source, outlet, remedy=quiet)
    if not listed.entries:
        remedy = f"see whether {home_of(outlet)} has another feed"
        sitemap = source.kind is SourceKind.SITEMAP
        fault = "the sitemap is empty: it lists no address" if sitemap else "the feed is empty"
        return SourceCheck(source, outlet, fault=fault, remedy=remedy)
    newest = max((e.published_at for e in listed.entries if e.published_at is not None), default=None)
    row = SourceCheck(source, outlet, entries=len(listed.entries), newest=newest, remedy=_moved(fetched, asked))
    return _stale(row, newest) if newest and newest < since - STALE else row


def _stale(row: SourceCheck, newest: datetime) -> SourceCheck:
    fault = f"it answers, and its newest entry is of {newest:%d %B %Y}"
    return replace(
        row, fault=fault, remedy=f"it may be dead: see whether {home_of(row.outlet)} names another feed"
    )


async def listed_at(
    address: str, source: Source, fetcher: Fetcher | Road, reader: SourceReader, since: datetime
) -> tuple[Fetched, Listed]:
    """What a source lists at an address, and what that answered; of an index its most recent part.

    Raises:
        FetchError, ParseError: it cannot be had, or is not of the source's kind.
    """
    fetched = await fetcher.fetch(address)
    listed = await asyncio.to_thread(partial(reader.parse, source, fetched, since=since))
    if not listed.entries and listed.more:
        part = await fetcher.fetch(listed.more[0])
        listed = await asyncio.to_thread(partial(reader.parse, source, part, since=since))
    return fetched, listed


def _moved(fetched: Fetched, url: str) -> str:
    return "" if fetched.url.rstrip("/") == url.rstrip("/") else f"it leads to {fetched.url}: poll that"
