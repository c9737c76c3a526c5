"""The pause that a host wants, for the process that asks it next."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """No pause is known of hosts that were asked before."""
    op.create_table(
        "pauses",
        sa.Column("what", KEY, nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("what", name="pk_pauses"),
    )
