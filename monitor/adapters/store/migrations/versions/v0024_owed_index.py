"""An index that finds the pages owed without a look through all that a source ever listed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Of the source alone it was never taken: the primary key begins with the source too."""
    owed = sa.text("page_owed > 0")
    op.drop_index("ix_entries_source", "entries")
    op.create_index(
        "ix_entries_source_page_failures",
        "entries",
        ["source", "page_failures"],
        sqlite_where=owed,
        postgresql_where=owed,
    )
