"""Whether a body is the full text, its language, and where its publisher filed it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
TEXT = sa.Text()


def upgrade() -> None:
    """Nobody looked at what is stored: it stays what it was taken for."""
    for name, kind in (("shortfall", TEXT), ("language", KEY), ("filed_under", TEXT)):
        op.add_column("articles", sa.Column(name, kind, nullable=False, server_default=""))
