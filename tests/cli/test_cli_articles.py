"""`monitor articles list`, as typed, over articles that were stored with and without their texts."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from monitor.app import new_workspace, open_workspace
from monitor.cli.main import app
from monitor.core.article import Article

SEEN = datetime(2026, 10, 5, 9, tzinfo=UTC)
TEASER = "teaser, 19 of 100: the page says it is not free -60"
TEXT = "The whole text of the news."
TWO_DAYS = ("--since", "2026-10-05", "--until", "2026-10-06")


def article(name: str, **given: str) -> Article:
    return Article(f"https://stv.example/{name}", f"News {name}", outlet="stv", first_seen=SEEN, **given)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("stored") / "home"
    new_workspace(home)
    first = article("grown", standfirst="A start.")
    stored = [
        article("full", body=TEXT),
        article("walled", standfirst="A start.", body="A start of it", shortfall=TEASER),
        article("bare"),
        first,
        first.told_anew(SEEN.replace(day=6), body=TEXT),
    ]
    with open_workspace(home) as workspace:
        for n, one in enumerate(stored):
            workspace.store.add_articles("stv-news", [(str(n), one)])
    return home


def typed(home: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["articles", "list", *words, "--home", str(home)])


def listed(home: Path, *words: str) -> dict[str, str]:
    done = typed(home, *words, "--json")
    assert done.exit_code == 0, done.output
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len({line["url"] for line in lines}) == len(lines)
    return {line["headline"].removeprefix("News "): line["evidence"] for line in lines}


def test_each_article_once_with_what_it_was_judged_on(home: Path) -> None:
    assert listed(home, *TWO_DAYS) == {"full": "full", "walled": "summary", "bare": "headline", "grown": "full"}


def test_those_without_their_text_say_why(home: Path) -> None:
    words = (*TWO_DAYS, "--evidence", "summary", "--evidence", "headline")
    assert listed(home, *words) == {"walled": "summary", "bare": "headline"}
    said = " ".join(typed(home, *words).stdout.split())
    assert f"judged on its summary alone: {TEASER}" in said
    assert "A start" not in said


def test_an_outlet_alone_and_one_that_is_not_known(home: Path) -> None:
    assert listed(home, *TWO_DAYS, "--outlet", "bbc") == {}
    done = typed(home, "--outlet", "svt")
    assert done.exit_code != 0
    assert "there is no outlet 'svt'" in str(done.exception)
