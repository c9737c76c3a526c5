"""`monitor profiles yield` and `proposals`, as typed, over articles that were judged and curated."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from monitor.app import new_workspace, open_workspace
from monitor.cli.main import app
from monitor.core.curation import Act, Curation

AGREEMENT = "social-security-scotland"
UNWANTED = "Universal Credit Union"
ARTICLES = [
    *(f"{UNWANTED} of Glasgow opens branch {n}" for n in range(4)),
    *(f"Universal Credit claims rise in Scotland, part {n}" for n in range(3)),
    "Centre for Social Justice reports on Scotland",
    "Centre for Social Justice answers in Scotland",
    "A quiet day",
]
OCTOBER = ("--since", "2026-10-01", "--until", "2026-11-05")
"""The articles are of 5 October: enough of a record to call a term dead."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in whose archive an editor has excluded four articles, and taken back one."""
    home = tmp_path_factory.mktemp("yields") / "home"
    new_workspace(home)
    rows = [
        {
            "headline": text,
            "outlet": "stv",
            "url": f"https://x.example/{n}",
            "published_at": "2026-10-05T09:00:00Z",
        }
        for n, text in enumerate(ARTICLES)
    ]
    (home / "archive.jsonl").write_text("\n".join(map(json.dumps, rows)))
    for words in (["articles", "import", str(home / "archive.jsonl")], ["coverage"]):
        done = CliRunner().invoke(app, [*words, "--home", str(home)])
        assert done.exit_code == 0, done.output
    with open_workspace(home) as workspace:
        at = datetime(2026, 10, 5, 12, tzinfo=UTC)
        for number in range(4):
            found = workspace.store.find_article(f"https://x.example/{number}")
            assert found
            made = Curation(Act.EXCLUDE, AGREEMENT, "morning", "", found.line, "E", "a bank", at)
            last = workspace.store.curate(made)
        workspace.store.curate(Curation(Act.UNDO, AGREEMENT, "morning", "", "", "E", "no", at, undoes=last.no))
    return home


def typed(home: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["profiles", *words, "--home", str(home)])


def test_each_term_with_what_it_brought(home: Path) -> None:
    done = typed(home, "yield", *OCTOBER, "--json")
    assert done.exit_code == 0, done.output
    lines = {(line["section"], line["term"]): line for line in map(json.loads, done.stdout.splitlines())}
    credit = lines["benefits", "Universal Credit"]
    assert (credit["kept"], credit["excluded"]) == (4, 3)
    assert credit["last_kept"].startswith("2026-10-05")
    assert credit["looked_at"] == len(ARTICLES)
    dead = lines["organisations", "Centre of Social Justice"]
    assert (dead["said"], dead["near_spellings"]) == (
        "dead",
        [{"spelling": "Centre for Social Justice", "articles": 2}],
    )
    assert lines["organisations", "NHS Scotland"]["near_spellings"] == []


def test_the_table_says_what_to_do(home: Path) -> None:
    said = " ".join(typed(home, "yield", *OCTOBER).stdout.split())
    assert (
        "“Centre for Social Justice” (2) stood in articles: is that what is meant? Then add it to `match`" in said
    )
    assert "NHS Scotland: had no hit: ask the client" in said
    short = " ".join(typed(home, "yield", "--since", "2026-10-01", "--until", "2026-10-20").stdout.split())
    assert "NHS Scotland: had no hit" not in short
    assert "The record is too short to call a term dead: that takes 28 days of articles." in short


def test_exclusions_become_a_proposal_with_its_replay(home: Path) -> None:
    """Not while one that an editor took back has the same words."""
    assert typed(home, "proposals", *OCTOBER, "--json").stdout == ""
    with open_workspace(home) as workspace:
        found = workspace.store.find_article("https://x.example/3")
        assert found
        at = datetime(2026, 10, 6, tzinfo=UTC)
        workspace.store.curate(Curation(Act.EXCLUDE, AGREEMENT, "", "", found.line, "E", "a bank", at))
    done = typed(home, "proposals", *OCTOBER, "--json")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    (one,) = [line for line in found if line["section"] == "benefits"]
    assert (one["term"], one["line"]) == ("Universal Credit", "blockers: [universal credit union]")
    assert (one["excluded"], len(one["spared"]), one["kept"], one["lost"]) == (4, 4, 3, [])
    said = " ".join(typed(home, "proposals", *OCTOBER).stdout.split())
    assert "would have kept out 4 of 4 excluded articles and 0 of 3 that were kept" in said
