"""Accounts, sessions, keys of programs, failed tries, and what was done by whom."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0012"
down_revision = "0011"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
TEXT = sa.Text()
INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Nobody could sign in before."""
    _users()
    _sessions()
    _acts()


def _users() -> None:
    op.create_table(
        "users",
        *_columns(KEY, "name", "issuer", "subject"),
        *_columns(TEXT, "full_name", "password", "code_secret"),
        *_columns(sa.Integer(), "must_change", "code_step"),
        *_columns(INSTANT, "made_at"),
        sa.Column("password_at", INSTANT),
        sa.Column("disabled_at", INSTANT),
        sa.PrimaryKeyConstraint("name", name="pk_users"),
    )
    op.create_index("ix_users_issuer_subject", "users", ["issuer", "subject"])
    op.create_table(
        "user_roles",
        *_columns(KEY, "user", "agreement", "role"),
        _of_user("user_roles"),
        sa.PrimaryKeyConstraint("user", "agreement", "role", name="pk_user_roles"),
    )
    op.create_table(
        "recovery_codes",
        *_columns(KEY, "user", "code"),
        _of_user("recovery_codes"),
        sa.PrimaryKeyConstraint("user", "code", name="pk_recovery_codes"),
    )


def _sessions() -> None:
    op.create_table(
        "sessions",
        *_columns(KEY, "id", "user", "form_key"),
        *_columns(sa.Integer(), "whole"),
        *_columns(INSTANT, "made_at", "seen_at"),
        *_columns(TEXT, "origin", "agent"),
        _of_user("sessions"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
    )
    op.create_index("ix_sessions_user_made_at", "sessions", ["user", "made_at"])
    op.create_index("ix_sessions_made_at", "sessions", ["made_at"])
    op.create_table(
        "tokens",
        *_columns(KEY, "id", "user"),
        *_columns(TEXT, "label"),
        *_columns(INSTANT, "made_at", "ends_at"),
        sa.Column("seen_at", INSTANT),
        sa.Column("ended_at", INSTANT),
        _of_user("tokens"),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
    )
    op.create_index("ix_tokens_user_made_at", "tokens", ["user", "made_at"])


def _acts() -> None:
    op.create_table(
        "failed_tries",
        *_columns(KEY, "key"),
        *_columns(sa.Integer(), "number"),
        *_columns(INSTANT, "last_at"),
        sa.PrimaryKeyConstraint("key", name="pk_failed_tries"),
    )
    op.create_index("ix_failed_tries_last_at", "failed_tries", ["last_at"])
    op.create_table(
        "acts",
        *_columns(sa.Integer(), "no"),
        *_columns(INSTANT, "at"),
        *_columns(KEY, "user"),
        *_columns(TEXT, "origin", "what", "about"),
        sa.PrimaryKeyConstraint("no", name="pk_acts"),
    )
    op.create_index("ix_acts_at", "acts", ["at"])
    op.create_index("ix_acts_user_at", "acts", ["user", "at"])
    op.create_table(
        "beats",
        *_columns(KEY, "of"),
        *_columns(INSTANT, "at"),
        sa.PrimaryKeyConstraint("of", name="pk_beats"),
    )


def _columns(kind: TypeEngine[Any], *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def _of_user(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["user"], ["users.name"], name=f"fk_{table}_user_users")
