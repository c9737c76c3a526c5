"""Putting a file in the place of another: all of it or nothing, whoever reads meanwhile."""

from __future__ import annotations

import os
from pathlib import Path

from monitor.errors import InputError


def replace_text(file: Path, text: str, mode: int | None = None) -> None:
    """The text in the file's place, which keeps its mode, or has that one from the first byte on.

    Raises:
        InputError: it cannot be written; what was there is still there.
    """
    half = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        if mode is not None:
            half.touch(mode=mode)
        half.write_text(text, "utf-8", newline="")
        if mode is None and file.exists():
            half.chmod(file.stat().st_mode & 0o777)
        half.replace(file)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise InputError(f"{file} cannot be written: {error.strerror or error}") from error
