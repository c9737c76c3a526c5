"""The contract of the command line, as scripts rely on it.

With `--json` standard output is one JSON document or JSON lines and nothing else; the status is 0 done, 1 done
with faults, 2 not done; and `monitor match` answers every line in order, whatever stands in it.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import real_runs
from real_runs import AGREEMENT, Place, Typed, typed

from monitor.cli import main
from monitor.core.json import Json

ROOT = Path(__file__).parents[2]
PROFILES = ROOT / "profiles" / AGREEMENT
DONE, WITH_FAULTS, NOT_DONE = 0, 1, 2


def documents(done: Typed) -> list[Json]:
    """Standard output as JSON, a document a line."""
    text = done.out.decode("utf-8")
    assert text == "" or text.endswith("\n")
    return [json.loads(line) for line in text.split("\n")[:-1]]


# --------------------------------------------------------------- every command with --json


@pytest.fixture(scope="module")
def worked(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A workspace after one run, with a file to import beside it."""
    folder = tmp_path_factory.mktemp("worked")
    with real_runs.placed(made, folder / "workspace") as place:
        assert real_runs.run(place) == WITH_FAULTS
        (folder / "archive.jsonl").write_text(json.dumps({"headline": "Of old", "url": "https://x.example/1"}))
        yield place


ONE_DOCUMENT = {
    "run": DONE,  # nothing is due again so soon
    "run --all-sources": WITH_FAULTS,  # of the sample site's feeds one is broken
    "ingest --all-sources": WITH_FAULTS,
    "explain ARTICLE": DONE,
    "explain ARTICLE --digest morning": DONE,
    "explain ARTICLE --edition EDITION": DONE,
    "explain FILE": DONE,
    "explain http://127.0.0.1:9/": WITH_FAULTS,  # nobody reads it, and its page is not to be had
    "digest preview": DONE,
    "digest send": DONE,
    "digest show EDITION": DONE,
    "profiles show benefits": DONE,
    "profiles lint": DONE,
    "articles import FILE": DONE,
    "articles import FILE --dry-run": DONE,
    "purge": DONE,
    "replay": DONE,
    "replay --section benefits --all --since 2026-01-01": DONE,
}
LINES = {
    "digest list": DONE,
    "profiles list": DONE,
    "profiles test": DONE,
    "profiles aliases": DONE,
    "profiles people": DONE,
    "profiles claims": WITH_FAULTS,  # office-holders are named, and one sentence says that nobody is
    "profiles yield": DONE,
    "profiles aliases --since 2026-01-01 --until 2026-01-31": DONE,
    "sources list": DONE,
    "sources list --group uk_blogs": DONE,
    "sources check": WITH_FAULTS,
    "sources health": DONE,
    "sources report": DONE,
    "sources report --month 2026-11": DONE,
    "coverage": DONE,
    "coverage --section benefits --near-misses": DONE,
}


def in_workspace(place: Place, command: str) -> Typed:
    """The command on the workspace, its words in capitals filled in."""
    with place.store() as store:
        edition = store.editions()[0].id
        article = store.items(edition)[0].article
    known = {"ARTICLE": article, "EDITION": edition, "FILE": str(place.home.parent / "archive.jsonl")}
    words = [known.get(word, word) for word in command.split()]
    return typed(place.home.parent, *words, "--json", "--home", str(place.home))


@pytest.mark.parametrize(("command", "status"), ONE_DOCUMENT.items())
def test_a_command_prints_one_json_document_and_nothing_else(worked, command, status):
    done = in_workspace(worked, command)
    assert done.status == status, done.errors
    (document,) = documents(done)
    assert isinstance(document, dict)


@pytest.mark.parametrize(("command", "status"), LINES.items())
def test_a_command_prints_json_lines_and_nothing_else(worked, command, status):
    done = in_workspace(worked, command)
    assert done.status == status, done.errors
    lines = documents(done)
    assert lines
    assert all(isinstance(line, dict) for line in lines)
    assert len({tuple(line) for line in lines}) == 1, "the lines do not have the same keys"


def test_init_prints_one_json_document_and_makes_no_workspace_twice(tmp_path):
    done = typed(tmp_path, "init", str(tmp_path / "new"), "--json")
    assert done.status == DONE, done.errors
    (document,) = documents(done)
    assert "monitor.toml" in document["files"]
    again = typed(tmp_path, "init", str(tmp_path / "new"), "--json")
    assert (again.status, again.out) == (NOT_DONE, b"")
    assert "is a workspace already" in again.errors


# --------------------------------------------------------------- not done


EVERYWHERE = [
    "run",
    "ingest",
    "serve",
    "digest preview",
    "digest send",
    "digest list",
    "digest show x",
    "coverage",
]
EVERYWHERE += ["explain x", "profiles list", "profiles lint", "profiles test", "profiles show benefits"]
EVERYWHERE += ["profiles aliases", "profiles people", "profiles claims", "profiles yield", "profiles print"]
EVERYWHERE += ["sources list", "sources check", "articles import FILE", "purge --yes"]
EVERYWHERE += ["sources health", "sources report", "metrics"]
EVERYWHERE += ["replay"]


@pytest.mark.parametrize("command", EVERYWHERE)
def test_without_a_workspace_nothing_is_done_and_nothing_made(tmp_path, command):
    nowhere, file = tmp_path / "nowhere", tmp_path / "file.jsonl"
    file.write_text('{"headline": "x"}\n')
    nowhere.mkdir()
    words = [str(file) if word == "FILE" else word for word in command.split()]
    done = typed(tmp_path, *words, "--home", str(nowhere))
    assert (done.status, done.out) == (NOT_DONE, b"")
    assert "there is no workspace" in done.errors
    assert "monitor init" in done.errors
    assert list(nowhere.iterdir()) == []


REFUSED = {
    "digest show social-security-scotland/morning/19990101T070000Z": "no edition",
    "digest preview --digest evening": "--digest takes one of: morning",
    "articles import /bin/ls": "/bin/ls is no text: give JSON lines",
    "digest preview --html /nowhere/at/all.html": "/nowhere/at/all.html",
    "profiles show sports": "there is no section 'sports'",
    "profiles list --agreement other": "--agreement takes one of",
    "coverage --since 2026-11-02 --until 2026-11-01": "swap them",
    "profiles aliases --since 2026-11-02 --until 2026-11-01": "swap them",
    "profiles aliases --since soon": "'soon' is no date",
    "coverage --section sports": "there is no section 'sports', and never was",
    "coverage --section ministerail": "did you mean ministerial?",
    "coverage --section sports --outlet nobody": "--outlet: there is no outlet 'nobody', and never was",
    "coverage --term Nothing": "known: ",
    "coverage --text %": "there is no word in it",
    "coverage --since yesterday": "'yesterday' is no date",
    "explain no-such-article": "no such article is stored",
    "explain ARTICLE --digest evening": "--digest takes one of: morning",
    "explain ARTICLE --edition social-security-scotland/morning/19990101T070000Z": "no edition",
    "explain ARTICLE --digest evening --edition EDITION": "is not of social-security-scotland/evening",
    "articles import /nowhere/at/all.csv": "/nowhere/at/all.csv",
    "sources list --no-such-option": "No such option",
    "no-such-command": "No such command",
}


def test_coverage_of_what_was_known_once_is_answered_and_told(worked, tmp_path):
    home = tmp_path / "workspace"
    shutil.copytree(worked.home, home)
    found = json.loads(in_workspace(worked, "coverage --json").out.splitlines()[0])["outlet"]
    outlets = home / "sources" / "sample.yaml"
    outlets.write_text(re.sub(rf"- id: {found}\b", "- id: another", outlets.read_text()))
    done = typed(tmp_path, "coverage", "--outlet", found, "--json", "--home", str(home))
    assert done.status == WITH_FAULTS, done.errors
    assert json.loads(done.out.splitlines()[0])["outlet"] == found
    assert f"there is no outlet '{found}' today" in done.errors


@pytest.mark.parametrize(("command", "said"), REFUSED.items())
def test_what_cannot_be_done_is_said_in_a_sentence_and_has_status_2(worked, command, said):
    done = in_workspace(worked, command)
    assert (done.status, done.out) == (NOT_DONE, b"")
    assert said in done.errors
    assert "Traceback" not in done.errors


@pytest.mark.parametrize("command", ["sources export --output", "metrics --write"])
def test_a_file_that_cannot_be_written_is_named_with_its_option(worked, command):
    done = typed(worked.home.parent, *command.split(), "/nowhere/at/all.txt", "--home", str(worked.home))
    assert (done.status, done.out) == (NOT_DONE, b"")
    assert (
        f"{command.split()[-1]}: /nowhere/at/all.txt cannot be written: No such file or directory" in done.errors
    )


def test_a_database_that_is_none_is_said_in_a_sentence(worked, tmp_path):
    shutil.copytree(worked.home / "profiles", tmp_path / "workspace" / "profiles")
    (tmp_path / "workspace" / "var").mkdir()
    (tmp_path / "workspace" / "var" / "monitor.db").write_text(
        "not a database, but long enough to be read as one" * 99
    )
    done = typed(tmp_path, "digest", "list", "--json", "--home", str(tmp_path / "workspace"))
    assert (done.status, done.out) == (NOT_DONE, b"")
    assert "monitor: the database refused: file is not a database" in done.errors


def test_a_mistake_of_ours_has_its_trace_and_is_never_taken_for_done(monkeypatch, capsys):
    monkeypatch.setattr(main, "app", lambda: 1 / 0)
    with pytest.raises(SystemExit) as left:
        main.main()
    assert left.value.code == NOT_DONE
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_settings_that_are_wrong_are_all_named(worked, tmp_path):
    shutil.copytree(worked.home, tmp_path / "workspace")
    (tmp_path / "workspace" / "monitor.toml").write_text('poll_minutes = 0\ncolour = "red"\n')
    done = typed(tmp_path, "digest", "list", "--json", "--home", str(tmp_path / "workspace"))
    assert (done.status, done.out) == (NOT_DONE, b"")
    assert "poll_minutes" in done.errors
    assert "colour: there is no such setting" in done.errors


def test_a_profile_with_faults_is_reported_and_the_rest_goes_on(worked, tmp_path):
    shutil.copytree(worked.home / "profiles", tmp_path / "workspace" / "profiles")
    shutil.copytree(worked.home / "sources", tmp_path / "workspace" / "sources")
    file = tmp_path / "workspace" / "profiles" / AGREEMENT / "benefits.yaml"
    file.write_text(file.read_text("utf-8").replace("title:", "titel:", 1), "utf-8")
    done = typed(tmp_path, "profiles", "list", "--json", "--home", str(tmp_path / "workspace"))
    assert done.status == WITH_FAULTS
    assert "benefits.yaml" in done.errors
    assert "benefits" not in [line["section"] for line in documents(done)]


# --------------------------------------------------------------- monitor match


GOOD = {"outlet": "bbc", "url": "https://x.example/1", "headline": "Universal Credit to change in Scotland"}


def matched(folder: Path, given: bytes, *options: str) -> Typed:
    command = ["match", "--agreement", str(PROFILES), "--sources", str(ROOT / "sources"), "--json", *options]
    done = typed(folder, *command, given=given)
    assert "Traceback" not in done.errors
    return done


def line(article: object, **json_options: bool) -> bytes:
    return json.dumps(article, **json_options).encode() + b"\n"


def test_a_match_needs_an_agreement_and_a_file_that_are_there(tmp_path):
    nowhere = typed(tmp_path, "match", "--agreement", str(tmp_path), "--json", given=line(GOOD))
    assert (nowhere.status, nowhere.out) == (NOT_DONE, b"")
    assert "there is no agreement.yaml" in nowhere.errors
    missing = matched(tmp_path, b"", str(tmp_path / "missing.jsonl"))
    assert (missing.status, missing.out) == (NOT_DONE, b"")
    assert "missing.jsonl" in missing.errors
    unsaid = typed(tmp_path, "match", "--json", given=line(GOOD))
    assert (unsaid.status, unsaid.out) == (NOT_DONE, b"")


def test_a_line_of_the_answer_has_the_keys_that_scripts_read(tmp_path):
    done = matched(tmp_path, line(GOOD))
    assert done.status == DONE, done.errors
    (document,) = documents(done)
    assert {"url", "primary", "also", "provisional", "faults", "sections"} <= document.keys()
    assert (document["url"], document["primary"], document["provisional"]) == (GOOD["url"], "benefits", True)
    section = next(s for s in document["sections"] if s["section"] == "benefits")
    assert {"section", "verdict", "decided_by", "rules", "hits", "rejected"} <= section.keys()
    assert set(section["rules"]) == {"source", "place", "significance"}
    assert all(isinstance(rule["holds"], bool) for rule in section["rules"].values())
    (hit,) = section["hits"]
    assert {"term", "field", "start", "end", "text", "derived"} <= hit.keys()
    assert GOOD["headline"][hit["start"] : hit["end"]] == hit["text"] == "Universal Credit"


@pytest.mark.parametrize(
    "given", [b"", b"\n \n\r\n", b"\xef\xbb\xbf"], ids=["nothing", "blank lines", "a mark alone"]
)
def test_of_nothing_comes_nothing(tmp_path, given):
    assert matched(tmp_path, given) == Typed(DONE, b"", "0 articles looked at by 8 sections: 0 in, 0 near\n")


def test_a_match_tells_how_much_was_looked_at(tmp_path):
    done = matched(tmp_path, line(GOOD) + line({"headline": "Rain", "body": "It rained."}) + b"[]\n")
    good, rain, none = (document["looked_at"] for document in documents(done))
    assert good == {"fields": ["headline"], "sections": 8, "left_out": []}
    assert rain == {"fields": ["headline", "body"], "sections": 8, "left_out": []}
    assert none == {"fields": [], "sections": 0, "left_out": []}
    assert "2 articles looked at by 8 sections: 1 in, 0 near; 1 line not read" in done.errors


def test_an_outlet_nobody_knows_is_a_fault_and_the_article_is_judged(tmp_path):
    done = matched(tmp_path, line({**GOOD, "outlet": "bcc"}))
    assert done.status == WITH_FAULTS
    (document,) = documents(done)
    (fault,) = document["faults"]
    assert "bcc" in fault["what"]
    assert fault["remedy"]
    section = next(s for s in document["sections"] if s["section"] == "benefits")
    assert section["hits"][0]["term"] == "Universal Credit"


BAD = {
    "not JSON": (b"{headline: x}", ""),
    "cut off": (b'{"headline": "Universal', ""),
    "two on a line": (line(GOOD).strip() * 2, ""),
    "a list": (b'["headline"]', ""),
    "a number": (b"42", ""),
    "null": (b"null", ""),
    "no text": (b'{"url": "https://x.example/2"}', ""),
    "blank text": (b'{"headline": "  ", "body": ""}', ""),
    "nested a hundred thousand deep": (b"[" * 100_000, ""),
    "a number as text": (b'{"headline": 42, "body": "x"}', "headline"),
    "an object as text": (b'{"headline": "x", "body": {"p": []}}', "body"),
    "no date": (b'{"headline": "x", "published_at": "yesterday"}', "published_at"),
    "a date beyond all": (b'{"headline": "x", "published_at": "0001-01-01T00:00:00+14:00"}', "published_at"),
    "outlets that are no list": (b'{"headline": "x", "carried_by": "bbc"}', "carried_by"),
    "a slip of the pen": (b'{"headline": "x", "standfrist": "y"}', "standfrist"),
    "not UTF-8": (b'{"headline": "caf\xe9"}', ""),
    "UTF-16": ('{"headline": "x"}'.encode("utf-16-le"), ""),
}


@pytest.mark.parametrize(("bad", "field"), BAD.values(), ids=BAD)
def test_a_bad_line_is_named_with_its_field_and_remedy_and_the_others_are_judged(tmp_path, bad, field):
    others = [line({**GOOD, "url": f"https://x.example/{n}"}) for n in (1, 3)]
    done = matched(tmp_path, others[0] + bad + b"\n" + others[1])
    assert done.status == WITH_FAULTS
    first, second, third = documents(done)
    assert [first["url"], third["url"]] == ["https://x.example/1", "https://x.example/3"]
    assert [first["primary"], third["primary"]] == ["benefits", "benefits"]
    assert [first["faults"], third["faults"]] == [[], []]
    fault = second["faults"][0]
    assert (fault["line"], fault["field"]) == (2, field)
    assert fault["what"]
    assert fault["remedy"]
    assert ":2:" in done.errors


def test_every_fault_of_a_line_is_named(tmp_path):
    bad = {"headlin": "x", "headline": "x", "body": 1, "byline": [], "published_at": "no", "carried_by": 3}
    (document,) = documents(matched(tmp_path, line(bad)))
    assert {fault["field"] for fault in document["faults"]} == {
        "headlin",
        "body",
        "byline",
        "published_at",
        "carried_by",
    }


ODD = {
    "NUL": "\x00",
    "a lone surrogate": "\ud800",
    "two that make a pair": "\ud83d\ude00",
    "a line separator": "\u2028",
    "a carriage return": "\r",
    "a right-to-left mark": "\u202e",
    "a code point of no character": "\uffff",
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_characters_are_given_back_and_move_no_span(tmp_path, odd):
    article = {**GOOD, "url": f"https://x.example/{odd}", "headline": f"{odd} Universal Credit {odd} in Scotland"}
    done = matched(tmp_path, line(article))
    assert done.status == DONE, done.errors
    (document,) = documents(done)
    as_read = json.loads(line(article))
    assert document["url"] == as_read["url"]
    hit = next(s for s in document["sections"] if s["section"] == "benefits")["hits"][0]
    assert as_read["headline"][hit["start"] : hit["end"]] == hit["text"] == "Universal Credit"


def test_a_byte_order_mark_and_windows_line_ends_are_no_faults(tmp_path):
    lines = [line({**GOOD, "url": f"https://x.example/{n}"}).strip() for n in range(3)]
    done = matched(tmp_path, b"\xef\xbb\xbf" + b"\r\n".join(lines))
    assert done.status == DONE, done.errors
    assert [d["url"][-1] for d in documents(done)] == ["0", "1", "2"]


def test_a_huge_line_is_judged(tmp_path):
    body = "\n\n".join(["Lorem ipsum dolor sit amet."] * 50_000 + ["Universal Credit in Scotland."])
    done = matched(tmp_path, line({**GOOD, "headline": "Long", "body": body}) + line(GOOD))
    assert done.status == DONE, done.errors
    long, short = documents(done)
    assert next(h["start"] for s in long["sections"] for h in s["hits"]) == body.index("Universal Credit")
    assert short["primary"] == "benefits"


def test_what_is_written_reads_the_same_in_every_locale(tmp_path, monkeypatch):
    article = line({**GOOD, "headline": "Universal Credit “to rise”, says Cùirt in Scotland"}, ensure_ascii=False)
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    command = [sys.executable, "-m", "monitor", "match", "--agreement", str(PROFILES), "--json"]
    done = subprocess.run(command, input=article, capture_output=True, check=True)
    assert json.loads(done.stdout.decode("utf-8"))["primary"] == "benefits"


def test_an_article_of_odd_json_is_explained_or_refused_in_a_sentence(worked, tmp_path):
    for given in (b'{"a":' * 100_000, b'{"headline": ', b'{"url": "x"}'):
        done = typed(tmp_path, "explain", "-", "--json", "--home", str(worked.home), given=given)
        assert (done.status, done.out) == (NOT_DONE, b"")
        assert "Traceback" not in done.errors
    done = typed(
        tmp_path, "explain", "-", "--json", "--home", str(worked.home), given=line({**GOOD, "body": "\ud800"})
    )
    assert done.status == DONE, done.errors
    assert documents(done)[0]["primary"] == "benefits"


# --------------------------------------------------------------- health


def test_health_says_what_there_is_and_what_is_not_known_yet(worked):
    done = in_workspace(worked, "sources health")
    assert all(line["rhythm"] is None and line["gap"] is None for line in documents(done))
    told = typed(worked.home.parent, "sources", "health", "--home", str(worked.home))
    assert "no rhythm yet: heard on 0 of the 14 days that it takes" in told.out.decode()
    unknown = typed(worked.home.parent, "sources", "health", "--source", "nobody", "--home", str(worked.home))
    assert (unknown.status, unknown.out) == (NOT_DONE, b"")
    assert "no such source is polled" in unknown.errors


def test_the_months_report_has_totals_and_a_csv_that_is_safe(worked):
    home = ("--home", str(worked.home))
    told = typed(worked.home.parent, "sources", "report", *home).out.decode()
    assert "in all: " in told
    rows = list(
        csv.DictReader(io.StringIO(typed(worked.home.parent, "sources", "report", "--csv", *home).out.decode()))
    )
    lines = documents(in_workspace(worked, "sources report"))
    assert [row["source"] for row in rows] == [line["source"] for line in lines]
    assert sum(int(row["articles"]) for row in rows) == sum(line["articles"] for line in lines) > 0
    wrong = typed(worked.home.parent, "sources", "report", "--month", "november", *home)
    assert (wrong.status, wrong.out) == (NOT_DONE, b"")
    assert "write it as 2026-11" in wrong.errors


def test_metrics_are_printed_or_written(worked):
    home = ("--home", str(worked.home))
    printed = typed(worked.home.parent, "metrics", *home)
    assert printed.status == DONE, printed.errors
    file = worked.home.parent / "monitor.prom"
    assert typed(worked.home.parent, "metrics", "--write", str(file), *home).status == DONE
    names = re.findall(r"^# TYPE (\S+)", file.read_text(), re.MULTILINE)
    assert names == re.findall(r"^# TYPE (\S+)", printed.out.decode(), re.MULTILINE)
    guide = (ROOT / "docs" / "for-it.md").read_text()
    assert [name for name in names if f"`{name}`" not in guide] == []
    assert set(re.findall(r"^\| `(monitor_\w+)` \|", guide, re.MULTILINE)) == set(names)
    rules = (ROOT / "deploy" / "prometheus-alerts.yaml").read_text()
    assert set(re.findall(r"monitor_\w+", rules)) <= set(names)
    nowhere = typed(worked.home.parent, "metrics", "--write", "/no/such/folder/x.prom", *home)
    assert nowhere.status == NOT_DONE
    assert "/no/such/folder" in nowhere.errors
