"""Putting a file in its place: all of it or nothing, whoever reads meanwhile and whenever we die.

The one adapter that the others may import.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path


def put_whole(file: Path, content: bytes, mode: int | None = None) -> None:
    """Stand the content in the file's place, which keeps its mode, or has that one from the first byte on.

    It is written beside the file first, under a name that no other process or thread has.

    Raises:
        OSError: it cannot be written; what was there is still there.
    """
    half = file.with_name(f".{file.name}.{os.getpid()}-{threading.get_ident()}.new")
    try:
        if mode is not None:
            half.touch(mode=mode)
        half.write_bytes(content)
        if mode is None and file.exists():
            half.chmod(file.stat().st_mode & 0o777)
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
