"""What may be shown once: a secret that was just made waits here for the page that its form leads to.

A page that came back with the form itself would make another secret whenever it is loaded again, and spoil the one
that was written down. It is kept in memory alone, for the session that made it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

from fastapi import Request

from monitor.web.access import Visitor

T = TypeVar("T")
WAITS_SECONDS = 300
"""How long a secret waits for its page: a browser follows at once."""


@dataclass(frozen=True, slots=True)
class ShownOnce(Generic[T]):
    """Secrets on their way to a page, by session and address."""

    _waiting: dict[tuple[str, str], tuple[float, T]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def keep(self, session: str, path: str, secret: T) -> None:
        """Keep a secret for the page at that address."""
        now = time.monotonic()
        with self._lock:
            for place in [place for place, (until, _) in self._waiting.items() if until < now]:
                del self._waiting[place]
            self._waiting[session, path] = now + WAITS_SECONDS, secret

    def take(self, session: str, path: str) -> T | None:
        """The secret for the page at that address, which is forgotten with it; None when it was shown."""
        with self._lock:
            until, secret = self._waiting.pop((session, path), (0.0, None))
        return secret if time.monotonic() <= until else None


def keep_for(request: Request, visitor: Visitor, path: str, secret: object) -> None:
    """Keep a secret for the page that its form leads to."""
    waiting: ShownOnce[object] = request.app.state.shown_once
    waiting.keep(visitor.session.id if visitor.session else "", path, secret)


def taken(request: Request, visitor: Visitor) -> object | None:
    """The secret that waits for this page; None when there is none, or it was shown."""
    waiting: ShownOnce[object] = request.app.state.shown_once
    return waiting.take(visitor.session.id if visitor.session else "", request.url.path)
