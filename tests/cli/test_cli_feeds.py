"""`monitor feeds`, as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from monitor.app import new_workspace
from monitor.cli.main import app
from monitor.errors import InputError


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    new_workspace(tmp_path / "w")
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path / "w"))
    monkeypatch.setenv("MONITOR_AUTHOR", "J. Editor")
    return tmp_path / "w"


def typed(*words: str) -> Result:
    return CliRunner().invoke(app, ["feeds", *words])


def test_files_are_written_also_before_there_is_an_edition(home, tmp_path):
    done = typed("write", str(tmp_path / "out"), "--json")
    assert done.exit_code == 0, done.output
    files = {Path(file).relative_to(tmp_path / "out").as_posix() for file in json.loads(done.stdout)["files"]}
    assert {"editions.ics", "morning.atom", "morning.json", "morning/benefits.atom"} <= files
    assert "morning.html" not in files  # there is nothing to print yet
    assert (tmp_path / "out/morning.atom").read_bytes().startswith(b"<?xml")
    assert not list((tmp_path / "out").rglob(".*"))


def test_a_folder_that_cannot_be_written_is_said(home, tmp_path):
    (tmp_path / "file").write_text("")
    assert "is a file: give a folder" in str(typed("write", str(tmp_path / "file")).exception)
    assert "it cannot be written" in str(typed("write", str(tmp_path / "file" / "below")).exception)


def test_tokens_are_given_once_listed_and_revoked(home):
    given = json.loads(typed("token", "new", "--label", "Press office", "--json").stdout)
    assert given["feeds"][0].endswith(f"/feeds/{given['token']}/editions.ics")
    listed = typed("token", "list")
    assert "Press office" in listed.stdout
    assert given["token"] not in listed.stdout
    assert typed("token", "revoke", given["name"]).exit_code == 0
    [kept] = [json.loads(line) for line in typed("token", "list", "--json").stdout.splitlines()]
    assert (kept["name"], kept["revoked_by"]) == (given["name"], "J. Editor")
    again = typed("token", "revoke", "Press office").exception
    assert isinstance(again, InputError)
    assert "no token in force is called 'Press office'" in str(again)


def test_a_token_is_for_somebody(home):
    assert "whom is it for" in str(typed("token", "new").exception)
