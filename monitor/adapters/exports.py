"""Coverage as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from monitor.core.coverage import CoverageRow
from monitor.core.json import Json

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is a formula to a spreadsheet."""


def coverage_record(row: CoverageRow, section_title: str, explanation: str) -> dict[str, Json]:
    """One row as it leaves: no text of others' beyond headline and matched words."""
    article, verdict = row.article, row.verdict
    return {
        "section": section_title,
        "verdict": str(verdict.outcome),
        "first_seen": article.first_seen.isoformat() if article.first_seen else "",
        "published_at": article.published_at.isoformat() if article.published_at else "",
        "outlet": article.outlet or "",
        "headline": article.headline,
        "url": article.url,
        "terms": "; ".join(dict.fromkeys(h.term for h in verdict.hits)),
        "matched_words": "; ".join(dict.fromkeys(h.span.text for h in verdict.hits)),
        "why": explanation,
        "judged_with": row.fingerprint,
        "editions": "; ".join(row.editions),
        "article": article.id,
    }


def write_csv(records: Iterable[dict[str, Json]], stream: TextIO) -> int:
    """Write a header and the records; how many there were. Formulas are made text with a leading quote."""
    writer, count = None, 0
    for record in records:
        if writer is None:
            writer = csv.DictWriter(stream, fieldnames=list(record), lineterminator="\r\n")
            writer.writeheader()
        writer.writerow({key: _cell(value) for key, value in record.items()})
        count += 1
    return count


def _cell(value: Json) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
