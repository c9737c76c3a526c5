"""Whether a site's robots.txt lets us read an article's page (RFC 9309).

Feeds are not asked about: they are published to be polled, and an editor chose each.

- 200: its rules hold, for a day.
- 4xx: there are no rules, and everything may be read (2.3.1.3).
- 5xx, silence, no connection: nothing may be read (2.3.1.4). The rules of before hold on, if there are any; the
  pages are owed, and it is asked again after an hour.
- A robots.txt that breaks its parser, or takes too long, is one that could not be had.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum
from functools import partial
from urllib.parse import urljoin

from monitor.core.source import HostState
from monitor.errors import FetchError, HostWaits, ParseError
from monitor.jobs.ports import Clock, RobotsReader
from monitor.jobs.road import Road, host_of

KEPT = timedelta(days=1)
"""How long rules are believed (2.4)."""
RETRIED = timedelta(hours=1)
"""When a robots.txt that could not be had is asked for again."""
MOST_BYTES = 512_000
"""Of a robots.txt that are read; 500 KiB at least must be (2.5)."""


class Leave(Enum):
    """Whether a page may be read."""

    GIVEN = "given"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """Not now: its robots.txt cannot be had."""


class Robots:
    """Asks robots.txt, once a day for each site."""

    def __init__(self, road: Road, read: RobotsReader, clock: Clock) -> None:
        self._road = road
        self._read = read
        self._clock = clock
        self._asking: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def leave(self, url: str) -> Leave:
        """Whether we have leave to read a page; the pause its site asks for is kept from here on.

        Raises:
            StoreError: the database refused.
        """
        async with self._asking[host_of(url)]:
            rules = await self._rules(url)
        if rules is None:
            return Leave.UNKNOWN
        if not rules:
            return Leave.GIVEN
        try:
            ruling = await asyncio.to_thread(partial(self._read, rules, url=url))
        except ParseError:
            return Leave.UNKNOWN
        self._road.slow_down(url, ruling.delay)
        return Leave.GIVEN if ruling.allowed else Leave.REFUSED

    async def _rules(self, url: str) -> str | None:
        """The rules of a site; empty: none; None: they cannot be had."""
        known, now = self._road.host_state(url), self._clock()
        fresh = KEPT if known.robots is not None else RETRIED
        if known.robots_at is not None and now - known.robots_at < fresh:
            return known.robots
        try:
            rules = await self._asked(urljoin(url, "/robots.txt"))
        except HostWaits:
            return known.robots
        self._road.remember(_remembered(self._road.host_state(url), rules, self._clock()))
        return self._road.host_state(url).robots

    async def _asked(self, address: str) -> str | None:
        try:
            fetched = await self._road.fetch(address, most=MOST_BYTES)
        except HostWaits:
            raise
        except FetchError as error:
            return "" if error.status is not None and 400 <= error.status < 500 and error.status != 429 else None
        return fetched.body.decode("utf-8", "replace")


def _remembered(state: HostState, rules: str | None, now: datetime) -> HostState:
    """The state with the rules that were found; those of before hold on for an hour where none could be had."""
    if rules is None and state.robots is not None:
        return replace(state, robots_at=now - KEPT + RETRIED)
    return replace(state, robots=rules, robots_at=now)
