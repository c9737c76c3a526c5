"""Putting a file of the library in the place of another, or taking it away."""

from __future__ import annotations

from pathlib import Path

from monitor.adapters.whole_file import put_whole
from monitor.errors import InputError


def replace_text(file: Path, text: str, mode: int | None = None) -> None:
    """The text in the file's place, as `put_whole` does it.

    Raises:
        InputError: it cannot be written; what was there is still there.
    """
    try:
        put_whole(file, text.encode(), mode)
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror or error}") from error


def remove_text(file: Path) -> None:
    """The file taken away.

    Raises:
        InputError: it cannot be; it is still there.
    """
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{file} cannot be taken away: {error.strerror or error}") from error
