"""An archive in memory, with what ingest and import need of `jobs.ports.Archive`; and other stand-ins."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from monitor.core.article import Article
from monitor.core.source import SourceState
from monitor.jobs.ports import Store

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class Memory(Store):
    """Stores what it is given; counts transactions."""

    def __init__(self) -> None:
        self.stored: dict[str, Article] = {}
        self.entries: dict[tuple[str, str], str] = {}
        self.tries: dict[tuple[str, str], int] = {}
        self.states: dict[str, SourceState] = {}
        self.transactions = 0

    def known_entries(self, source: str, keys: Iterable[str]) -> set[str]:
        return {key for key in keys if (source, key) in self.entries}

    def add_articles(
        self,
        source: str,
        articles: Iterable[tuple[str, Article]],
        *,
        page_failed: Collection[str] = (),
        stored_at: datetime | None = None,
    ) -> int:
        before = len(self.stored)
        self.transactions += 1
        for key, article in articles:
            self.stored.setdefault(article.id, article)
            self.entries[source, key] = article.id
            failed = key in page_failed
            self.tries[source, key] = self.tries.get((source, key), 0) + 1 if failed else 0
        return len(self.stored) - before

    def owed_pages(self, source: str, tries: int) -> list[tuple[str, Article]]:
        return [
            (key, self.stored[article])
            for (owner, key), article in self.entries.items()
            if owner == source and 0 < self.tries[owner, key] < tries
        ]

    def source_states(self) -> dict[str, SourceState]:
        return dict(self.states)

    def save_source_state(self, state: SourceState) -> None:
        self.states[state.source] = state

    @property
    def latest(self) -> list[Article]:
        """The article every entry leads to."""
        return [self.stored[article] for article in self.entries.values()]


class Quiet:
    """A progress nobody looks at, which remembers what it was told."""

    def __init__(self) -> None:
        self.count = 0
        self.totals: dict[str, int] = {}

    def start(self, what: str, total: int | None) -> None:
        self.what, self.total = what, total

    def advance(self, count: int = 1, **counts: int) -> None:
        self.count += count
        self.totals = counts

    def finish(self) -> None:
        self.finished = True
