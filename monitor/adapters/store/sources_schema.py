"""The tables of sources and hosts, and of their health: `schema` for the rest."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, text

from monitor.adapters.store.schema import metadata
from monitor.adapters.store.types import CleanText, Instant, Key

STILL_OPEN = text("closed IS NULL")
OPEN_ALARM = "uq_source_alarms_open"

source_states = Table(
    "source_states",
    metadata,
    Column("source", Key, primary_key=True),
    Column("last_tried", Instant),
    Column("last_heard", Instant),
    Column("last_new", Instant),
    Column("error", CleanText, nullable=False),
    Column("failing_since", Instant),
    Column("etag", CleanText, nullable=False),
    Column("last_modified", CleanText, nullable=False),
    Column("body_fingerprint", Key, nullable=False),
    Column("trouble", Key, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("next_due", Instant),
    Column("due_why", CleanText, nullable=False),
    Column("rhythm", Integer, doc="Seconds between two changes, learned."),
    Column("url", CleanText, nullable=False),
    Column("moved_to", CleanText, nullable=False),
    Column("moved_seen", Integer, nullable=False),
    Column("gone_since", Instant),
)

hosts = Table(
    "hosts",
    metadata,
    Column("host", Key, primary_key=True),
    Column("waits_until", Instant),
    Column("wait_why", CleanText, nullable=False),
    Column("robots_at", Instant),
    Column("robots", CleanText, doc="Null when it could not be had."),
)

pauses = Table(
    "pauses",
    metadata,
    Column("what", Key, primary_key=True, doc="As it is claimed: `host www.example.org`."),
    Column("until", Instant, nullable=False),
)

source_days = Table(
    "source_days",
    metadata,
    Column("source", Key, primary_key=True),
    Column("day", Key, primary_key=True, doc="In London, as 2026-11-25."),
    Column("polls", Integer, nullable=False),
    Column("heard", Integer, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("caught_up", Integer, nullable=False, doc="Of these, what says nothing about the rhythm."),
    Column("by_hour", Key, nullable=False, doc="The others: 24 numbers, apart by spaces."),
    Column("heard_hours", Integer, nullable=False, doc="A bit for each hour in which it was heard."),
    Index(None, "day"),
    sqlite_with_rowid=False,
)

coverage_gaps = Table(
    "coverage_gaps",
    metadata,
    Column("source", Key, primary_key=True),
    Column("began", Instant, primary_key=True),
    Column("ended", Instant),
    Column("ours", Integer, nullable=False, doc="1 when it began with nobody polling."),
    Column("reason", CleanText, nullable=False),
    Column("caught_up", Integer, nullable=False),
    Column("caught_since", Instant),
    Column("whole", Integer, doc="1: nothing was lost. 0: maybe. Null while it is open."),
    Index(None, "ended"),
)

source_alarms = Table(
    "source_alarms",
    metadata,
    Column("source", Key, primary_key=True),
    Column("kind", Key, primary_key=True),
    Column("opened", Instant, primary_key=True),
    Column("since", Instant, nullable=False),
    Column("why", CleanText, nullable=False),
    Column("closed", Instant),
    Column("closing", CleanText, nullable=False),
    # Two processes that see the same open one alarm.
    Index(OPEN_ALARM, "source", "kind", unique=True, sqlite_where=STILL_OPEN, postgresql_where=STILL_OPEN),
    Index(None, "closed"),
)
