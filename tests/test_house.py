"""The house keeps its own rules: who imports whom, a home for each library, sizes, docstrings, documents."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "monitor").rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ("requirements.lock", "requirements-build.lock", "requirements-dev.lock")

MAX_FUNCTION, MAX_FILE = 60, 400
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Function = ast.FunctionDef | ast.AsyncFunctionDef

LOADED_BY_NAME = {"psycopg", "tzdata", "lxml-html-clean", "python-multipart"}
"""Libraries nobody imports: the database's address, the zone's name, trafilatura and starlette bring them in."""

PARTS = {"joserfc": "authlib", "pdfminer": "pdfplumber", "pydantic_core": "pydantic", "starlette": "fastapi"}
"""Libraries that another one brings, at the version it must have."""

HOSTS = (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("deb.debian", "org"), ("crates", "io"))
REGISTRY_HOSTS = re.compile("|".join(re.escape(".".join(parts)) for parts in HOSTS))
"""Written in parts, or this file would name them."""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tracked() -> Iterator[Path]:
    """Files that git holds, or would after `git add`."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    for file in listed.decode().split("\0"):
        if file and (path := ROOT / file).is_file():
            yield path


# --------------------------------------------------------------- who imports whom


def test_contracts_on_imports_are_kept() -> None:
    # In a process of its own: import-linter sets up logging, and that disables every logger of the later tests.
    lint = Path(sys.executable).with_name("lint-imports")
    command = [lint, "--config", ROOT / "pyproject.toml", "--no-cache", "--no-logo"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def imported(path: Path) -> set[str]:
    """Top-level names of the outside libraries a file imports."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return {full.partition(".")[0] for full in found} - set(sys.stdlib_module_names) - {"monitor"}


def homes() -> dict[str, list[str]]:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    protected = [contract for contract in contracts if contract["type"] == "protected"]
    return {lib: contract["allowed_importers"] for contract in protected for lib in contract["protected_modules"]}


def test_each_outside_library_has_a_home_and_is_used() -> None:
    used = set().union(*map(imported, MODULES))
    assert used - LOADED_BY_NAME == set(homes()) - LOADED_BY_NAME


def test_what_is_declared_is_what_is_imported() -> None:
    extras = [line for extra in PROJECT["project"]["optional-dependencies"].values() for line in extra]
    lines = [*PROJECT["project"]["dependencies"], *extras]
    declared = {re.split(r"[^\w.-]", line)[0].lower() for line in lines}
    owners = metadata.packages_distributions()
    used = {owners[PARTS.get(library, library)][0].lower().replace("_", "-") for library in homes()}
    assert declared - LOADED_BY_NAME == used


def test_core_never_reads_the_clock() -> None:
    clocks = {"now", "utcnow", "today"}
    calls = [
        f"{name(path)}:{node.lineno}"
        for path in MODULES
        if "core" in path.relative_to(ROOT).parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in clocks
    ]
    assert not calls


def test_test_files_have_names_of_their_own() -> None:
    """Two of one name in two folders cannot be collected together."""
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, count in names.items() if count > 1] == []


# --------------------------------------------------------------- sizes and words


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, FUNCTIONS))


def test_functions_and_files_stay_small() -> None:
    long_functions = [
        f"{name(path)}:{function.lineno} {function.name}"
        for path in MODULES
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno >= MAX_FUNCTION
    ]
    long_files = [name(path) for path in MODULES if len(path.read_text().splitlines()) > MAX_FILE]
    assert not long_functions + long_files


def public(body: list[ast.stmt], owner: str = "") -> Iterator[tuple[str, ast.AST]]:
    for node in body:
        if isinstance(node, FUNCTIONS) and not node.name.startswith("_"):
            yield f"{owner}{node.name}", node
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield f"{owner}{node.name}", node
            yield from public(node.body, f"{owner}{node.name}.")


def test_core_and_jobs_are_documented() -> None:
    bare = [
        f"{name(path)} {what}"
        for path in MODULES
        if path.relative_to(ROOT).parts[1] in ("core", "jobs")
        for what, node in public(tree(path).body)
        if not ast.get_docstring(node)  # type: ignore[arg-type]
    ]
    assert not bare


def test_only_the_command_line_prints() -> None:
    prints = [
        f"{name(path)}:{node.lineno}"
        for path in MODULES
        if path.relative_to(ROOT).parts[1] != "cli"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not prints


# --------------------------------------------------------------- locks and hosts


def pinned(lock: str) -> dict[str, str]:
    """Package and marker -> version."""
    lines = re.findall(r"^([\w.-]+)==(\S+)( ;.*?)? \\$", (ROOT / lock).read_text(), re.MULTILINE)
    return {package + marker: version for package, version, marker in lines}


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_hold_versions_and_hashes_and_nothing_else(lock: str) -> None:
    lines = (ROOT / lock).read_text().splitlines()
    form = re.compile(r"#.*|[\w.-]+==\S+( ;.*)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [line for line in lines if not form.fullmatch(line)] == []


def test_a_package_has_one_version_in_all_locks() -> None:
    everything = pinned("requirements-dev.lock")
    for lock in LOCKS:
        assert pinned(lock).items() <= everything.items()


def test_locks_hold_every_dependency() -> None:
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["postgres"]]
    names = {re.split(r"[^\w-]", line.replace(".", "-"))[0].lower() for line in wanted}
    locked = {re.split(r"[ ;]", package)[0] for package in pinned("requirements.lock")}
    assert names <= locked


def test_no_file_names_a_package_registry() -> None:
    named = [name(path) for path in tracked() if REGISTRY_HOSTS.search(path.read_text(errors="replace"))]
    assert not named
