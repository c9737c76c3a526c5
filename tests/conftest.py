"""Databases for tests: real ones, each test its own, both kinds alike.

`store` is an open store and `store_url` its address, for every test twice: SQLite and PostgreSQL. A test that
starts processes of its own takes `store_url`; one that needs an empty database takes `empty_url`.

Being here, this file lets every test import the helpers of this folder (`morning` ...).
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer.testing
from hypothesis import HealthCheck, settings
from postgres_server import a_postgres, run_sql

if TYPE_CHECKING:
    from monitor.adapters.store import Store

# The same examples every time, and no clock: what lands must not depend on chance, nor on how busy the machine is.
# HYPOTHESIS_PROFILE=explore looks for new ones.
slowly = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("house", derandomize=True, **slowly)
settings.register_profile("explore", derandomize=False, **slowly)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))

# Tests start hundreds of processes of ours. Where the environment forbids to keep compiled code, each of them
# would compile all of `monitor` again: a third of what its start costs.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# All commands are built once, not for each of the hundreds that are called here: a sixth of a second each time.
typer.testing._get_command = cache(typer.testing._get_command)  # type: ignore[attr-defined]

BACKENDS = ["sqlite", "postgresql"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL of this test worker, without a database: `postgresql://.../{}?host=...`."""
    with a_postgres() as server:
        yield server.get_uri(database="{}")


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
def new_postgres(postgres: str) -> Callable[[], str]:
    """Empties the tables of the one migrated PostgreSQL database of this worker; gives its address."""
    from monitor.adapters.store import open_store
    from monitor.adapters.store.schema import metadata

    url = postgres.format("migrated")
    run_sql(postgres.format("postgres"), "CREATE DATABASE migrated")
    open_store(url).close()

    def make() -> str:
        run_sql(url, f"TRUNCATE {', '.join(metadata.tables)} RESTART IDENTITY")
        return url

    return make


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
    url = request.getfixturevalue("postgres").format("postgres")
    run_sql(url, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    return url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An open store without content."""
    from monitor.adapters.store import open_store

    opened = open_store(store_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def quick_hashes() -> Iterator[None]:
    """Passwords hashed with little work: how much a real one costs is tested where they are hashed."""
    from argon2 import PasswordHasher

    from monitor.adapters.credentials import Credentials
    from monitor.app import workspace

    quick = Credentials(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workspace, "credentials", lambda: quick)
        yield
