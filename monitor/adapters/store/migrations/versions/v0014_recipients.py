"""What was decided on addresses, and editions for those who want only some of their sections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Nothing was decided before, and everybody got whole editions."""
    op.add_column("deliveries", sa.Column("variant", KEY, nullable=False, server_default=""))
    op.create_index("ix_deliveries_message_id", "deliveries", ["message_id"])
    op.create_table(
        "edition_variants",
        sa.Column("edition", KEY, nullable=False),
        sa.Column("sections", KEY, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("images", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["edition"], ["editions.id"], name="fk_edition_variants_edition_editions"),
        sa.PrimaryKeyConstraint("edition", "sections", name="pk_edition_variants"),
    )
    op.create_table(
        "recipient_acts",
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("verb", KEY, nullable=False),
        sa.Column("recipient", KEY, nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("digest", KEY, nullable=False),
        sa.Column("until", INSTANT),
        sa.PrimaryKeyConstraint("no", name="pk_recipient_acts"),
    )
    op.create_index("ix_recipient_acts_recipient_no", "recipient_acts", ["recipient", "no"])
