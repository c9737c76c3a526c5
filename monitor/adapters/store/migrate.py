"""Bring a database to the schema of this code, in one transaction with the record of it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from monitor.adapters.store.engine import Database
from monitor.errors import StoreError

HEAD = "0025"
"""The latest of `migrations/versions/`."""
ONE_AT_A_TIME = 7_062_021
"""Key of the advisory lock that keeps two processes from migrating one PostgreSQL."""


def migrate(database: Database) -> None:
    """Run every migration that the database has not seen, all or none.

    Raises:
        StoreError: the database was written by a newer Monitor, or is not ours.
    """
    if database.read(recorded) != HEAD:
        database.write(_upgrade)


def recorded(connection: Connection) -> str | None:
    """The revision the database says it has; None when it is empty.

    Raises:
        StoreError: there are tables, and none of them is our record.
    """
    tables = inspect(connection).get_table_names()
    if "alembic_version" in tables:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if "articles" in tables:
        raise StoreError("the database has tables but no record of its version: name another database")
    return None


def _upgrade(connection: Connection) -> None:
    from alembic import command  # a third of a second that only a new database costs
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", scripts().replace("%", "%%"))
    known = {s.revision for s in ScriptDirectory.from_config(config).walk_revisions()}
    version = recorded(connection)
    if version is not None and version not in known:
        raise StoreError(
            f"the database is of a newer Monitor (schema {version}, known here up to {HEAD}): upgrade Monitor"
        )
    command.upgrade(config, "head")


def scripts() -> str:
    """The folder of the migrations, wherever we are installed."""
    return str(Path(__file__).with_name("migrations"))
