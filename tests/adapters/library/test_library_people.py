"""Individuals in files: none without role and decision; others than office-holders by two, where taken at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from library_samples import AGREEMENT, FILES, TREES

from monitor.adapters.library import Library, read_published
from monitor.core.profile import Standing
from monitor.core.revision import Revision
from monitor.jobs.ports import LibraryRead

PERSON = "  - term: Rita Sample\n    kind: person\n"
DECIDED = "    person: {class: CLASS, role: R, purpose: P, approved_by: Head, REST review_by: 2027-03-31}\n"
Read = Callable[..., LibraryRead]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads the sample library with a term more in a section, and other words in its agreement."""

    def read_(term: str, people: str = "{journalists: true}", in_force: tuple[Revision, ...] = ()) -> LibraryRead:
        for name, text in FILES.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, "utf-8")
        trees, agreement = tmp_path / TREES, tmp_path / AGREEMENT
        trees.write_text(FILES[TREES].replace("  - Scots pine\n", f"  - Scots pine\n{term}"), "utf-8")
        agreement.write_text(FILES[AGREEMENT].replace("{journalists: true}", people), "utf-8")
        return Library(tmp_path).read(in_force)

    return read_


def decided(standing: str, rest: str = "") -> str:
    return PERSON + DECIDED.replace("CLASS", standing).replace("REST", rest)


def test_an_office_holder_with_role_and_decision(read: Read) -> None:
    found = read(decided("office_holder"))
    assert found.faults == ()
    (person,) = found.agreements[0].profile("trees").people
    assert (person.name, person.standing, person.role) == ("Rita Sample", Standing.OFFICE_HOLDER, "R")


def test_a_person_without_is_refused(read: Read) -> None:
    (fault,) = read(PERSON).faults
    assert "Rita Sample is a person, and nothing says who that is" in fault.what
    assert "`purpose`" in fault.remedy
    assert fault.line is not None


@pytest.mark.parametrize(
    ("standing", "rest", "people", "says"),
    [
        (
            "journalist",
            "second_approval: Clerk,",
            "{journalists: false}",
            "a journalist is named, and this agreement",
        ),
        (
            "private_person",
            "second_approval: Clerk,",
            "{journalists: true}",
            "a private person is named, and this",
        ),
        ("private_person", "", "{private_persons: true, journalists: true}", "named on one approval"),
        ("journalist", "second_approval: head,", "{journalists: true}", "both approvals are by the same"),
    ],
)
def test_others_are_off_and_take_two(read: Read, standing: str, rest: str, people: str, says: str) -> None:
    found = [fault for fault in read(decided(standing, rest), people).faults if "trees" in fault.where]
    assert says in found[0].what
    assert len(found) == 1


def test_a_journalist_that_two_have_approved(read: Read) -> None:
    found = read(decided("journalist", "second_approval: Clerk,"))
    assert found.faults == ()
    assert found.agreements[0].profile("trees").people[0].second_approval == "Clerk"


def test_a_revision_from_before_the_register_stays_in_force_and_is_named(read: Read) -> None:
    """A file that was published without any decision goes on being used, and is told of until it is completed."""
    old = FILES[TREES].replace("  - Scots pine\n", f"  - Scots pine\n{PERSON}")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    revisions = tuple(
        Revision(
            name.split("/")[1] if "profiles" in name else "sources", name.split("/")[-1], "", text, "a", "r", at
        )
        for name, text in {**FILES, TREES: old}.items()
    )
    found = read(PERSON, in_force=revisions)
    (fault,) = found.faults
    assert "is a person" in fault.what
    for library in (found, read_published(revisions)):
        (person,) = library.agreements[0].profile("trees").people
        assert (person.name, person.standing, person.review_by) == ("Rita Sample", None, None)
