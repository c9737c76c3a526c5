"""An article is sent, its outlet takes the keyword out, and everybody is told (F16).

Over real HTTP, with what `monitor run` does and the commands of an editor and an FOI officer.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from typer.testing import CliRunner, Result

from monitor.adapters.library.addresses import silence
from monitor.app import Unseen, new_workspace, open_workspace, run_once
from monitor.cli.main import app

MONDAY = datetime(2026, 3, 2, 6, 50, tzinfo=UTC)
HEADLINE = "Department for Work and Pensions to change benefits in Scotland"
FILLER = " ".join(f"word{n} of it" for n in range(120))


def feed(headline: str, said: str) -> str:
    words = f"<title>{headline}</title><description>{said}</description>"
    item = f"<item>{words}<link>/news/1</link><guid>a-1</guid></item>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{item}</channel></rss>'


def page(said: str) -> str:
    paragraphs = (
        f"<p>{said} {FILLER}.</p><p>Nothing else was said about it on the day, in Edinburgh or elsewhere.</p>"
    )
    return f"<!DOCTYPE html><html><body><article><h1>News</h1>{paragraphs}</article></body></html>"


@pytest.fixture
def site(httpserver: HTTPServer) -> HTTPServer:
    tell(httpserver, HEADLINE, "The Department for Work and Pensions said that benefits in Scotland will change.")
    return httpserver


def tell(server: HTTPServer, headline: str, said: str) -> None:
    server.clear_all_handlers()
    server.expect_request("/feed").respond_with_data(feed(headline, said), content_type="application/rss+xml")
    server.expect_request("/news/1").respond_with_data(page(said), content_type="text/html")
    server.expect_request("/robots.txt").respond_with_data("", content_type="text/plain")


@pytest.fixture
def home(tmp_path: Path, site: HTTPServer) -> Path:
    folder = tmp_path / "w"
    new_workspace(folder)
    for file in (folder / "sources").glob("*.yaml"):
        if file.name != "groups.yaml":
            silence(file)
    (folder / "sources/one.yaml").write_text(
        "outlets:\n  - id: paper\n    name: Paper\n    owner: Owner\n    area: Scotland\n    tier: 1\n"
        "    groups: [uk_nationals, uk_key_regionals]\n"
        f"    sources:\n      - id: paper_news\n        kind: feed\n        url: {site.url_for('/feed')}\n"
    )
    (folder / "monitor.toml").write_text(f'[fetch]\nallow_private = ["{site.host}:{site.port}"]\n')
    return folder


def run_at(home: Path, moment: datetime) -> None:
    with open_workspace(home, clock=lambda: moment) as workspace:
        run_once(workspace, Unseen())


def monitor(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--home", str(home)])


def mails(home: Path) -> list[str]:
    with open_workspace(home) as workspace:
        return [edition.mail.text for edition in workspace.store.editions()][::-1]


def test_an_edit_that_removes_the_keyword_is_told_to_everybody(home: Path, site: HTTPServer) -> None:
    run_at(home, MONDAY)
    assert HEADLINE in " ".join(mails(home)[-1].split())
    run_at(home, MONDAY.replace(hour=7, minute=1))
    assert HEADLINE not in " ".join(mails(home)[-1].split())
    tell(site, "Ministry to change payments", "The ministry said that payments will change.")
    run_at(home, MONDAY.replace(day=3))
    run_at(home, MONDAY.replace(day=3, hour=7, minute=1))
    told = " ".join(mails(home)[-1].split())
    assert "UPDATED SINCE IT WAS SENT" in told
    assert "Ministry to change payments" in told
    assert "no longer in UK GOVERNMENT" in told
    address = site.url_for("/news/1")
    stages = [
        json.loads(line) for line in monitor(home, "articles", "history", address, "--json").stdout.splitlines()
    ]
    assert [stage["sections"] != [] for stage in stages] == [True, False]
    assert [e["state"] for stage in stages for e in stage["editions"]] == ["shown", "updated"]
    shown = monitor(home, "articles", "history", address).stdout
    assert "no longer in UK GOVERNMENT" in shown
    assert "Against the text before" in monitor(home, "explain", address).stdout
    then = monitor(home, "coverage", "--as-of", "2026-03-02", "--json").stdout.splitlines()
    assert {json.loads(row)["headline"] for row in then} == {HEADLINE}
    assert monitor(home, "coverage", "--as-of", "2026-03-03", "--json").stdout == ""
    [row, *_] = [json.loads(r) for r in monitor(home, "coverage", "--json").stdout.splitlines()]
    assert row["replaced_at"].startswith("2026-03-03T06:50")
