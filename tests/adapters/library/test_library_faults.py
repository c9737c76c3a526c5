"""Every kind of fault tells its file, line and field, what is wrong in plain words, and what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from library_samples import (
    AGREEMENT,
    DIGESTS,
    FILES,
    NATIONAL,
    PONDS,
    TREES,
    replace,
    rewrite,
    write_library,
)
from ruamel.yaml import YAML

from monitor.adapters.library import Library
from monitor.core.fault import Fault


@dataclass(frozen=True)
class Case:
    """`old` becomes `new` in a file; the first fault stands in the line that then begins with `line`."""

    file: str
    old: str
    new: str
    line: str
    field: str
    what: str
    remedy: str


CASES = [Case(**case) for case in YAML(typ="safe").load(Path(__file__).with_name("faults.yaml"))]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_library(tmp_path)


def faults_of(root: Path, file: str) -> list[Fault]:
    return [fault for fault in Library(root).read().faults if fault.where == file]


TECHNICAL = re.compile(r"pydantic|\bstr\b|\bdict\b|Literal|valid|Form\b|\binput|\bNone\b|\btag\b|boolean")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.field}-{case.what[:30]}")
def test_a_fault_says_where_what_and_what_to_do_in_plain_words(root: Path, case: Case) -> None:
    content = replace(root, case.file, case.old, case.new)
    faults = Library(root).read().faults
    told = [f for f in faults if f.where == case.file and f.field == case.field and case.what in f.what]
    line = next(n for n, text in enumerate(content.splitlines(), 1) if text.startswith(case.line))
    assert [(fault.line, case.remedy in fault.remedy) for fault in told] == [(line, True)], told
    for fault in faults:
        assert not TECHNICAL.search(str(fault))
        assert not fault.what.endswith(".")
        assert fault.remedy


def test_all_faults_of_all_files_at_once(root: Path) -> None:
    spoilt = {
        TREES: FILES[TREES]
        .replace("title: TREES", "titel: TREES")
        .replace("kind: organisation", "kind: body")
        .replace("plus: [daily]", "plus: [dayly]")
        .replace("place: fife", "place: fiff")
        .replace("prominence: 1", "prominence: 010"),
        PONDS: FILES[PONDS].replace("within: sentence", "within: page"),
        DIGESTS: FILES[DIGESTS].replace("07:30", "25:00").replace("[trees]", "[hedges]"),
        NATIONAL: FILES[NATIONAL].replace("tier: 1", "tier: 9").replace("[local]", "[locl]"),
    }
    for path, content in spoilt.items():
        rewrite(root, path, content)
    found = {(fault.where, fault.field) for fault in Library(root).read().faults}
    assert found == {
        (TREES, "titel"),
        (TREES, "title"),
        (TREES, "terms[1].kind"),
        (TREES, "sources.plus[0]"),
        (TREES, "oicw[1].place"),
        (TREES, "significance.prominence"),
        (PONDS, "oicw[0].within"),
        (DIGESTS, "weekly.at"),
        (DIGESTS, "weekly.sections[0]"),
        (NATIONAL, "outlets[0].tier"),
        (NATIONAL, "outlets[0].groups[0]"),
    }


def test_a_fault_is_told_once(root: Path) -> None:
    replace(root, TREES, "- Scots pine", "- *pine")
    assert len(faults_of(root, TREES)) == 2  # the term, and the example that names it


def test_a_file_the_agreement_does_not_list(root: Path) -> None:
    rewrite(root, "profiles/parks/hedges.yaml", "section: hedges\n")
    faults = faults_of(root, "profiles/parks/hedges.yaml")
    assert "does not list this section" in faults[-1].what
    assert "add hedges to `sections`" in faults[-1].remedy
    assert {fault.field for fault in faults} == {"title", "terms", "sources", ""}


def test_a_file_with_another_ending_is_told(root: Path) -> None:
    rewrite(root, "profiles/parks/hedges.yml", "section: hedges\n")
    (fault,) = faults_of(root, "profiles/parks/hedges.yml")
    assert (fault.what, fault.remedy) == ("is not read", "call it hedges.yaml")


def test_an_agreement_without_its_file(root: Path) -> None:
    (root / AGREEMENT).unlink()
    (fault,) = faults_of(root, AGREEMENT)
    assert fault.what == "there is no such file"


def test_a_folder_called_like_a_file(root: Path) -> None:
    (root / TREES).unlink()
    (root / TREES).mkdir()
    (fault,) = faults_of(root, TREES)
    assert "cannot be opened" in fault.what


def test_an_agreement_may_not_be_called_sources(root: Path) -> None:
    rewrite(root, "profiles/sources/agreement.yaml", FILES[AGREEMENT])
    (fault,) = faults_of(root, "profiles/sources")
    assert fault.remedy == "give the folder another name"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_value_anywhere_is_read_or_told(root: Path, data: st.DataObject) -> None:
    """Whatever stands after a key: no exception, and the rest goes on."""
    import json

    path = data.draw(st.sampled_from(sorted(FILES)))
    lines = FILES[path].splitlines()
    number = data.draw(st.sampled_from([n for n, line in enumerate(lines) if ": " in line]))
    head = lines[number].split(": ", 1)[0]
    lines[number] = f"{head}: {json.dumps(data.draw(VALUES))}"
    rewrite(root, path, "\n".join(lines))
    read = Library(root).read()
    rewrite(root, path, FILES[path])
    assert read.faults or read.agreements
    for fault in read.faults:
        assert str(fault)
