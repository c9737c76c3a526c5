"""The folder: what is complete, what waits, where files go; real files, real permissions."""

from __future__ import annotations

import gzip
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from wire_samples import NITF, newsml

from monitor.app.kinds import Kinds
from monitor.core.source import Source, SourceKind
from monitor.errors import InputError
from monitor.jobs.ports import Arrived

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SOURCE = Source("ledger", "ledger", SourceKind.FOLDER, folder="arrivals/ledger")
LONG_AGO = timedelta(hours=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "arrivals" / "ledger"
    made.mkdir(parents=True)
    return made


def put(folder: Path, name: str, content: str | bytes, age: timedelta = LONG_AGO) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    os.utime(path, ((NOW - age).timestamp(),) * 2)
    return path


def waiting(folder: Path, now: datetime = NOW) -> list[str]:
    return [file.path.name for file in Kinds(folder.parents[1]).waiting(SOURCE, now)]


def taken(folder: Path, now: datetime = NOW) -> list[Arrived]:
    """What every waiting file holds; each is moved as ingest moves it."""
    found = []
    for file in Kinds(folder.parents[1]).waiting(SOURCE, now):
        parts = list(file.parts())
        faults = [fault for part in parts for fault in part.faults]
        file.set_aside(faults) if faults else file.taken()
        found += parts
    return found


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_files_are_taken_the_oldest_first_and_once(folder: Path) -> None:
    put(folder, "b.xml", NITF, timedelta(hours=3))
    put(folder, "a.xml.gz", gzip.compress(newsml().encode()), timedelta(hours=2))
    assert waiting(folder) == ["b.xml", "a.xml.gz"]
    assert [len(part.entries) for part in taken(folder)] == [1, 1]
    assert names(folder) == ["taken/a.xml.gz", "taken/b.xml"]
    assert waiting(folder) == []
    put(folder, "b.xml", NITF)
    taken(folder)
    assert "taken/b.2.xml" in names(folder)


def test_what_is_still_being_written_is_left(folder: Path) -> None:
    put(folder, "now.xml", NITF, timedelta(seconds=3))
    for name in ("x.xml.part", "x.filepart", ".x.xml", "~x.xml", "x.TMP"):
        put(folder, name, NITF)
    put(folder, "ahead.xml", NITF, timedelta(hours=-5))  # its clock is ahead of ours
    (folder / "later").mkdir()
    assert waiting(folder) == ["ahead.xml"]


def test_a_link_is_told_and_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.xml").write_text(NITF)
    (tmp_path / "moved").mkdir()
    (folder / "taken").symlink_to(tmp_path / "moved")  # our own folder may be on another disk
    for name, target in (("link.xml", tmp_path / "elsewhere.xml"), ("dangling.xml", tmp_path / "nowhere")):
        (folder / name).symlink_to(target)
        os.utime(folder / name, ((NOW - LONG_AGO).timestamp(),) * 2, follow_symlinks=False)
    parts = taken(folder)
    assert [len(part.entries) for part in parts] == [0, 0]
    assert all("it is a link and not followed" in str(fault) for part in parts for fault in part.faults)
    assert waiting(folder) == []
    assert (tmp_path / "elsewhere.xml").read_text() == NITF
    told = {path.name for path in (folder / "set-aside").iterdir()}
    assert told == {"link.xml", "dangling.xml", "link.xml.report.txt", "dangling.xml.report.txt"}


@pytest.mark.parametrize("content", [NITF[:500], '{"headline": "One", "body": "x"}\n{"headline": "Tw'])
def test_a_half_written_file_is_waited_for_and_then_set_aside(folder: Path, content: str) -> None:
    put(folder, "slow", content, timedelta(minutes=2))
    assert all(not part.faults for part in taken(folder))
    assert names(folder) == ["slow"]
    parts = taken(folder, NOW + timedelta(minutes=9))
    assert [fault for part in parts for fault in part.faults]
    assert names(folder) == ["set-aside/slow", "set-aside/slow.report.txt"]


def test_an_embargo_is_waited_for(folder: Path) -> None:
    put(folder, "e.xml", newsml(meta="<embargoed>2026-03-02T13:00:00Z</embargoed>"))
    (part,) = taken(folder)
    assert (part.entries, part.left_out) == ((), ["e.xml is under embargo until 02 Mar 13:00"])
    assert names(folder) == ["e.xml"]
    assert len(taken(folder, NOW + timedelta(hours=1))[0].entries) == 1
    assert names(folder) == ["taken/e.xml"]


def test_lines_are_taken_but_for_those_at_fault_and_the_report_says_which(folder: Path) -> None:
    lines = [{"headline": f"H{n}", "body": "Text.", "url": f"https://ledger.example/{n}"} for n in range(450)]
    text = [json.dumps(line) for line in lines]
    text[7], text[300] = '{"headline": ', '{"byline": "nobody"}'
    put(folder, "day.jsonl", "\n".join(text))
    parts = taken(folder)
    assert [len(part.entries) for part in parts] == [199, 199, 50]
    assert {entry.whole for part in parts for entry in part.entries} == {True}
    report = (folder / "set-aside" / "day.jsonl.report.txt").read_text()
    assert "day.jsonl:8: it is not JSON" in report
    assert "day.jsonl:301: there is no text" in report
    assert "put it back" in report


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "it is empty"),
        ("   \n", "it is empty"),
        ("Just words", "neither NewsML-G2, NITF nor JSON lines"),
        (b"%PDF-1.7 ...", "neither NewsML-G2, NITF nor JSON lines"),
        (b"PK\x03\x04....", "it is a zip archive (unpack it"),
        (b'[{"headline": "A"}]', "no JSON lines (write one JSON object on each line"),
        ("<html><body>Accept cookies</body></html>", "its first element is html"),
        ("<nitf><p>x</nitf>", "it is not XML: mismatched tag in line 1"),
        (b"\x1f\x8b\x08garbage", "its gzip is damaged"),
        (gzip.compress(NITF.encode())[:-40], "its gzip is damaged or cut off"),
    ],
)
def test_a_file_at_fault_is_set_aside_and_the_rest_goes_on(folder: Path, content: str | bytes, why: str) -> None:
    put(folder, "a-bad", content, timedelta(hours=2))
    put(folder, "good.xml", NITF)
    bad, good = taken(folder)
    assert (len(bad.faults), len(good.entries)) == (1, 1)
    assert why in str(bad.faults[0])
    assert names(folder) == ["set-aside/a-bad", "set-aside/a-bad.report.txt", "taken/good.xml"]


def test_a_gzip_bomb_is_a_fault(folder: Path) -> None:
    put(folder, "bomb.xml", gzip.compress(b"<a>" + b" " * 60_000_000))
    assert "more than 50,000,000 bytes" in taken(folder)[0].faults[0].what


def test_a_line_without_end_is_a_fault(folder: Path) -> None:
    put(folder, "long.jsonl", '{"headline": "' + "x" * 10_000_100 + '"}\n{"headline": "Good", "body": "b"}\n')
    parts = taken(folder)
    assert [entry.headline for part in parts for entry in part.entries] == ["Good"]
    assert [fault for part in parts for fault in part.faults]


def test_what_was_taken_is_let_go_in_time(folder: Path) -> None:
    put(folder, "a.xml", NITF)
    taken(folder)
    kinds = Kinds(folder.parents[1])
    assert kinds.purge(SOURCE, datetime.now(UTC) - timedelta(days=1)) == 0
    assert kinds.purge(SOURCE, datetime.now(UTC) + timedelta(seconds=5), only_look=True) == 1
    assert names(folder) == ["taken/a.xml"]
    assert kinds.purge(SOURCE, datetime.now(UTC) + timedelta(seconds=5)) == 1
    assert names(folder) == []


def test_what_was_set_aside_is_let_go_in_time_and_its_report_a_month_later(folder: Path) -> None:
    put(folder, "b.xml", NITF[:500], timedelta(hours=1))
    taken(folder)
    kinds = Kinds(folder.parents[1])
    assert kinds.purge(SOURCE, datetime.now(UTC) - timedelta(days=1)) == 0
    assert kinds.purge(SOURCE, datetime.now(UTC) + timedelta(days=1)) == 1
    assert names(folder) == ["set-aside/b.xml.report.txt"]
    assert kinds.purge(SOURCE, datetime.now(UTC) + timedelta(days=31)) == 1
    assert names(folder) == []


def test_a_file_that_another_run_takes_meanwhile_is_no_fault(folder: Path) -> None:
    put(folder, "a.xml", NITF)
    put(folder, "b.xml", NITF[:500])
    kinds = Kinds(folder.parents[1])
    ours, theirs = kinds.waiting(SOURCE, NOW), kinds.waiting(SOURCE, NOW)
    read = [list(file.parts()) for file in ours]
    for file, parts in zip(theirs, [list(file.parts()) for file in theirs], strict=True):
        file.set_aside(parts[0].faults) if parts[0].faults else file.taken()
    before = names(folder)
    for file, parts in zip(ours, read, strict=True):
        file.set_aside(parts[0].faults) if parts[0].faults else file.taken()
    assert names(folder) == before == ["set-aside/b.xml", "set-aside/b.xml.report.txt", "taken/a.xml"]
    assert [list(file.parts()) for file in ours] == [[], []]


def test_a_folder_that_is_not_there_or_not_ours_is_an_error(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="make it, and have files sent there"):
        Kinds(tmp_path).waiting(Source("x", "x", SourceKind.FOLDER, folder="nowhere"), NOW)
    put(folder, "a.xml", NITF)
    (folder / "taken").write_text("a file where the folder should be")
    (file, *_) = Kinds(tmp_path).waiting(SOURCE, NOW)
    list(file.parts())
    with pytest.raises(InputError, match="cannot be moved into taken/"):
        file.taken()
