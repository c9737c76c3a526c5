"""`processes` in monitor.toml: several judge an archive, and what is stored and told is the same, to the byte."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.adapters import crew
from monitor.adapters.crew.shards import FEW
from monitor.app import new_workspace, open_workspace
from monitor.cli.main import app

AGREEMENT = "social-security-scotland"
HEADLINES = (
    "DWP staff to move as Universal Credit changes",
    "Scottish Child Payment rises in Glasgow",
    "A ferry was late again",
)


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Says of each process that was forked to judge, which it is."""
    found: list[int] = []

    class Member(crew._Member):
        def __init__(self, *given) -> None:  # type: ignore[no-untyped-def]
            super().__init__(*given)
            found.append(self._process.pid or 0)

    monkeypatch.setattr(crew, "_Member", Member)
    return found


def workspace(folder: Path, processes: int) -> Path:
    """A workspace with an archive of more articles than one process is given at a time."""
    home = folder / f"home{processes}"
    new_workspace(home)
    settings = home / "monitor.toml"
    settings.write_text(f"processes = {processes}\n{settings.read_text('utf-8')}")
    rows = [
        {
            "headline": f"{HEADLINES[n % 3]} {n}",
            "standfirst": "People on benefits in Ayr are paid anew.",
            "url": f"https://x.example/{n}",
            "outlet": "guardian",
            "published_at": f"2026-10-05T09:{n % 60:02}:00Z",
        }
        for n in range(2 * FEW + 1)
    ]
    (home / "archive.jsonl").write_text("\n".join(map(json.dumps, rows)))
    typed(home, "articles", "import", str(home / "archive.jsonl"))
    return home


def typed(home: Path, *words: str) -> str:
    done = CliRunner().invoke(app, [*words, "--home", str(home)])
    assert done.exit_code == 0, done.output
    return done.stdout


def stored(home: Path) -> dict[str, bytes]:
    with open_workspace(home) as opened:
        window = opened.store.articles(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
        return {i: j.stored() for i, j in opened.store.judgements(AGREEMENT, [a.id for a in window]).items()}


def test_an_archive_is_judged_and_replayed_by_several(tmp_path: Path, forked: list[int]) -> None:
    one, two = workspace(tmp_path, 1), workspace(tmp_path, 2)
    said = [typed(one, "coverage", "--json")]
    assert not forked
    said.append(typed(two, "coverage", "--json"))
    assert len(forked) == 2
    assert said[0] == said[1]
    assert stored(one) == stored(two)
    assert len(stored(one)) == 2 * FEW + 1

    again = ("replay", "--all", "--since", "2026-10-01", "--until", "2026-10-31", "--json")
    for home in (one, two):
        file = home / "profiles" / AGREEMENT / "uk_government.yaml"
        file.write_text(file.read_text("utf-8").replace("\nterms:\n", "\nterms:\n  - ferry\n", 1))
    replayed = [typed(one, *again), typed(two, *again), typed(one, *again, "--processes", "2")]
    assert len(forked) == 6
    assert len(set(replayed)) == 1
    assert json.loads(replayed[0])["looked_at"] == 2 * FEW + 1
