"""When an edition is of no use any more and is not delivered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Editions of before have six hours, as they had."""
    op.add_column("editions", sa.Column("stale_at", INSTANT))
