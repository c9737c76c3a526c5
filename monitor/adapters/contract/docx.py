"""The agreement's table as a Word document."""

from __future__ import annotations

import io
from collections.abc import Iterable

import docx
from docx.table import Table, _Cell

from monitor.adapters.contract import NO_TEXT
from monitor.core.contract import Contract, ContractSection


def contract_document(contract: Contract) -> bytes:
    """The file's bytes."""
    word = docx.Document()
    word.core_properties.title = NO_TEXT.sub("", contract.name)
    table = word.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    _row(table, "CLIENT NAME", [(contract.client, False)])
    _row(table, "AGREEMENT NAME", [(contract.name, False)])
    for section in contract.sections:
        _heading(table, section.title)
        _row(table, "SEARCH TERMS:", _terms(section))
        if not section.any_monitored:
            _row(table, "SOURCES:", _sources(section))
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _terms(section: ContractSection) -> Iterable[tuple[str, bool]]:
    yield from ((rule, True) for rule in section.before)
    yield from ((term, False) for term in section.terms)
    yield from ((rule, True) for rule in section.rules)


def _sources(section: ContractSection) -> Iterable[tuple[str, bool]]:
    yield from ((group, False) for group in section.groups)
    if section.plus:
        yield "Plus:", False
    yield from ((outlet, False) for outlet in section.plus)


def _heading(table: Table, title: str) -> None:
    first, last = _cells(table)
    first.merge(last).paragraphs[0].add_run(NO_TEXT.sub("", title)).bold = True


def _cells(table: Table) -> tuple[_Cell, ...]:
    """The cells of a new row."""
    table.add_row()  # type: ignore[no-untyped-call]
    return table.rows[-1].cells


def _row(table: Table, label: str, lines: Iterable[tuple[str, bool]]) -> None:
    cells = _cells(table)
    cells[0].paragraphs[0].add_run(label).bold = True
    for number, (text, italic) in enumerate(lines):
        _write(cells[1], text, first=number == 0, italic=italic)


def _write(cell: _Cell, text: str, *, first: bool, italic: bool) -> None:
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.add_run(NO_TEXT.sub("", text)).italic = italic
