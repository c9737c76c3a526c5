"""Fetches addresses of the open web over HTTP, within limits; fits `jobs.ports.Fetcher`.

What may be connected to is decided in `addresses`, the connection is made in `transport`, bodies are unpacked in
`decoding`. Nothing here knows what the bytes mean, nor when a host may be asked: who fetches brings the turns.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus
from types import TracebackType
from typing import Self

import httpx2

from monitor import __version__
from monitor.adapters.fetch.addresses import Guard, Resolver, system_resolver
from monitor.adapters.fetch.decoding import CannotDecode, decoder
from monitor.adapters.fetch.transport import PORTS, STAGE, PinnedTransport, Stage
from monitor.errors import AddressRefused, BodyTooLarge, FetchError, FetchTimeout, HostUnreachable
from monitor.jobs.ports import Fetched, Turns

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
MAX_PORT = 65_535
ACCEPT = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/html;q=0.9, */*;q=0.8"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long, how much and how far one fetch may go."""

    connect: float = 20.0
    """Seconds until the connection stands, for each address of a host."""
    read: float = 20.0
    """Seconds without a byte."""
    total: float = 55.0
    """Seconds for everything, redirects and names included: under the minute in which a round is to be done."""
    body: int = 15_000_000
    """Bytes after decoding."""
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class _Hop:
    """One request on the way to an answer."""

    url: str
    headers: Mapping[str, str]
    """The conditional ones; empty when nothing was known before."""
    cookies: httpx2.Cookies
    """Of this fetch alone: some sites redirect for ever without."""
    most: int | None
    """Bytes of the body that are wanted; None: all."""
    stage: Stage
    """Of the whole fetch: what is waited for."""


@dataclass(frozen=True, slots=True)
class _Redirect:
    """An answer that leads elsewhere."""

    status: int
    target: str


class HttpFetcher:
    """Fetches with GET, one connection a request; use it as an async context manager, or close it."""

    def __init__(
        self,
        *,
        contact: str = "",
        limits: Limits = Limits(),
        allowed_private: frozenset[str] = frozenset(),
        resolver: Resolver = system_resolver,
        verify: ssl.SSLContext | bool = True,
    ) -> None:
        """Ready to fetch.

        Args:
            contact: address or page for a publisher who wants a word with us; goes into the User-Agent.
            limits: of every fetch.
            allowed_private: hosts (`127.0.0.1`) or hosts with a port (`127.0.0.1:8000`) that may be loopback or
                private: the demo, tests, a publisher inside the customer's network.
            resolver: gives the addresses of a host.
            verify: what certificates are checked with.
        """
        self._limits = limits
        self._client = httpx2.AsyncClient(
            transport=PinnedTransport(Guard(allowed_private, resolver), verify),
            timeout=httpx2.Timeout(limits.read, connect=limits.connect),
            headers={
                "User-Agent": user_agent(contact),
                "Accept": ACCEPT,
                "Accept-Language": "en-GB, en;q=0.8, gd;q=0.5",
                "Accept-Encoding": "gzip, deflate, br",
                "Connection": "close",
            },
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close what is open."""
        await self._client.aclose()

    async def fetch(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        turns: Turns | None = None,
        most: int | None = None,
    ) -> Fetched:
        """The answer, of status 200 or 304 (this one only when `etag` or `last_modified` was given).

        Every hop waits for its turn; waiting takes nothing from the time allowed. Of a body only `most` bytes are
        read, if that is given.

        Raises:
            AddressRefused: not http(s), not on the open web, here or after a redirect.
            FetchTimeout: no answer, or not all of it, within the limits.
            HostUnreachable: no name, no connection, no encryption that holds.
            HostWaits: the turns say so.
            BodyTooLarge: more decoded bytes than the limit.
            FetchError: any other status, an answer that is not HTTP, too many redirects.
        """
        hop = _Hop(url, _conditional(etag, last_modified), httpx2.Cookies(), most, Stage())
        try:
            async with asyncio.timeout(self._limits.total) as limit:
                return await self._follow(hop, limit, turns)
        except TimeoutError as error:
            if hop.stage.resolving:
                why = f"its name was not resolved within {self._limits.total:g} seconds: a slow name server"
                raise HostUnreachable(why, url=url) from error
            raise FetchTimeout(f"not all there after {self._limits.total:g} seconds", url=url) from error

    async def _follow(self, hop: _Hop, limit: asyncio.Timeout, turns: Turns | None) -> Fetched:
        moved_to, permanent, asked = "", True, hop.url
        for _ in range(self._limits.redirects + 1):
            async with _turn(turns, hop.url, limit):
                answer = await self._ask(hop) if hop.url == asked else await self._led(hop)
            if isinstance(answer, Fetched):
                return replace(answer, moved_to=moved_to)
            permanent = permanent and answer.status in PERMANENT
            moved_to = answer.target if permanent else moved_to
            hop = replace(hop, url=answer.target)
        raise FetchError(f"redirects more than {self._limits.redirects} times", url=hop.url)

    async def _led(self, hop: _Hop) -> Fetched | _Redirect:
        """The answer of an address that a redirect led to."""
        try:
            return await self._ask(hop)
        except AddressRefused as error:
            refused = AddressRefused(f"a redirect led to {error.url}: {error}", url=error.url)
            refused.inside, refused.led = error.inside, True
            raise refused from error

    async def _ask(self, hop: _Hop) -> Fetched | _Redirect:
        stage = {STAGE: hop.stage}
        request = self._client.build_request("GET", checked(hop.url), headers=hop.headers, extensions=stage)
        hop.cookies.set_cookie_header(request)
        response = await self._send(request)
        try:
            if response.status_code not in REDIRECTS:
                return await self._answer(response, hop)
            hop.cookies.extract_cookies(response)
            return _Redirect(response.status_code, _next_url(response))
        finally:
            await response.aclose()

    async def _send(self, request: httpx2.Request) -> httpx2.Response:
        try:
            response = await self._client.send(request, stream=True)
        except httpx2.TransportError as error:
            raise explained(
                error, str(request.url), connect=self._limits.connect, read=self._limits.read
            ) from error
        self._client.cookies.clear()  # the client remembers them by itself, for everybody
        return response

    async def _answer(self, response: httpx2.Response, hop: _Hop) -> Fetched:
        url, status = str(response.url), response.status_code
        if status != HTTPStatus.OK and not (hop.headers and status == HTTPStatus.NOT_MODIFIED):
            said = f"answers {status} {response.reason_phrase or _phrase(status)}".strip()
            raise FetchError(said, url=url, status=status, retry_after=response.headers.get("retry-after", ""))
        return Fetched(
            url=url,
            status=status,
            body=b"" if status == HTTPStatus.NOT_MODIFIED else await self._body(response, hop.most),
            content_type=response.headers.get("content-type", ""),
            etag=response.headers.get("etag", ""),
            last_modified=response.headers.get("last-modified", ""),
        )

    async def _body(self, response: httpx2.Response, most: int | None) -> bytes:
        url = str(response.url)
        if most is None:
            self._check_length(response)
        body = bytearray()
        try:
            undo = decoder(response.headers.get("content-encoding", ""))
            async for chunk in response.aiter_raw():
                for piece in undo(chunk):
                    body += piece
                    if most is not None and len(body) >= most:
                        return bytes(body[:most])
                    if len(body) > self._limits.body:
                        raise BodyTooLarge(f"more than {self._limits.body:,} bytes", url=url, status=200)
        except CannotDecode as error:
            raise FetchError(str(error), url=url, status=response.status_code) from error
        except httpx2.TransportError as error:
            raise explained(error, url, connect=self._limits.connect, read=self._limits.read) from error
        return bytes(body)

    def _check_length(self, response: httpx2.Response) -> None:
        announced = response.headers.get("content-length", "")
        if announced.isascii() and announced.isdigit() and int(announced[:20]) > self._limits.body:
            message = f"announces {int(announced[:20]):,} bytes, more than {self._limits.body:,}"
            raise BodyTooLarge(message, url=str(response.url), status=200)


@asynccontextmanager
async def _turn(turns: Turns | None, url: str, limit: asyncio.Timeout) -> AsyncIterator[None]:
    """The turn of an address's host; waiting for it stops the clock of the limit."""
    if turns is None:
        yield
        return
    now, end = asyncio.get_running_loop().time, limit.when()
    left = None if end is None else end - now()
    limit.reschedule(None)
    async with turns.turn(url):
        limit.reschedule(None if left is None else now() + left)
        yield


def user_agent(contact: str = "") -> str:
    """How we introduce ourselves to publishers.

    >>> user_agent("press@example.org").endswith("(+media monitoring; press@example.org)")
    True
    """
    purpose = "; ".join(part for part in ("+media monitoring", contact.strip()) if part)
    return f"Monitor/{__version__} ({purpose})"


def explained(error: httpx2.TransportError, url: str, *, connect: float, read: float) -> FetchError:
    """What a failure of the connection means; `connect` and `read` are the seconds that were allowed."""
    match error:
        case httpx2.ConnectTimeout():
            return FetchTimeout(f"no connection within {connect:g} seconds", url=url)
        case httpx2.TimeoutException():
            return FetchTimeout(f"silent for {read:g} seconds", url=url)
        case httpx2.ConnectError() if _tls(error):
            return HostUnreachable(f"its certificate or encryption is at fault: {_tls(error)}", url=url)
        case httpx2.ConnectError():
            return HostUnreachable("cannot be connected to", url=url)
        case httpx2.NetworkError():
            return FetchError("the connection broke off", url=url)
        case _:
            return FetchError(f"its answer is not HTTP as it should be: {error}", url=url)


def _conditional(etag: str, last_modified: str) -> dict[str, str]:
    wanted = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in wanted.items() if value and value.isascii() and value.isprintable()}


def checked(url: str) -> httpx2.URL:
    """The address, when its form is one we fetch; where it leads to is the guard's to check."""
    try:
        parsed = httpx2.URL(url.strip())
    except (httpx2.InvalidURL, UnicodeError) as error:
        raise AddressRefused("is not an address", url=url) from error
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise AddressRefused("is not an http or https address", url=url)
    if not 0 < (parsed.port or PORTS[parsed.scheme]) <= MAX_PORT:
        raise AddressRefused("has a port that does not exist", url=url)
    if parsed.userinfo:
        raise AddressRefused("carries a user name or password", url=str(parsed.copy_with(userinfo=b"")))
    return parsed


def _next_url(response: httpx2.Response) -> str:
    url = str(response.url)
    location = response.headers.get("location", "")
    if not location:
        raise FetchError("redirects without saying where to", url=url, status=response.status_code)
    try:
        return str(response.url.join(location))
    except (httpx2.InvalidURL, UnicodeError) as error:
        raise AddressRefused("redirects to what is not an address", url=url) from error


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _tls(error: BaseException) -> str:
    """What TLS had against it; empty when it was not TLS."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return str(cause.verify_message).rstrip(".")
        if isinstance(cause, ssl.SSLError):
            return (cause.reason or "handshake failed").replace("_", " ").lower()
        cause = cause.__cause__ or cause.__context__
    return ""
