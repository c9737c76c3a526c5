"""Which piece of news of a live blog or round-up an article is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """What is stored was never taken apart."""
    op.add_column("articles", sa.Column("part", KEY, nullable=False, server_default=""))
