"""What the journeys share: the sample site, a workspace that reads it, and what an undisturbed run makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import real_runs
from real_runs import Place

from monitor.core.json import Json
from monitor.sample import SampleSite, load_morning


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the sample site, where nothing is slow."""
    with SampleSite(load_morning(datetime.now(UTC)), slow_seconds=0) as opened:
        yield opened.url


@pytest.fixture(scope="session")
def made(site: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace as the demo makes it, to be copied."""
    return real_runs.template(tmp_path_factory.mktemp("made") / "workspace", site)


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Iterator[Place]:
    """A workspace on SQLite with a mail server of its own."""
    with real_runs.placed(made, tmp_path / "workspace") as placed:
        yield placed


@pytest.fixture
def place_on_postgres(made: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Place]:
    """The same on PostgreSQL."""
    url = request.getfixturevalue("new_postgres")()
    with real_runs.placed(made, tmp_path / "workspace", url) as placed:
        yield placed


@pytest.fixture(scope="session")
def undisturbed(made: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Json]:
    """What one `python -m monitor run` that nobody disturbs leaves behind."""
    with real_runs.placed(made, tmp_path_factory.mktemp("undisturbed") / "workspace") as placed:
        said, errors = real_runs.genuinely(placed, "run").communicate(timeout=real_runs.SECONDS)
        assert "2 delivered" in said, errors
        assert placed.inbox.counts == dict.fromkeys(real_runs.RECIPIENTS, 1)
        return real_runs.facts(placed)
