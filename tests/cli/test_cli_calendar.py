"""`monitor digest due` and `monitor audit`, as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import time_machine
from click.testing import Result
from sqlalchemy import text
from typer.testing import CliRunner

from monitor.app import compose_all, match_all, new_workspace, open_workspace
from monitor.app.work import Unseen
from monitor.cli.main import app
from monitor.core.article import Article

NOW = "2026-11-25T09:00:00+00:00"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace as shipped, with one article in its first edition."""
    folder = tmp_path_factory.mktemp("calendar") / "home"
    new_workspace(folder)
    with time_machine.travel(NOW, tick=False), open_workspace(folder) as workspace:
        library = workspace.publish().read
        words = "Social Security Scotland will pay benefits sooner, ministers said in Dundee."
        seen = workspace.clock().replace(hour=6)
        found = Article(
            "https://herald.example/a", "Benefits to be paid sooner", words, outlet="herald", first_seen=seen
        )
        workspace.store.add_articles("herald", [("a", found)])
        with time_machine.travel(seen, tick=False):
            match_all(workspace, library, Unseen())
        assert [len(report.made) for report in compose_all(workspace, library)] == [1]
    return folder


def typed(home: Path, *words: str) -> Result:
    with time_machine.travel(NOW, tick=False):
        return CliRunner().invoke(app, [*words, "--home", str(home)])


def lines(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


# --------------------------------------------------------------- what is due


def test_the_editions_to_come_and_the_holiday_that_has_none(home: Path) -> None:
    done = typed(home, "digest", "due", "--days", "6", "--json")
    assert done.exit_code == 0
    assert [(one["day"], one["at"], one["why"]) for one in lines(done)] == [
        ("2026-11-26", "2026-11-26T07:00:00+00:00", ""),
        ("2026-11-27", "2026-11-27T07:00:00+00:00", ""),
        ("2026-11-30", None, "Saint Andrew's Day"),
        ("2026-12-01", "2026-12-01T07:00:00+00:00", ""),
    ]
    assert lines(done)[0]["since"] == NOW  # the edition of seven was made at nine
    said = typed(home, "digest", "due", "--days", "6").stdout
    assert "no edition" in said
    assert "Saint Andrew's Day" in said


def test_what_the_workspace_says_of_a_day_counts(home: Path) -> None:
    file = home / "holidays.yaml"
    before = file.read_text()
    try:
        day = "working_days:\n  - {day: 2026-11-30, name: Saint Andrew's Day, reason: The office is open.}\n"
        file.write_text(before + day)
        monday = lines(typed(home, "digest", "due", "--days", "6", "--json"))[2]
        assert (monday["at"], monday["why"]) == (
            "2026-11-30T07:00:00+00:00",
            "a working day (holidays.yaml: The office is open.)",
        )
        file.write_text(before + day.replace("11-30", "11-31"))
        done = typed(home, "digest", "due", "--days", "6", "--json")
        assert done.exit_code == 1
        assert "holidays.yaml:18: working_days[0].day: '2026-11-31' is not a date" in done.stderr
        assert lines(done)[2] == monday  # what was published last stays in force
    finally:
        file.write_text(before)


def test_a_digest_that_is_not_there_is_said(home: Path) -> None:
    done = typed(home, "digest", "due", "--digest", "evening")
    assert done.exception is not None
    assert "--digest takes one of: morning" in str(done.exception)


# --------------------------------------------------------------- the audit


def test_an_audit_that_finds_nothing_wrong(home: Path) -> None:
    done = typed(home, "audit")
    assert done.exit_code == 0, done.stderr
    assert "1 text first seen, 1 judged, 1 in a section" in done.stdout
    assert "Every match is accounted for, once." in done.stdout
    said = json.loads(typed(home, "audit", "--json", "--since", "2026-11-25", "--until", "2026-11-25").stdout)
    (morning,) = said["digests"]
    assert (said["sound"], morning["matches"], morning["counted"]) == (True, 1, 1)
    assert {place: number for place, number in morning["where"].items() if number} == {"shown": 1}


def test_an_audit_names_what_is_lost_and_ends_with_one(home: Path) -> None:
    with open_workspace(home) as workspace:
        store = workspace.store
        kept = store._db.read(lambda c: c.execute(text("SELECT * FROM edition_items")).mappings().all())
        store._db.write(lambda c: c.execute(text("DELETE FROM edition_items")))
        try:
            done = typed(home, "audit")
            (edition,) = store.editions()
            assert done.exit_code == 1
            assert f"is in no edition; {edition.id} should have it" in " ".join(done.stderr.split())
            assert "Every match is accounted for" not in done.stdout
            assert typed(home, "audit", "--json", "--until", "2026-11-24").exit_code == 0
        finally:
            words = ", ".join(f":{name}" for name in kept[0])
            insert = text(f"INSERT INTO edition_items ({', '.join(kept[0])}) VALUES ({words})")
            store._db.write(lambda c: c.execute(insert, [dict(row) for row in kept]))


def test_a_period_that_ends_before_it_begins_is_said(home: Path) -> None:
    done = typed(home, "audit", "--since", "2026-11-25", "--until", "2026-11-24")
    assert "--since is later than --until" in str(done.exception)
