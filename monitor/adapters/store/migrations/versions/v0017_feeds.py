"""Who may read feeds of editions: the hashes of tokens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """No token was given before."""
    op.create_table(
        "feed_tokens",
        sa.Column("fingerprint", KEY, nullable=False),
        sa.Column("agreement", KEY, nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT),
        sa.Column("revoked_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_feed_tokens"),
    )
    op.create_index("ix_feed_tokens_agreement", "feed_tokens", ["agreement"])
