"""Rights that hold: a purge killed anywhere goes on; and what every command says of a text that is gone."""

import json
import re
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import real_runs
from real_runs import AGREEMENT, FAR_AHEAD, LONG_AGO, Place, Point, genuinely, start, typed

OUTLETS = "sources/sample.yaml"


def allow(place: Place, **rights: object) -> None:
    """Give every outlet of the sample these rights."""
    path = place.home / OUTLETS
    written = ", ".join(f"{key}: {json.dumps(value)}" for key, value in rights.items())
    path.write_text(re.sub(r"rights: \{.*\}", f"rights: {{{written}}}", path.read_text()))


@contextmanager
def stored_days_ago(place: Place, days: int):
    """The archive as if it had been stored so many days ago."""
    then = datetime.now(UTC) - timedelta(days=days)
    with place.store() as store:
        store._db.write(lambda c: c.exec_driver_sql(f"UPDATE articles SET stored_at = '{then.isoformat()}'"))
        yield store


@pytest.fixture(scope="module")
def read_once(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A workspace after one run, to be copied."""
    with real_runs.placed(made, tmp_path_factory.mktemp("read") / "workspace") as place:
        assert real_runs.run(place) in (0, 1)
        yield place


@pytest.fixture
def read(read_once: Place, tmp_path: Path) -> Place:
    """A copy of it; its mails are sent already."""
    home = tmp_path / "workspace"
    shutil.copytree(read_once.home, home)
    settings = home / "monitor.toml"
    settings.write_text(settings.read_text().replace(str(read_once.home), str(home)))
    return Place(home, read_once.url.replace(str(read_once.home), str(home)), read_once.inbox)


@pytest.fixture
def read_on_postgres(place_on_postgres: Place) -> Place:
    """The same on PostgreSQL."""
    assert real_runs.run(place_on_postgres) in (0, 1)
    return place_on_postgres


def texts(place: Place) -> int:
    with place.store() as store:
        return sum(bool(a.body or a.standfirst) for a in store.articles(LONG_AGO, FAR_AHEAD))


def said(place: Place, *command: str):
    return typed(place.home.parent, *command, "--home", str(place.home))


def test_first_it_is_shown_and_only_yes_takes_it(read):
    allow(read, keep_days=7)
    before = texts(read)
    with stored_days_ago(read, 8):
        shown = said(read, "purge")
    assert f"{before} texts would go; nothing was taken out" in shown.out.decode()
    assert texts(read) == before
    done = said(read, "purge", "--yes", "--json")
    assert json.loads(done.out)["purged"] == before
    assert texts(read) == 0
    assert "no text is due to go" in said(read, "purge").out.decode()


def test_the_files_of_watched_folders_go_with_the_texts(read):
    files = [p for p in read.home.rglob("*") if p.parent.name in ("taken", "set-aside")]
    assert files
    allow(read, keep_days=0)
    shown = said(read, "purge").out.decode()
    assert f"and {len(files)} file" in shown
    assert all(path.exists() for path in files)
    assert json.loads(said(read, "purge", "--yes", "--json").out)["files_deleted"] == len(files)
    assert not any(path.exists() for path in files)


@pytest.mark.parametrize(
    ("where", "position"),
    [("read", "before"), ("read", "within"), ("read", "after"), ("read_on_postgres", "within")],
)
def test_a_purge_that_is_killed_goes_on_and_nothing_else_changes(request, where, position):
    place = request.getfixturevalue(where)
    allow(place, keep_days=7)
    before = real_runs.facts(place)
    with stored_days_ago(place, 8):
        assert start(place, "purge", "--yes", dying=Point("purge_texts", position, 2)).end() == -signal.SIGKILL
    assert texts(place) > 0
    assert start(place, "purge", "--yes").end() == 0
    assert texts(place) == 0
    assert real_runs.facts(place) == before


def test_a_run_after_a_purge_sends_nothing_again_and_judges_no_headline(read):
    allow(read, keep_days=7)
    with stored_days_ago(read, 8):
        assert start(read, "purge", "--yes").end() == 0
    before = real_runs.facts(read)
    assert real_runs.run(read) in (0, 1)
    assert texts(read) == 0, "an article met again does not bring its text back"
    assert real_runs.facts(read) == before


def test_explain_says_the_text_is_gone_and_keeps_the_words_of_the_proof(read):
    with stored_days_ago(read, 100) as store:  # longer than any outlet of the sample lets texts be kept
        (edition,) = store.editions()
        article = store.items(edition.id)[0].article
        verdicts = store.judgement(AGREEMENT, article).verdicts
        words = {hit.span.text for v in verdicts for hit in v.hits}
    assert start(read, "purge", "--yes").end() == 0
    told = said(read, "explain", article)
    printed = " ".join(told.out.decode().split())
    assert "Its text was purged" in printed
    assert all(f"»{word}«" in printed for word in words)
    assert json.loads(said(read, "explain", article, "--json").out)["purged_at"]


def test_coverage_says_so_and_an_extract_leaves_only_where_it_may(read):
    allow(read, keep_days=30, extract_chars=80, export=True)
    rows = [json.loads(line) for line in said(read, "coverage", "--json").out.splitlines()]
    assert rows
    assert all(row["text"] == "full" and 0 < len(row["extract"]) <= 84 for row in rows if row["text"] == "full")
    allow(read, keep_days=30, extract_chars=80, export=False)
    rows = [json.loads(line) for line in said(read, "coverage", "--json").out.splitlines()]
    assert {row["extract"] for row in rows} == {""}
    allow(read, keep_days=30, extract_chars=80, export=True, keep_words=False)
    with stored_days_ago(read, 40):
        assert start(read, "purge", "--yes").end() == 0
    gone = [json.loads(line) for line in said(read, "coverage", "--json").out.splitlines()]
    assert len(gone) == len(rows)
    assert {row["extract"] for row in gone} == {""}
    assert all(row["text"].startswith("purged 20") for row in gone)
    assert "searched by their headline alone" in said(read, "coverage", "--text", "benefits").errors


def test_serve_purges_by_itself(read):
    with stored_days_ago(read, 100):
        pass
    process = genuinely(read, "serve")
    try:
        lines = iter(process.stderr.readline, "")
        assert any("event='texts purged'" in line for line in lines)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=real_runs.SECONDS)
    assert process.returncode == 0
    assert texts(read) == 0
