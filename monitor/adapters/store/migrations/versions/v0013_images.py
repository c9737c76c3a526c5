"""Pictures that travel with a mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Editions of before have none."""
    op.add_column("editions", sa.Column("images", sa.Text(), nullable=False, server_default=""))
