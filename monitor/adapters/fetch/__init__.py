"""Fetches addresses of the open web over HTTP, within limits; fits `jobs.ports.Fetcher`.

What may be connected to is decided in `addresses`, the connection is made in `transport`. Nothing here knows
what the bytes mean.
"""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from http import HTTPStatus
from types import TracebackType
from typing import Self

import httpx2

from monitor import __version__
from monitor.adapters.fetch.addresses import Guard, Resolver, system_resolver
from monitor.adapters.fetch.transport import PORTS, PinnedTransport
from monitor.errors import AddressRefused, BodyTooLarge, FetchError, FetchTimeout
from monitor.jobs.ports import Fetched

REDIRECTS = frozenset({301, 302, 303, 307, 308})
NOT_DECODED = frozenset({"br", "zstd", "compress", "x-compress", "x-gzip", "dcb", "dcz"})
"""Compressions we never ask for; a body in one of them would be taken for text."""
MAX_PORT = 65_535
ACCEPT = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/html;q=0.9, */*;q=0.8"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long, how much and how far one fetch may go."""

    connect: float = 20.0
    """Seconds until the connection stands, for each address of a host."""
    read: float = 20.0
    """Seconds without a byte."""
    total: float = 60.0
    """Seconds for everything, redirects and names included."""
    body: int = 15_000_000
    """Bytes after decoding."""
    redirects: int = 5


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
                "Accept-Encoding": "gzip, deflate",
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

    async def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        """The answer, of status 200 or 304 (this one only when `etag` or `last_modified` was given).

        Raises:
            AddressRefused: not http(s), not on the open web, here or after a redirect.
            FetchTimeout: no answer, or not all of it, within the limits.
            BodyTooLarge: more decoded bytes than the limit.
            FetchError: any other status, no connection, an answer that is not HTTP, too many redirects.
        """
        conditional = _conditional(etag, last_modified)
        try:
            async with asyncio.timeout(self._limits.total):
                return await self._follow(url, conditional)
        except TimeoutError as error:
            raise FetchTimeout(f"not all there after {self._limits.total:g} seconds", url=url) from error

    async def _follow(self, url: str, headers: dict[str, str]) -> Fetched:
        cookies = httpx2.Cookies()  # of this fetch alone: some sites redirect for ever without
        for _ in range(self._limits.redirects + 1):
            request = self._request(url, headers, cookies)
            response = await self._send(request)
            try:
                if response.status_code not in REDIRECTS:
                    return await self._answer(response, conditional=bool(headers))
                cookies.extract_cookies(response)
                url = _next_url(response)
            finally:
                await response.aclose()
        raise FetchError(f"redirects more than {self._limits.redirects} times", url=url)

    def _request(self, url: str, headers: dict[str, str], cookies: httpx2.Cookies) -> httpx2.Request:
        request = self._client.build_request("GET", _checked(url), headers=headers)
        cookies.set_cookie_header(request)
        return request

    async def _send(self, request: httpx2.Request) -> httpx2.Response:
        try:
            response = await self._client.send(request, stream=True)
        except httpx2.TransportError as error:
            raise self._explained(error, str(request.url)) from error
        self._client.cookies.clear()  # the client remembers them by itself, for everybody
        return response

    async def _answer(self, response: httpx2.Response, *, conditional: bool) -> Fetched:
        url, status = str(response.url), response.status_code
        if status != HTTPStatus.OK and not (conditional and status == HTTPStatus.NOT_MODIFIED):
            phrase = response.reason_phrase or _phrase(status)
            raise FetchError(f"answers {status} {phrase}".strip(), url=url, status=status)
        return Fetched(
            url=url,
            status=status,
            body=b"" if status == HTTPStatus.NOT_MODIFIED else await self._body(response),
            content_type=response.headers.get("content-type", ""),
            etag=response.headers.get("etag", ""),
            last_modified=response.headers.get("last-modified", ""),
        )

    async def _body(self, response: httpx2.Response) -> bytes:
        url = str(response.url)
        _check_encoding(response)
        self._check_length(response)
        body = bytearray()
        try:
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > self._limits.body:
                    raise BodyTooLarge(f"more than {self._limits.body:,} bytes", url=url, status=200)
        except httpx2.DecodingError as error:
            raise FetchError("its compressed answer cannot be read", url=url, status=200) from error
        except httpx2.TransportError as error:
            raise self._explained(error, url) from error
        return bytes(body)

    def _check_length(self, response: httpx2.Response) -> None:
        announced = response.headers.get("content-length", "")
        if announced.isascii() and announced.isdigit() and int(announced[:20]) > self._limits.body:
            message = f"announces {int(announced[:20]):,} bytes, more than {self._limits.body:,}"
            raise BodyTooLarge(message, url=str(response.url), status=200)

    def _explained(self, error: httpx2.TransportError, url: str) -> FetchError:
        match error:
            case httpx2.ConnectTimeout():
                return FetchTimeout(f"no connection within {self._limits.connect:g} seconds", url=url)
            case httpx2.TimeoutException():
                return FetchTimeout(f"silent for {self._limits.read:g} seconds", url=url)
            case httpx2.ConnectError() if _tls(error):
                return FetchError(f"its certificate or encryption is at fault: {_tls(error)}", url=url)
            case httpx2.ConnectError():
                return FetchError("cannot be connected to", url=url)
            case httpx2.NetworkError():
                return FetchError("the connection broke off", url=url)
            case _:
                return FetchError(f"its answer is not HTTP as it should be: {error}", url=url)


def user_agent(contact: str = "") -> str:
    """How we introduce ourselves to publishers.

    >>> user_agent("press@example.org").endswith("(+media monitoring; press@example.org)")
    True
    """
    purpose = "; ".join(part for part in ("+media monitoring", contact.strip()) if part)
    return f"Monitor/{__version__} ({purpose})"


def _conditional(etag: str, last_modified: str) -> dict[str, str]:
    wanted = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in wanted.items() if value and value.isascii() and value.isprintable()}


def _checked(url: str) -> httpx2.URL:
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


def _check_encoding(response: httpx2.Response) -> None:
    named = {part.strip().lower() for part in response.headers.get("content-encoding", "").split(",")}
    if unknown := named & NOT_DECODED:
        message = f"is compressed in a way we did not ask for ({', '.join(sorted(unknown))})"
        raise FetchError(message, url=str(response.url), status=response.status_code)


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
