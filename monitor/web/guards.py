"""What every answer carries and every request must keep to, before any page is asked.

The headers are those of OWASP's Secure Headers; `docs/security.md` says which rule each keeps.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # the design system's own style sheet has one small picture in it
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
"""Content-Security-Policy of a page: nothing inline, nothing from elsewhere."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}
"""Where an answer has set one of them itself, its own stands."""
ONE_YEAR = "max-age=31536000"
MOST_BYTES = 1_000_000
"""Of a request's body; forms are far smaller."""
MOST_OF_A_DOCUMENT = 10_000_000
LARGER = {"/import": MOST_OF_A_DOCUMENT, "/api/v1/imports": MOST_OF_A_DOCUMENT}
"""Where documents are handed in: that path and no other."""
DRAINED = 10
"""So many times the most of a body are read and thrown away: a browser shows no answer before it has sent all."""
Refusal: TypeAlias = Callable[[Request, int], Response]
"""What is answered to a body of more than so many bytes."""


class Headers:
    """Puts the headers on every answer, errors included; with TLS also the promise to keep to it."""

    def __init__(self, app: ASGIApp, *, tls: bool) -> None:
        self.app = app
        self.headers = {**HEADERS, **({"Strict-Transport-Security": ONE_YEAR} if tls else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class Sizes:
    """Refuses bodies that are larger than we read, whether they say so or just keep coming (413)."""

    def __init__(self, app: ASGIApp, *, refuse: Refusal, most: int = MOST_BYTES) -> None:
        self.app, self.refuse, self.most = app, refuse, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the whole body and pass it on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = LARGER.get(scope["path"], self.most)
        body = await _body(scope, receive, most)
        if body is None:
            refused = self.refuse(Request(scope), most)
            refused.headers["Connection"] = "close"
            await refused(scope, receive, send)
            return
        given: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return given.pop() if given else await receive()

        await self.app(scope, replay, send)


async def _body(scope: Scope, receive: Receive, most: int) -> bytes | None:
    """All of it; None when it is too large."""
    said = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    length = int(said) if said.isdigit() else 0
    if length > most * DRAINED:
        return None
    body, read, more = bytearray(), 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b""
        read += len(message.get("body", b""))
        more = message.get("more_body", False) and read <= most * DRAINED
        if max(read, length) <= most:
            body += message.get("body", b"")
    return bytes(body) if max(read, length) <= most else None
