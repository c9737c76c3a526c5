"""What was told at once, and in which mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Nothing was told before."""
    op.create_table(
        "announced",
        sa.Column("agreement", KEY, nullable=False),
        sa.Column("digest", KEY, nullable=False),
        sa.Column("what", KEY, nullable=False),
        sa.Column("edition", KEY, nullable=False),
        sa.ForeignKeyConstraint(["edition"], ["editions.id"], name="fk_announced_edition_editions"),
        sa.PrimaryKeyConstraint("agreement", "digest", "what", name="pk_announced"),
    )
