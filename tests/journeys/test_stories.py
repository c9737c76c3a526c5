"""`monitor stories` as an editor types it, on the demo's workspace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from real_runs import Typed, typed

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


def monitor(home: Path, *arguments: str, of: str = "stories") -> Typed:
    environment = {"MONITOR_HOME": str(home), "MONITOR_AUTHOR": "J. Editor"}
    return typed(home.parent, *of.split(), *arguments, environment=environment)


def test_an_editor_lists_joins_splits_and_is_remembered(home):
    [line] = monitor(home, "list", "--json").said.splitlines()
    assert [a["outlet"] for a in json.loads(line)["articles"]] == ["herald", "the_scotsman"]
    joined = monitor(home, "join", "bbc.example/a", "herald.example/a", "--reason", "one ferry", "--json")
    assert (joined.status, len(json.loads(joined.said)["articles"])) == (0, 3)
    parted = monitor(home, "split", "the_scotsman.example/a", "--reason", "another ferry")
    assert (parted.status, "1 article" in parted.said) == (0, True)
    told = monitor(home, "show", "bbc.example/a")
    assert told.status == 0
    assert "J. Editor joined" in told.said
    assert "another ferry" in told.said
    assert "2 stories in 72 hours" in monitor(home, "list").said
    explained = monitor(home, "the_scotsman.example/a", of="explain").said
    assert "By an editor's word: split from" in explained
    assert "another ferry" in explained


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "nobody.example/a"), "no such article is stored: nobody.example/a"),
        (("join", "x.example/1", "x.example/2", "--reason", "because"), "x.example/1, x.example/2"),
        (("join", "herald.example/a", "bbc.example/a"), "needs a reason"),
        (("split", "bbc.example/a", "--reason", "because"), "is alone in its story"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(home, arguments, says):
    done = monitor(home, *arguments)
    assert (done.status, says in done.errors, done.said) == (2, True, ""), done.errors
