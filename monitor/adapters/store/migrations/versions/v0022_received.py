"""Agreements that were received, while they are made profiles of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """None was received by a page before."""
    op.create_table(
        "received",
        sa.Column("id", KEY, nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        *(sa.Column(name, KEY, nullable=False) for name in ("fingerprint", "by")),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("became", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_received"),
    )
    op.create_index("ix_received_at", "received", ["at"])
