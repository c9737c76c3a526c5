"""A new agreement's folder: looked at before it is there, and made whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.adapters.library import Library
from monitor.adapters.library.founding import NewAgreements
from monitor.app import new_workspace
from monitor.errors import InputError

TEXTS = {
    "agreement.yaml": "client: Pier Council\nname: Piers\nsections: [ferries]\n",
    "ferries.yaml": "section: ferries\ntitle: F\nagreement_says: x\nterms: [Pier Fund]\nsources: any_monitored\n",
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    new_workspace(tmp_path / "home")
    return tmp_path / "home"


def test_faults_are_told_before_anything_is_written(home: Path) -> None:
    library = NewAgreements(home)
    assert library.faults("piers", TEXTS) == ()
    wrong = {
        **TEXTS,
        "ferries.yaml": "section: ferries\ntitle: FERRIES\nterms: [Pier Fund]\nsources: {plus: [nobody]}\n",
    }
    faults = library.faults("piers", wrong)
    assert [f.where for f in faults] == ["profiles/piers/ferries.yaml"] * len(faults)
    assert "nobody" in str(faults)
    assert not (home / "profiles" / "piers").exists()


def test_it_is_there_whole_and_read_as_any_other(home: Path) -> None:
    NewAgreements(home).write("piers", TEXTS)
    assert {f.name: f.read_text("utf-8") for f in (home / "profiles" / "piers").iterdir()} == TEXTS
    read = Library(home).read()
    assert ("piers", ("ferries",)) in [(a.id, a.order) for a in read.agreements]
    assert read.faults == ()


@pytest.mark.parametrize(
    "name", ["", "Piers", "../piers", "a/b", "sources", "calendar", "schema", ".piers", "x" * 61]
)
def test_what_cannot_be_a_short_name(home: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot be an agreement's short name"):
        NewAgreements(home).write(name, TEXTS)


def test_an_agreement_that_is_there_is_not_written_over(home: Path) -> None:
    taken = next(p.name for p in (home / "profiles").iterdir() if (p / "agreement.yaml").exists())
    before = (home / "profiles" / taken / "agreement.yaml").read_text("utf-8")
    with pytest.raises(InputError, match="already"):
        NewAgreements(home).write(taken, TEXTS)
    assert (home / "profiles" / taken / "agreement.yaml").read_text("utf-8") == before


def test_what_cannot_be_written_leaves_nothing(home: Path) -> None:
    there = sorted(p.name for p in (home / "profiles").iterdir())
    with pytest.raises(InputError, match="cannot be written"):
        NewAgreements(home).write("piers", {**TEXTS, "no/such/folder.yaml": ""})
    assert sorted(p.name for p in (home / "profiles").iterdir()) == there
