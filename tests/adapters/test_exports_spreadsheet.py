"""Coverage as a spreadsheet: every cell is text, whatever it looks like (F38)."""

from __future__ import annotations

import io
import re
from zipfile import ZipFile

from monitor.adapters.exports import COLUMNS, MOST_OF_A_CELL, write_xlsx

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "http://evil.example", "=HYPERLINK(0)", "007", "<b>&", "{=1}"]


def written(*values: str) -> dict[str, str]:
    """The files inside."""
    records = [dict.fromkeys(COLUMNS, value) for value in values]
    file = io.BytesIO()
    assert write_xlsx(iter(records), file, "Title", ["a note"]) == len(records)
    with ZipFile(file) as book:
        return {name: book.read(name).decode() for name in book.namelist() if name.endswith((".xml", ".rels"))}


def test_nothing_becomes_a_formula_a_number_or_a_link():
    sheet = written(*HOSTILE)["xl/worksheets/sheet1.xml"]
    kinds = set(re.findall(r'<c r="[A-Z]+\d+"(?: s="\d+")? t="(\w+)"', sheet))
    assert kinds <= {"inlineStr", "s"}
    assert sheet.count("<c ") == len(re.findall(r"<c [^>]*t=", sheet)), "a cell without a kind is a number"
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert "&lt;b&gt;&amp;" in sheet


def test_it_keeps_to_what_a_cell_holds_and_says_what_it_is():
    files = written("x" * 40_000)
    assert "x" * (MOST_OF_A_CELL - 1) + "…" in files["xl/worksheets/sheet1.xml"]
    about = files["xl/worksheets/sheet2.xml"] + files.get("xl/sharedStrings.xml", "")
    assert "Title" in about
    assert "a note" in about
    assert 'name="Coverage"' in files["xl/workbook.xml"]
