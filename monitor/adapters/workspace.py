"""A workspace on disk: the folder that `monitor init` makes from what we ship."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from monitor.errors import InputError

SETTINGS = "monitor.toml"


def must_be_workspace(folder: Path) -> None:
    """Nothing, where there are settings or profiles; else a question would make a database and find nothing in it.

    Raises:
        InputError: there is neither.
    """
    if not (folder / SETTINGS).is_file() and not (folder / "profiles").is_dir():
        raise InputError(f"{folder}: there is no workspace: name one with --home, or make one with monitor init")


def make_workspace(folder: Path, trees: Mapping[str, Path]) -> list[Path]:
    """Copy each tree to its place below `folder`; the files made, relative to it.

    Raises:
        InputError: there is a workspace already, or the folder cannot be written.
    """
    if (folder / SETTINGS).exists():
        raise InputError(f"{folder} is a workspace already: nothing was changed")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = [path for place, origin in trees.items() for path in _copied(origin, folder / place)]
    except OSError as error:
        raise InputError(f"{folder}: {error.strerror or error}: choose a folder you may write to") from error
    return [path.relative_to(folder) for path in made]


def _copied(origin: Path, target: Path) -> list[Path]:
    """Copy a tree; a file that is there already stays as it is."""
    made = []
    for path in sorted(p for p in origin.rglob("*") if p.is_file()):
        copy = target / path.relative_to(origin)
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            made.append(copy)
    return made
