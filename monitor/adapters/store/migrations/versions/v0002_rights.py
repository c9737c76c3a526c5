"""Rights hold: since when a text is stored, and when it was purged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Texts that are there are reckoned as stored when they were first seen: nobody knows better."""
    op.add_column("articles", sa.Column("stored_at", INSTANT, nullable=True))
    op.add_column("articles", sa.Column("purged_at", INSTANT, nullable=True))
    op.add_column("articles", sa.Column("purged_words", sa.Integer(), nullable=True))
    op.execute("UPDATE articles SET stored_at = first_seen")
    there = sa.text("purged_at IS NULL")
    op.create_index(
        "ix_articles_outlet_stored_at",
        "articles",
        ["outlet", "stored_at"],
        sqlite_where=there,
        postgresql_where=there,
    )
