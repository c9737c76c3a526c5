"""What giving out needs: the tokens of those who read feeds."""

from __future__ import annotations

from typing import Protocol

from monitor.core.outward import FeedToken


class FeedTokens(Protocol):
    """Who may read feeds of editions."""

    def feed_tokens(self, agreement: str) -> list[FeedToken]:
        """All of an agreement, the oldest first."""

    def feed_token(self, fingerprint: str) -> FeedToken | None:
        """The token of that hash."""

    def save_feed_token(self, token: FeedToken) -> None:
        """Store one, or what became of it."""
