"""A second person: what was asked is what is confirmed, never by its author; on both databases."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from monitor.adapters.library import Library
from monitor.config import shipped
from monitor.core.asking import AskedFile
from monitor.errors import InputError, RevisionConflict, UnknownRecord
from monitor.jobs.ask import ask, asked, refuse, to_answer
from monitor.jobs.drafts import Drafter, draft_of, drafts_of, drop, opened, save
from monitor.jobs.publish import publish
from monitor.jobs.revise import (
    Place,
    Reviser,
    Signed,
    asks_second_person,
    history,
    must_be_publishable,
    publish_draft,
    publish_drafted,
    publish_file,
    restore,
)

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
OF = "social-security-scotland"
BENEFITS, HEAD = Place(OF, "benefits.yaml"), Place(OF, "agreement.yaml")
WHY = "asked for by the benefits team"


def with_term(text, term="Winter Warmth Grant"):
    return text.replace("\nterms:\n", f"\nterms:\n  - {term}\n", 1)


@pytest.fixture
def home(tmp_path):
    shutil.copytree(shipped("profiles"), tmp_path / "profiles")
    shutil.copytree(shipped("sources"), tmp_path / "sources")
    head = tmp_path / "profiles" / OF / HEAD.file
    head.write_text(head.read_text("utf-8") + "\nsecond_person: true\n", "utf-8")
    return tmp_path


@pytest.fixture
def reviser(home, store):
    made = Reviser(Library(home), store, lambda: NOW)
    publish(made.library, store, made.clock)
    return made


@pytest.fixture
def drafter(reviser):
    return Drafter(reviser.library, reviser.revisions, reviser.clock)


def drafted(drafter, author="first", term="Winter Warmth Grant", file=BENEFITS.file):
    seen = opened(drafter, OF, file, author)
    save(drafter, seen, with_term(seen.content, term))
    return draft_of(drafter.records, OF, author)


def known(store):
    return asked(store, OF, drafts_of(store, OF))


def in_force(store, place=BENEFITS):
    return history(store, place)[-1].revision


def test_an_agreement_asks_by_what_is_in_force_not_by_what_stands_on_disk(reviser, home):
    assert asks_second_person(reviser, OF)
    head = home / "profiles" / OF / HEAD.file
    head.write_text(head.read_text("utf-8").replace("second_person: true", "second_person: false"), "utf-8")
    assert publish(reviser.library, reviser.revisions, reviser.clock).changed == ()
    assert asks_second_person(reviser, OF)


def test_no_way_of_publishing_goes_past_the_second_person(reviser, drafter, store, home):
    draft, file = drafted(drafter), home / "profiles" / OF / BENEFITS.file
    alone, seen = Signed("first", WHY), in_force(store)
    file.write_text(with_term(seen.content, "Loan"), "utf-8")
    ways = [
        lambda: publish_file(reviser, BENEFITS, alone),
        lambda: publish_draft(reviser, BENEFITS, with_term(seen.content), seen.fingerprint, alone),
        lambda: publish_drafted(reviser, store, draft, alone),
        lambda: restore(reviser, BENEFITS, 1, alone),
    ]
    for way in ways:
        with pytest.raises(InputError, match="asks for a second person"):
            way()
    assert in_force(store) == seen


def test_what_was_asked_is_published_and_signed_by_both(reviser, drafter, store):
    draft = drafted(drafter)
    must_be_publishable(reviser, draft)
    made = ask(store, lambda: NOW, draft, f" {WHY} ")
    assert made.files == (AskedFile(BENEFITS.file, draft.files[0].base, draft.files[0].fingerprint),)
    assert [one.stands for one in known(store)] == [True]
    found = to_answer(known(store), "first", made.seal, "second")
    publish_drafted(reviser, store, found.draft, Signed("first", made.reason, "second"))
    store.drop_asking(found.asking)
    one = in_force(store)
    assert (one.author, one.confirmed_by, one.reason) == ("first", "second", WHY)
    assert one.signature == "first, confirmed by second"
    assert one.content == draft.files[0].content
    assert history(store, BENEFITS)[-1].to_json()["confirmed_by"] == "second"
    assert known(store) == ()


@pytest.mark.parametrize("by", ["first", " First ", "FIRST"])
def test_nobody_answers_their_own(by, drafter, store):
    made = ask(store, lambda: NOW, drafted(drafter), WHY)
    with pytest.raises(InputError, match="themselves"):
        to_answer(known(store), "first", made.seal, by)
    with pytest.raises(InputError, match="themselves"):
        Signed("first", WHY, by)


def test_a_later_change_of_the_draft_withdraws_the_asking(drafter, store):
    made = ask(store, lambda: NOW, drafted(drafter), WHY)
    drafted(drafter, term="Cold Spell Loan")
    (one,) = known(store)
    assert (one.stands, one.withdrawn) == (False, True)
    with pytest.raises(RevisionConflict, match="withdrawn"):
        to_answer(known(store), "first", made.seal, "second")


def test_a_file_more_in_the_draft_withdraws_it_too_and_so_does_dropping_it(drafter, store):
    ask(store, lambda: NOW, drafted(drafter), WHY)
    drafted(drafter, file="organisations.yaml")
    assert known(store)[0].withdrawn
    drop(store, OF, "first")
    assert known(store)[0].withdrawn


def test_what_is_asked_anew_is_not_confirmed_by_who_saw_the_old(drafter, store):
    old = ask(store, lambda: NOW, drafted(drafter), WHY)
    new = ask(store, lambda: NOW, drafted(drafter, term="Cold Spell Loan"), WHY)
    with pytest.raises(RevisionConflict, match="withdrawn"):
        to_answer(known(store), "first", old.seal, "second")
    assert to_answer(known(store), "first", new.seal, "second").asking == new


def test_the_same_is_not_asked_twice(drafter, store):
    draft = drafted(drafter)
    ask(store, lambda: NOW, draft, WHY)
    with pytest.raises(InputError, match="asked already"):
        ask(store, lambda: NOW, draft, WHY)


def test_what_was_published_meanwhile_keeps_it_from_being_confirmed(reviser, drafter, store):
    first, second = drafted(drafter, "first"), drafted(drafter, "second", "Cold Spell Loan")
    ask(store, lambda: NOW, first, WHY)
    publish_drafted(reviser, store, second, Signed("second", WHY, "third"))
    (found,) = known(store)
    with pytest.raises(RevisionConflict, match="second published"):
        publish_drafted(reviser, store, found.draft, Signed("first", WHY, "third"))


def test_a_refusal_bears_a_reason_and_leaves_the_draft(drafter, store):
    draft = drafted(drafter)
    made = ask(store, lambda: NOW, draft, WHY)
    found = to_answer(known(store), "first", made.seal, "second")
    with pytest.raises(InputError, match="reason"):
        refuse(store, found, "second", "no")
    refuse(store, found, "second", "it brings mostly weather")
    (one,) = known(store)
    assert (one.asking.refused_by, one.asking.refusal) == ("second", "it brings mostly weather")
    assert (one.stands, one.withdrawn, one.draft) == (False, False, draft)
    with pytest.raises(RevisionConflict, match="second refused it"):
        to_answer(known(store), "first", made.seal, "third")
    with pytest.raises(RevisionConflict, match="answered"):
        refuse(store, found, "third", "it brings mostly weather")
    later = ask(store, lambda: NOW, draft, "the weather is excluded now")
    assert to_answer(known(store), "first", later.seal, "second").stands


def test_who_asks_for_nothing_is_not_answered(drafter, store):
    drafted(drafter)
    with pytest.raises(UnknownRecord, match="asks for nothing"):
        to_answer(known(store), "first", "0" * 16, "second")


def test_a_file_changed_on_disk_is_told_and_what_was_published_stays_in_force(reviser, store, home):
    file, seen = home / "profiles" / OF / BENEFITS.file, in_force(store)
    file.write_text(with_term(seen.content), "utf-8")
    made = publish(reviser.library, store, reviser.clock)
    assert made.changed == ()
    (fault,) = made.read.faults
    assert fault.where == f"profiles/{OF}/{BENEFITS.file}"
    assert "another editor must confirm it" in str(fault)
    assert "monitor profiles publish" in str(fault)
    assert "Winter Warmth Grant" not in made.read.agreements[0].profile("benefits").sought
    assert in_force(store) == seen


def test_a_file_of_no_agreement_is_published_from_disk_as_ever(reviser, store, home):
    file = home / "sources" / "groups.yaml"
    file.write_text(file.read_text("utf-8") + "# seen\n", "utf-8")
    assert publish(reviser.library, store, reviser.clock).changed == ("sources/groups.yaml",)


def test_a_new_section_on_disk_waits_too(reviser, store, home):
    other = home / "profiles" / OF / "harbours.yaml"
    other.write_text((home / "profiles" / OF / BENEFITS.file).read_text("utf-8"), "utf-8")
    head = home / "profiles" / OF / HEAD.file
    head.write_text(head.read_text("utf-8").replace("sections:", "sections:\n  - harbours", 1), "utf-8")
    made = publish(reviser.library, store, reviser.clock)
    assert made.changed == ()
    assert "harbours" not in made.read.agreements[0].order


def test_to_ask_for_no_second_person_any_more_takes_a_second_person(reviser, drafter, store):
    seen = opened(drafter, OF, HEAD.file, "first")
    save(drafter, seen, seen.content.replace("second_person: true", "second_person: false"))
    draft = draft_of(store, OF, "first")
    with pytest.raises(InputError, match="asks for a second person"):
        publish_drafted(reviser, store, draft, Signed("first", WHY))
    publish_drafted(reviser, store, draft, Signed("first", WHY, "second"))
    assert not asks_second_person(reviser, OF)


def test_a_draft_that_begins_to_ask_for_it_is_published_whole(reviser, drafter, store):
    seen = opened(drafter, OF, HEAD.file, "first")
    save(drafter, seen, seen.content.replace("second_person: true", "second_person: false"))
    publish_drafted(reviser, store, draft_of(store, OF, "first"), Signed("first", WHY, "second"))
    drafted(drafter)
    seen = opened(drafter, OF, HEAD.file, "first")
    save(drafter, seen, seen.content.replace("second_person: false", "second_person: true"))
    made = publish_drafted(reviser, store, draft_of(store, OF, "first"), Signed("first", WHY))
    assert [one.file for one in made] == [HEAD.file, BENEFITS.file]


@pytest.mark.parametrize("said", ["maybe", "'yes'", "1", "[]"])
def test_what_is_neither_true_nor_false_is_a_fault(said, home):
    head = home / "profiles" / OF / HEAD.file
    head.write_text(head.read_text("utf-8").replace("second_person: true", f"second_person: {said}"), "utf-8")
    (fault,) = Library(home).read().faults
    assert (fault.field, fault.where) == ("second_person", f"profiles/{OF}/{HEAD.file}")


def test_askings_are_kept_by_editor_and_agreement(store, drafter):
    one = ask(store, lambda: NOW, drafted(drafter), "ascertained ‘so’: Gàidhlig")
    other = replace(one, author="second", agreement="x")
    store.save_asking(other)
    assert (store.askings(OF), store.askings("x")) == ([one], [other])
    store.drop_asking(replace(one, reason=WHY, at=datetime(2026, 11, 20, 8, tzinfo=UTC)))
    assert store.askings(OF) == [one]
    store.drop_asking(one)
    assert store.askings(OF) == []
