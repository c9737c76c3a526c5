"""Which edition of each digest was made last, in files beside the database: a backup that is restored lacks some.

One small file for each digest, `var/made/<agreement>-<digest>`, with the end of its last edition's window.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from monitor.adapters.whole_file import put_whole
from monitor.errors import StoreError


class MadeFiles:
    """The files of a folder, which is made with the first; fits `jobs.ports.Memory`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def made_up_to(self, agreement: str, digest: str) -> datetime | None:
        """The end of the window of the last edition, aware UTC; None where nothing (readable) is written down."""
        with suppress(OSError, ValueError):
            return datetime.fromisoformat(self._file(agreement, digest).read_text("utf-8").strip()).astimezone(UTC)
        return None

    def remember(self, agreement: str, digest: str, end: datetime) -> None:
        """Write it down, unless that of a later edition is there; whole at any moment.

        Raises:
            StoreError: the file cannot be written.
        """
        known = self.made_up_to(agreement, digest)
        if known is not None and known >= end:
            return
        file = self._file(agreement, digest)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            put_whole(file, f"{end.astimezone(UTC).isoformat()}\n".encode())
        except OSError as error:
            raise StoreError(f"{file} cannot be written: {error.strerror or error}") from error

    def place(self, agreement: str, digest: str) -> str:
        """The file of a digest, for somebody who has to take it away."""
        return str(self._file(agreement, digest))

    def _file(self, agreement: str, digest: str) -> Path:
        return self._folder / f"{agreement}-{digest}"
