"""The sample site: a small HTTP server on loopback that publishes the sample morning.

Real HTTP, so the demonstration fetches, parses and caches as a real service does: conditional GET, HEAD, a broken
feed, a slow one, pages that refuse. It keeps quiet and stops cleanly; it is no server for anything else.
"""

from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from monitor.sample.morning import Morning, SampleArticle, SampleOutlet
from monitor.sample.press import Press

LOOPBACK = "127.0.0.1"
SLOW_SECONDS = 3.0
_PIECES = 6
_KINDS = {"atom": "application/atom+xml", "sitemap": "application/xml", "listing": "text/html"}
"""By form; RSS's where there is no other."""
_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the site answers at one address."""

    body: bytes
    content_type: str = _HTML
    modified: datetime | None = None
    """When it last changed; None: no validators are sent."""
    status: int = HTTPStatus.OK
    seconds: float = 0.0
    """How long the body takes, sent in pieces."""

    @property
    def etag(self) -> str:
        """A strong validator of the body."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


class SampleSite:
    """The site, as a context manager: it listens from `with` to the end of the block.

    `slow_seconds` is what the slow feed takes; port 0 takes any free port.
    """

    def __init__(self, morning: Morning, port: int = 0, slow_seconds: float = SLOW_SECONDS) -> None:
        self._morning = morning
        self._port = port
        self._slow = slow_seconds
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """The base address, without a closing slash.

        Raises:
            RuntimeError: the site is not open.
        """
        if self._server is None:
            raise RuntimeError("the sample site is not open")
        return f"http://{LOOPBACK}:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._server = _Server((LOOPBACK, self._port), _Handler)
        self._server.replies = replies(self._morning, self.url, self._slow)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stops listening and lets go of the port; closing twice does no harm."""
        server, thread = self._server, self._thread
        self._server = self._thread = None
        if server is None or thread is None:
            return
        server.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


def replies(morning: Morning, base: str, slow_seconds: float = SLOW_SECONDS) -> dict[str, Reply]:
    """Every address of the site, as a path, with its answer."""
    press = Press(morning, base)
    found = {
        "/": Reply(press.index()),
        "/robots.txt": Reply(_robots(morning, base), "text/plain; charset=utf-8"),
    }
    for outlet in morning.outlets:
        found[f"/{outlet.id}/"] = Reply(press.front(outlet))
        if outlet.feed_path:
            found[outlet.feed_path] = _feed(press, morning, outlet, slow_seconds)
        for article in morning.of(outlet.id):
            found[article.url_path] = _page(press, article)
    return found


def _robots(morning: Morning, base: str) -> bytes:
    sitemaps = [f"Sitemap: {base}{o.feed_path}\n" for o in morning.outlets if o.form == "sitemap"]
    return "".join(["User-agent: *\nDisallow: /search/\n", *sitemaps]).encode()


def _feed(press: Press, morning: Morning, outlet: SampleOutlet, slow_seconds: float) -> Reply:
    if outlet.behaviour == "broken":
        return Reply(press.breakdown(outlet))
    kind = _KINDS.get(outlet.form, "application/rss+xml")
    newest = max((a.published for a in morning.of(outlet.id)), default=morning.seven)
    seconds = slow_seconds if outlet.behaviour == "slow" else 0.0
    return Reply(press.feed(outlet), f"{kind}; charset=utf-8", newest, seconds=seconds)


def _page(press: Press, article: SampleArticle) -> Reply:
    if article.page_status != HTTPStatus.OK:
        return Reply(press.refusal(article), status=article.page_status)
    declared = f"; charset={article.charset}" if article.declared_in == "header" else ""
    return Reply(press.page(article), f"text/html{declared}", article.published)


class _Server(ThreadingHTTPServer):
    """Threads that never outlive the process, and no tracebacks for readers who hang up."""

    daemon_threads = True
    replies: Mapping[str, Reply]

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        self.replies = {}
        self.stopping = threading.Event()
        super().__init__(address, handler)

    def handle_error(self, request: socket.socket | tuple[bytes, socket.socket], client_address: Any) -> None:
        """Readers come and go; the site says nothing about it."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "SampleSite"
    sys_version = ""
    timeout = 10
    server: _Server

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name is http.server's)
        """Quiet."""

    def _answer(self, *, with_body: bool) -> None:
        missing = Reply(b"<!doctype html><title>Not found</title><p>Not found</p>", status=HTTPStatus.NOT_FOUND)
        reply = self.server.replies.get(urlsplit(self.path).path, missing)
        if _unchanged(reply, self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")):
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self._validators(reply)
            self.end_headers()
            return
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        self._validators(reply)
        self.end_headers()
        if with_body:
            self._send(reply)

    def _validators(self, reply: Reply) -> None:
        if reply.modified is not None:
            self.send_header("ETag", reply.etag)
            self.send_header("Last-Modified", format_datetime(reply.modified.astimezone(UTC), usegmt=True))

    def _send(self, reply: Reply) -> None:
        if not reply.seconds:
            self.wfile.write(reply.body)
            return
        size = -(-len(reply.body) // _PIECES)
        for start in range(0, len(reply.body), size):
            if self.server.stopping.wait(reply.seconds / _PIECES):
                return
            self.wfile.write(reply.body[start : start + size])
            self.wfile.flush()


def _unchanged(reply: Reply, none_match: str | None, modified_since: str | None) -> bool:
    """Whether the reader has it already (RFC 9110, section 13.2.2: the tag decides before the date)."""
    if reply.modified is None or reply.status != HTTPStatus.OK:
        return False
    if none_match is not None:
        tags = {tag.strip().removeprefix("W/") for tag in none_match.split(",")}
        return "*" in tags or reply.etag in tags
    return modified_since is not None and _not_after(reply.modified, modified_since)


def _not_after(modified: datetime, date: str) -> bool:
    try:
        since = parsedate_to_datetime(date)
    except ValueError:
        return False
    since = since if since.tzinfo else since.replace(tzinfo=UTC)
    return modified.replace(microsecond=0) <= since
