"""Memory that two processes have: what one puts there, the other reads where it lies."""

from __future__ import annotations

import os
from mmap import mmap
from tempfile import TemporaryFile

NAME = "monitor-crew"
"""What the system calls it, in /proc alone: it is in no folder, and goes with the last process that has it."""


class Desk:
    """A stretch of memory with room for whatever is put there. Made before the fork, it is both sides'."""

    def __init__(self) -> None:
        self._file = _without_name()
        self._memory: mmap | None = None

    def put(self, what: bytes | bytearray) -> int:
        """Put this there, in place of what lay there; how many bytes it is, which the other side must be told."""
        length = len(what)
        if os.fstat(self._file).st_size < length:
            os.ftruncate(self._file, 1 << length.bit_length())  # takes no memory before something lies there
        self._room(length)[:length] = what
        return length

    def read(self, length: int) -> memoryview:
        """So many bytes as they lie there: until something else is put there."""
        return memoryview(self._room(length))[:length]

    def close(self) -> None:
        """This side needs it no more; what is still held of what was read stays."""
        os.close(self._file)
        self._memory = None

    def _room(self, length: int) -> mmap:
        if self._memory is None or len(self._memory) < length:
            self._memory = mmap(self._file, 0)  # all of it, as large as it is by now
        return self._memory


def _without_name() -> int:
    if hasattr(os, "memfd_create"):
        return os.memfd_create(NAME)
    with TemporaryFile(prefix=NAME) as file:  # a system that is not Linux
        return os.dup(file.fileno())
