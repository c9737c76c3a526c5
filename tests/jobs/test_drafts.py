"""Drafting: apart from what is in force, by editor and file, over the state that was seen; on both databases."""

import pytest

from monitor.core.editing.merging import Side
from monitor.errors import InputError, RevisionConflict, UnknownRecord
from monitor.jobs.drafts import change, draft_of, drafts_of, drop, opened, overtaken, save, take_in
from monitor.jobs.revise import Place, Reviser, Signed, history, publish_draft, publish_drafted

OF, FILE = "social-security-scotland", "benefits.yaml"


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


# --------------------------------------------------------------- by values


def drafted(drafter, author, change_terms):
    """The file, opened by an editor and changed in its terms."""
    seen = opened(drafter, OF, FILE, author)
    values = drafter.library.values(seen.content)
    return change(drafter, seen, values | {"terms": change_terms(values["terms"])})


def with_case(terms, case):
    return [term | {"case": case} if term["term"] == "Universal Credit" else term for term in terms]


def reviser(drafter):
    return Reviser(drafter.library, drafter.records, drafter.clock)


def published(drafter, author, why="asked for by the team"):
    draft = draft_of(drafter.records, OF, author)
    return publish_drafted(reviser(drafter), drafter.records, draft, Signed(author, why))


def test_a_change_that_brings_a_fault_is_not_stored(drafter):
    told = drafted(drafter, "first", lambda terms: [*terms, "Universal Credit"])
    assert [fault.what.partition(" in line")[0] for fault in told.faults] == ["`Universal Credit` stands"]
    assert draft_of(drafter.records, OF, "first").files == ()


def test_a_change_that_is_taken_back_leaves_no_draft(drafter):
    drafted(drafter, "first", lambda terms: [*terms, "Cold Spell Loan"])
    assert draft_of(drafter.records, OF, "first").files
    drafted(drafter, "first", lambda terms: terms[:-1])
    assert draft_of(drafter.records, OF, "first").files == ()


def test_a_published_draft_is_in_force_signed_and_gone(drafter):
    drafted(drafter, "first", lambda terms: [*terms, "Cold Spell Loan"])
    (made,) = published(drafter, "first")
    assert (made.file, made.author, made.reason) == (FILE, "first", "asked for by the team")
    assert "  - Cold Spell Loan\n" in drafter.library.text(OF, FILE)
    assert draft_of(drafter.records, OF, "first").files == ()
    with pytest.raises(InputError, match="nothing to publish"):
        published(drafter, "first")


def test_of_two_files_none_is_published_while_one_has_been_overtaken(drafter):
    drafted(drafter, "first", lambda terms: [*terms, "Cold Spell Loan"])
    seen = opened(drafter, OF, "ministerial.yaml", "first")
    save(drafter, seen, f"{seen.content}# mine\n")
    publish_draft(
        reviser(drafter),
        Place(OF, "ministerial.yaml"),
        f"{seen.content}# theirs\n",
        seen.base,
        Signed("x", "so it is"),
    )
    with pytest.raises(RevisionConflict, match="x published"):
        published(drafter, "first")
    assert history(drafter.records, Place(OF, FILE))[-1].number == 1
    assert len(draft_of(drafter.records, OF, "first").files) == 2


def test_the_second_of_two_editors_merges_what_does_not_touch(drafter):
    drafted(drafter, "first", lambda terms: [*terms, "Cold Spell Loan"])
    drafted(drafter, "second", lambda terms: with_case(terms, "capitalised"))
    published(drafter, "first")
    with pytest.raises(RevisionConflict, match="first published"):
        published(drafter, "second")
    mine = draft_of(drafter.records, OF, "second").of(FILE)
    found = overtaken(drafter.records, drafter.library, mine, {})
    assert [one.sentence for one in found.their_changes] == ["Term “Cold Spell Loan”: added"]
    assert found.merged.clashes == ()
    take_in(drafter, found)
    assert (
        overtaken(drafter.records, drafter.library, draft_of(drafter.records, OF, "second").of(FILE), {}) is None
    )
    published(drafter, "second")
    text = drafter.library.text(OF, FILE)
    assert "  - Cold Spell Loan\n" in text
    assert "    case: capitalised\n" in text


@pytest.mark.parametrize(("side", "case"), [(Side.MINE, "capitalised"), (Side.THEIRS, "exact")])
def test_what_both_changed_waits_for_a_choice(drafter, side, case):
    drafted(drafter, "first", lambda terms: with_case(terms, "exact"))
    drafted(drafter, "second", lambda terms: [*with_case(terms, "capitalised"), "Cold Spell Loan"])
    published(drafter, "first")
    mine = draft_of(drafter.records, OF, "second").of(FILE)
    found = overtaken(drafter.records, drafter.library, mine, {})
    (clash,) = found.merged.clashes
    with pytest.raises(InputError, match="terms / Universal Credit / case"):
        take_in(drafter, found)
    take_in(drafter, overtaken(drafter.records, drafter.library, mine, {clash.name: side}))
    terms = drafter.library.values(opened(drafter, OF, FILE, "second").content)["terms"]
    assert next(t for t in terms if t != "Cold Spell Loan" and t["term"] == "Universal Credit")["case"] == case
    assert "Cold Spell Loan" in terms
