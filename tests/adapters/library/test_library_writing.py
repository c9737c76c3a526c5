"""New outlets and sources into the files: in their place, and every other byte as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from library_samples import FILES

from monitor.adapters.library import Library
from monitor.adapters.library.writing import SourcesWriter
from monitor.errors import InputError

SOURCE = {"id": "new_all", "url": "https://new.example/feed: 1", "note": "Yes: it's new"}
OUTLET = {
    "id": "new",
    "name": "New & Co",
    "owner": "New",
    "area": "UK",
    "tier": 3,
    "homepage": "https://new.example/",
    "sources": [{"id": "new_all", "kind": "listing", "url": "https://new.example/", "selector": "li > a"}],
}
TEXT = """# A comment at the head
outlets:
  # about the first
  - id: one          # kept
    name: One
    owner: "One"
    area: UK
    tier: 3
    sources:
      - id: one_all
        url: https://one.example/feed
        note: >-
          Over two
          lines.

  # about the second
  - id: two
    name: Two
    owner: Two
    area: UK
    tier: 3
    sources:
      - {id: two_none, kind: none, note: Nothing is known.}
  - {id: three, name: Three, owner: Three, area: UK, tier: 3, sources: []}
  - id: four
    name: Four
    owner: Four
    area: UK
    tier: 3
    sources: []   # none yet"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    (tmp_path / "sources" / "mine.yaml").write_text(TEXT)
    return tmp_path / "sources"


def lines_added(folder: Path) -> list[str]:
    before, after = TEXT.splitlines(), (folder / "mine.yaml").read_text().splitlines()
    for line in before:
        if line in after:
            after.remove(line)
    return after


def source(folder: Path, outlet: str) -> list[tuple[str, str | None]]:
    read = Library(folder.parent).read()
    assert not [fault for fault in read.faults if fault.where.startswith("sources/")]
    return [(s.id, s.url) for s in read.sources.outlets[outlet].sources]


def test_a_source_is_put_behind_those_of_its_outlet(folder: Path) -> None:
    written = SourcesWriter(folder).add_source("one", {**SOURCE, "url": "https://new.example/feed"})
    assert written.file == folder / "mine.yaml"
    assert source(folder, "one") == [
        ("one_all", "https://one.example/feed"),
        ("new_all", "https://new.example/feed"),
    ]
    text = (folder / "mine.yaml").read_text()
    assert "          lines.\n      - id: new_all\n        url: https://new.example/feed\n        note: " in text
    assert "it's new\"\n\n  # about the second" in text
    assert len(lines_added(folder)) == 3


def test_it_takes_the_place_of_one_that_said_that_none_is_known(folder: Path) -> None:
    SourcesWriter(folder).add_source("two", {"id": "two_all", "url": "https://two.example/feed", "note": "n"})
    assert source(folder, "two") == [("two_all", "https://two.example/feed")]
    assert "two_none" not in (folder / "mine.yaml").read_text()


def test_the_first_source_of_an_outlet(folder: Path) -> None:
    SourcesWriter(folder).add_source("four", {"id": "four_all", "url": "https://four.example/feed", "note": "n"})
    assert source(folder, "four") == [("four_all", "https://four.example/feed")]
    assert "    sources:  # none yet\n      - id: four_all\n" in (folder / "mine.yaml").read_text()


def test_an_outlet_at_the_end_or_in_a_file_of_its_own(folder: Path) -> None:
    writer = SourcesWriter(folder)
    writer.add_outlets("mine.yaml", [OUTLET], "About.")
    assert (folder / "mine.yaml").read_text().startswith(TEXT + "\n\n  - id: new\n    name: New & Co\n")
    other = {**OUTLET, "id": "other", "sources": [{"id": "other_all", "url": "https://other.example/feed"}]}
    writer.add_outlets("fresh.yaml", [other], "Of a list.")
    assert (folder / "fresh.yaml").read_text().startswith("# yaml-language-server")
    assert source(folder, "new") == [("new_all", "https://new.example/")]
    assert source(folder, "other") == [("other_all", "https://other.example/feed")]


@pytest.mark.parametrize(
    ("outlet", "values", "why"),
    [
        ("nobody", SOURCE, "has an outlet nobody"),
        ("three", SOURCE, "written in brackets"),
        ("one", {"id": "Bad Id", "url": "https://new.example/", "note": ""}, "is not an id"),
        ("one", {"id": "one_all", "url": "https://new.example/", "note": ""}, "stands in line"),
        ("one", {"id": "x", "url": "https://one.example/feed", "note": ""}, "stands in line"),
    ],
)
def test_what_would_be_a_fault_is_refused_and_nothing_written(
    folder: Path, outlet: str, values: dict[str, object], why: str
) -> None:
    with pytest.raises(InputError, match=why):
        SourcesWriter(folder).add_source(outlet, values)
    assert (folder / "mine.yaml").read_text() == TEXT
    assert not list(folder.glob(".*"))


@pytest.mark.parametrize("name", ["groups.yaml", "../x.yaml", "x.yml", "/tmp/x.yaml"])
def test_files_that_are_none_of_outlets_are_refused(folder: Path, name: str) -> None:
    with pytest.raises(InputError, match="no name for a file of outlets"):
        SourcesWriter(folder).add_outlets(name, [OUTLET], "About.")
