"""`monitor profiles aliases`, as an editor types it and the guide quotes it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from real_runs import typed
from test_docs_examples import GUIDE, library_of

from monitor.adapters.store import open_store
from monitor.core.article import Article

SEEN = datetime(2026, 11, 23, 7, tzinfo=UTC)
ARTICLES = [
    Article("https://loch.example/1", "Boats late again", body="Ferry Folk said in Oban that the boats are late."),
    Article("https://bbc.example/1", "Users meet", body="Users of Ferries, or Ferry Folk, met in Oban."),
    Article("https://bbc.example/2", "Folk meet", body="Ferry Folk met."),
    Article("https://bbc.example/3", "Rain", body="It rained in Oban."),
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A workspace of the guide's chapter on aliases, with a few articles."""
    library_of("`aliases`", tmp_path)
    (tmp_path / "monitor.toml").write_text("")
    (tmp_path / "var").mkdir()
    store = open_store(f"sqlite:///{tmp_path / 'var' / 'monitor.db'}")
    outlets = {"loch.example": "loch_news", "bbc.example": "bbc"}
    for one in ARTICLES:
        values = {"outlet": outlets[one.url.split("/")[2]], "first_seen": SEEN}
        article = Article(one.url, one.headline, body=one.body, **values)
        store.add_articles("s", [(article.url, article)])
    store.close()
    return tmp_path


def ran(home: Path, *options: str) -> tuple[int, str, str]:
    words = (
        "profiles",
        "aliases",
        "--since",
        "2026-11-01",
        "--until",
        "2026-11-30",
        *options,
        "--home",
        str(home),
    )
    done = typed(home.parent, *words)
    return done.status, done.out.decode(), done.errors


def test_the_guide_quotes_what_is_printed(home):
    status, printed, errors = ran(home)
    (quoted,) = [
        block
        for language, block in re.findall(r"^```(\w*)\n(.*?)^```$", GUIDE["`aliases`"], re.MULTILINE | re.DOTALL)
        if not language
    ]
    assert status == 0, errors
    assert printed.split() == quoted.split()
    assert "4 articles looked at, first seen from Sun 1 Nov 2026 00:00 to Tue 1 Dec 2026 00:00" in errors


def test_a_script_gets_every_article_with_its_proof(home):
    status, printed, errors = ran(home, "--json")
    assert status == 0, errors
    (line,) = [json.loads(line) for line in printed.splitlines()]
    counts = {key: line[key] for key in ("looked_at", "stands_in", "adds", "in_anyway", "near_misses", "out")}
    assert counts == {"looked_at": 4, "stands_in": 3, "adds": 1, "in_anyway": 1, "near_misses": 1, "out": 0}
    assert sorted((a["headline"], a["verdict"], a["without_it"], a["added"]) for a in line["articles"]) == [
        ("Boats late again", "in", "out", True),
        ("Folk meet", "near_miss", "out", False),
        ("Users meet", "in", "in", False),
    ]
