"""Builds the compiled twins of the matching core: Cython makes C of each `.pyx`, the C compiler a module of it.

    .venv/bin/python build_native.py       what `make native` does

Twins newer than their sources stay as they are. Where one cannot be built it says why and ends with 1: nothing is
lost then but speed. For a wheel that holds them (docs/for-it.md) hatchling calls it with its own hook.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
NATIVE = ROOT / "monitor" / "core" / "matching" / "native"
ENDING = sysconfig.get_config_var("EXT_SUFFIX")
HEADERS = sysconfig.get_path("include")
DIRECTIVES = ("language_level=3", "boundscheck=False", "wraparound=False", "cdivision=True")
SEAL, BUILT = NATIVE / "seal.py", NATIVE / "built.py"
SEALED = '''"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "{sources}"
'''
OF = '"""Of which sources the twins here were built."""\n\nOF = "{sources}"\n'
OPTIONS = ("-O2", "-fPIC", "-fno-strict-aliasing", "-DNDEBUG", "-w")


class Hook(BuildHookInterface[Any]):
    """Puts the twins into a wheel, which is then one for this kind of machine and this Python."""

    def initialize(self, _version: str, build_data: dict[str, Any]) -> None:
        """Build them, and say what to pack."""
        build()
        build_data |= {"pure_python": False, "infer_tag": True}
        build_data["artifacts"] += [f"*{ENDING}", "built.py"]


def build() -> None:
    """Build what is not built, or older than what it is made of.

    Raises:
        SystemExit: it cannot be done; says why, and what to do about it.
    """
    sources = fingerprint()
    _write(SEAL, SEALED.format(sources=sources))
    stale = to_build()
    if not stale:
        _write(BUILT, OF.format(sources=sources))
        return
    BUILT.unlink(missing_ok=True)
    missing = [*_missing()]
    if missing:
        raise SystemExit(
            f"native: {'; '.join(missing)}. Python does the work of the compiled core, with the same results"
        )
    for source in stale:
        _compile(source)
    _write(BUILT, OF.format(sources=sources))
    print(f"native: the compiled core is built ({', '.join(source.stem for source in stale)})")


def fingerprint() -> str:
    """Of the sources in Cython: twins of others do not serve."""
    digest = sha256()
    for source in sorted((*NATIVE.glob("*.pyx"), *NATIVE.glob("*.pxd"))):
        digest.update(f"{source.name}\0".encode() + source.read_bytes() + b"\0")
    return digest.hexdigest()


def _write(file: Path, content: str) -> None:
    if not file.exists() or file.read_text("utf-8") != content:
        file.write_text(content, "utf-8")


def to_build() -> list[Path]:
    """The sources that are newer than their twins, or have none."""
    return [source for source in sorted(NATIVE.glob("*.pyx")) if _is_stale(source)]


def _is_stale(source: Path) -> bool:
    built = source.with_suffix(ENDING)
    newest = max(path.stat().st_mtime for path in (source, *NATIVE.glob("*.pxd"), Path(__file__)))
    return not built.exists() or built.stat().st_mtime < newest


def _missing() -> Iterator[str]:
    if not find_spec("Cython"):
        yield "no Cython (requirements-build.lock has it)"
    if not shutil.which(_linker()[0]):
        yield "no C compiler (on Debian and Ubuntu: apt-get install gcc libc6-dev)"
    if not Path(HEADERS, "Python.h").exists():
        yield "no headers of Python (on Debian and Ubuntu: apt-get install python3-dev)"


def _linker() -> list[str]:
    """How a module is made here: as Python itself says, by a compiler that is there."""
    program, *options = shlex.split(sysconfig.get_config_var("LDSHARED"))
    return [os.environ.get("CC") or (program if shutil.which(program) else "cc"), *options]


def _compile(source: Path) -> None:
    """Make a module of a source: first under another name, so that a run that is cut off leaves none half made."""
    code, built = source.with_suffix(".c"), source.with_suffix(ENDING)
    making = built.with_name(f".{os.getpid()}.{built.name}")
    cython = [sys.executable, "-m", "cython", *(f"-X{rule}" for rule in DIRECTIVES)]
    try:
        _run([*cython, source, "-o", code])
        _run([*_linker(), *OPTIONS, f"-I{HEADERS}", code, "-o", making])
        making.replace(built)
    finally:
        code.unlink(missing_ok=True)
        making.unlink(missing_ok=True)


def _run(command: list[str | Path]) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"native: {shlex.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    build()
