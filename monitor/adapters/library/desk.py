"""Where files are read one after another: gathers the faults, and falls back on the last published state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeAlias

from monitor.adapters.library.check import Check
from monitor.adapters.library.faults import AnyForm, fill
from monitor.adapters.library.page import Page, missing, page_of, read_page
from monitor.adapters.library.shelf import CALENDAR, PROFILES, SOURCES, Shelf, path_of
from monitor.core.fault import Fault

Key: TypeAlias = "tuple[str, str]"
"""An agreement's id (or `sources`, or `calendar`), and a file of it."""

SCHEMA = "schema"
"""The folder of `profiles/` that is no agreement."""

HELD = "ask for it by `monitor profiles publish`, or undo it there; what was last published stays in force"
"""What to do with a file that waits for a second person."""


@dataclass(frozen=True, slots=True)
class Settled(Generic[AnyForm]):
    """What is used of a file."""

    page: Page
    form: AnyForm | None


class Desk:
    """The files of one reading: those of a shelf, and the drafts that are read in their place or beside them."""

    def __init__(self, shelf: Shelf, in_force: Mapping[Key, str], drafts: Mapping[Key, str]) -> None:
        self.in_force, self.drafts = in_force, drafts
        self.faults: list[Fault] = list(shelf.faults)
        self.good: list[tuple[str, str, str]] = []
        self._shelf, self._files = shelf, dict(shelf.files)
        self._names: dict[str, set[str]] = {}
        for path in (*self._files, *(path_of(*key) for key in drafts)):
            folder, _, name = path.rpartition("/")
            self._names.setdefault(folder, set()).add(name)

    def agreements(self) -> list[str]:
        """The folders of `profiles/` that hold an agreement."""
        if self._shelf.alone:
            return [self._shelf.alone]
        if not self.has(PROFILES):
            self.faults.append(Fault(PROFILES, "there is no such folder", "monitor init makes one"))
            return []
        folders = [path.removeprefix(f"{PROFILES}/") for path in self._shelf.folders if "/" in path]
        found = [name for name in folders if self.names(f"{PROFILES}/{name}")]
        for name in (SOURCES, CALENDAR):
            if name in found:
                what = f"an agreement may not be called {name}"
                self.faults.append(Fault(f"{PROFILES}/{name}", what, "give the folder another name"))
        return [name for name in found if name not in (CALENDAR, SCHEMA, SOURCES) and not name.startswith(".")]

    def has(self, path: str) -> bool:
        """Whether there is such a file or folder."""
        return path in self._files or path in self._shelf.folders

    def names(self, folder: str) -> list[str]:
        """The YAML files of a folder, and those that are drafted beside them."""
        return sorted(self._names.get(folder, ()))

    def wrong_endings(self, folder: str) -> None:
        """Tells of files that look like ours and are not read."""
        for path in self._shelf.misnamed:
            if path.rpartition("/")[0] == folder:
                right = f"{path.rpartition('/')[2].removesuffix('.yml')}.yaml"
                self.faults.append(Fault(path, "is not read", f"call it {right}"))

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
        """The file as it lies there, or the draft that is read in its place."""
        path = path_of(owner, name)
        if (owner, name) in self.drafts:
            return read_page(path, self.drafts[owner, name].encode("utf-8", "replace"))
        return page_of(path, self._files.get(path, missing(path)))

    def revision(self, owner: str, name: str) -> Page | None:
        """The file as last published."""
        content = self.in_force.get((owner, name))
        return None if content is None else read_page(path_of(owner, name), content.encode("utf-8", "replace"))


def judge(page: Page, form: type[AnyForm], checks: Check) -> tuple[AnyForm | None, list[Fault]]:
    """The form, if it can be filled in, and every fault in the order of the lines."""
    faults = list(page.faults)
    filled = None
    if not faults or page.data is not None:
        filled, of_form = fill(page, form)
        faults += [*of_form, *checks(page)]
    once = dict.fromkeys(faults)  # of one place in the order they were told, whatever the hashes
    return (None if page.faults else filled), sorted(once, key=lambda fault: (fault.line or 0, fault.field))
