"""What editors decide on stories: which articles are one, and which are not."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Nothing was decided before."""
    op.create_table(
        "story_decisions",
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("verb", KEY, nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("no", name="pk_story_decisions"),
    )
    refers = sa.ForeignKeyConstraint(
        ["decision"], ["story_decisions.no"], name="fk_story_pairs_decision_story_decisions"
    )
    op.create_table(
        "story_pairs",
        sa.Column("decision", sa.Integer(), nullable=False),
        sa.Column("line", KEY, nullable=False),
        sa.Column("other", KEY, nullable=False),
        refers,
        sa.PrimaryKeyConstraint("decision", "line", "other", name="pk_story_pairs"),
    )
