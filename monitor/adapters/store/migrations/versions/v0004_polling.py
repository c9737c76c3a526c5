"""When a source is asked next and why, what hosts ask for, pages that are still to be read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")
TEXT = sa.Text()
INT = sa.Integer()


def upgrade() -> None:
    """Sources that are known are due at once; pages that failed once or twice are owed."""
    _source_states()
    _hosts()
    _pages_owed()


def _source_states() -> None:
    for name, kind in (("trouble", KEY), ("due_why", TEXT), ("url", TEXT), ("moved_to", TEXT)):
        op.add_column("source_states", sa.Column(name, kind, nullable=False, server_default=""))
    for name in ("failures", "moved_seen"):
        op.add_column("source_states", sa.Column(name, INT, nullable=False, server_default="0"))
    op.add_column("source_states", sa.Column("rhythm", INT))
    for name in ("next_due", "gone_since"):
        op.add_column("source_states", sa.Column(name, INSTANT))


def _hosts() -> None:
    op.create_table(
        "hosts",
        sa.Column("host", KEY, nullable=False),
        sa.Column("waits_until", INSTANT),
        sa.Column("wait_why", TEXT, nullable=False),
        sa.Column("robots_at", INSTANT),
        sa.Column("robots", TEXT),
        sa.PrimaryKeyConstraint("host", name="pk_hosts"),
    )


def _pages_owed() -> None:
    op.add_column("entries", sa.Column("page_owed", INT, nullable=False, server_default="0"))
    op.execute("UPDATE entries SET page_owed = 1 WHERE page_failures > 0")
    op.drop_index("ix_entries_source", "entries")
    owed = sa.text("page_owed > 0")
    op.create_index("ix_entries_source", "entries", ["source"], sqlite_where=owed, postgresql_where=owed)
