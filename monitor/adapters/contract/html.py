"""The pages, from the templates of `templates/agreement/`: everything is escaped, nothing is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from monitor.core.contract import Contract
from monitor.core.drafting import Draft, DraftSection, DraftTerm
from monitor.core.fault import Fault
from monitor.core.source import Sources


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line of the document."""

    text: str
    term: DraftTerm | None = None
    """What it was taken for; None: for nothing, or a rule."""
    number: int = 0
    """Which term of its section, from 1."""
    italic: bool = False


def contract_page(templates: Path, contract: Contract) -> str:
    """The agreement's table as a page."""
    return _environment(templates).get_template("contract.html.j2").render(contract=contract)


def review_page(templates: Path, draft: Draft, sources: Sources, faults: Sequence[Fault], file: str) -> str:
    """The draft beside the document: each cut marked where it was made."""
    names = {group.id: group.name for group in sources.groups.values()}
    names |= {outlet.id: outlet.name for outlet in sources.outlets.values()}
    page = _environment(templates).get_template("review.html.j2")
    return page.render(draft=draft, names=names, faults=faults, file=file, pieces=_pieces)


def _environment(templates: Path) -> Environment:
    loader = FileSystemLoader(templates)
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def _pieces(section: DraftSection) -> list[list[Piece]]:
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
