"""An archive in memory, with what ingest and import need of `jobs.ports.Archive`; and other stand-ins."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime

from monitor.core.address import canonical_url
from monitor.core.article import Article
from monitor.core.dates import london_day
from monitor.core.health import Alarm, CoverageGap, DayTally, Poll
from monitor.core.identity import Seen
from monitor.core.rereading import Reread
from monitor.core.source import HostState, SourceState
from monitor.jobs.ports import CaughtUp, Store

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class Memory(Store):
    """Stores what it is given; counts transactions."""

    def __init__(self) -> None:
        self.stored: dict[str, Article] = {}
        self.entries: dict[tuple[str, str], str] = {}
        self.tries: dict[tuple[str, str], int] = {}
        self.said: dict[tuple[str, str], str] = {}
        self.owed: set[tuple[str, str]] = set()
        self.states: dict[str, SourceState] = {}
        self.hosts: dict[str, HostState] = {}
        self.days: dict[tuple[str, date], DayTally] = {}
        self.known_gaps: dict[tuple[str, datetime], CoverageGap] = {}
        self.known_alarms: list[Alarm] = []
        self.rereads: dict[tuple[str, str], Reread] = {}
        self.transactions = 0

    def known_entries(self, source: str, keys: Iterable[str]) -> set[str]:
        return {key for key in keys if (source, key) in self.entries}

    def seen_entries(
        self, source: str, others: Iterable[str], keys: Iterable[str]
    ) -> tuple[dict[str, Seen], dict[str, Seen]]:
        asked = list(keys)
        here, *elsewhere = (
            {k: Seen(self.entries[s, k], self.said.get((s, k), "")) for k in asked if (s, k) in self.entries}
            for s in (source, *others)
        )
        return here, {key: seen for found in elsewhere for key, seen in found.items()}

    def note_entries(self, source: str, noted: Iterable[tuple[str, str, str]]) -> None:
        for key, article, said in noted:
            self.entries[source, key] = article
            self.tries.setdefault((source, key), 0)
            self.said[source, key] = said

    def article(self, article_id: str) -> Article:
        return self.stored[article_id]

    def texts(self, line: str) -> list[Article]:
        return [article for article in self.stored.values() if article.line == line]

    def addresses_taken(self, outlet: str, urls: Iterable[str]) -> set[str]:
        return {canonical_url(url) for url in urls if self.at_address(outlet, url)}

    def at_address(self, outlet: str, url: str) -> Article | None:
        there = (outlet, canonical_url(url))
        found = [a for a in self.stored.values() if (a.outlet, canonical_url(a.url)) == there]
        return found[-1] if found else None

    def add_articles(
        self,
        source: str,
        articles: Iterable[tuple[str, Article]],
        *,
        page_failed: Collection[str] = (),
        page_owed: Collection[str] = (),
        stored_at: datetime | None = None,
        said: Mapping[str, str] | None = None,
    ) -> int:
        before = len(self.stored)
        articles = list(articles)
        self.transactions += bool(articles)
        self.said.update({(source, key): words for key, words in (said or {}).items()})
        for key, article in articles:
            self.stored.setdefault(article.id, article)
            entry = source, key
            self.entries[entry] = article.id
            tries = self.tries.get(entry, 0)
            self.tries[entry] = tries + 1 if key in page_failed else tries if key in page_owed else 0
            (self.owed.add if key in {*page_failed, *page_owed} else self.owed.discard)(entry)
        return len(self.stored) - before

    def owed_pages(self, source: str, tries: int, limit: int) -> list[tuple[str, Article]]:
        return self._owed(source, tries)[:limit]

    def count_owed_pages(self, source: str, tries: int) -> int:
        return len(self._owed(source, tries))

    def _owed(self, source: str, tries: int) -> list[tuple[str, Article]]:
        owed = [e for e in self.entries if e in self.owed and e[0] == source and self.tries[e] < tries]
        return [(e[1], self.stored[self.entries[e]]) for e in sorted(owed, key=lambda e: self.tries[e])]

    def source_states(self) -> dict[str, SourceState]:
        return dict(self.states)

    def source_state(self, source: str) -> SourceState | None:
        return self.states.get(source)

    def save_source_state(self, state: SourceState, poll: Poll | None = None) -> None:
        self.states[state.source] = state
        if poll:
            key = (state.source, london_day(poll.at))
            self.days[key] = self.days.get(key, DayTally(*key)).with_poll(poll)
            self.save_gaps([poll.gap] if poll.gap else [])

    def tallies(self, first: date, after: date, sources: Collection[str] | None = None) -> list[DayTally]:
        keys = [key for key in sorted(self.days) if sources is None or key[0] in sources]
        return [self.days[key] for key in keys if first <= key[1] < after]

    def open_gaps(self) -> dict[str, CoverageGap]:
        return {gap.source: gap for gap in self.known_gaps.values() if gap.open}

    def save_gaps(self, gaps: Iterable[CoverageGap]) -> None:
        self.known_gaps.update({(gap.source, gap.start): gap for gap in gaps})

    def caught_up(self, source: str, seen_after: datetime, dated_from: datetime) -> CaughtUp:
        return CaughtUp(sum(a.source == source and a.first_seen > seen_after for a in self.stored.values()))

    def older_entries(self, source: str, keys: Iterable[str], than: datetime) -> set[str]:
        known = {key: self.entries.get((source, key)) for key in keys}
        return {key for key, article in known.items() if article and self.stored[article].first_seen <= than}

    def open_alarms(self) -> list[Alarm]:
        return [alarm for alarm in self.known_alarms if alarm.closed is None]

    def alarms(self, since: datetime, until: datetime) -> list[Alarm]:
        return self.known_alarms

    def save_alarms(self, opened: Iterable[Alarm], closed: Iterable[Alarm]) -> list[Alarm]:
        over = {(a.source, a.kind, a.opened): a for a in closed}
        new = list(opened)
        self.known_alarms = [over.get((a.source, a.kind, a.opened), a) for a in self.known_alarms] + new
        return new

    def save_rereads(self, source: str, looks: Iterable[Reread]) -> None:
        self.rereads.update({(source, look.key): look for look in looks})

    def due_rereads(self, source: str, now: datetime, limit: int) -> list[tuple[Reread, Article]]:
        due = [look for (s, _), look in self.rereads.items() if s == source and look.due <= now]
        return [(look, self.stored[self.entries[source, look.key]]) for look in due[:limit]]

    def forget_rereads(self, source: str, keys: Iterable[str]) -> None:
        for key in keys:
            self.rereads.pop((source, key), None)

    def host_states(self) -> dict[str, HostState]:
        return dict(self.hosts)

    def host_state(self, host: str) -> HostState | None:
        return self.hosts.get(host)

    def save_host_state(self, state: HostState) -> None:
        self.hosts[state.host] = state

    @contextmanager
    def claims(self) -> Iterator[Unclaimed]:
        yield Unclaimed()

    @property
    def latest(self) -> list[Article]:
        """The latest text of every article."""
        return list({article.line: article for article in self.stored.values()}.values())


class Unclaimed:
    """Claims where there is no other process."""

    def claim(self, what: str) -> bool:
        return True

    def release(self, what: str, pause_until: datetime | None = None) -> None:
        pass

    def paused_until(self, what: str) -> datetime | None:
        return None


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
