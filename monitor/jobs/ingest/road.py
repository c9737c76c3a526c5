"""Etiquette on the way to publishers: many hosts at once, of one host a single request at a time."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from urllib.parse import urlsplit

from monitor.jobs.ports import Fetched, Fetcher

AT_ONCE = 16
"""Fetches under way at any time, all hosts together."""


class Road:
    """A fetcher that waits its turn."""

    def __init__(self, fetcher: Fetcher, at_once: int = AT_ONCE) -> None:
        self._fetcher = fetcher
        self._hosts: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._slots = asyncio.Semaphore(at_once)

    async def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        """The answer, once nobody else asks that host.

        Raises:
            FetchError: as the fetcher says.
        """
        # The host first: who waits for a slow host must not hold a slot that another host could use.
        async with self._hosts[_host(url)], self._slots:
            return await self._fetcher.fetch(url, etag=etag, last_modified=last_modified)


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:  # no address at all; the fetcher says so
        return ""
