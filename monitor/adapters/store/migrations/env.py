"""Runs the migrations inside the transaction that `migrate.py` has begun; Alembic loads this file itself."""

from __future__ import annotations

from alembic import context


def run() -> None:
    """All steps asked for, on the connection handed over, recorded in its transaction."""
    context.configure(
        connection=context.config.attributes["connection"],
        transactional_ddl=True,  # SQLite can, since we say BEGIN ourselves
    )
    with context.begin_transaction():
        context.run_migrations()


run()
