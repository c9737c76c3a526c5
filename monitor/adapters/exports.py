"""Coverage as CSV or a spreadsheet, safe to open in one."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import BinaryIO, TextIO

from monitor.core.coverage import CoverageRow
from monitor.core.json import Json
from monitor.errors import InputError

MOST_OF_A_CELL = 32_000
"""Characters; spreadsheets refuse more than 32,767."""
MOST_ROWS = 1_048_575
"""Of a sheet, its heading apart."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is a formula to a spreadsheet."""


COLUMNS = (
    "section",
    "verdict",
    "first_seen",
    "published_at",
    "outlet",
    "headline",
    "url",
    "terms",
    "matched_words",
    "why",
    "judged_with",
    "editions",
    "article",
    "replaced_at",
    "story_decisions",
    "curations",
    "text",
    "extract",
)


def coverage_record(
    row: CoverageRow, section_title: str, explanation: str, extract: str = "", decided: str = "", curated: str = ""
) -> dict[str, Json]:
    """One row as it leaves: no text of others' beyond headline, matched words and the extract handed in."""
    article, verdict = row.article, row.verdict
    values: tuple[Json, ...] = (
        section_title,
        str(verdict.outcome),
        article.first_seen.isoformat() if article.first_seen else "",
        article.published_at.isoformat() if article.published_at else "",
        article.outlet or "",
        article.headline,
        article.url,
        "; ".join(dict.fromkeys(h.term for h in verdict.hits)),
        "; ".join(dict.fromkeys(h.span.text for h in verdict.hits)),
        explanation,
        row.fingerprint,
        "; ".join(f"{s.edition} under {s.section}" for s in row.editions),
        article.id,
        row.replaced_at.isoformat() if row.replaced_at else "",
        decided,
        curated,
        f"purged {article.purged_at:%Y-%m-%d}" if article.purged_at else str(article.evidence),
        extract,
    )
    return dict(zip(COLUMNS, values, strict=True))


def write_csv(records: Iterable[dict[str, Json]], stream: TextIO) -> int:
    """Write a header and the records; how many there were. Formulas are made text with a leading quote."""
    return write_table(COLUMNS, records, stream)


def write_table(columns: Sequence[str], records: Iterable[dict[str, Json]], stream: TextIO) -> int:
    """Write a header of these columns and the records; how many there were. Formulas are made text."""
    writer = csv.DictWriter(stream, fieldnames=columns, lineterminator="\r\n")
    writer.writeheader()
    count = 0
    for record in records:
        writer.writerow({key: _cell(value) for key, value in record.items()})
        count += 1
    return count


def write_xlsx(records: Iterable[dict[str, Json]], stream: BinaryIO, title: str, notes: Sequence[str]) -> int:
    """Write a spreadsheet, the records on one sheet and what is to be said on another; how many there were.

    Everything is text: nothing becomes a formula, a number or a link.

    Raises:
        InputError: there are more than a spreadsheet holds.
    """
    from xlsxwriter import Workbook  # only whoever asks for a spreadsheet need wait for it

    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(stream, {"constant_memory": True, **plain}) as book:
        sheet, bold = book.add_worksheet("Coverage"), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, COLUMNS, bold)
        count = 0
        for count, record in enumerate(records, 1):
            if count > MOST_ROWS:
                raise InputError(f"a spreadsheet holds {MOST_ROWS:,} rows: ask for fewer days, or take the CSV")
            for column, name in enumerate(COLUMNS):
                sheet.write_string(count, column, _plain(record[name]))
        sheet.autofilter(0, 0, count, len(COLUMNS) - 1)
        beside = book.add_worksheet("About")
        for row, line in enumerate((title, *notes)):
            beside.write_string(row, 0, line)
    return count


def _plain(value: Json) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= MOST_OF_A_CELL else f"{text[: MOST_OF_A_CELL - 1]}…"


def _cell(value: Json) -> str:
    text = _plain(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
