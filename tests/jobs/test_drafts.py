"""Drafting: apart from what is in force, by editor and file, over the state that was seen; on both databases."""

import shutil
from datetime import UTC, datetime

import pytest

from monitor.adapters.library import Library
from monitor.config import shipped
from monitor.errors import InputError, RevisionConflict, UnknownRecord
from monitor.jobs.drafts import Drafter, draft_of, drafts_of, drop, opened, save
from monitor.jobs.publish import publish

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
OF, FILE = "social-security-scotland", "benefits.yaml"


@pytest.fixture
def drafter(tmp_path, store):
    shutil.copytree(shipped("profiles"), tmp_path / "profiles")
    shutil.copytree(shipped("sources"), tmp_path / "sources")
    made = Drafter(Library(tmp_path), store, lambda: NOW)
    publish(made.library, store, made.clock)
    return made


def with_term(text, term="Winter Warmth Grant"):
    return text.replace("\nterms:\n", f"\nterms:\n  - {term}\n", 1)


def test_what_is_opened_first_is_what_is_in_force_and_nothing_is_stored(drafter):
    seen = opened(drafter, OF, FILE, "first")
    in_force = next(r for r in drafter.records.revisions_in_force() if (r.agreement, r.file) == (OF, FILE))
    assert (seen.content, seen.base) == (in_force.content, in_force.fingerprint)
    assert draft_of(drafter.records, OF, "first").files == ()


def test_a_draft_is_its_editors_own_and_counts_only_where_it_is_read(drafter):
    seen = opened(drafter, OF, FILE, "first")
    save(drafter, seen, with_term(seen.content))
    assert "Winter Warmth Grant" in opened(drafter, OF, FILE, "first").content
    assert opened(drafter, OF, FILE, "second").content == seen.content
    draft = draft_of(drafter.records, OF, "first")
    assert drafts_of(drafter.records, OF) == (draft,)

    def benefits(drafts):
        return drafter.library.read(drafter.records.revisions_in_force(), drafts).agreements[0].profile("benefits")

    assert "Winter Warmth Grant" in benefits(draft.texts).sought
    assert "Winter Warmth Grant" not in benefits({}).sought


def test_two_windows_of_one_editor_do_not_undo_each_other(drafter):
    seen = opened(drafter, OF, FILE, "first")
    save(drafter, seen, with_term(seen.content))
    with pytest.raises(RevisionConflict, match="in another window") as caught:
        save(drafter, seen, with_term(seen.content, "Cold Spell Loan"))
    assert caught.value.theirs == with_term(seen.content)
    now = save(drafter, opened(drafter, OF, FILE, "first"), with_term(with_term(seen.content), "Cold Spell Loan"))
    assert now.base == seen.base
    assert "Cold Spell Loan" in opened(drafter, OF, FILE, "first").content


def test_saving_what_is_there_is_refused(drafter):
    seen = opened(drafter, OF, FILE, "first")
    with pytest.raises(InputError, match="nothing was changed"):
        save(drafter, seen, seen.content)


def test_a_dropped_draft_leaves_what_is_in_force(drafter):
    seen = opened(drafter, OF, FILE, "first")
    save(drafter, seen, with_term(seen.content))
    other = opened(drafter, OF, "agreement.yaml", "first")
    save(drafter, other, f"{other.content}# so\n")
    assert drop(drafter.records, OF, "first", FILE) == (FILE,)
    assert opened(drafter, OF, FILE, "first") == seen
    assert drop(drafter.records, OF, "first") == ("agreement.yaml",)
    with pytest.raises(UnknownRecord, match="first has no draft"):
        drop(drafter.records, OF, "first")


def test_a_file_that_was_never_published_is_drafted_from_what_stands_there(drafter):
    folder = drafter.library.root / "profiles" / OF
    (folder / "energy.yaml").write_text("section: energy\n", "utf-8")
    seen = opened(drafter, OF, "energy.yaml", "first")
    assert (seen.base, seen.content) == ("", "section: energy\n")
    with pytest.raises(UnknownRecord, match="there is no such file"):
        opened(drafter, OF, "nothing.yaml", "first")
