"""What every answer carries and every request must keep to, before any page is asked.

The headers are those of OWASP's Secure Headers; `docs/security.md` says which rule each keeps.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
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
TOO_LARGE = b"This is more than a form holds. Nothing was stored.\n"


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

    def __init__(self, app: ASGIApp, *, most: int = MOST_BYTES) -> None:
        self.app, self.most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the whole body and pass it on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = await self._body(scope, receive)
        if body is None:
            await _refuse(send)
            return
        given: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return given.pop() if given else await receive()

        await self.app(scope, replay, send)

    async def _body(self, scope: Scope, receive: Receive) -> bytes | None:
        """All of it; None when it is too large."""
        said = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        most = LARGER.get(scope["path"], self.most)
        if said.isdigit() and int(said) > most:
            return None
        body, more = bytearray(), True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return b""
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > most:
                return None
        return bytes(body)


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": TOO_LARGE})
