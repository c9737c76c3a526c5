"""Revising: signed, over the state that was seen, file and revision together; on both databases."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from monitor.adapters.library import Library
from monitor.config import shipped
from monitor.errors import InputError, LibraryError, RevisionConflict, UnknownRecord
from monitor.jobs.publish import FROM_FILE, publish
from monitor.jobs.revise import Place, Reviser, Signed, history, publish_draft, publish_file, restore

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
BENEFITS = Place("social-security-scotland", "benefits.yaml")
SIGNED = Signed("A. Editor", "asked for by the benefits team")


@pytest.fixture
def home(tmp_path):
    shutil.copytree(shipped("profiles"), tmp_path / "profiles")
    shutil.copytree(shipped("sources"), tmp_path / "sources")
    return tmp_path


@pytest.fixture
def reviser(home, store):
    made = Reviser(Library(home), store, lambda: NOW)
    publish(made.library, store, made.clock)
    return made


@pytest.fixture
def file(home):
    return home / "profiles" / BENEFITS.agreement / BENEFITS.file


def with_term(text, term="Winter Warmth Grant"):
    return text.replace("\nterms:\n", f"\nterms:\n  - {term}  # since the autumn\n", 1)


def latest(reviser):
    return history(reviser.revisions, BENEFITS)[-1]


def test_a_changed_file_is_published_under_a_name(reviser, file):
    file.write_text(with_term(file.read_text("utf-8")), "utf-8")
    publish_file(reviser, BENEFITS, SIGNED)
    one = latest(reviser)
    assert (one.number, one.counts()) == (2, (1, 0))
    assert (one.revision.author, one.revision.reason, one.revision.at) == (SIGNED.author, SIGNED.reason, NOW)
    assert [line for line in one.changed_lines() if line.startswith("+ ")] == [
        "+  - Winter Warmth Grant  # since the autumn"
    ]
    assert publish(reviser.library, reviser.revisions, reviser.clock).changed == ()


def test_a_draft_is_written_into_its_file_comments_and_all(reviser, file):
    seen = latest(reviser).revision
    draft = with_term(seen.content)
    publish_draft(reviser, BENEFITS, draft, seen.fingerprint, SIGNED)
    assert file.read_text("utf-8") == draft
    assert latest(reviser).revision.content == draft
    assert not [path.name for path in file.parent.iterdir() if path.name.startswith(".")]


def test_of_two_editors_the_second_is_shown_what_the_first_published(reviser, file):
    seen = latest(reviser).revision
    first, second = with_term(seen.content, "Winter Warmth Grant"), with_term(seen.content, "Cold Spell Loan")
    publish_draft(reviser, BENEFITS, first, seen.fingerprint, replace(SIGNED, author="First"))
    with pytest.raises(RevisionConflict, match="First published") as caught:
        publish_draft(reviser, BENEFITS, second, seen.fingerprint, replace(SIGNED, author="Second"))
    assert caught.value.theirs == first
    assert file.read_text("utf-8") == first
    assert latest(reviser).number == 2


def test_what_was_changed_on_disk_meanwhile_is_neither_lost_nor_passed_over(reviser, file):
    seen = latest(reviser).revision
    on_disk = with_term(seen.content, "Cold Spell Loan")
    file.write_text(on_disk, "utf-8")
    with pytest.raises(RevisionConflict, match="changed on disk") as caught:
        publish_draft(reviser, BENEFITS, with_term(seen.content), seen.fingerprint, SIGNED)
    assert caught.value.theirs == on_disk
    assert file.read_text("utf-8") == on_disk
    assert latest(reviser).number == 1


def test_who_read_the_files_before_an_editor_published_does_not_take_it_back(reviser, store):
    """A run reads, an editor publishes, the run stores what it read: the editor's word stands."""
    seen = latest(reviser).revision
    draft = with_term(seen.content)

    class Slow(Library):
        def read(self, in_force=(), drafts=None):
            read = super().read(in_force, drafts)
            publish_draft(reviser, BENEFITS, draft, seen.fingerprint, SIGNED)
            return read

    assert publish(Slow(reviser.library.root), store, reviser.clock).changed == ()
    assert latest(reviser).revision.content == draft


def test_an_earlier_revision_comes_back_as_a_new_one(reviser, file):
    first = latest(reviser).revision
    publish_draft(reviser, BENEFITS, with_term(first.content), first.fingerprint, SIGNED)
    restore(reviser, BENEFITS, 1, Signed("B. Editor", "it brought only noise"))
    one = latest(reviser)
    assert (one.number, one.revision.content, one.revision.author) == (3, first.content, "B. Editor")
    assert one.counts() == (0, 1)
    assert file.read_text("utf-8") == first.content
    assert history(reviser.revisions, BENEFITS)[0].revision.author == FROM_FILE


def test_a_draft_with_faults_is_refused_with_all_of_them_and_nothing_changes(reviser, file):
    seen = latest(reviser).revision
    wrong = f"{with_term(seen.content)}\nnonsense: 1\nrubbish: 2\n"
    with pytest.raises(LibraryError, match=r"benefits.yaml:\d+(.|\n)*nonsense(.|\n)*rubbish"):
        publish_draft(reviser, BENEFITS, wrong, seen.fingerprint, SIGNED)
    assert file.read_text("utf-8") == seen.content
    assert latest(reviser).number == 1


@pytest.mark.parametrize(
    ("place", "wrong", "said"),
    [
        (Place("calendar", "holidays.yaml"), "nonsense: 1\n", r"holidays.yaml:1: nonsense"),
        (Place("sources", "groups.yaml"), "groups: 1\n", r"sources/groups.yaml:1: groups"),
    ],
)
def test_faults_of_files_that_are_no_agreements_are_told(reviser, home, place, wrong, said):
    (home / "holidays.yaml").write_text("checked: 2026-11-25\n", "utf-8")
    publish(reviser.library, reviser.revisions, reviser.clock)
    past = history(reviser.revisions, place)[-1].revision
    with pytest.raises(LibraryError, match=said):
        publish_draft(reviser, place, wrong, past.fingerprint, SIGNED)


def test_a_file_that_cannot_be_written_leaves_nothing_published(reviser):
    seen = latest(reviser).revision

    class Full(Library):
        def write(self, agreement, file, content):
            raise InputError("No space left on device")

    full = replace(reviser, library=Full(reviser.library.root))
    with pytest.raises(InputError, match="No space"):
        publish_draft(full, BENEFITS, with_term(seen.content), seen.fingerprint, SIGNED)
    assert latest(reviser).number == 1


def test_what_cannot_be_revised_is_said(reviser):
    with pytest.raises(InputError, match="in force already"):
        publish_file(reviser, BENEFITS, SIGNED)
    with pytest.raises(InputError, match="no such file"):
        publish_file(reviser, replace(BENEFITS, file="nonsuch.yaml"), SIGNED)
    with pytest.raises(UnknownRecord, match="no revision 7: its revisions are 1 to 1"):
        restore(reviser, BENEFITS, 7, SIGNED)
    with pytest.raises(UnknownRecord, match="never published"):
        restore(reviser, replace(BENEFITS, file="nonsuch.yaml"), 1, SIGNED)
    with pytest.raises(InputError, match="nobody"):
        Signed(" ", "a good reason")
    with pytest.raises(InputError, match="needs a reason"):
        Signed("A. Editor", "ok")
