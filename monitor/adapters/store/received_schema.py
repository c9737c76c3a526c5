"""The table of agreements that were received and are made profiles of: `schema` for the rest."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from monitor.adapters.store.schema import metadata
from monitor.adapters.store.types import CleanText, Instant, Key

received = Table(
    "received",
    metadata,
    Column("id", Key, primary_key=True),
    Column("file", CleanText, nullable=False, doc="What the document was called; it is not kept itself."),
    Column("fingerprint", Key, nullable=False, doc="SHA-256 of the document."),
    Column("by", Key, nullable=False),
    Column("at", Instant, nullable=False),
    Column("draft", CleanText, nullable=False, doc="As JSON, as somebody last corrected it."),
    Column("version", Integer, nullable=False),
    Column("became", Key, nullable=False, doc="The agreement that was made of it; empty: none yet."),
    Index(None, "at"),
)
