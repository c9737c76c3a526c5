"""Revisions as typed: published signed, shown, brought back; refused in a sentence."""

import json
import os

import pytest
from typer.testing import CliRunner

from monitor import app as application
from monitor.cli.main import app

SIGNED = ["--author", "A. Editor", "--reason", "asked for by the benefits team"]


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "environ", {k: v for k, v in os.environ.items() if not k.startswith("MONITOR_")})
    application.new_workspace(tmp_path / "ws")
    with application.open_workspace(tmp_path / "ws") as workspace:
        workspace.publish()
    return tmp_path / "ws"


def typed(home, *words):
    return CliRunner().invoke(app, ["profiles", *words, "--home", str(home)])


def test_a_draft_is_published_shown_and_taken_back(home, tmp_path):
    file = home / "profiles/social-security-scotland/benefits.yaml"
    before = file.read_text("utf-8")
    draft = tmp_path / "draft.yaml"
    draft.write_text(before.replace("\nterms:\n", "\nterms:\n  - Winter Warmth Grant\n", 1), "utf-8")

    done = typed(home, "publish", "benefits", "--from", str(draft), "--over", "1", *SIGNED)
    assert done.exit_code == 0, done.output
    assert "revision 2 is in force (1 line new, 0 gone)" in done.stdout
    assert file.read_text("utf-8") == draft.read_text("utf-8")

    assert "+  - Winter Warmth Grant" in typed(home, "history", "benefits", "--show", "2").stdout
    assert typed(home, "restore", "benefits", "1", *SIGNED).exit_code == 0
    assert file.read_text("utf-8") == before
    told = [json.loads(line) for line in typed(home, "history", "benefits", "--json").stdout.splitlines()]
    assert [(t["revision"], t["author"]) for t in told] == [(3, "A. Editor"), (2, "A. Editor"), (1, "file")]
    assert told[0]["fingerprint"] == told[2]["fingerprint"] != told[1]["fingerprint"]


def test_a_draft_of_an_older_revision_takes_nothing_back(home, tmp_path):
    file = home / "profiles/social-security-scotland/benefits.yaml"
    for name in ("Winter Warmth Grant", "Cold Spell Loan"):
        draft = tmp_path / f"{name}.yaml"
        draft.write_text(file.read_text("utf-8").replace("\nterms:\n", f"\nterms:\n  - {name}\n", 1), "utf-8")
    first, second = (tmp_path / f"{name}.yaml" for name in ("Winter Warmth Grant", "Cold Spell Loan"))
    assert typed(home, "publish", "benefits", "--from", str(first), "--over", "1", *SIGNED).exit_code == 0
    refused = typed(home, "publish", "benefits", "--from", str(second), "--over", "1", *SIGNED)
    assert "A. Editor published" in str(refused.exception)
    assert file.read_text("utf-8") == first.read_text("utf-8")


def test_all_that_was_published_is_listed_sources_included(home):
    told = [json.loads(line) for line in typed(home, "history", "--json").stdout.splitlines()]
    files = {(t["agreement"], t["file"]) for t in told}
    assert {("social-security-scotland", "digests.yaml"), ("sources", "groups.yaml")} <= files


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["publish", "benefits", *SIGNED], "in force already"),
        (["publish", "nonsuch", *SIGNED], "there is no such file"),
        (
            ["publish", "benefits", "--from", "/nonsuch.yaml", "--over", "1", *SIGNED],
            "give the file that holds the draft",
        ),
        (["publish", "benefits", "--from", "/nonsuch.yaml", *SIGNED], "--from and --over go together"),
        (["publish", "benefits", "--from", "/nonsuch.yaml", "--over", "4", *SIGNED], "no revision 4"),
        (["restore", "benefits", "9", *SIGNED], "its revisions are 1 to 1"),
        (["restore", "sources/nonsuch.yaml", "1", *SIGNED], "never published"),
        (["history", "--show", "1"], "--show needs a file"),
        (["people", "--as-of", "3000-01-01"], "still to come"),
        (["history", "benefits", "--show", "9"], "no revision 9"),
        (["history", "benefits", "--agreement", "nonsuch"], "--agreement takes one of"),
        (["publish", "benefits", "--author", "A", "--reason", "x"], "needs a reason"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(home, words, said):
    done = typed(home, *words)
    assert done.exit_code != 0
    assert said in str(done.exception)


def test_an_audit_of_a_digest_that_nobody_has_is_refused(home):
    done = CliRunner().invoke(app, ["audit", "--digest", "nonsuch", "--home", str(home)])
    assert "--digest takes one of: morning" in str(done.exception)
