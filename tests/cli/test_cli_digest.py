"""`monitor digest list` and `show` of an edition that somebody gets in part, as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import time_machine
from click.testing import Result
from typer.testing import CliRunner

from monitor.app import Unseen, compose_all, match_all, new_workspace, open_workspace, send_all
from monitor.cli.main import app
from monitor.core.article import Article

NOW = "2026-11-25T09:00:00+00:00"
EDITION = "social-security-scotland/morning/20261125T070000Z"
RECIPIENTS = """\
groups:
  comms-team: [all@body.example, some@body.example]
people:
  some@body.example:
    sections: [benefits]
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace as shipped, whose first edition went to one reader whole and to another in part."""
    folder = tmp_path_factory.mktemp("digest") / "home"
    new_workspace(folder)
    (folder / "recipients.yaml").write_text(RECIPIENTS)
    with time_machine.travel(NOW, tick=False), open_workspace(folder) as workspace:
        library = workspace.publish().read
        words = "Social Security Scotland will pay benefits sooner, ministers said in Dundee."
        seen = workspace.clock().replace(hour=6)
        found = Article("https://herald.example/a", "Benefits sooner", words, outlet="herald", first_seen=seen)
        workspace.store.add_articles("herald", [("a", found)])
        with time_machine.travel(seen, tick=False):
            match_all(workspace, library, Unseen())
        compose_all(workspace, library)
        assert send_all(workspace).sent == 2
    return folder


def typed(home: Path, *words: str) -> Result:
    with time_machine.travel(NOW, tick=False):
        return CliRunner().invoke(app, ["digest", *words, "--home", str(home)])


def test_the_list_says_who_got_a_part(home: Path) -> None:
    assert "1 sent, 1 sent (benefits alone)" in " ".join(typed(home, "list").stdout.split())
    (line,) = typed(home, "list", "--json").stdout.splitlines()
    assert [d["sections"] for d in json.loads(line)["deliveries"]] == [None, ["benefits"]]


def test_an_edition_is_given_back_as_each_reader_got_it(home: Path) -> None:
    shown = typed(home, "show", EDITION)
    assert shown.exit_code == 0
    cells = [[cell.strip() for cell in line.split("│")[1:4]] for line in shown.stdout.splitlines() if "│" in line]
    rows = [row for row in cells if row[0].endswith("@body.example")]
    assert rows == [["all@body.example", "all", "sent"], ["some@body.example", "benefits", "sent"]]
    assert "MINISTERIAL" in shown.stdout
    part = typed(home, "show", EDITION, "--sections", " benefits ")
    assert "BENEFITS" in part.stdout
    assert "MINISTERIAL" not in part.stdout


def test_a_part_that_nobody_got_is_refused_with_those_there_are(home: Path) -> None:
    said = str(typed(home, "show", EDITION, "--sections", "ministerial").exception)
    assert said == "--sections: 'ministerial' is none of its variants: \"benefits\""
