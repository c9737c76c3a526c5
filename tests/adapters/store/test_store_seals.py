"""An edition comes back as it was frozen, with what it was made of; a changed letter breaks its seal."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from store_samples import article, delivery, edition, item, revision

from monitor.errors import UnknownRecord
from monitor.jobs.recall import Seal, recall


@pytest.fixture
def made(store):
    store.add_articles("s", [("0", article())])
    one = edition()
    for number, hours in enumerate((-2, -1, 1)):  # the last one was published after it was made
        store.publish(revision(number, agreement=one.agreement, at=one.made_at + timedelta(hours=hours)))
    store.make_edition(one, [item(article())], [delivery(one)])
    return one


def test_all_of_it_comes_back_and_its_seal_holds(store, made):
    found = recall(store, made.id)
    assert found.edition == made
    assert found.items == (item(article()),)
    assert [d.edition for d in found.deliveries] == [made.id]
    assert (found.sealed, len(found.seal)) == (Seal.HOLDS, 64)


def test_its_revisions_are_those_in_force_when_it_was_made(store, made):
    assert [(r.revision.file, r.number) for r in recall(store, made.id).revisions] == [("benefits.yaml", 2)]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE editions SET text = text || '.'",
        "UPDATE editions SET content = replace(content, '{', '{ ')",
        "UPDATE edition_items SET state = 'copy'",
        "DELETE FROM edition_items",
    ],
)
def test_a_changed_letter_breaks_the_seal(store, made, change):
    store._db.write(lambda c: c.execute(text(change)))
    assert recall(store, made.id).sealed is Seal.BROKEN


def test_a_delivery_is_no_part_of_what_was_frozen(store, made):
    store._db.write(lambda c: c.execute(text("UPDATE deliveries SET state = 'sent'")))
    assert recall(store, made.id).sealed is Seal.HOLDS


def test_what_was_made_before_there_were_seals_says_so(store, made):
    store._db.write(lambda c: c.execute(text("UPDATE editions SET seal = ''")))
    assert recall(store, made.id).sealed is Seal.NONE


def test_an_unknown_edition_is_said(store):
    with pytest.raises(UnknownRecord):
        recall(store, "nonsuch")
