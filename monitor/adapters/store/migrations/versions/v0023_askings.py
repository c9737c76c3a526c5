"""Askings for a second person, and who confirmed a revision."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """No agreement asked for a second person before: nobody confirmed what was published."""
    op.create_table(
        "askings",
        *(sa.Column(name, KEY, nullable=False) for name in ("agreement", "author")),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("files", "refused_by", "refusal")),
        sa.PrimaryKeyConstraint("agreement", "author", name="pk_askings"),
    )
    op.add_column("revisions", sa.Column("confirmed_by", sa.Text(), nullable=False, server_default=""))
