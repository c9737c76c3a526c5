"""What YAML does to people: each trap is told in plain words with its line, and nothing is raised."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.adapters.library.page import MAX_BYTES, Page, dotted, read_page


def read(content: str | bytes) -> Page:
    return read_page("x.yaml", content if isinstance(content, bytes) else content.encode())


@pytest.mark.parametrize(
    ("content", "line", "what", "remedy"),
    [
        ("", 1, "the file is empty", "write it"),
        ("# only a comment\n", 1, "the file is empty", "write it"),
        ("~\n", 1, "nothing is written here", "write it"),
        ("a: b\n\tc: d\n", 2, "a tab is used", "indent with spaces"),
        ("a:\n\t- b\n", 2, "a tab is used", "indent with spaces"),
        ("a: 1\nb: Budget: what it means\n", 2, "a colon and a space stand inside a text", "in quotes"),
        ('a: 1\nb: "forgotten\nc: 2\nd: "quoted" text\n', 2, "a quote opens in this line and closes", "close"),
        ("a: 1\nb: 'never closed\nc: 2\n", 2, "a quote is opened here and never closed", "close it"),
        ('a: 1\nb: "never closed\nc: 2\n', 2, "a quote is opened here and never closed", "close it"),
        ("a:\n  - b\n - c\n", 3, "does not fit the lines above it", "indent it like its neighbours"),
        ("a: [b, c\nd: e\n", 1, "not closed, or lacks a comma", "close it"),
        ("a: 1\nb\nc: 2\n", 2, "this line has no colon", "write `key: value`"),
        ("a: 1\nb: @home\n", 2, "a text may not begin with this character", "in quotes"),
        ("a: 1\nb: `home`\n", 2, "a text may not begin with this character", "in quotes"),
        ("a: 1\nb: * home\n", 2, "begins with & or *", "in quotes"),
        ('a: 1\nb: "C:\\home"\n', 2, "a backslash in double quotes", "single quotes"),
        ("a: 1\n---\nb: 2\n", 2, "begins a second document", "delete the line"),
        ("a: 1\n? [b]\n: c\n", 2, "a key must be a word", "in quotes"),
        ("a: 1\nb: 2\na: 3\n", 3, "`a` is given twice (first in line 1)", "keep one"),
        ("a: 1\nb: 010\n", 2, "010 starts with 0", "write 10"),
        (b"a: 1\nb: \x00\n", 2, "cannot be seen (U+0000)", "delete it"),
        (b"a: 1\r\nb: 2\r\nc: \x07\r\n", 3, "cannot be seen (U+0007)", "delete it"),
        (b"a: 1\nb: caf\xe9\n", 2, "not saved as UTF-8", "UTF-8"),
        ("a: 1\n".encode("utf-16"), 1, "UTF-16", "UTF-8"),
        ("a: " + "[" * 5000, 1, "nested more than 20 deep", "close every bracket"),
        ("a: &id1 [1]\nb: *id1\n", 1, "&id1 stands for lines written elsewhere", "write out the same lines"),
        ("a: &id1\n- 1\n", 1, "&id1 stands for lines", "take &id1 away"),
        ("a: &id1\n  b: 1\n", 1, "&id1 stands for lines", "take &id1 away"),
        ("a: &one text\nb: *one\n", 1, "&one stands for lines", "in place of each *one"),
        ("a: &one text\n", 1, "&one is not read as text", "in quotes"),
        ("a: 1\nb: *one\n", 2, "*one is not read as text", "in quotes"),
        ("a: 1\nb: !!python/object:os.system x\n", 2, "is not read as text", "in quotes"),
    ],
)  # fmt: skip
def test_a_trap_is_told(content: str | bytes, line: int, what: str, remedy: str) -> None:
    fault = read(content).faults[0]
    assert fault.line == line
    assert what in fault.what
    assert remedy in fault.remedy


def test_a_bomb_of_repeats_is_refused_and_never_unfolds() -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    begin = time.perf_counter()
    page = read("\n".join(levels))
    assert len(page.faults) == 1 + 29 * 10
    assert time.perf_counter() - begin < 60  # unfolded, it would take for ever


def test_a_huge_file_is_refused_unread() -> None:
    (fault,) = read(b"- a\n" * (MAX_BYTES // 4 + 1)).faults
    assert "larger than 1 MB" in fault.what


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("yes", "yes"),
        ("No", "No"),
        ("on", "on"),
        ("2026-01-01", "2026-01-01"),
        ("2026-01-01 10:00:00", "2026-01-01 10:00:00"),
        ("07:00", "07:00"),
        ("17:30", "17:30"),
        ("1_000", "1_000"),
        ("Æbc – ‘d’", "Æbc – ‘d’"),
        ("'010'", "010"),
        ('"true"', "true"),
        ("0", 0),
        ("-5", -5),
        ("True", True),
        ("false", False),
        ("~", None),
        ("|-\n  two\n  lines", "two\nlines"),
        (">-\n  one\n  line", "one line"),
    ],
)
def test_plain_values(written: str, value: object) -> None:
    assert read(f"a: {written}\n").data == {"a": value}


def test_lines_and_fields() -> None:
    page = read("# head\na:\n  - b: 1\n    c: [x, y]\n  - d\n")
    assert page.line(("a", 0, "c", 1)) == 4
    assert page.line(("a", 1)) == 5
    assert page.line(("a", 0, "missing", "deeper")) == 3
    assert page.fault(("a", 0, "c", 1), "is wrong").field == "a[0].c[1]"
    assert dotted(()) == ""


def test_values_are_found_by_pattern_whatever_their_shape() -> None:
    page = read("terms:\n  - a\n  - {term:  b   c }\n  - [d]\n  - 5\nother: x\n")
    assert list(page.texts("terms", "*")) == [(("terms", 0), "a")]
    assert list(page.texts("terms", "*", "term")) == [(("terms", 1, "term"), "b c")]
    assert list(page.texts("other", "*")) == []
    assert [path for path, _ in page.each("*")] == [("terms",), ("other",)]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=80))
def test_any_bytes_give_values_or_a_fault(content: bytes) -> None:
    page = read(content)
    assert page.faults or page.data is not None


YAML_SIGNS = st.text(alphabet="ab: -[]{},&*!|>'\"#%@`?\n\t\\~0x\u2028\ufeff\u0085", max_size=40)


@settings(max_examples=400, deadline=None)
@given(YAML_SIGNS)
def test_any_text_gives_values_or_a_fault_with_words(content: str) -> None:
    page = read(content)
    assert page.faults or page.data is not None
    assert all(fault.what and fault.remedy for fault in page.faults)


def test_where_a_list_is_meant_again_it_is_told_to_write_it_out() -> None:
    told = read("a:\n  hits: &id001 [A]\nb:\n  hits: *id001\n").faults
    assert [(fault.line, fault.field) for fault in told] == [(2, "a.hits"), (4, "b.hits")]
    assert all("write out the same lines in place of each *id001" in fault.remedy for fault in told)
