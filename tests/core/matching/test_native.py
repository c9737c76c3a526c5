"""The compiled twins: that they are built of the sources as they are, and what is said where they cannot be."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from build_native import fingerprint, to_build
from monitor.core.matching import native
from monitor.core.matching.native.seal import SOURCES

ROOT = Path(__file__).parents[3]


def test_the_seal_is_of_the_sources_as_they_are():
    assert fingerprint() == SOURCES, "make native"


@pytest.mark.skipif(not native.BUILT, reason="the compiled core is not built here: make native")
def test_they_are_of_the_sources_as_they_are():
    assert not to_build(), "make native"


def test_what_is_built_serves():
    """Or half of the core's tests would be left out, and nobody told."""
    assert native.BUILT or to_build(), "make native"


@pytest.mark.parametrize(("of", "broken"), [("others", "nothing"), (SOURCES, "written")])
def test_those_of_other_sources_or_for_another_python_do_not_serve(of, broken):
    """As after an update that forgot `make native`: `built.py` names other sources, or one cannot be loaded."""
    code = (
        "import sys, types; native = 'monitor.core.matching.native'; _, of, broken = sys.argv; "
        "built = types.ModuleType('built'); built.OF = of; sys.modules[f'{native}.built'] = built; "
        "sys.modules[f'{native}.{broken}'] = None; "
        "from monitor.core.matching import native; print(native.BUILT, native.automaton, native.written)"
    )
    done = subprocess.run([sys.executable, "-c", code, of, broken], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "None", "None"]


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
