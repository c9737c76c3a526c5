"""An agreement as it was received, whatever kind of file: lines of text with what their layout tells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What the layout says of a line."""

    TEXT = "text"
    """A paragraph, a line or a cell of a table."""
    HEADING = "heading"
    ITEM = "item"
    """An item of a list: one thing, and whole."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, paragraph or cell; a break that is only there because the page was full is none."""

    text: str
    role: Role = Role.TEXT
    italics: tuple[tuple[int, int], ...] = ()
    """Half-open stretches of the text that stand in italics."""
    sure: bool = True
    """Whether it is known where it belongs; else whatever is cut out of it is doubtful."""

    def within(self, start: int, end: int) -> Line:
        """The stretch of the line, without blanks around it."""
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        kept = [(max(a, start) - start, min(b, end) - start) for a, b in self.italics if a < end and b > start]
        return Line(self.text[start : max(start, end)], self.role, tuple(kept), self.sure)

    @property
    def all_italic(self) -> bool:
        """Whether every word of it stands in italics."""
        plain = list(self.text)
        for start, end in self.italics:
            plain[start:end] = " " * (end - start)
        return bool(self.italics) and not "".join(plain).strip()


@dataclass(frozen=True, slots=True)
class Document:
    """The lines in the order they are read: cell after cell, row after row."""

    lines: tuple[Line, ...]
