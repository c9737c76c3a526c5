"""What layout cuts: bullets, commas, lines that hold one term each. The rest, run together, is for `cutting`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from monitor.core.drafting.commas import COMMA, parted_by_commas
from monitor.core.drafting.document import Line, Role

LAID_OUT = 5
"""Words that half the lines of a document have at most when each holds one term."""
FEWEST_LINES = 6
LONGEST_ITEM = 9
"""Words of an item of a comma list at most."""
BULLETS = "•▪◦‣∙●○■□⁃"
_BULLET = re.compile(rf"[{BULLETS}]|(?:^|(?<=\s))[*·–-](?=\s+[A-Z])")
_SEPARATORS = (re.compile(r"\s*[;|]\s*"), COMMA)


class How(StrEnum):
    """What cut a piece out."""

    ITEM = "an item of a list"
    COMMA = "between commas"
    LINE = "a line of its own"
    RUN = "cut out of a text"
    HAND = "cut by a person"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line: one term, or several that run together."""

    line: int
    """Which of the section's lines, from 0."""
    start: int
    end: int
    how: How
    label: str = ""
    """The label it stands below, somewhere: `Members of the Scottish Parliament`."""


def laid_out(lines: Iterable[Line]) -> bool:
    """Whether lines of this document hold one term each."""
    counts = [len(line.text.split()) for line in lines if line.role is not Role.ITEM]
    return len(counts) >= FEWEST_LINES and median(counts) <= LAID_OUT


def pieces(
    lines: Sequence[Line], taken: Sequence[Sequence[tuple[int, int]]], *, one_each: bool
) -> Iterator[Piece]:
    """The pieces of a section's lines, without the stretches that rules have taken.

    `one_each`: a line is one term unless something in it says otherwise.
    """
    label = ""
    for number, line in enumerate(lines):
        for start, end in _free(line.text, taken[number]):
            text = line.text[start:end]
            if found := re.fullmatch(r"([^:]+):\s*", text):
                label = found[1].strip()
                continue
            if found := re.match(r"((?:Members|Ministers|M[S]?Ps|Councillors)\b[^:]*):\s+", text):
                label = found[1].strip()
                start += found.end()
            for a, b, how in _by_layout(line, start, end, one_each=one_each):
                yield Piece(number, a, b, how, "" if how is How.RUN else label)


def _free(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The stretches between those taken, without blanks and loose commas around them."""
    at = 0
    for start, end in (*taken, (len(text), len(text))):
        yield from _trimmed(text, at, start)
        at = end


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(" \t\n,;."))
    end -= len(piece) - len(piece.rstrip(" \t\n,;"))
    if any(letter.isalnum() for letter in text[start:end]):
        yield start, end


def _by_layout(line: Line, start: int, end: int, *, one_each: bool) -> Iterator[tuple[int, int, How]]:
    text = line.text[start:end]
    bullets = list(_BULLET.finditer(text))
    if bullets:
        marks = [(b.start(), b.end()) for b in bullets]
        for number, (a, b) in enumerate(_free(text, marks)):
            inside = number or a >= marks[0][1]
            last = b > marks[-1][1]
            how = How.ITEM if inside and not last else How.RUN if not inside else _last(text[a:b])
            parts = _item(text[a:b]) if how is How.ITEM else [(0, b - a, how)]
            yield from ((start + a + c, start + a + d, part) for c, d, part in parts)
        return
    if line.role is Role.ITEM:
        yield from ((start + a, start + b, how) for a, b, how in _item(text))
        return
    for separator in _SEPARATORS:
        items = _items(text, separator)
        if items:
            for a, b in items:
                yield start + a, start + b, How.COMMA
            return
    yield start, end, How.LINE if one_each else How.RUN


def _last(text: str) -> How:
    """Of the last item behind a bullet nobody knows where it ends, unless it is short."""
    return How.ITEM if len(text.split()) <= 3 else How.RUN


def _item(text: str) -> list[tuple[int, int, How]]:
    """An item of a list, whole; or what its commas part, when nothing speaks against it."""
    items = list(_free(text, [(m.start(), m.end()) for m in COMMA.finditer(text)]))
    if len(items) > 1 and parted_by_commas([text[a:b] for a, b in items]):
        return [(a, b, How.COMMA) for a, b in items]
    return [(0, len(text), How.ITEM)]


def _items(text: str, separator: re.Pattern[str]) -> list[tuple[int, int]]:
    """The items of a list with that separator; none when it is no list of short items."""
    marks = [(m.start(), m.end()) for m in separator.finditer(text)]
    items = list(_free(text, marks))
    if not marks or any(len(text[a:b].split()) > LONGEST_ITEM for a, b in items):
        return []
    if separator is COMMA and len(items) == 2 and not parted_by_commas([text[a:b] for a, b in items]):
        return []
    return items if len(items) > 1 else []
