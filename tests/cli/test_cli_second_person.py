"""`monitor profiles publish`, `restore`, `asked`, `confirm`, `refuse` where a second person is asked for."""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from monitor.app import new_workspace, open_workspace
from monitor.cli.main import app

AGREEMENT = "social-security-scotland"
EVER = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
WHY = ("--reason", "asked for by the benefits team")


def typed(home: Path, *words: str, code: int = 0) -> Result:
    done = CliRunner().invoke(app, ["profiles", *words, "--home", str(home)])
    assert done.exit_code == code, done.output
    return done


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("second") / "home"
    new_workspace(home)
    head = home / "profiles" / AGREEMENT / "agreement.yaml"
    head.write_text(head.read_text("utf-8") + "\nsecond_person: true\n", "utf-8")
    with open_workspace(home) as workspace:
        assert workspace.publish().read.faults == ()
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "home"))


@pytest.fixture
def changed(home: Path) -> Path:
    """The same with a term more in a file on disk."""
    file = home / "profiles" / AGREEMENT / "benefits.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("\nterms:\n", "\nterms:\n  - Winter Warmth Grant\n", 1), "utf-8")
    return home


def sole_asking(home: Path) -> dict[str, object]:
    (line,) = typed(home, "asked", "--json").stdout.splitlines()
    return dict(json.loads(line))


def history(home: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in typed(home, "history", "benefits", "--json").stdout.splitlines()]


def acts(home: Path) -> list[tuple[str, str, str]]:
    with open_workspace(home) as workspace:
        return [(act.user, act.what, act.about) for act in workspace.store.acts(EVER[0], EVER[1])][1::-1]


def test_publish_asks_and_says_how_it_is_confirmed(changed: Path) -> None:
    told = typed(changed, "publish", "benefits", "--author", "A. Editor", *WHY).output
    asked = sole_asking(changed)
    assert "nothing is in force yet" in told
    assert f"monitor profiles confirm 'A. Editor' {asked['asked']} --author NAME" in told
    assert len(history(changed)) == 1
    assert "+  - Winter Warmth Grant" in typed(changed, "asked").stdout


def test_another_confirms_and_the_history_names_both(changed: Path) -> None:
    typed(changed, "publish", "benefits", "--author", "A. Editor", *WHY)
    seal = str(sole_asking(changed)["asked"])
    own = typed(changed, "confirm", "A. Editor", seal, "--author", "a. editor", code=1)
    assert "themselves" in str(own.output) + str(own.exception)
    assert len(history(changed)) == 1
    typed(changed, "confirm", "A. Editor", seal, "--author", "B. Editor")
    latest = history(changed)[0]
    assert (latest["revision"], latest["author"], latest["confirmed_by"]) == (2, "A. Editor", "B. Editor")
    assert re.search(r"A\. Editor, confirmed\s+by B\. Editor", typed(changed, "history", "benefits").stdout)
    about = f"{AGREEMENT}: benefits.yaml, asked by A. Editor"
    assert acts(changed) == [
        ("A. Editor", "publication asked for", about),
        ("B. Editor", "publication confirmed", about),
    ]
    assert "nothing waits" in typed(changed, "asked").output


def test_a_refusal_is_written_down_and_nothing_is_in_force(changed: Path) -> None:
    typed(changed, "publish", "benefits", "--author", "A. Editor", *WHY)
    seal = str(sole_asking(changed)["asked"])
    typed(changed, "refuse", "A. Editor", seal, "--author", "B. Editor", "--reason", "it brings mostly weather")
    assert len(history(changed)) == 1
    assert acts(changed)[1][:2] == ("B. Editor", "publication refused")
    assert "nothing waits" in typed(changed, "asked").output


def test_going_back_asks_too(changed: Path) -> None:
    typed(changed, "publish", "benefits", "--author", "A. Editor", *WHY)
    typed(changed, "confirm", "A. Editor", str(sole_asking(changed)["asked"]), "--author", "B. Editor")
    typed(changed, "restore", "benefits", "1", "--author", "B. Editor", "--reason", "it was mostly noise")
    assert len(history(changed)) == 2
    typed(changed, "confirm", "B. Editor", str(sole_asking(changed)["asked"]), "--author", "A. Editor")
    first, *_, latest = sorted(history(changed), key=lambda one: int(str(one["revision"])))
    assert (latest["revision"], latest["fingerprint"]) == (3, first["fingerprint"])
    assert (latest["author"], latest["confirmed_by"]) == ("B. Editor", "A. Editor")


def test_a_name_has_one_draft_at_a_time(changed: Path) -> None:
    typed(changed, "publish", "benefits", "--author", "A. Editor", *WHY)
    file = changed / "profiles" / AGREEMENT / "organisations.yaml"
    file.write_text(file.read_text("utf-8").replace("\nterms:\n", "\nterms:\n  - Harbour Board\n", 1), "utf-8")
    done = typed(changed, "publish", "organisations", "--author", "A. Editor", *WHY, code=1)
    assert "monitor profiles withdraw" in str(done.output) + str(done.exception)
    assert [one["file"] for one in sole_asking(changed)["files"]] == ["benefits.yaml"]  # type: ignore[attr-defined]


def test_what_was_asked_is_withdrawn_and_asked_anew(changed: Path) -> None:
    typed(changed, "publish", "benefits", "--author", "A. Editor", *WHY)
    told = typed(changed, "withdraw", "--author", "A. Editor").output
    assert "benefits.yaml" in told
    assert "nothing waits" in typed(changed, "asked").output
    assert acts(changed)[1][:2] == ("A. Editor", "draft dropped")
    typed(changed, "publish", "benefits", "--author", "A. Editor", *WHY)
    assert sole_asking(changed)["author"] == "A. Editor"
