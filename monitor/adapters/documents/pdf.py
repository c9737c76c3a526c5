"""A PDF: words at places, put together to lines, cells and columns again.

Cells whose rules are drawn are read one by one. Elsewhere a line of print is taken apart where a gap is too wide
for a space. A line goes on in the next one of its column when the next word would not have fitted on it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfplumber.utils.exceptions import PdfminerException

from monitor.adapters.documents.rows import NEARLY, Block, Word, gap_after_labels, rows_of
from monitor.core.drafting import Document, Line, Role
from monitor.core.drafting.pieces import BULLETS
from monitor.errors import InputError

MOST_PAGES = 100
WIDE = 1.2
"""A gap between two words that parts cells, in sizes of their letters."""
LEADING = 1.6
"""From line to line inside a paragraph at most, in sizes of their letters."""
BIG = 1.15
"""A heading's letters, beside those of most words."""
_MORE = ["fontname", "size"]
_BROKEN = (PDFException, PdfminerException, ValueError, KeyError, TypeError, IndexError, AttributeError)
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Strip:
    """Words side by side without a wide gap between them."""

    words: tuple[Word, ...]
    right: float
    """Where its column ends."""

    @property
    def left(self) -> float:
        return float(self.words[0]["x0"])

    @property
    def size(self) -> float:
        return max(float(word["size"]) for word in self.words)

    @property
    def bottom(self) -> float:
        return float(self.words[-1]["bottom"])

    @property
    def bullet(self) -> bool:
        return self.words[0]["text"][0] in BULLETS

    def goes_on_in(self, other: _Strip, leading: float) -> bool:
        """Whether the other is the same paragraph: close below, and its first word had no room here."""
        first = other.words[0]
        room = self.right - float(self.words[-1]["x1"]) - 0.25 * self.size
        near = 0 < other.bottom - self.bottom <= min(leading, LEADING * self.size)
        return near and not other.bullet and float(first["x1"]) - float(first["x0"]) > room


@dataclass(frozen=True, slots=True)
class _Region:
    """A cell, or what stands on a page outside of cells."""

    strips: tuple[_Strip, ...]
    sure: bool = True
    """Whether it is known what stands beside what."""

    @property
    def ways(self) -> Iterator[tuple[float, float]]:
        """Of each line: the size of its letters, and how far below it the next one of its column is."""
        for number, strip in enumerate(self.strips):
            below = (s.bottom - strip.bottom for s in self.strips[number + 1 :] if _same_column([strip], s))
            if way := next((way for way in below if way > 0.9 * strip.size), None):
                yield round(strip.size, 1), way


def read(body: bytes) -> Document:
    """The lines of all pages.

    Raises:
        InputError: it is broken, locked, too long, or a picture of a text.
    """
    try:
        with pdfplumber.open(io.BytesIO(body)) as document:
            if len(document.pages) > MOST_PAGES:
                raise InputError(f"it has {len(document.pages)} pages, and {MOST_PAGES} are read at most")
            pages = [(_words(page), _cells(page)) for page in document.pages]
    except _BROKEN as error:
        why = error or type(error).__name__
        raise InputError(f"it cannot be read as a PDF: {why}: print it to PDF again") from error
    words = [word for of_page, _ in pages for word in of_page]
    if not words:
        raise InputError("there is no text in it, only pictures: ask for the document itself, or for its text")
    edge = max(float(word["x1"]) for word in words)
    parted = [_by_cell(of_page, cells) for of_page, cells in pages]
    gap = gap_after_labels(run for _, outside in parted for line in _printed(outside) for run in _at_gaps(line))
    regions = [r for page, of_page in enumerate(parted) for r in _regions(*of_page, edge, gap, first=not page)]
    usual = median(float(word["size"]) for word in words)
    leading = _leading(regions)
    return Document(tuple(line for region in regions for line in _region_lines(region, leading, usual)))


def _leading(regions: Iterable[_Region]) -> dict[float, float]:
    """By size of letters the smallest way from a line to the next, and a little: paragraphs are further apart."""
    smallest: dict[float, float] = {}
    for size, way in (way for region in regions for way in region.ways):
        smallest[size] = min(smallest.get(size, way), way)
    return {size: 1.1 * way for size, way in smallest.items()}


def _words(page: Any) -> list[Word]:
    return [word for word in page.extract_words(extra_attrs=_MORE) if word["text"].strip()]


def _regions(
    inside: Sequence[tuple[Box, list[Word]]],
    outside: Sequence[Word],
    edge: float,
    gap: float | None,
    *,
    first: bool,
) -> Iterator[_Region]:
    """The page's cells and what stands between tables, from top to bottom."""
    regions = [(box[1] + box[0] / 10_000, [_Region(tuple(_strips(cell, box[2] - 2)))]) for box, cell in inside]
    for number, stretch in enumerate(_stretches(outside, inside)):
        found = _in_rows(stretch, edge, gap, goes_on=not (first or number)) if gap else None
        regions.append((min(w["top"] for w in stretch), found or [_Region(tuple(_strips(stretch, edge)))]))
    for _, of_place in sorted(regions, key=lambda r: r[0]):
        yield from of_place


def _in_rows(stretch: Sequence[Word], edge: float, gap: float, *, goes_on: bool) -> list[_Region] | None:
    """The stretch as a table whose lines are not drawn; None where it is none, or is read as well line by line."""
    found: list[_Region] = []
    is_table = False
    for number, band in enumerate(_bands(stretch, gap)):
        left = [run for line in band for run in line if run[-1]["x1"] <= gap + NEARLY]
        beside = [
            Block(tuple(w for run in line for w in run)) for line in (_right_of(gap, b) for b in band) if line
        ]
        column = max((float(run[-1]["x1"]) for run in left), default=gap)
        rows = rows_of(_labels(left, column), beside, goes_on=goes_on and not number)
        if rows is None:
            found.append(_Region(tuple(_strips([w for line in band for run in line for w in run], edge))))
            continue
        is_table = True
        for row in rows.rows:
            for words, right in ((row.label, column), (row.beside, edge)):
                found.append(_Region(tuple(_strips(words, right)), rows.sure))
    return found if is_table else None


def _bands(stretch: Sequence[Word], gap: float) -> Iterator[list[list[list[Word]]]]:
    """The lines between those that reach over the gap, and each of these alone; a line is its runs."""
    band: list[list[list[Word]]] = []
    for line in (list(_at_gaps(printed)) for printed in _printed(stretch)):
        if any(run[0]["x0"] < gap - NEARLY and run[-1]["x1"] > gap + NEARLY for run in line):
            yield from ([band] if band else [])
            yield [line]
            band = []
        else:
            band.append(line)
    yield from ([band] if band else [])


def _right_of(gap: float, line: Iterable[list[Word]]) -> list[list[Word]]:
    return [run for run in line if run[0]["x0"] >= gap - NEARLY]


def _labels(runs: Iterable[Sequence[Word]], right: float) -> list[Block]:
    """The labels of a column, each with all its lines."""
    found: list[list[_Strip]] = []
    for strip in (_Strip(tuple(run), right) for run in runs):
        last = found[-1][-1] if found else None
        if last and not last.words[-1]["text"].endswith(":") and last.goes_on_in(strip, LEADING * last.size):
            found[-1].append(strip)
        else:
            found.append([strip])
    return [Block(tuple(word for strip in label for word in strip.words)) for label in found]


def _cells(page: Any) -> list[Box]:
    """The cells of the tables whose rules are drawn, row by row."""
    return [cell for table in page.find_tables() for row in table.rows for cell in row.cells if cell]


def _by_cell(words: Sequence[Word], cells: Sequence[Box]) -> tuple[list[tuple[Box, list[Word]]], list[Word]]:
    held: dict[Box, list[Word]] = {}
    outside = []
    for word in words:
        x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
        box = next((b for b in cells if b[0] <= x <= b[2] and b[1] <= y <= b[3]), None)
        if box:
            held.setdefault(box, []).append(word)
        else:
            outside.append(word)
    return sorted(held.items()), outside


def _stretches(outside: Sequence[Word], inside: Sequence[tuple[Box, object]]) -> Iterator[list[Word]]:
    """The words outside of tables, between one table and the next."""
    tops = sorted({box[1] for box, _ in inside})
    by_place: dict[int, list[Word]] = {}
    for word in outside:
        by_place.setdefault(sum(top <= word["top"] for top in tops), []).append(word)
    yield from by_place.values()


def _region_lines(region: _Region, leading: Mapping[float, float], usual: float) -> Iterator[Line]:
    """The lines of a cell, or of a page without cells."""
    paragraphs: list[list[_Strip]] = []
    for strip in region.strips:
        way = leading.get(round(strip.size, 1), 0.0)
        above = (p for p in paragraphs if _same_column(p, strip) and p[-1].goes_on_in(strip, way))
        if before := next(above, None):
            before.append(strip)
        else:
            paragraphs.append([strip])
    yield from (_line(paragraph, usual, sure=region.sure) for paragraph in paragraphs)


def _same_column(paragraph: Sequence[_Strip], strip: _Strip) -> bool:
    """Whether it begins where the paragraph's lines do, or, behind a bullet, where its words do."""
    lefts = {round(paragraph[0].left), round(paragraph[-1].left)}
    if paragraph[0].bullet and len(paragraph[0].words) > 1:
        lefts.add(round(paragraph[0].words[1]["x0"]))
    return any(abs(round(strip.left) - left) <= NEARLY for left in lefts)


def _strips(words: Sequence[Word], right: float) -> list[_Strip]:
    """The strips, from top to bottom and left to right, each with the edge of its column."""
    lines = [list(_at_gaps(printed)) for printed in _printed(words)]
    columns = sorted({round(float(run[0]["x0"])) for line in lines if len(line) > 1 for run in line})
    runs = [run for line in lines for run in line]
    return [_Strip(tuple(run), _edge(run, runs, columns, right)) for run in runs]


def _edge(run: Sequence[Word], runs: Iterable[Sequence[Word]], columns: Sequence[int], right: float) -> float:
    """Where the column of a run ends: at its longest line where there are columns side by side, else `right`."""
    left = float(run[0]["x0"])
    if not any(abs(left - column) <= NEARLY for column in columns):
        return right
    bound = min([right + NEARLY, *(column for column in columns if column > left + NEARLY)])
    if float(run[-1]["x1"]) > bound:
        return right
    same = (r for r in runs if abs(float(r[0]["x0"]) - left) <= NEARLY and float(r[-1]["x1"]) <= bound)
    return max(float(r[-1]["x1"]) for r in same)


def _printed(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words of one line of print after another."""
    line: list[Word] = []
    for word in sorted(words, key=lambda w: (round(w["bottom"]), w["x0"])):
        if line and word["bottom"] - line[0]["bottom"] > 0.4 * word["size"]:
            yield sorted(line, key=lambda w: w["x0"])
            line = []
        line.append(word)
    if line:
        yield sorted(line, key=lambda w: w["x0"])


def _at_gaps(line: Iterable[Word]) -> Iterator[list[Word]]:
    run: list[Word] = []
    for word in line:
        if run and word["x0"] - run[-1]["x1"] > WIDE * word["size"] and run[-1]["text"] not in BULLETS:
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _line(paragraph: Sequence[_Strip], usual: float, *, sure: bool) -> Line:
    words = [word for strip in paragraph for word in strip.words]
    item = paragraph[0].bullet
    if item and len(words) > 1 and len(words[0]["text"]) == 1:
        words = words[1:]
    elif item:
        words[0] = {**words[0], "text": words[0]["text"].lstrip(BULLETS + " ")}
    text, italics = "", []
    for word in words:
        text += " " if text else ""
        if "italic" in word["fontname"].lower() or "oblique" in word["fontname"].lower():
            italics.append((len(text), len(text) + len(word["text"])))
        text += word["text"]
    big = min(float(word["size"]) for word in words) >= BIG * usual
    role = Role.ITEM if item else Role.HEADING if big else Role.TEXT
    return Line(text, role, _joined(text, italics), sure)


def _joined(text: str, italics: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Italic words side by side as one stretch."""
    whole: list[tuple[int, int]] = []
    for start, end in italics:
        if whole and not text[whole[-1][1] : start].strip():
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return tuple(whole)
