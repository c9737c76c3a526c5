"""Who may read feeds of editions: hashes of tokens, and since when they open nothing."""

from __future__ import annotations

from sqlalchemy import select

from monitor.adapters.store.engine import Database, upsert
from monitor.adapters.store.rows import plain_row
from monitor.adapters.store.schema import feed_tokens
from monitor.core.outward import FeedToken


class FeedTokens:
    """Keeps every token that was given, also those that were revoked."""

    _db: Database

    def feed_tokens(self, agreement: str) -> list[FeedToken]:
        """All of an agreement, the oldest first."""
        query = select(feed_tokens).where(feed_tokens.c.agreement == agreement)
        ordered = query.order_by(feed_tokens.c.made_at, feed_tokens.c.fingerprint)
        return [FeedToken(**row._mapping) for row in self._db.read(lambda c: c.execute(ordered).all())]

    def feed_token(self, fingerprint: str) -> FeedToken | None:
        """The token of that hash."""
        query = select(feed_tokens).where(feed_tokens.c.fingerprint == fingerprint)
        row = self._db.read(lambda c: c.execute(query).one_or_none())
        return FeedToken(**row._mapping) if row else None

    def save_feed_token(self, token: FeedToken) -> None:
        """Store one, or what became of it."""
        self._db.write(lambda c: upsert(c, feed_tokens, [plain_row(token)]))
