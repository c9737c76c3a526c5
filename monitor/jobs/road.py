"""Etiquette on the way to publishers: many hosts at once, of one host one request at a time, with a pause between.

That holds between processes, too, where they have a database in common: whoever asks claims the host, and lets
go of it when the pause after the answer is over; a round that ends sooner leaves word until when that is. One that
is killed cannot: then a process that begins at once may ask a host sooner.

A host that asks us to wait (429, or 503 with Retry-After) is left alone until then, by every process and after
a restart too; one that was silent, until the next round.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from monitor.core.dates import in_london
from monitor.core.polling import EVERY, LONGEST, asks_to_wait, wait_asked
from monitor.core.source import HostState
from monitor.errors import FetchError, FetchTimeout, HostUnreachable, HostWaits
from monitor.jobs.ports import Claims, Clock, Fetched, Fetcher, SourceStates

AT_ONCE = 200
"""Fetches under way at any time, all hosts together: those that hang must leave room for the others."""
PATIENCE = 120.0
"""Seconds that a host is waited for which another process is asking: longer than one request may last."""
LONGEST_PAUSE = 30.0
"""Seconds between two requests to a host, at most, whoever asks for it: a publisher, or a clock that was wrong."""
HELD_TRUE = 1.0
"""Seconds for which what was heard of a host holds without asking the database what other processes were told."""
AGAIN = 0.1
"""Seconds between two tries to claim what another process has."""


@dataclass(slots=True)
class _Host:
    """What is known of a host in this round."""

    state: HostState
    free: asyncio.Lock = field(default_factory=asyncio.Lock)
    pause: float = 0.0
    """Seconds between an answer and the next request."""
    answered: float | None = None
    """When it was asked last, on the loop's clock."""
    free_at: float | None = None
    """When the pause is over that another process left word of, on the same clock."""
    silent: str = ""
    """Why it is not asked again in this round; empty when it may be."""
    letting_go: asyncio.TimerHandle | None = None
    """Where we have the claim still, since the pause is not over: what will let go of it."""

    @property
    def next_at(self) -> float:
        """When it may be asked next, on the loop's clock."""
        own = 0.0 if self.answered is None else self.answered + self.pause
        return max(own, self.free_at or 0.0)


class Road:
    """A fetcher that waits its turn; fits `ports.Turns`, and is used for one round: an `async with` block."""

    def __init__(
        self,
        fetcher: Fetcher,
        clock: Clock,
        states: SourceStates | None = None,
        *,
        pause: float = 0.0,
        wait: timedelta = EVERY,
        insist: bool = False,
        claims: Claims | None = None,
    ) -> None:
        """A road for one round.

        Args:
            fetcher: what asks.
            clock: the time that hosts are left alone until.
            states: where it is kept what hosts ask for; without, it is neither known from before nor remembered.
            pause: seconds between an answer of a host and the next request to it.
            wait: how long a host is left alone that asks for less, or does not say how long.
            insist: ask a host that was silent for its other addresses, too.
            claims: what hosts are claimed with, so that no other process asks them meanwhile.
        """
        self._fetcher = fetcher
        self._clock = clock
        self._states = states
        self._wait = wait
        self._insist = insist
        self._claims = claims
        known = states.host_states() if states else {}
        self._hosts = _Hosts(known, pause)
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give every host back, with word of the pause that is not over.

        Raises:
            StoreError: the database refused.
        """
        for host in self._hosts.values():
            if self._claims is not None and host.letting_go is not None:
                host.letting_go.cancel()
                host.letting_go = None
                left = host.next_at - asyncio.get_running_loop().time()
                until = self._clock() + timedelta(seconds=left) if left > 0 else None
                self._claims.release(_claim_of(host), until)

    async def fetch(
        self, url: str, *, etag: str = "", last_modified: str = "", most: int | None = None
    ) -> Fetched:
        """The answer, once its host, and that of every redirect, may be asked.

        Raises:
            HostWaits: it may not be asked now.
            FetchError: as the fetcher says.
        """
        try:
            return await self._fetcher.fetch(url, etag=etag, last_modified=last_modified, turns=self, most=most)
        except (FetchTimeout, HostUnreachable) as error:
            if not self._insist:
                self._hosts[host_of(error.url)].silent = str(error)
            raise
        except FetchError as error:
            if asks_to_wait(error.status, error.retry_after):
                self._leave_alone(host_of(error.url), error)
            raise

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """The block runs when the host of the address may be asked, and nobody else asks it meanwhile.

        Raises:
            HostWaits: it asks us to wait, or was silent in this round.
        """
        host = self._hosts[host_of(url)]
        self._refuse(host, url)
        # The host first: who waits for a slow host must not hold a slot that another host could use.
        async with host.free:
            await self._claim(host, url)
            try:
                await self._pause(host)
                async with self._slots:
                    self._refuse(host, url)  # while we waited, another's answer may have said so
                    try:
                        yield
                    finally:
                        host.answered = asyncio.get_running_loop().time()
            finally:
                self._let_go(host)

    def host_state(self, url: str) -> HostState:
        """What is known of the host of an address."""
        return self._hosts[host_of(url)].state

    def remember(self, state: HostState) -> None:
        """Know this of a host from now on.

        Raises:
            StoreError: the database refused.
        """
        self._hosts[state.host].state = state
        if self._states:
            self._states.save_host_state(state)

    def slow_down(self, url: str, seconds: float) -> None:
        """Pause at least so long between two requests to the host of an address, in this round; 30 s at most."""
        host = self._hosts[host_of(url)]
        host.pause = max(host.pause, min(seconds, LONGEST_PAUSE))
        if host.letting_go is not None:
            host.letting_go.cancel()
            self._let_go(host)

    def _leave_alone(self, name: str, error: FetchError) -> None:
        now = self._clock()
        wait = min(max(self._wait, wait_asked(error.retry_after, now)), LONGEST)
        state = self._hosts[name].state
        self.remember(replace(state, waits_until=now + wait, wait_why=str(error)))

    def _refuse(self, host: _Host, url: str) -> None:
        state = host.state
        if state.waits_until is not None and state.waits_until > self._clock():
            until = f"until {in_london(state.waits_until)}"
            why = f"{state.host} asks us to wait {until}: it {state.wait_why}"
            raise HostWaits(why, url=url, until=state.waits_until)
        if host.silent:
            raise HostWaits(f"{state.host} was asked for something else just now: {host.silent}", url=url)

    async def _claim(self, host: _Host, url: str) -> None:
        """Have the host to ourselves; one that another process had is asked after a pause only."""
        if self._claims is None:
            return
        if host.letting_go is not None:
            host.letting_go.cancel()
            host.letting_go = None
            return
        waited = await claimed(self._claims, _claim_of(host), PATIENCE)
        if waited is None:
            why = f"another process has been asking {host.state.host} for {PATIENCE:g} seconds"
            raise HostWaits(why, url=url)
        now = asyncio.get_running_loop().time()
        if waited or host.answered is None or now - host.answered > HELD_TRUE:
            self._hear_of_others(host, self._claims)
        if waited:
            host.answered = now

    def _hear_of_others(self, host: _Host, claims: Claims) -> None:
        """What other processes left word of while the host was not ours: a pause, or that it asks us to wait."""
        until = claims.paused_until(_claim_of(host))
        left = (until - self._clock()).total_seconds() if until else 0.0
        host.free_at = asyncio.get_running_loop().time() + min(left, LONGEST_PAUSE)
        if self._states:
            host.state = self._states.host_state(host.state.host) or host.state

    def _let_go(self, host: _Host) -> None:
        """Give the claim back when the pause is over; until then it serves our next request."""
        if self._claims is None:
            return
        claims = self._claims

        def release() -> None:
            host.letting_go = None
            claims.release(_claim_of(host))

        host.letting_go = asyncio.get_running_loop().call_at(host.next_at, release)

    async def _pause(self, host: _Host) -> None:
        left = host.next_at - asyncio.get_running_loop().time()
        if left > 0:
            await asyncio.sleep(left)


def _claim_of(host: _Host) -> str:
    """What the host is claimed by."""
    return f"host {host.state.host}"


class _Hosts(defaultdict[str, _Host]):
    """Every host by its name, made when first asked for."""

    def __init__(self, known: dict[str, HostState], pause: float) -> None:
        super().__init__()
        self._known = known
        self._pause = pause

    def __missing__(self, name: str) -> _Host:
        made = self[name] = _Host(self._known.get(name, HostState(name)), pause=self._pause)
        return made


async def claimed(claims: Claims, what: str, patience: float) -> float | None:
    """How many seconds it took until it was ours: 0 when nobody had it; None: it was not to be had in that time.

    Raises:
        StoreError: the database refused.
    """
    now = asyncio.get_running_loop().time
    began = now()
    waited = 0.0
    while not claims.claim(what):
        if waited >= patience:
            return None
        await asyncio.sleep(AGAIN)
        waited = now() - began
    return waited


def host_of(url: str) -> str:
    """The host of an address, with its port where one is given; empty for what is no address.

    >>> host_of("https://News.example.org:8443/feed")
    'news.example.org:8443'
    """
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:  # brackets that hold no IPv6 address; the fetcher says so
        return ""
