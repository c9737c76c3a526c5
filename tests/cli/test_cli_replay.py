"""`monitor replay`, as typed: a real workspace, its profiles changed and not published."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from monitor.app import new_workspace, open_workspace
from monitor.cli.main import app
from monitor.core.draft import DraftFile

AGREEMENT = "social-security-scotland"
SECTION = "uk_government"
ARTICLES = [
    {
        "headline": "DWP staff to move",
        "standfirst": "Claimants on benefits will travel.",
        "url": "https://x.example/1",
    },
    {"headline": "Angela Crawley on benefits", "url": "https://x.example/2"},
    {"headline": "A quiet day", "url": "https://x.example/3"},
]
Typed = Callable[..., Result]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with three articles of 5 October, published and judged."""
    home = tmp_path_factory.mktemp("replay") / "home"
    new_workspace(home)
    rows = [json.dumps({**a, "outlet": "guardian", "published_at": "2026-10-05T09:00:00Z"}) for a in ARTICLES]
    (home / "archive.jsonl").write_text("\n".join(rows))
    for words in (["articles", "import", str(home / "archive.jsonl")], ["coverage"]):
        done = CliRunner().invoke(app, [*words, "--home", str(home)])
        assert done.exit_code == 0, done.output
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """The same, for one test to change."""
    return Path(shutil.copytree(made, tmp_path / "home"))


def typed(home: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["replay", *words, "--home", str(home)])


def edit(home: Path, old: str, new: str, file: str = f"{SECTION}.yaml") -> None:
    path = home / "profiles" / AGREEMENT / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def add_a_term(home: Path) -> None:
    path = home / "profiles" / AGREEMENT / f"{SECTION}.yaml"
    first, last = "  - term: Angela Crawley\n", "  - term: Chris Stephens\n"
    before, _, rest = path.read_text().partition(first)
    path.write_text(f"{before}  - DWP\n{last}{rest.partition(last)[2]}")
    edit(home, "hits: [Angela Crawley]", "hits: []")


OCTOBER = ("--since", "2026-10-01", "--until", "2026-10-31")


def test_gained_and_lost_each_with_its_proof(home: Path) -> None:
    add_a_term(home)
    done = typed(home, *OCTOBER)
    assert done.exit_code == 0, done.output
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert f"{SECTION}: term DWP added" in lines
    assert "Gained: 1 article" in lines
    assert "+ 05 Oct 10:00 guardian DWP staff to move" in lines
    (proof,) = (line for line in lines if line.startswith(f"{SECTION}: In: "))
    assert "DWP" in proof
    assert "benefits" in proof
    assert "Lost: 1 article" in lines
    assert f"{SECTION}: Out: no term of the section stands in it any more." in lines
    assert "1 gained, 1 lost, 0 moved, 0 with another proof" in lines
    assert "3 articles in all, 2 could have changed, 2 looked at" in lines


def test_it_publishes_nothing_and_stores_nothing(home: Path) -> None:
    def stored() -> tuple[object, ...]:
        with open_workspace(home) as workspace:
            return [r.fingerprint for r in workspace.store.revisions_in_force()], workspace.store.unindexed()

    before = stored()
    add_a_term(home)
    typed(home, *OCTOBER)
    assert stored() == before


def test_json_is_the_whole_answer_and_all_gives_the_same(home: Path) -> None:
    add_a_term(home)
    by_index, by_all = (json.loads(typed(home, *OCTOBER, "--json", *more).stdout) for more in ([], ["--all"]))
    assert (by_index.pop("could_change"), by_all.pop("could_change")) == (2, 3)
    assert (by_index.pop("looked_at"), by_all.pop("looked_at")) == (2, 3)
    assert by_index == by_all
    assert by_index["terms"] == [
        {"section": SECTION, "term": "Angela Crawley", "gained": 0, "lost": 1},
        {"section": SECTION, "term": "DWP", "gained": 1, "lost": 0},
    ]
    assert by_index["days"] == [{"day": "2026-10-05", "before": 1, "after": 1}]
    gained = next(d for d in by_index["differences"] if d["kind"] == "gained")
    (verdict,) = gained["after"]["sections"]
    assert (verdict["section"], verdict["hits"][0]["text"], gained["before"]["sections"]) == (SECTION, "DWP", [])


def test_one_section_alone(home: Path) -> None:
    add_a_term(home)
    edit(home, "  - term: Funeral Costs\n", "  - A quiet day\n  - term: Funeral Costs\n", "general_news.yaml")
    both = json.loads(typed(home, *OCTOBER, "--json").stdout)
    one = json.loads(typed(home, *OCTOBER, "--json", "--section", "general_news").stdout)
    assert {c["section"] for c in both["changes"]} == {SECTION, "general_news"}
    assert {c["section"] for c in one["changes"]} == {"general_news"}


def test_a_draft_made_on_pages(home: Path) -> None:
    with open_workspace(home) as workspace:
        (now,) = (r for r in workspace.store.revisions_in_force() if r.file == f"{SECTION}.yaml")
        drafted = now.content.replace("  - term: Angela Crawley\n", "  - DWP\n  - term: Angela Crawley\n", 1)
        kept = DraftFile(AGREEMENT, now.file, "an-editor", now.fingerprint, drafted, workspace.clock())
        assert workspace.store.save_draft(kept, "")
    said = json.loads(typed(home, *OCTOBER, "--draft", "an-editor", "--json").stdout)
    assert [c["what"] for c in said["changes"]] == ["term DWP added"]
    assert said["counts"]["gained"] == 1
    assert "nobody-here has no draft" in str(typed(home, "--draft", "nobody-here").exception)


def test_a_sweep_says_what_each_value_lets_in(home: Path) -> None:
    said = json.loads(typed(home, *OCTOBER, "--sweep", "general_news", "--json").stdout)
    steps = said["thresholds"]["aboutness"]
    assert said["needed"] == {"aboutness": 50, "prominence": 2, "impact": 2}
    assert {"value": 50, "in": 0, "would_come": 0, "would_go": 0} in steps
    done = typed(home, *OCTOBER, "--sweep", "general_news")
    assert done.exit_code == 0, done.output
    assert "50 (now)" in done.stdout
    none = typed(home, *OCTOBER, "--sweep", SECTION)
    assert "has no threshold" in none.stdout


def test_against_a_folder(home: Path, tmp_path: Path) -> None:
    past = tmp_path / "past" / "profiles" / AGREEMENT
    shutil.copytree(home / "profiles" / AGREEMENT, past)
    add_a_term(home)
    said = json.loads(typed(home, *OCTOBER, "--json", "--against", str(past)).stdout)
    assert [c["what"] for c in said["changes"]] == ["term Angela Crawley removed", "term DWP added"]


def test_a_window_without_articles_and_a_draft_without_a_change(home: Path) -> None:
    done = typed(home)
    assert done.exit_code == 0
    assert "Nothing changed that articles are judged by." in done.stdout
    assert "0 articles in all" in done.stdout or "3 articles in all" in done.stdout


def test_a_file_at_fault_is_told_and_compared_as_it_is_in_force(home: Path) -> None:
    edit(home, "section:", "sektion:")
    done = typed(home, *OCTOBER)
    assert done.exit_code == 1
    assert "Nothing changed" in done.stdout
    assert "sektion" in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--days", "3", "--since", "2026-10-01"], "--days and --since: give one of them"),
        (["--since", "2026-10-01", "--until", "2026-09-01"], "--since is later than --until"),
        (["--since", "soon"], "is no date we can use"),
        (["--section", "nowhere"], "there is no section 'nowhere': one of ministerial"),
        (["--against", "nowhere"], "there is no agreement.yaml"),
        (["--sweep", "nowhere"], "there is no section 'nowhere': one of ministerial"),
        (["--sweep", "benefits", "--proofs"], "leave out --section"),
        (["--draft", "an-editor", "--against", "x"], "--draft and --against: give one of them"),
        (["--agreement", "nobody"], "--agreement takes one of: social-security-scotland"),
    ],
)
def test_what_cannot_be_done_is_said(home: Path, words: list[str], says: str) -> None:
    done = typed(home, *words)
    assert says in str(done.exception)


def test_nothing_is_in_force_yet(tmp_path: Path) -> None:
    new_workspace(tmp_path / "new")
    done = typed(tmp_path / "new")
    assert "nothing of social-security-scotland is in force yet" in str(done.exception)
    assert "--against" in str(done.exception)
