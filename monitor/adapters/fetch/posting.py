"""Posts to addresses that settings name: webhooks and pings, through the same guard as everything we fetch.

An address here is a secret, since whoever knows it can post: no error names more of it than its host. Redirects
are not followed: what is posted goes where settings say, or nowhere.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass

import httpx2

from monitor.adapters.fetch import checked, explained, user_agent
from monitor.adapters.fetch.addresses import Guard, Resolver, system_resolver
from monitor.adapters.fetch.transport import STAGE, PinnedTransport, Stage
from monitor.errors import AddressRefused, DeliveryError, FetchError, FetchTimeout, RecipientRefused

SECONDS = 10.0
"""For connecting, and between two bytes."""
MOST_SECONDS = 20.0
MOST_OF_AN_ANSWER = 300
"""Characters of what a receiver says that are kept."""
LATER = {408, 409, 425, 429}
"""Refusals that may pass; every other 4xx is for good."""


@dataclass(frozen=True, slots=True)
class Poster:
    """Posts, one connection a request."""

    allowed_private: frozenset[str] = frozenset()
    """Hosts, or hosts with a port, that may be posted to although their address is private."""
    resolver: Resolver = system_resolver
    verify: ssl.SSLContext | bool = True
    seconds: float = SECONDS
    most_seconds: float = MOST_SECONDS

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> str:
        """The receiver's words when it took what was posted (2xx).

        Raises:
            RecipientRefused: it never will, or the address is none that may be posted to.
            DeliveryError: not taken for now; with `unknown`, all was said and no answer came.
        """
        return asyncio.run(self._post(url, body, headers))

    async def _post(self, url: str, body: bytes, headers: Mapping[str, str]) -> str:
        transport = PinnedTransport(Guard(self.allowed_private, self.resolver), self.verify)
        stage = Stage()
        try:
            address = checked(url)
            async with (
                asyncio.timeout(self.most_seconds),
                httpx2.AsyncClient(transport=transport, timeout=self.seconds, trust_env=False) as client,
            ):
                said = self._headers(headers)
                request = client.build_request(
                    "POST", address, content=body, headers=said, extensions={STAGE: stage}
                )
                return await self._sent(client, request)
        except TimeoutError as error:
            if stage.resolving:  # nothing was said to anybody
                why = f"its name could not be looked up within {self.most_seconds:g} seconds"
                raise DeliveryError(why) from error
            raise DeliveryError(f"no answer within {self.most_seconds:g} seconds", unknown=True) from error
        except AddressRefused as error:
            raise RecipientRefused(f"the address may not be posted to: it {error}") from None
        except FetchError as error:
            raise DeliveryError(str(error), unknown=isinstance(error, _Silent)) from None

    async def _sent(self, client: httpx2.AsyncClient, request: httpx2.Request) -> str:
        try:
            response = await client.send(request, stream=True)
        except httpx2.ReadTimeout as error:
            raise _Silent(f"no answer within {self.seconds:g} seconds", url="") from error
        except (httpx2.ReadError, httpx2.RemoteProtocolError) as error:
            raise _Silent("the connection ended without an answer", url="") from error
        except httpx2.TransportError as error:
            raise explained(error, "", connect=self.seconds, read=self.seconds) from error
        try:
            return _judged(response.status_code, await _words(response))
        finally:
            await response.aclose()

    @staticmethod
    def _headers(headers: Mapping[str, str]) -> dict[str, str]:
        return {"User-Agent": user_agent(), "Connection": "close", **headers}


class _Silent(FetchTimeout):
    """All was said, and no answer came."""


async def _words(response: httpx2.Response) -> str:
    """The beginning of what the receiver says, on one line; nothing when it breaks off."""
    said = b""
    try:
        async for chunk in response.aiter_raw():
            said += chunk
            if len(said) >= MOST_OF_AN_ANSWER:
                break
    except httpx2.TransportError:  # its status stands: what it says beside it is for people
        said = b""
    text = said[:MOST_OF_AN_ANSWER].decode("utf-8", "replace")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _judged(status: int, words: str) -> str:
    said = f"{status} {words}".strip()
    if 200 <= status < 300:
        return said
    if status >= 500 or status in LATER:
        raise DeliveryError(f"not taken for now: {said}")
    raise RecipientRefused(f"refused: {said}")
