"""Drafts: files of the library as an editor would have them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Nothing was drafted before but in files of editors' own."""
    op.create_table(
        "drafts",
        sa.Column("agreement", KEY, nullable=False),
        sa.Column("author", KEY, nullable=False),
        sa.Column("file", KEY, nullable=False),
        sa.Column("base", KEY, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("agreement", "author", "file", name="pk_drafts"),
    )
