"""Published, immutable states of the files of the library: what was monitored, with which words, when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import unified_diff

from monitor.core.json import Json

FROM_FILE = "file"
"""The author of what a run finds in a file, and nobody has published by name."""
FIRST_SEEN, CHANGED_ON_DISK = "first seen", "changed on disk"
"""The reasons of such a revision."""
FOUND = {
    FIRST_SEEN: "as its file said when it was first read",
    CHANGED_ON_DISK: "as its file said after somebody changed it on the machine",
}


@dataclass(frozen=True, slots=True)
class Revision:
    """A file's content as published. The database keeps every one; files are the working copy."""

    agreement: str
    """Agreement id."""
    file: str
    """Path below the agreement's folder: `benefits.yaml`, `agreement.yaml`, `digests.yaml`."""
    fingerprint: str
    """SHA-256 of the content."""
    content: str
    author: str
    reason: str
    at: datetime
    confirmed_by: str = ""
    """The second person, where the agreement asks for one; empty: it did not."""

    @property
    def signature(self) -> str:
        """Who published it and, where somebody did, who confirmed it."""
        return f"{self.author}, confirmed by {self.confirmed_by}" if self.confirmed_by else self.author

    @property
    def told(self) -> str:
        """By whom and why, as a press officer reads it."""
        if self.author == FROM_FILE:
            return FOUND.get(self.reason, self.reason)
        return f"by {self.signature}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A revision of a file, by the number people call it, with what it changed."""

    number: int
    """From 1, in the order of publication; a number never comes to mean another."""
    revision: Revision
    before: str
    """The content of the revision before; empty of the first."""

    def counts(self) -> tuple[int, int]:
        """How many lines are new in it, and how many of the one before are gone."""
        lines = self.changed_lines()[2:]  # below the names of the two
        return sum(line.startswith("+") for line in lines), sum(line.startswith("-") for line in lines)

    def changed_lines(self) -> list[str]:
        """What it changed, as a unified diff with three lines around each change, without line ends."""
        old, new = self._lines()
        was, now = (f"{self.revision.file}, revision {n}" for n in (self.number - 1, self.number))
        return list(unified_diff(old, new, was, now, lineterm=""))

    def to_json(self) -> dict[str, Json]:
        """All of it but the content."""
        one, (added, removed) = self.revision, self.counts()
        return {
            "agreement": one.agreement,
            "file": one.file,
            "revision": self.number,
            "fingerprint": one.fingerprint,
            "author": one.author,
            "confirmed_by": one.confirmed_by,
            "reason": one.reason,
            "at": one.at.isoformat(),
            "lines_added": added,
            "lines_removed": removed,
        }

    def _lines(self) -> tuple[list[str], list[str]]:
        return self.before.splitlines(), self.revision.content.splitlines()


def numbered(revisions: Iterable[Revision]) -> tuple[Numbered, ...]:
    """The revisions of an agreement, the oldest first, each with its number among those of its file."""
    last: dict[str, Numbered] = {}
    found = []
    for revision in revisions:
        before = last.get(revision.file)
        one = Numbered(before.number + 1 if before else 1, revision, before.revision.content if before else "")
        last[revision.file] = one
        found.append(one)
    return tuple(found)
