"""The document with what was taken for what: its lines in pieces, each term one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.core.drafting.draft import DraftSection
from monitor.core.drafting.terms import DraftTerm


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line of the document."""

    text: str
    term: DraftTerm | None = None
    """What it was taken for; None: for nothing, or a rule."""
    number: int = 0
    """Which term of its section, from 1."""
    italic: bool = False


def pieces(section: DraftSection) -> list[list[Piece]]:
    """The section's lines in pieces, each term one."""
    return [list(_line_pieces(section, number)) for number in range(len(section.lines))]


def _line_pieces(section: DraftSection, number: int) -> Iterator[Piece]:
    line = section.lines[number]
    at = 0
    for count, term in enumerate(section.terms, start=1):
        if term.line == number:
            if line.text[at : term.start].strip():
                yield Piece(line.text[at : term.start], italic=line.within(at, term.start).all_italic)
            yield Piece(line.text[term.start : term.end], term, count)
            at = term.end
    if line.text[at:].strip():
        yield Piece(line.text[at:], italic=bool(line.within(at, len(line.text)).italics))
