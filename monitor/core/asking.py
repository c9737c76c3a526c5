"""An asking: what an editor wants published, in an agreement that asks for a second person to confirm it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.core.article import fingerprint
from monitor.core.draft import Draft


@dataclass(frozen=True, slots=True, order=True)
class AskedFile:
    """A file as it was when publication was asked for."""

    file: str
    base: str
    """Fingerprint of the revision it was made from; empty: there was none."""
    fingerprint: str
    """Of its content."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What one editor asked to have published, and why; the latest asking of that editor in that agreement."""

    agreement: str
    author: str
    reason: str
    at: datetime
    files: tuple[AskedFile, ...]
    """By name."""
    refused_by: str = ""
    refusal: str = ""
    """Why it was refused."""

    @property
    def seal(self) -> str:
        """What a second person names to say which asking is meant: another for all that is asked later."""
        files = (f"{one.file}\0{one.base}\0{one.fingerprint}" for one in self.files)
        said = "\0".join((self.agreement, self.author, self.reason, self.at.isoformat(), *files))
        return fingerprint(said)[:16]

    def is_of(self, draft: Draft) -> bool:
        """Whether the draft is what was asked for, file by file: any change withdraws it, one back again too."""
        return self.files == asked_files(draft) and all(one.at <= self.at for one in draft.files)

    def stands(self, draft: Draft) -> bool:
        """Whether it waits for a second person."""
        return not self.refused_by and self.is_of(draft)


def asked_files(draft: Draft) -> tuple[AskedFile, ...]:
    """The files of a draft as an asking keeps them."""
    return tuple(sorted(AskedFile(one.file, one.base, one.fingerprint) for one in draft.files))


def same_person(one: str, other: str) -> bool:
    """Whether two names are of one account: capitals and blanks around tell nobody apart."""
    return one.strip().casefold() == other.strip().casefold()
