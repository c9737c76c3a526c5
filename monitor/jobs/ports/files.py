"""Files: the library that editors keep, and what somebody hands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from monitor.core.agreement import Agreement
from monitor.core.calendar import Override
from monitor.core.editing.values import Values
from monitor.core.fault import Fault
from monitor.core.revision import Revision
from monitor.core.source import Sources


@dataclass(frozen=True, slots=True)
class LibraryRead:
    """What was read of `profiles/` and `sources/`; what had faults is not in it."""

    agreements: tuple[Agreement, ...]
    sources: Sources
    faults: tuple[Fault, ...]
    files: tuple[tuple[str, str, str], ...]
    """(agreement id, file below its folder, content) of every file that has no fault."""
    overrides: tuple[Override, ...] = ()
    """What holidays.yaml says of days."""
    holidays_checked: date | None = None
    """When somebody last compared the calendar with the official list, as holidays.yaml says."""


class Library(Protocol):
    """`adapters.library.Library`: the working copy."""

    def read(
        self, in_force: Iterable[Revision] = (), drafts: Mapping[tuple[str, str], str] | None = None
    ) -> LibraryRead:
        """Everything that can be read; a file with faults is replaced by its revision in force, if any.

        `drafts` are read in place of files that are there, by (agreement id, file).
        """

    def text(self, agreement: str, file: str) -> str | None:
        """What stands in a file now; None when it is not there, or is no text."""

    def blank(self, file: str) -> str | None:
        """What a file that an agreement may do without says before anybody wrote it; None of any other."""

    def new_section(self, values: Values) -> str:
        """What the file of a new section says that has these values."""

    def remove(self, agreement: str, file: str) -> None:
        """Take a file away.

        Raises:
            InputError: it cannot be taken away.
        """

    def write(self, agreement: str, file: str, content: str) -> None:
        """Put a file's content in its place, all of it or nothing.

        Raises:
            InputError: it cannot be written.
        """

    def values(self, content: str) -> Values:
        """What a file's content says, key by key.

        Raises:
            InputError: it cannot be read as keys and values.
        """

    def rewritten(self, content: str, values: Values) -> str:
        """The content, saying these values: only the lines of what changed are others, comments stay.

        Raises:
            InputError: it cannot be read, or is written in a way that we do not change.
        """


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One item of a file somebody hands in, or what is wrong with it."""

    line: int
    """Where it begins in the file, from 1."""
    values: Mapping[str, object] = field(default_factory=dict)
    """By the file's own names of columns or keys; as CSV or JSON gives them."""
    fault: str = ""
    """Why it cannot be read; its values are empty then."""


class RowReader(Protocol):
    """`adapters.imports.read`."""

    def __call__(self, path: str) -> Iterator[ImportRow]:
        """The items of a file of JSON lines or CSV, gzipped or not, one at a time.

        Raises:
            InputError: the file cannot be opened, or is of another kind.
        """
