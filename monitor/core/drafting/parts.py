"""Which lines of a document are whose: the client's name, and of each section heading, terms and sources.

An agreement labels its parts ("SEARCH TERMS:", "SOURCES:"), in cells of their own, at the head of a line, or,
where all line breaks are lost, in capitals in the midst of the text. A section's heading stands before its terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from monitor.core.drafting.document import Document, Line, Role

FEWEST_CAPITALS = 0.6
"""Of the letters of a heading that nothing else tells from the text before it."""
MOST_WORDS = 6
"""Of a heading that is not in capitals."""


class Part(StrEnum):
    """What a label announces."""

    CLIENT = "client"
    NAME = "name"
    TERMS = "terms"
    SOURCES = "sources"


LABELS = {
    Part.CLIENT: ("client name", "client", "prepared for", "customer"),
    Part.NAME: ("agreement name", "agreement", "agreement title", "contract", "brief"),
    Part.TERMS: (
        *("search terms", "search term", "search words", "terms", "keywords", "key words", "keyword"),
        *("topics", "monitor for", "what we look for", "we look for"),
    ),
    Part.SOURCES: ("sources", "source list", "media", "media list", "media sources", "publications", "outlets"),
}
TITLES = ("agreement", "contract", "brief")
"""Of these as a heading, without a colon, none announces a name: they say what the document is."""
_PART = {label: part for part, labels in LABELS.items() for label in labels}
_LABEL = "|".join(sorted(map(re.escape, _PART), key=len, reverse=True))
_CAPITALS = "|".join(sorted((re.escape(label.upper()) for label in _PART), key=len, reverse=True))
_AT_HEAD = re.compile(rf"(?i:(?P<label>{_LABEL})\s*(?::\s*|$))|(?P<capitals>{_CAPITALS})\s+(?=[A-Z][a-z])")
_IN_CAPITALS = re.compile(rf"(?<!\S)(?P<label>{_CAPITALS})(?:\s*:|(?=\s))")
_NUMBER = re.compile(r"^(?:\(?[0-9]{1,2}[.)]|[A-Z][.)])\s+")
_WORD = re.compile(r"\S+")


@dataclass(slots=True)
class SectionText:
    """A section's lines, as they stand in the document."""

    title: str
    terms: list[Line] = field(default_factory=list)
    sources: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class AgreementText:
    """A document's lines, given to what they belong to."""

    client: str = ""
    name: str = ""
    sections: list[SectionText] = field(default_factory=list)
    preamble: list[Line] = field(default_factory=list)
    """What stands before the first section and is neither the client's nor the agreement's name."""


def parts(document: Document) -> AgreementText:
    """The document's lines by section; no section when nothing announces one."""
    sorting = _Sorting()
    for line in document.lines:
        for part, piece in _pieces(line):
            sorting.take(part, piece)
    return sorting.done()


def _pieces(line: Line) -> Iterator[tuple[Part | None, Line]]:
    """The line at its labels: what follows each, and what stands before the first."""
    if line.role is Role.HEADING and line.text.lower().rstrip(". ") in TITLES:
        return
    head = _AT_HEAD.match(line.text)
    if head and line.role is not Role.ITEM:
        yield _PART[(head["label"] or head["capitals"]).lower()], line.within(head.end(), head.end())
        yield from _pieces(line.within(head.end(), len(line.text)))
        return
    label = _IN_CAPITALS.search(line.text, 1) if line.role is not Role.HEADING else None
    yield None, line.within(0, label.start() if label else len(line.text))
    if label:
        yield from _pieces(_as_head(line, label))


def _as_head(line: Line, label: re.Match[str]) -> Line:
    """What begins with the label, which a colon follows now if none did."""
    rest = line.within(label.end(), len(line.text))
    lead = f"{label['label']}: "
    moved = tuple((a + len(lead), b + len(lead)) for a, b in rest.italics)
    return Line(lead + rest.text, Role.TEXT, moved, rest.sure)


class _Sorting:
    """Gives each line to the part that was announced last."""

    def __init__(self) -> None:
        self._text = AgreementText()
        self._open: Part | None = None
        self._loose: list[Line] = []
        """Lines of the preamble, or after a heading that nothing has announced the terms of."""

    def take(self, part: Part | None, line: Line) -> None:
        """The next line; a label comes with an empty one."""
        if part is Part.TERMS:
            self._text.sections.append(SectionText(self._heading()))
            self._open = part
        elif part:
            self._open = part
        elif not line.text:
            return
        elif line.role is Role.HEADING:
            self._loose.append(line)
            self._open = None
        else:
            self._keep(line)

    def _keep(self, line: Line) -> None:
        section = self._text.sections[-1] if self._text.sections else None
        if self._open is Part.CLIENT and not self._text.client:
            self._text.client, self._open = self._name_of(line), None
        elif self._open is Part.NAME and not self._text.name:
            self._text.name, self._open = self._name_of(line), None
        elif section and self._open in (Part.TERMS, Part.SOURCES) and not self._loose:
            (section.terms if self._open is Part.TERMS else section.sources).append(line)
        else:
            self._loose.append(line)

    def _name_of(self, line: Line) -> str:
        """The name, without the heading that stands behind it when the line breaks are lost."""
        name, heading = _apart(line)
        if name is None or heading is None:
            return line.text
        self._loose.append(heading)
        return name.text

    def _heading(self) -> str:
        """The heading that stands before a section's terms: the last line so far, or its capitals."""
        last = self._taken_last()
        if last is None:
            return f"Section {len(self._text.sections) + 1}"
        if number := _NUMBER.match(last.text):
            last = last.within(number.end(), len(last.text))
        rest, heading = (None, last) if last.role is Role.HEADING or _short(last) else _apart(last)
        if rest:
            self._give_back(rest)
        title = (heading or last).text.rstrip(": ")
        self._text.preamble += self._loose
        self._loose = []
        return title

    def _taken_last(self) -> Line | None:
        if self._loose:
            return self._loose.pop()
        lines = self._last_lines()
        return lines.pop() if lines else None

    def _last_lines(self) -> list[Line]:
        if not self._text.sections:
            return self._loose
        section = self._text.sections[-1]
        return section.terms if self._open is Part.TERMS else section.sources

    def _give_back(self, line: Line) -> None:
        self._last_lines().append(line)

    def done(self) -> AgreementText:
        """Everything, when the last line was taken."""
        self._text.preamble += self._loose
        return self._text


def _short(line: Line) -> bool:
    """Whether the whole line can be a heading: few words, and no more than a heading."""
    rest, heading = _apart(line)
    if heading:
        return rest is None
    return len(line.text.split()) <= MOST_WORDS and not line.text.endswith((".", ","))


def _apart(line: Line) -> tuple[Line | None, Line | None]:
    """The line without the words in capitals at its end, and those."""
    words = list(_WORD.finditer(line.text))
    start = len(words)
    while start and _in_capitals(words[start - 1][0]):
        start -= 1
    while start < len(words) and not words[start][0][0].isalpha():
        start += 1
    if start == len(words):
        return line, None
    at = words[start].start()
    return (line.within(0, at) if start else None), line.within(at, len(line.text))


def _in_capitals(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) >= FEWEST_CAPITALS * len(letters)
