"""The way out: a request goes to a checked address, under the name it was asked for."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import httpx2

from monitor.adapters.fetch.addresses import Guard

PORTS = {"http": 80, "https": 443}


STAGE = "monitor.stage"
"""The request's extension that holds its `Stage`."""


@dataclass(slots=True)
class Stage:
    """What a fetch waits for: when its time is over, a slow name server is not the host's fault."""

    resolving: bool = False

    @contextmanager
    def resolve(self) -> Iterator[None]:
        """The block waits for a name; it stays so when the block is cancelled."""
        self.resolving = True
        yield
        self.resolving = False


@cache
def authorities() -> ssl.SSLContext:
    """Whose certificates are trusted; read once a process, for it takes as long as two pages."""
    return httpx2.create_ssl_context()


class PinnedTransport(httpx2.AsyncBaseTransport):
    """Connects to the addresses the guard has checked; Host, SNI and certificate stay those of the name.

    One connection a request: httpx2 shares connections by address, and two names at one address (a CDN) must
    not share one whose certificate was checked for the other.
    """

    def __init__(self, guard: Guard, verify: ssl.SSLContext | bool = True) -> None:
        self._guard = guard
        self._inner = httpx2.AsyncHTTPTransport(
            verify=authorities() if verify is True else verify,
            trust_env=False,
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=0),
        )

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer of the first address that can be connected to.

        Raises:
            FetchError: the guard refused, or the name is not known.
            httpx2.TransportError: no address answered.
        """
        url = request.url
        port = url.port or PORTS[url.scheme]
        with request.extensions[STAGE].resolve():
            addresses = await self._guard.addresses(url.host, port, url=str(url))
        for address in addresses[:-1]:
            try:
                return await self._inner.handle_async_request(_pinned(request, address))
            except (httpx2.ConnectError, httpx2.ConnectTimeout):
                continue  # the host has other addresses; the last one's error is the one to tell
        return await self._inner.handle_async_request(_pinned(request, addresses[-1]))

    async def aclose(self) -> None:
        """Close what is open."""
        await self._inner.aclose()


def _pinned(request: httpx2.Request, address: str) -> httpx2.Request:
    return httpx2.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,  # with the Host it was made with
        stream=request.stream,
        extensions=request.extensions | {"sni_hostname": request.url.host},
    )
