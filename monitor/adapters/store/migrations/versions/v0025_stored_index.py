"""An index by which what was stored lately is found, however large the record: most of it is judged."""

from __future__ import annotations

from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Every article has its `stored_at` since 0002."""
    op.create_index("ix_articles_stored_at_id", "articles", ["stored_at", "id"])
