"""Pieces of JSON that stand in many verdicts, ready to be written: each once, all in one stretch of memory.

What lies here and there in memory takes longer to fetch than all else that is done with it.
"""

from __future__ import annotations

from monitor.core.matching.tables import Growing


class Ready:
    """Pieces by number, which grow."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._pieces: list[str] = []
        self._json, self._added = b"", bytearray()
        self.ends = Growing()
        """Where in all of them each ends; before the first nought."""
        self.ends.add(0)

    def __getitem__(self, number: int) -> str:
        return self._pieces[number]

    @property
    def json(self) -> bytes:
        """All of them, one after the other, as they are now: whoever has it keeps it, whatever comes later."""
        if self._added:
            self._json, self._added = self._json + self._added, bytearray()
        return self._json

    def number(self, piece: str) -> int:
        """The number of a piece; the same for the same piece."""
        number = self._numbers.setdefault(piece, len(self._pieces))
        if number == len(self._pieces):
            self._pieces.append(piece)
            self._added += piece.encode()
            self.ends.add(len(self._json) + len(self._added))
        return number
