"""What tests of drafts share: a drafter over the profiles that we ship, all published; on both databases."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from monitor.adapters.store import Store
    from monitor.jobs.drafts import Drafter

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)


@pytest.fixture
def drafter(tmp_path: Path, store: Store) -> Drafter:
    """What drafts are made with, at one moment."""
    from monitor.adapters.library import Library
    from monitor.config import shipped
    from monitor.jobs.drafts import Drafter
    from monitor.jobs.publish import publish

    for name in ("profiles", "sources"):
        shutil.copytree(shipped(name), tmp_path / name)
    made = Drafter(Library(tmp_path), store, lambda: NOW)
    publish(made.library, store, made.clock)
    return made
