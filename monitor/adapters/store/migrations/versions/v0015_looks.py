"""Looks of mails: themes and templates as they were without a fault."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """None was kept before."""
    op.create_table(
        "looks",
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("name", KEY, nullable=False),
        sa.Column("fingerprint", KEY, nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("no", name="pk_looks"),
    )
    op.create_index("ix_looks_name_no", "looks", ["name", "no"])
