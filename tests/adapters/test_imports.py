"""Files that people hand in: their kinds, charsets, faults by line, damage; and memory."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest

from monitor.adapters.imports import MAX_ITEM, read
from monitor.errors import InputError
from monitor.jobs.ports import ImportRow


def rows(tmp_path: Path, content: bytes, name: str = "file") -> list[ImportRow]:
    path = tmp_path / name
    path.write_bytes(content)
    return list(read(str(path)))


def test_json_lines(tmp_path: Path) -> None:
    content = b'\xef\xbb\xbf{"title": "A"}\n\n{"title": ["B"]}\r\n{"title": "C"}'
    assert rows(tmp_path, content) == [
        ImportRow(1, {"title": "A"}),
        ImportRow(3, {"title": ["B"]}),
        ImportRow(4, {"title": "C"}),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv(tmp_path: Path, delimiter: str) -> None:
    lines = [["Title", " Link "], ['"A, B; ""C""\nsecond line"', "http://x.example/1"], [], ["D", ""]]
    content = "\r\n".join(delimiter.join(cells) for cells in lines).encode("utf-8-sig")
    assert rows(tmp_path, content) == [
        ImportRow(2, {"Title": 'A, B; "C"\nsecond line', "Link": "http://x.example/1"}),
        ImportRow(5, {"Title": "D", "Link": ""}),
    ]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_charsets(tmp_path: Path, charset: str) -> None:
    content = "Title;Link\nGàidhlig £5 ’é’;x\n".encode(charset)
    assert rows(tmp_path, content) == [ImportRow(2, {"Title": "Gàidhlig £5 ’é’", "Link": "x"})]


def test_gzip_of_either(tmp_path: Path) -> None:
    assert rows(tmp_path, gzip.compress(b'{"a": 1}\n')) == [ImportRow(1, {"a": 1})]
    assert rows(tmp_path, gzip.compress(b"a,b\n1,2\n")) == [ImportRow(2, {"a": "1", "b": "2"})]


def test_faults_by_line(tmp_path: Path) -> None:
    deep = "[" * 100_000
    content = f'{{"a": 1}}\n{{"a": \n["a"]\n{deep}\n"x"\n{{"b": 2}}\n'.encode()
    found = rows(tmp_path, content)
    assert [row.line for row in found] == [1, 2, 3, 4, 5, 6]
    assert [row.fault for row in found] == [
        "",
        "not JSON: expecting value at character 8",
        "not a JSON object",
        "not JSON that can be read",
        "not a JSON object",
        "",
    ]


def test_csv_with_more_cells_than_headings(tmp_path: Path) -> None:
    assert rows(tmp_path, b"a,b\n1,2,3\n4\n") == [
        ImportRow(2, fault="3 cells, but 2 headings"),
        ImportRow(3, {"a": "4"}),
    ]


def test_a_line_without_end_is_a_fault_and_the_next_is_read(tmp_path: Path) -> None:
    content = b'{"a": "' + b"x" * (2 * MAX_ITEM) + b'"}\n{"a": 1}\n'
    assert [bool(row.fault) for row in rows(tmp_path, content)] == [True, False]


@pytest.mark.parametrize("cut", [-3, -12, 200])
def test_a_damaged_file_gives_what_it_has_and_says_so(tmp_path: Path, cut: int) -> None:
    lines = b"".join(b'{"n": %d, "t": "%s"}\n' % (n, str(n * 7919).encode() * 9) for n in range(1000))
    found = rows(tmp_path, gzip.compress(lines)[:cut])
    assert "damaged" in found[-1].fault
    assert not any(row.fault for row in found[:-1])


@pytest.mark.parametrize(
    ("content", "why"), [(b"PK\x03\x04....", "zip or Excel"), (b' \n[{"a": 1}]', "one JSON array")]
)
def test_other_kinds_of_file_are_refused_with_a_remedy(tmp_path: Path, content: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        rows(tmp_path, content)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        list(read(str(tmp_path / "none")))
    with pytest.raises(InputError, match="cannot be read"):
        list(read(str(tmp_path)))


def test_an_empty_file_has_no_items(tmp_path: Path) -> None:
    assert rows(tmp_path, b"") == []
    assert rows(tmp_path, gzip.compress(b"")) == []
    assert rows(tmp_path, b"a,b\n") == []


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "large.jsonl.gz"
    line = json.dumps({"title": "x" * 500}).encode() + b"\n"
    path.write_bytes(gzip.compress(line * 40_000, 1))
    tracemalloc.start()
    assert sum(1 for _ in read(str(path))) == 40_000
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 3_000_000
