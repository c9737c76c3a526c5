"""A seal over each edition: what was frozen can be shown to be what is there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Editions of before have none: nobody can say of them what was not said then."""
    op.add_column("editions", sa.Column("seal", KEY, nullable=False, server_default=""))
