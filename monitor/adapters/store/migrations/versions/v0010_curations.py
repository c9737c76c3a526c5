"""What editors say of the stories of a digest, and the numbers by which they name them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Nobody had said anything before."""
    op.create_table(
        "curations",
        sa.Column("no", sa.Integer(), nullable=False),
        *(
            sa.Column(name, KEY, nullable=False)
            for name in ("act", "agreement", "digest", "edition", "line", "section")
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Integer()),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["undoes"], ["curations.no"], name="fk_curations_undoes_curations"),
        sa.PrimaryKeyConstraint("no", name="pk_curations"),
    )
    op.create_index("ix_curations_agreement_no", "curations", ["agreement", "no"])
    op.create_index("ix_curations_line", "curations", ["line"])
    op.create_table(
        "desk_numbers",
        sa.Column("edition", KEY, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line", KEY, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("edition", "no", name="pk_desk_numbers"),
        sa.UniqueConstraint("edition", "line", name="uq_desk_numbers_edition_line"),
    )
