"""The health of sources: what each day brought, coverage gaps, alarms."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")
TEXT = sa.Text()
INT = sa.Integer()


def upgrade() -> None:
    """What was polled before is not known: every source begins without a rhythm."""
    _days()
    _gaps()
    _alarms()


def _must(name: str, kind: sa.Text | sa.Integer) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _may(name: str, kind: sa.Text | sa.Integer) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def _days() -> None:
    numbers = [_must(name, INT) for name in ("polls", "heard", "articles", "caught_up")]
    op.create_table(
        "source_days",
        _must("source", KEY),
        _must("day", KEY),
        *numbers,
        _must("by_hour", KEY),
        _must("heard_hours", INT),
        sa.PrimaryKeyConstraint("source", "day", name="pk_source_days"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_source_days_day", "source_days", ["day"])


def _gaps() -> None:
    op.create_table(
        "coverage_gaps",
        _must("source", KEY),
        _must("began", INSTANT),
        _may("ended", INSTANT),
        _must("ours", INT),
        _must("reason", TEXT),
        _must("caught_up", INT),
        _may("caught_since", INSTANT),
        _may("whole", INT),
        sa.PrimaryKeyConstraint("source", "began", name="pk_coverage_gaps"),
    )
    op.create_index("ix_coverage_gaps_ended", "coverage_gaps", ["ended"])


def _alarms() -> None:
    op.create_table(
        "source_alarms",
        _must("source", KEY),
        _must("kind", KEY),
        _must("opened", INSTANT),
        _must("since", INSTANT),
        _must("why", TEXT),
        _may("closed", INSTANT),
        _must("closing", TEXT),
        sa.PrimaryKeyConstraint("source", "kind", "opened", name="pk_source_alarms"),
    )
    still_open = sa.text("closed IS NULL")
    op.create_index(
        "uq_source_alarms_open",
        "source_alarms",
        ["source", "kind"],
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    op.create_index("ix_source_alarms_closed", "source_alarms", ["closed"])
