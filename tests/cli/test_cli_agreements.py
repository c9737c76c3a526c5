"""`monitor profiles import`, `print`, `people` and `claims`, as typed in a real workspace."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
import time_machine
from agreements import layouts
from click.testing import Result
from typer.testing import CliRunner

from monitor.adapters.contract.docx import contract_document
from monitor.adapters.documents import read_document
from monitor.app import new_workspace, read_agreement, read_library
from monitor.cli.main import app
from monitor.core.contract import Contract, ContractSection
from monitor.core.drafting import draft

Typed = Callable[..., Result]
AGREEMENT = "social-security-scotland"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("agreements") / "home"
    new_workspace(folder)
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """A workspace as shipped, for one test to change."""
    return Path(shutil.copytree(made, tmp_path / "home"))


@pytest.fixture
def typed(home: Path) -> Typed:
    def type_(*words: str) -> Result:
        return CliRunner().invoke(app, ["profiles", *words, "--home", str(home)])

    return type_


def a_document(folder: Path) -> Path:
    file = folder / "ferries.docx"
    file.write_bytes(layouts.bulleted_docx(layouts.case("harbours")))
    return file


# --------------------------------------------------------------- in


def test_a_document_becomes_drafts_that_can_be_published_when_filled_in(
    typed: Typed, home: Path, tmp_path: Path
) -> None:
    folder = home / "profiles" / "ferries"
    done = typed("import", str(a_document(tmp_path)), "--into", str(folder))
    assert done.exit_code == 0, done.output
    assert "4 sections, 28 terms, 0 doubtful" in done.stdout
    assert "Rita Sample is a person, and nothing says who that is" in done.stderr
    text = (folder / "ministers.yaml").read_text("utf-8")
    decision = "{class: office_holder, role: R, purpose: P, approved_by: A, review_by: 2099-01-01}"
    (folder / "ministers.yaml").write_text(
        text.replace("    kind: person\n", f"    kind: person\n    person: {decision}\n"), "utf-8"
    )
    read = read_agreement(folder)
    assert read.faults == ()
    (agreement,) = read.agreements
    assert (agreement.client, agreement.order) == (
        "Harbours and Islands Authority",
        ("ministers", "ferries", "bodies", "local_subjects"),
    )
    ministers = agreement.profile("ministers")
    assert [word.word for word in ministers.context[0].any][:2] == ["ferry", "ferries"]
    assert ministers.sources.groups == ("uk_nationals", "uk_key_regionals")
    assert {p.name for p in ministers.people} == {"Rita Sample", "Gordon Imagined"}
    subjects = agreement.profile("local_subjects")
    assert subjects.aboutness
    assert [term.only_with.any for term in subjects.terms if term.only_with] == [("stranded", "sick", "elderly")]


def test_the_page_shows_each_cut_and_escapes_the_document(typed: Typed, tmp_path: Path) -> None:
    bad = "&lt;script&gt;alert(1)&lt;/script&gt;"
    text = f"CLIENT NAME\t<b>Pier</b>\nFERRIES\nSEARCH TERMS:\t<p>Timber Prices Tree Disease {bad} Seals</p>\n"
    (tmp_path / "a.txt").write_text(text)
    done = typed("import", str(tmp_path / "a.txt"), "--into", str(tmp_path / "out"))
    page = (tmp_path / "out/review.html").read_text("utf-8")
    assert "<script" not in page
    assert "alert(1)" in page
    assert "doubtful" in page
    assert "doubtful" in (tmp_path / "out/ferries.yaml").read_text("utf-8")
    assert "doubtful: FERRIES:" in done.stderr


def test_json_has_the_place_and_confidence_of_each_cut(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("FERRIES\nSEARCH TERMS:\nPier Fund Tide Grant OICW Scotland\nSOURCES:\nEcho\n")
    done = typed("import", str(tmp_path / "a.txt"), "--into", str(tmp_path / "out"), "--json")
    assert done.exit_code == 1  # Echo is in no file of sources
    (section,) = json.loads(done.stdout)["sections"]
    assert [(t["term"], t["span"]) for t in section["terms"]] == [("Pier Fund", [0, 9]), ("Tide Grant", [10, 20])]
    assert all(0 < t["confidence"] <= 1 for t in section["terms"])
    assert (section["places"], section["unknown_sources"]) == (["Scotland"], ["Echo"])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"Dear all", "no section was found in it"),
        (b"PK\x03\x04", "cannot be read as a Word document"),
        (None, "No such file"),
    ],
)
def test_what_cannot_be_imported_leaves_nothing(
    typed: Typed, tmp_path: Path, content: bytes | None, says: str
) -> None:
    if content is not None:
        (tmp_path / "a.docx").write_bytes(content)
    done = typed("import", str(tmp_path / "a.docx"), "--into", str(tmp_path / "out"))
    assert done.exit_code != 0
    assert says in str(done.exception)
    assert "a.docx" in str(done.exception)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_holds_something_is_left_alone(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine.yaml").write_text("mine")
    done = typed("import", str(a_document(tmp_path)), "--into", str(tmp_path / "out"))
    assert done.exit_code != 0
    assert "is not empty" in str(done.exception)
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["mine.yaml"]


# --------------------------------------------------------------- out


@pytest.mark.parametrize("kind", ["html", "docx"])
def test_what_is_printed_is_read_back(typed: Typed, home: Path, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"contract.{kind}"
    assert typed("print", "--to", kind, "--output", str(file)).exit_code == 0
    library = read_library(home)
    (agreement,) = library.agreements
    back = draft(read_document(file.read_bytes(), url=file.name), library.sources)
    assert (back.client, back.name) == (agreement.client, agreement.name)
    assert back.doubtful == ()
    for section, profile in zip(back.sections, agreement.profiles, strict=True):
        assert section.title == profile.title
        assert tuple(term.name for term in section.terms) == tuple(term.name for term in profile.terms)
        assert section.rules.context == tuple(tuple(w.word for w in rule.any) for rule in profile.context)
        assert section.rules.places == tuple(rule.place.area for rule in profile.place)
        assert (section.rules.major, section.rules.subject) == (
            bool(profile.significance),
            bool(profile.aboutness),
        )
        assert section.rules.recategorise == profile.recategorise
        assert section.sources.groups == profile.sources.groups
        assert section.sources.plus == profile.sources.plus


def test_what_is_printed_is_escaped(typed: Typed, home: Path, tmp_path: Path) -> None:
    file = home / "profiles" / AGREEMENT / "benefits.yaml"
    bad = "<img src=x onerror=alert(1)> Fund"
    file.write_text(
        file.read_text("utf-8").replace("  - term: Best Start Foods", f"  - {bad}\n  - term: Best Start Foods")
    )
    assert "<img" not in typed("print").stdout
    assert "&lt;img src=x onerror=alert(1)&gt;" in typed("print").stdout
    assert typed("print", "--to", "docx", "--output", str(tmp_path / "c.docx")).exit_code == 0
    cells = [c.text for row in docx.Document(str(tmp_path / "c.docx")).tables[0].rows for c in row.cells]
    assert any(bad in cell for cell in cells)


def test_a_document_holds_no_character_that_word_refuses() -> None:
    section = ContractSection("A\x07B", (), ("Tide\x0bFund",), (), (), ())
    body = contract_document(Contract("C", "N", (section,), ""))
    assert [line.text for line in read_document(body).lines][-3:] == ["SEARCH TERMS:", "TideFund", "SOURCES:"]


# --------------------------------------------------------------- who is named


def test_what_is_shipped_names_office_holders_alone(typed: Typed) -> None:
    done = typed("people", "--json")
    people = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(people) == 14
    assert {person["class"] for person in people} == {"office_holder"}
    assert all(person["role"] and person["purpose"] and person["approved_by"] for person in people)


def test_the_register_as_a_table_for_a_spreadsheet(typed: Typed) -> None:
    done = typed("people", "--csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert len(rows) == 14
    assert rows[0]["looked_for_as"] == "term"
    assert "14 names: 14 office holder" in done.stderr


def test_claims_are_yes_or_no_with_the_terms_that_decide(typed: Typed) -> None:
    done = typed("claims")
    assert done.exit_code == 1
    assert "NO: We do not monitor any individuals or journalists." in done.stdout
    assert "MINISTERIAL: Shirley-Anne Somerville" in done.stdout
    assert "yes: We use key words of each of our 14 benefits." in done.stdout


def test_the_register_of_a_day_is_that_of_the_revisions_in_force_then(typed: Typed, home: Path) -> None:
    def publish(day: int) -> None:
        with time_machine.travel(datetime(2026, 10, day, 12, tzinfo=UTC), tick=False):
            assert CliRunner().invoke(app, ["coverage", "--home", str(home)]).exit_code == 0

    publish(1)
    file = home / "profiles" / AGREEMENT / "uk_government.yaml"
    before = file.read_text("utf-8")
    start, end = before.index("  - term: Chris Stephens"), before.index("  - term: Department for")
    file.write_text(before[:start] + before[end:].replace("hits: [Chris Stephens]", "hits: []"), "utf-8")
    publish(5)

    def named(*options: str) -> set[str]:
        done = typed("people", "--json", *options)
        assert done.exit_code == 0, done.output
        return {json.loads(line)["name"] for line in done.stdout.splitlines()}

    assert named("--as-of", "2026-10-04") - named("--as-of", "2026-10-05") == {"Chris Stephens"}
    assert named() == named("--as-of", "2026-11-01")
    early = typed("people", "--as-of", "2026-09-30")
    assert early.exit_code != 0
    assert "nothing was in force" in str(early.exception) or "no agreement" in str(early.exception)
