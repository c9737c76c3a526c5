"""The shelf: the files of a library as they lie at one look. What they say is worked out elsewhere (read.py).

A look costs little beside the reading, so what was read can be kept under what was seen: a change from outside is
seen at the next look, however a file system tells the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from monitor.adapters.library.page import content_of
from monitor.core.fault import Fault

SOURCES = "sources"
"""Stands for an agreement's id in the revisions of the files of `sources/`."""

CALENDAR = "calendar"
"""Stands for an agreement's id in the revisions of holidays.yaml, which lies beside `profiles/`."""

PROFILES, HOLIDAYS = "profiles", "holidays.yaml"


@dataclass(frozen=True, slots=True)
class Shelf:
    """What lay there at one look; two that are equal are read alike."""

    folders: tuple[str, ...] = ()
    """`sources`, `profiles` and the folders in it, as far as they are there."""
    files: tuple[tuple[str, bytes | Fault], ...] = ()
    """Every YAML file by its path below the library's root: its content, or why it cannot be opened."""
    misnamed: tuple[str, ...] = ()
    """Files that look like ours and are not read."""
    faults: tuple[Fault, ...] = ()
    """Of folders that cannot be looked into."""
    alone: str = ""
    """The one agreement that is looked for, whatever is there; empty: all there are."""

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Shelf:
        """The same of texts, by their paths."""
        kept = {path: text.encode("utf-8", "replace") for path, text in texts.items()}
        inner = {path.rpartition("/")[0] for path in texts} - {""}
        return cls(tuple(sorted({PROFILES, SOURCES} | inner)), tuple(kept.items()))


def path_of(owner: str, name: str) -> str:
    """Where a file of an agreement (or of `sources`, or the calendar) lies below the library's folder."""
    if owner == CALENDAR:
        return name
    return f"{SOURCES}/{name}" if owner == SOURCES else f"{PROFILES}/{owner}/{name}"


def look(root: Path, sources: Path | None = None, agreement: Path | None = None) -> Shelf:
    """The shelf as it is now.

    `sources` lies elsewhere when it is given; `agreement` is the only one, wherever it lies.
    """
    looked = _Look()
    looked.into(SOURCES, sources or root / SOURCES)
    if agreement:
        looked.into(f"{PROFILES}/{agreement.name}", agreement)
    else:
        looked.through(root / PROFILES)
        if (root / HOLIDAYS).exists():
            looked.at(HOLIDAYS, root / HOLIDAYS)
    return looked.shelf(agreement.name if agreement else "")


class _Look:
    """Gathers what is seen, folder after folder."""

    def __init__(self) -> None:
        self.folders: list[str] = []
        self.files: dict[str, bytes | Fault] = {}
        self.misnamed: list[str] = []
        self.faults: list[Fault] = []

    def through(self, profiles: Path) -> None:
        """All agreements."""
        for name in self.names(PROFILES, profiles):
            self.into(f"{PROFILES}/{name}", profiles / name)

    def into(self, path: str, folder: Path) -> None:
        """One folder."""
        for name in self.names(path, folder):
            if name.endswith(".yml"):
                self.misnamed.append(f"{path}/{name}")
            elif name.endswith(".yaml") and not name.startswith("."):
                self.at(f"{path}/{name}", folder / name)

    def names(self, path: str, folder: Path) -> Iterable[str]:
        """What a folder holds; nothing when it is none."""
        if not folder.is_dir():
            return ()
        self.folders.append(path)
        try:
            return sorted(entry.name for entry in folder.iterdir())
        except OSError as error:
            what = f"the folder cannot be opened: {error.strerror or 'no reason given'}"
            self.faults.append(Fault(path, what, "look at its permissions"))
            return ()

    def at(self, path: str, file: Path) -> None:
        """One file."""
        self.files[path] = content_of(path, file)

    def shelf(self, alone: str) -> Shelf:
        """Everything seen."""
        files, folders = tuple(self.files.items()), tuple(self.folders)
        return Shelf(folders, files, tuple(self.misnamed), tuple(self.faults), alone)
