"""Where files are read one after another: gathers the faults, and falls back on the last published state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic

from monitor.adapters.library.check import Check
from monitor.adapters.library.faults import AnyForm, fill
from monitor.adapters.library.page import Page, read_file, read_page
from monitor.core.fault import Fault

SOURCES = "sources"
"""Stands for an agreement's id in the revisions of the files of `sources/`."""

CALENDAR = "calendar"
"""Stands for an agreement's id in the revisions of holidays.yaml, which lies beside `profiles/`."""

SCHEMA = "schema"
"""The folder of `profiles/` that is no agreement."""


HELD = "ask for it by `monitor profiles publish`, or undo it there; what was last published stays in force"
"""What to do with a file that waits for a second person."""


@dataclass(frozen=True, slots=True)
class Settled(Generic[AnyForm]):
    """What is used of a file."""

    page: Page
    form: AnyForm | None


@dataclass(slots=True)
class Desk:
    """The files of one reading."""

    root: Path
    in_force: dict[tuple[str, str], str]
    elsewhere: dict[str, Path] = field(default_factory=dict)
    """Folders that are not below the root: `sources`, or the one agreement to read, `profiles/<id>`."""
    drafts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """What to read in place of a file, or beside those there are, by (agreement id, file)."""
    faults: list[Fault] = field(default_factory=list)
    good: list[tuple[str, str, str]] = field(default_factory=list)

    def agreements(self) -> list[str]:
        """The folders of `profiles/` that hold an agreement."""
        alone = [name.removeprefix("profiles/") for name in self.elsewhere if name.startswith("profiles/")]
        if alone:
            return alone
        folder = self.root / "profiles"
        if not folder.is_dir():
            self.faults.append(Fault("profiles", "there is no such folder", "monitor init makes one"))
            return []
        found = sorted(path.name for path in folder.iterdir() if self.names(f"profiles/{path.name}"))
        for name in (SOURCES, CALENDAR):
            if name in found:
                what = f"an agreement may not be called {name}"
                self.faults.append(Fault(f"profiles/{name}", what, "give the folder another name"))
        return [name for name in found if name not in (CALENDAR, SCHEMA, SOURCES) and not name.startswith(".")]

    def place(self, path: str) -> Path:
        """Where a file or folder of the library really is."""
        for name, folder in self.elsewhere.items():
            if path == name or path.startswith(f"{name}/"):
                return folder / path.removeprefix(name).removeprefix("/")
        return self.root / path

    def names(self, folder: str) -> list[str]:
        """The YAML files of a folder, and those that are drafted beside them."""
        there = {file.name for file in self.place(folder).glob("*.yaml") if not file.name.startswith(".")}
        return sorted(there | {name for owner, name in self.drafts if path_of(owner, name) == f"{folder}/{name}"})

    def wrong_endings(self, folder: str) -> None:
        """Tells of files that look like ours and are not read."""
        for file in sorted(self.place(folder).glob("*.yml")):
            self.faults.append(Fault(f"{folder}/{file.name}", "is not read", f"call it {file.stem}.yaml"))

    def settle(
        self, owner: str, name: str, form: type[AnyForm], checks: Check, *, use_anyway: bool = False
    ) -> Settled[AnyForm]:
        """The file, or its revision in force when it has faults; `use_anyway` if only the checks fail."""
        page = self.page(owner, name)
        filled, faults = judge(page, form, checks)
        held = not faults and self._waits(owner, name, page)
        if held:
            faults = [page.fault((), "was changed on disk, where another editor must confirm it", HELD)]
        self.faults += faults
        if not faults:
            self.good.append((owner, name, page.text))
        elif (revision := self.revision(owner, name)) and (old := judge(revision, form, checks)[0]):
            return Settled(revision, old)
        return Settled(page, filled if (use_anyway and not held) or not faults else None)

    def _waits(self, owner: str, name: str, page: Page) -> bool:
        """Whether a file differs from what is in force, and the agreement in force wants a second person."""
        if (owner, name) in self.drafts or page.text == self.in_force.get((owner, name)):
            return False
        head = self.revision(owner, "agreement.yaml")
        return head is not None and isinstance(head.data, dict) and head.data.get("second_person") is True

    def page(self, owner: str, name: str) -> Page:
        """The file on disk, or the draft that is read in its place."""
        path = path_of(owner, name)
        if (owner, name) in self.drafts:
            return read_page(path, self.drafts[owner, name].encode("utf-8", "replace"))
        return read_file(path, self.place(path))

    def revision(self, owner: str, name: str) -> Page | None:
        """The file as last published."""
        content = self.in_force.get((owner, name))
        return None if content is None else read_page(path_of(owner, name), content.encode("utf-8", "replace"))


def path_of(owner: str, name: str) -> str:
    """Where a file of an agreement (or of `sources`, or the calendar) lies below the library's folder."""
    if owner == CALENDAR:
        return name
    return f"sources/{name}" if owner == SOURCES else f"profiles/{owner}/{name}"


def judge(page: Page, form: type[AnyForm], checks: Check) -> tuple[AnyForm | None, list[Fault]]:
    """The form, if it can be filled in, and every fault in the order of the lines."""
    faults = list(page.faults)
    filled = None
    if not faults or page.data is not None:
        filled, of_form = fill(page, form)
        faults += [*of_form, *checks(page)]
    once = dict.fromkeys(faults)  # of one place in the order they were told, whatever the hashes
    return (None if page.faults else filled), sorted(once, key=lambda fault: (fault.line or 0, fault.field))
