"""`monitor stories` as an editor types it, on the demo's workspace."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.adapters.store import open_store
from monitor.app import new_workspace, now
from monitor.core.article import Article

TEXT = " ".join(f"word{n}" for n in range(60))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    new_workspace(tmp_path / "w")
    (tmp_path / "w/var").mkdir(exist_ok=True)
    store = open_store(f"sqlite:///{tmp_path / 'w/var/monitor.db'}")
    articles = [
        Article(f"https://{o}.example/a", f"Ferry late, says {o}", body=text, outlet=o, first_seen=now())
        for o, text in (("herald", TEXT), ("the_scotsman", TEXT), ("bbc", TEXT.replace("word", "other")))
    ]
    store.add_articles("test", [(a.url, a) for a in articles])
    store.close()
    return tmp_path / "w"


def monitor(home: Path, *arguments: str, of: str = "stories") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "MONITOR_HOME": str(home), "MONITOR_AUTHOR": "J. Editor"}
    command = [sys.executable, "-m", "monitor", *of.split(), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_an_editor_lists_joins_splits_and_is_remembered(home):
    [line] = monitor(home, "list", "--json").stdout.splitlines()
    assert [a["outlet"] for a in json.loads(line)["articles"]] == ["herald", "the_scotsman"]
    joined = monitor(home, "join", "bbc.example/a", "herald.example/a", "--reason", "one ferry", "--json")
    assert (joined.returncode, len(json.loads(joined.stdout)["articles"])) == (0, 3)
    parted = monitor(home, "split", "the_scotsman.example/a", "--reason", "another ferry")
    assert (parted.returncode, "1 article" in parted.stdout) == (0, True)
    told = monitor(home, "show", "bbc.example/a")
    assert told.returncode == 0
    assert "J. Editor joined" in told.stdout
    assert "another ferry" in told.stdout
    assert "2 stories in 72 hours" in monitor(home, "list").stdout
    explained = monitor(home, "the_scotsman.example/a", of="explain").stdout
    assert "By an editor's word: split from" in explained
    assert "another ferry" in explained


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "nobody.example/a"), "no such article is stored: nobody.example/a"),
        (("join", "x.example/1", "x.example/2", "--reason", "because"), "x.example/1, x.example/2"),
        (("join", "herald.example/a", "bbc.example/a"), "--reason"),
        (("split", "bbc.example/a", "--reason", "because"), "is alone in its story"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(home, arguments, says):
    done = monitor(home, *arguments)
    assert (done.returncode, says in done.stderr, done.stdout) == (2, True, ""), done.stderr
