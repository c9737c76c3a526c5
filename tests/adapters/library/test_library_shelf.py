"""What was read of a library is kept as long as every byte of its files is what it was, and no longer."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from library_samples import FILES, TREES, replace, revision, rewrite, write_library

from monitor.adapters.library import Library


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_library(tmp_path)


def test_a_change_is_seen_at_the_next_look_whatever_the_clock_of_the_files_says(root: Path) -> None:
    before = Library(root).read()
    assert Library(root).read() is before, "nothing changed"
    was = (root / TREES).stat()
    replace(root, TREES, "title: TREES", "title: SEERT")
    os.utime(root / TREES, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert (root / TREES).stat().st_size == was.st_size
    assert Library(root).read().agreements[0].profile("trees").title == "SEERT"
    rewrite(root, TREES, FILES[TREES])
    assert Library(root).read() == before


def test_a_file_that_could_not_be_opened_is_read_when_it_can_be(root: Path) -> None:
    before = Library(root).read()
    (root / TREES).unlink()
    (root / TREES).mkdir()
    (fault,) = [fault for fault in Library(root).read([revision(TREES)]).faults if fault.where == TREES]
    assert "cannot be opened" in fault.what
    (root / TREES).rmdir()
    rewrite(root, TREES, FILES[TREES])
    assert Library(root).read() == before
