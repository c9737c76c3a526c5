"""A disk without a byte left, a real one: what is said, what can be read still, and how it goes on (F28)."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.adapters.store import Store, open_store
from monitor.core.article import Article
from monitor.errors import DiskFull, StoreError

EVER = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip(f"no disk can be made here: {made.stderr.decode().strip()}")
    yield place
    subprocess.run(["umount", place], check=True)


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Somebody else takes all the space there is, until the block ends."""
    rest = disk / "rest"
    with rest.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    assert shutil.disk_usage(disk).free == 0
    try:
        yield
    finally:
        rest.unlink()


def add(store: Store, number: int) -> int:
    text = f"word {number} " * 1000
    article = Article(
        f"https://a.example/{number}", "News", body=text, outlet="a", first_seen=datetime(2026, 3, 2, tzinfo=UTC)
    )
    return store.add_articles("a", [(f"key-{number}", article)])


def held(store: Store) -> int:
    return len(store.articles(*EVER))


def test_nothing_is_stored_all_is_read_and_it_goes_on_by_itself(disk: Path) -> None:
    store = open_store(f"sqlite:///{disk}/monitor.db")
    assert add(store, 1) == 1
    with full(disk):
        for _ in range(2):
            with pytest.raises(DiskFull, match=f"there is space at {disk}"):
                add(store, 2)
        assert held(store) == 1
    assert add(store, 2) == 1
    assert held(store) == 2
    store.close()


def test_a_process_that_starts_on_it_can_read(disk: Path) -> None:
    url = f"sqlite:///{disk}/monitor.db"
    store = open_store(url)
    add(store, 1)
    store.close()
    with full(disk):
        store = open_store(url)
        assert held(store) == 1
        with pytest.raises(DiskFull, match="nothing is stored until"):
            add(store, 2)
        assert held(store) == 1
    assert add(store, 2) == 1
    store.close()


def test_a_log_that_is_left_is_part_of_the_database_and_never_passed_over(disk: Path) -> None:
    url = f"sqlite:///{disk}/monitor.db"
    store = open_store(url)
    add(store, 1)
    killed = {file.name: file.read_bytes() for file in disk.iterdir() if not file.name.endswith("-shm")}
    store.close()
    for name, data in killed.items():
        (disk / name).write_bytes(data)
    with full(disk), pytest.raises(DiskFull):
        open_store(url)
    store = open_store(url)
    assert held(store) == 1
    store.close()


def test_a_database_that_is_damaged_is_not_said_to_be_full(tmp_path: Path) -> None:
    (tmp_path / "monitor.db").write_bytes(b"no database at all, but long enough to be looked at" * 100)
    with pytest.raises(StoreError, match="not a database") as raised:
        open_store(f"sqlite:///{tmp_path}/monitor.db")
    assert not isinstance(raised.value, DiskFull)
