"""When the page of an article is looked at once more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """The pages of articles that are there are not looked at again."""
    op.create_table(
        "rereads",
        *(sa.Column(name, KEY, nullable=False) for name in ("source", "key")),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("began", INSTANT, nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("due", INSTANT, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("etag", "last_modified")),
        sa.Column("body_print", KEY, nullable=False),
        sa.PrimaryKeyConstraint("source", "key", name="pk_rereads"),
    )
    op.create_index("ix_rereads_source_due", "rereads", ["source", "due"])
