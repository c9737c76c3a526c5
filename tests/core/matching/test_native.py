"""The compiled twins: that they are built of the sources as they are, and what is said where they cannot be."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from build_native import to_build
from monitor.core.matching import native

ROOT = Path(__file__).parents[3]


@pytest.mark.skipif(not native.BUILT, reason="the compiled core is not built here: make native")
def test_they_are_of_the_sources_as_they_are():
    assert not to_build(), "make native"


def test_where_they_cannot_be_built_a_line_says_why_and_that_nothing_is_lost(tmp_path):
    sources = tmp_path / "monitor/core/matching/native"
    shutil.copytree(ROOT / sources.relative_to(tmp_path), sources, ignore=shutil.ignore_patterns("*.so"))
    script = shutil.copy(ROOT / "build_native.py", tmp_path)
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=False, env={"PATH": str(tmp_path)}
    )
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "no C compiler" in line
    assert "with the same results" in line
    assert not list(sources.glob("*.so"))
