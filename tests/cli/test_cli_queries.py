"""`monitor profiles import-query` and `export-query`, as typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from monitor.app import new_workspace
from monitor.cli.main import app
from monitor.core.query import parse

Typed = Callable[..., Result]


@pytest.fixture
def typed(tmp_path: Path) -> Typed:
    """Types `monitor profiles ...`."""

    def type_(*words: str, given: str | bytes = "") -> Result:
        return CliRunner().invoke(app, ["profiles", *words], input=given)

    return type_


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace as shipped."""
    folder = tmp_path_factory.mktemp("queries") / "home"
    new_workspace(folder)
    return folder


# --------------------------------------------------------------- in


def test_a_query_from_standard_input(typed: Typed) -> None:
    done = typed("import-query", "--from", "factiva", given="ferry near5 fares\n")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "ferry NEAR/4 fares\n", "")


def test_a_query_from_a_file_and_its_notes(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "query.txt").write_text('\ufefftitle:"ferry fares" NEAR pier', encoding="utf-8")
    done = typed("import-query", "--from", "meltwater", str(tmp_path / "query.txt"))
    assert (done.exit_code, done.stdout) == (0, 'HEADLINE("ferry fares") NEAR/4 pier\n')
    assert "note: line 1, column 1: title:: our HEADLINE takes in the standfirst, too" in done.stderr


def test_what_is_not_translated_is_told_and_marked(typed: Typed) -> None:
    done = typed("import-query", "--from", "Cision", given='"tax" AND publication("Times")')
    assert (done.exit_code, done.stdout) == (1, "tax AND «publication(Times)»\n")
    assert "not translated: line 1, column 11: we have no word for publication" in done.stderr
    assert parse(done.stdout).query is None


def test_what_cannot_be_read_is_not_done(typed: Typed) -> None:
    done = typed("import-query", "--from", "meltwater", given="(tax")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "line 1, column 1: this bracket is never closed (close it)" in done.stderr


def test_import_as_json(typed: Typed) -> None:
    done = typed("import-query", "--from", "lexisnexis", "--json", given='"a" w/seg "b"')
    document = json.loads(done.stdout)
    assert (done.exit_code, done.stderr) == (1, "")
    assert document["query"] == "a AND «w/seg» AND b"
    assert document["untranslated"] == [
        {
            "line": 1,
            "column": 5,
            "what": "we have no word for w/seg",
            "remedy": "write what it means, or take it away",
        }
    ]
    assert [note["line"] for note in document["notes"]] == [1]
    unread = typed("import-query", "--from", "lexisnexis", "--json", given="(a")
    assert (unread.exit_code, json.loads(unread.stdout)["query"]) == (2, None)


@pytest.mark.parametrize(("given", "what"), [(b"\xff\xfe", "not UTF-8"), (None, "No such file")])
def test_a_file_that_cannot_be_read(typed: Typed, tmp_path: Path, given: bytes | None, what: str) -> None:
    if given:
        (tmp_path / "query.txt").write_bytes(given)
    done = typed("import-query", "--from", "factiva", str(tmp_path / "query.txt"))
    assert done.exit_code != 0
    assert what in str(done.exception)


def test_a_tool_nobody_knows(typed: Typed) -> None:
    done = typed("import-query", "--from", "google", given="a")
    assert done.exit_code == 2
    assert "meltwater" in done.stderr


# --------------------------------------------------------------- out


def test_one_section(typed: Typed, home: Path) -> None:
    done = typed("export-query", "local_economy", "--home", str(home))
    assert done.exit_code == 0
    assert parse(done.stdout).query
    assert "note: local_economy: Major Significant Stories ONLY" in done.stderr


def test_every_section_can_be_read_again(typed: Typed, home: Path) -> None:
    done = typed("export-query", "--json", "--home", str(home))
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["section"] for line in lines][:1] == ["ministerial"]
    assert len(lines) == 8
    assert all(parse(line["query"]).query for line in lines if line["query"])
    assert sum(line["query"] is None for line in lines) == 1  # key journalist has no terms
    plain = typed("export-query", "--home", str(home))
    assert "key_journalist:\n(nothing to look for)\n" in plain.stdout


def test_a_section_nobody_knows(typed: Typed, home: Path) -> None:
    done = typed("export-query", "weather", "--home", str(home))
    assert done.exit_code != 0
    assert "there is no section 'weather'" in str(done.exception)


def test_a_section_with_a_query_is_listed_shown_and_exported(typed: Typed, home: Path) -> None:
    path = home / "profiles" / "social-security-scotland" / "local_economy.yaml"
    before = path.read_text(encoding="utf-8")
    path.write_text(before + 'query: "ferry NEAR/3 fares"\n', encoding="utf-8")
    try:
        shown = typed("show", "local_economy", "--home", str(home))
        document = json.loads(typed("show", "local_economy", "--json", "--home", str(home)).stdout)
        exported = typed("export-query", "local_economy", "--home", str(home))
    finally:
        path.write_text(before, encoding="utf-8")
    assert "query: ferry NEAR/3 fares" in shown.stdout
    assert "rule: a Boolean query" in shown.stdout
    assert document["query"] == "ferry NEAR/3 fares"
    assert exported.stdout.endswith(" OR ferry NEAR/3 fares\n")
