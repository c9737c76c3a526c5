"""`monitor desk`, as typed: a real workspace, and a page on a real server that no feed brought."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from pytest_httpserver import HTTPServer
from typer.testing import CliRunner

from monitor.app import new_workspace, now, open_workspace
from monitor.cli.main import app
from monitor.core.article import Article
from monitor.errors import FetchError, InputError

WHY = ("--reason", "as the office asked")
TEXT = "The Cabinet Secretary for Social Justice spoke of poverty in Perth. " * 12
PARAGRAPHS = [
    f"Crews of ferry number {n} will not sail on Friday, a speaker for harbour {n} told those who had come."
    for n in range(12)
]
MISSED = (
    '<html lang="en"><head><title>Ferry crews to strike</title></head><body><article>'
    f"<h1>Ferry crews to strike</h1><p>{'</p><p>'.join(PARAGRAPHS)}</p></article></body></html>"
)


@pytest.fixture
def home(tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with two articles of this hour, and no edition yet."""
    home = tmp_path / "w"
    new_workspace(home)
    (home / "monitor.toml").write_text(f'[fetch]\nallow_private = ["localhost:{httpserver.port}"]\n')
    monkeypatch.setenv("MONITOR_HOME", str(home))
    monkeypatch.setenv("MONITOR_AUTHOR", "J. Editor")
    seen = now() - timedelta(minutes=5)
    with open_workspace(home) as workspace:
        articles = [
            Article(f"https://{o}.example/a", f"Minister in Perth, says {o}", body=text, outlet=o, first_seen=seen)
            for o, text in (("herald", TEXT), ("bbc", TEXT.replace("spoke", "told of a plan, and a cost,")))
        ]
        workspace.store.add_articles("test", [(a.url, a) for a in articles])
    return home


def typed(*words: str) -> Result:
    return CliRunner().invoke(app, ["desk", *words])


def items() -> dict[str, dict]:
    shown = typed("show", "--json")
    assert shown.exit_code == 0, shown.output
    return {item["headline"]: item for item in json.loads(shown.stdout)["items"]}


def test_an_editor_looks_acts_and_is_remembered(home, tmp_path):
    number = next(iter(items().values()))["no"]
    assert typed("exclude", str(number), *WHY).exit_code == 0
    assert typed("note", str(number), "Read this one.", *WHY).exit_code == 0
    shown = typed("show", "--html", str(tmp_path / "mail.html"))
    assert "EXCLUDED" in shown.stdout
    assert "excluded, J. Editor, act 1: as the office asked" in shown.stdout
    assert "At the desk: J. Editor" in shown.stdout
    assert "<html" in (tmp_path / "mail.html").read_text()
    assert typed("undo", "1", "--reason", "it is ours after all").exit_code == 0
    log = typed("log").stdout
    assert "(undone by act 3)" in log
    assert "3 acts" in log
    assert [json.loads(line)["act"] for line in typed("log", "--json").stdout.splitlines()] == [
        "exclude",
        "note",
        "undo",
    ]


def test_a_move_says_where_a_story_that_is_not_major_stays_held_back(home):
    number = str(next(iter(items().values()))["no"])
    moved = typed("move", number, "benefits", *WHY)
    assert "BENEFITS asks for major stories" in moved.stdout
    assert "monitor desk add brings it in" in " ".join(moved.stdout.split())
    assert "asks for major stories" not in typed("move", number, "scottish_parliament", *WHY).stdout


def test_a_missed_article_is_fetched_stored_judged_and_shown(home, httpserver):
    httpserver.expect_request("/ferries").respond_with_data(MISSED, content_type="text/html")
    url = httpserver.url_for("/ferries")
    done = typed("add", url, "--section", "general_news", *WHY, "--json")
    assert done.exit_code == 0, (done.output, done.exception)
    item = items()["Ferry crews to strike"]
    assert (item["standing"], item["section"], item["why"]) == ("in", "general_news", "added by an editor")
    with open_workspace(home) as workspace:
        stored = workspace.store.find_article(url)
        assert stored.body.startswith("Crews of ferry number 0")
        assert workspace.store.recorded("social-security-scotland", stored.id) is not None
    assert isinstance(typed("add", url, "--section", "general_news", *WHY).exception, InputError)
    assert len(httpserver.log) == 1


def test_nothing_is_fetched_for_what_cannot_be_said(home, httpserver):
    refused = typed("add", httpserver.url_for("/ferries"), "--section", "nowhere", *WHY)
    assert isinstance(refused.exception, InputError)
    assert "there is no section nowhere" in str(refused.exception)
    assert httpserver.log == []


def test_a_page_that_cannot_be_read_adds_nothing(home, httpserver):
    httpserver.expect_request("/gone").respond_with_data("no", status=404)
    assert isinstance(
        typed("add", httpserver.url_for("/gone"), "--section", "benefits", *WHY).exception, FetchError
    )
    assert typed("log").stdout.endswith("0 acts\n")
