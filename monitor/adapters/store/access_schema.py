"""The tables of accounts, sessions and acts: `schema` for the rest."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table

from monitor.adapters.store.schema import metadata
from monitor.adapters.store.types import CleanText, Instant, Key

users = Table(
    "users",
    metadata,
    Column("name", Key, primary_key=True),
    Column("made_at", Instant, nullable=False),
    Column("full_name", CleanText, nullable=False),
    Column("password", CleanText, nullable=False, doc="Its argon2id hash; empty: the organisation's own sign-in."),
    Column("must_change", Integer, nullable=False),
    Column("password_at", Instant),
    Column("code_secret", CleanText, nullable=False),
    Column("code_step", Integer, nullable=False, doc="The 30 seconds of the last code that was taken."),
    Column("issuer", Key, nullable=False),
    Column("subject", Key, nullable=False),
    Column("disabled_at", Instant),
    Index(None, "issuer", "subject"),
)

user_roles = Table(
    "user_roles",
    metadata,
    Column("user", Key, ForeignKey(users.c.name), primary_key=True),
    Column("agreement", Key, primary_key=True, doc="Its id, or * for all."),
    Column("role", Key, primary_key=True),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("user", Key, ForeignKey(users.c.name), primary_key=True),
    Column("code", Key, primary_key=True, doc="Its fingerprint; taken out when used."),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Key, primary_key=True, doc="Fingerprint of what the browser holds."),
    Column("user", Key, ForeignKey(users.c.name), nullable=False),
    Column("form_key", Key, nullable=False),
    Column("whole", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("origin", CleanText, nullable=False),
    Column("agent", CleanText, nullable=False),
    Index(None, "user", "made_at"),
    Index(None, "made_at"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Key, primary_key=True, doc="Fingerprint of the key."),
    Column("user", Key, ForeignKey(users.c.name), nullable=False),
    Column("label", CleanText, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("seen_at", Instant),
    Column("ended_at", Instant),
    Index(None, "user", "made_at"),
)

failed_tries = Table(
    "failed_tries",
    metadata,
    Column("key", Key, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("last_at", Instant, nullable=False),
    Index(None, "last_at"),
)

acts = Table(
    "acts",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("user", Key, nullable=False),
    Column("origin", CleanText, nullable=False),
    Column("what", CleanText, nullable=False),
    Column("about", CleanText, nullable=False),
    Index(None, "at"),
    Index(None, "user", "at"),
)

beats = Table(
    "beats",
    metadata,
    Column("of", Key, primary_key=True, doc="One row: that the database could be written."),
    Column("at", Instant, nullable=False),
)
