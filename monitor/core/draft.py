"""An editor's draft: files of the library as they would be, and what each was made from. None of it counts yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.core.article import fingerprint


@dataclass(frozen=True, slots=True)
class DraftFile:
    """One file as one editor would have it."""

    agreement: str
    """Agreement id."""
    file: str
    """Below the agreement's folder: `benefits.yaml`."""
    author: str
    """The account's name."""
    base: str
    """Fingerprint of the revision it was made from; empty: there was none."""
    content: str
    at: datetime
    """When it was last changed."""

    @property
    def fingerprint(self) -> str:
        """Of its content, as a revision of it would have."""
        return fingerprint(self.content)


@dataclass(frozen=True, slots=True)
class Draft:
    """All that one editor would change in one agreement; nothing, as long as it has no file."""

    agreement: str
    author: str
    files: tuple[DraftFile, ...] = ()
    """By name."""

    @property
    def texts(self) -> Mapping[tuple[str, str], str]:
        """What to read in place of files, by agreement and file: `Library.read(drafts=draft.texts)`."""
        return {(one.agreement, one.file): one.content for one in self.files}

    def of(self, file: str) -> DraftFile | None:
        """Its state of a file; None where it has none."""
        return next((one for one in self.files if one.file == file), None)
