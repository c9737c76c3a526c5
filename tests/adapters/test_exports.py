"""CSV that is safe to open in a spreadsheet (F38)."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from monitor.adapters.exports import COLUMNS, coverage_record, write_csv
from monitor.core.article import Article, Field
from monitor.core.coverage import CoverageRow, Showing
from monitor.core.match import Hit, Outcome, Span, Verdict


def row(headline="H"):
    hit = Hit("Universal Credit", Span(Field.BODY, 4, 20, "Universal Credit"))
    article = Article("https://x.example/1", headline, body="The Universal Credit secret text", outlet="bbc")
    shown = (Showing("e1", "benefits"), Showing("e2", "ministerial"))
    return CoverageRow(article, Verdict("benefits", Outcome.IN, "all", hits=(hit, hit)), "f1", shown)


def written(*rows):
    stream = io.StringIO(newline="")
    count = write_csv((coverage_record(r, "BENEFITS", "In: because") for r in rows), stream)
    return count, list(csv.DictReader(io.StringIO(stream.getvalue(), newline="")))


def test_a_row_has_the_proof_and_no_text_of_others():
    count, (record,) = written(row())
    assert count == 1
    assert (record["section"], record["terms"], record["matched_words"]) == (
        "BENEFITS",
        "Universal Credit",
        "Universal Credit",
    )
    assert (record["why"], record["editions"]) == ("In: because", "e1 under benefits; e2 under ministerial")
    assert "secret" not in str(record)


def test_a_purged_text_is_said_and_an_extract_is_only_the_one_handed_in():
    there = coverage_record(row(), "BENEFITS", "In: because", "The Universal …")
    assert (there["text"], there["extract"]) == ("full", "The Universal …")
    gone = row()
    gone = replace(gone, article=replace(gone.article, body="", purged_at=datetime(2026, 11, 3, tzinfo=UTC)))
    assert coverage_record(gone, "BENEFITS", "In: because")["text"] == "purged 2026-11-03"


@pytest.mark.parametrize("headline", ["=1+1", "+1", "-1", "@x", "\tx", '=HYPERLINK("x")'])
def test_a_formula_is_made_text(headline):
    assert written(row(headline))[1][0]["headline"] == f"'{headline}"


def test_nothing_found_still_says_what_the_columns_are():
    stream = io.StringIO(newline="")
    assert write_csv((), stream) == 0
    assert stream.getvalue().strip() == ",".join(COLUMNS)
