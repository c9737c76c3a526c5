"""Folders of `profiles/` that are still to be: looked at as if they were there, then made whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, mkdtemp

from monitor.adapters.library.desk import SCHEMA
from monitor.adapters.library.read import Library
from monitor.adapters.library.shelf import CALENDAR, SOURCES
from monitor.core.fault import Fault
from monitor.errors import InputError

_ID = re.compile(r"[a-z][a-z0-9_-]{0,59}")
FOLDER_MODE = 0o755


class NewAgreements:
    """The folder `profiles/` of a library, where agreements may be added."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def faults(self, agreement: str, texts: Mapping[str, str]) -> tuple[Fault, ...]:
        """What would be wrong with files as an agreement of that id; writes nothing.

        Raises:
            InputError: it cannot be an id, or is taken.
        """
        self._must_be_free(agreement)
        with TemporaryDirectory(prefix="monitor-") as made:
            folder = Path(made) / agreement
            folder.mkdir()
            _fill(folder, texts)
            read = Library(self._root, agreement=folder).read()
        return tuple(fault for fault in read.faults if fault.where.startswith(f"profiles/{agreement}/"))

    def write(self, agreement: str, texts: Mapping[str, str]) -> None:
        """Make the folder with these files: all of them or nothing.

        Raises:
            InputError: it cannot be an id, is taken, or cannot be written.
        """
        place = self._must_be_free(agreement)
        half = None
        try:
            half = Path(mkdtemp(prefix=".new-", dir=place.parent))
            _fill(half, texts)
            half.chmod(FOLDER_MODE)
            half.rename(place)
        except OSError as error:
            if half:
                rmtree(half, ignore_errors=True)
            raise InputError(f"{place} cannot be written: {error.strerror or error}") from error

    def _must_be_free(self, agreement: str) -> Path:
        if not _ID.fullmatch(agreement) or agreement in (CALENDAR, SCHEMA, SOURCES):
            raise InputError(
                f"{agreement!r} cannot be an agreement's short name: write small letters, figures and -, "
                "such as harbours-and-islands"
            )
        place = self._root / "profiles" / agreement
        if place.exists():
            raise InputError(f"there is an agreement {agreement} already: give another short name")
        return place


def _fill(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8", newline="")
