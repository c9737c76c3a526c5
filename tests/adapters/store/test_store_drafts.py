"""Drafts in the store: one row for each editor and file, changed only over what the editor saw."""

from dataclasses import replace

from store_samples import AGREEMENT, MORNING

from monitor.core.draft import DraftFile

ONE = DraftFile(AGREEMENT, "benefits.yaml", "first", "ab" * 32, "terms:\r\n  - Gàidhlig  # ‘so’\n", MORNING)


def test_a_draft_comes_back_as_it_was(store):
    assert store.draft_files(AGREEMENT) == []
    assert store.save_draft(ONE, "")
    assert store.draft_files(AGREEMENT) == [ONE]


def test_editors_files_and_agreements_are_apart(store):
    given = [replace(ONE, author="second"), replace(ONE, file="agreement.yaml"), ONE, replace(ONE, agreement="x")]
    assert all(store.save_draft(one, "") for one in given)
    assert store.draft_files(AGREEMENT) == [given[1], ONE, given[0]]


def test_it_is_changed_over_what_was_seen_and_over_nothing_else(store):
    store.save_draft(ONE, "")
    second, third = replace(ONE, content="second"), replace(ONE, content="third")
    assert [store.save_draft(second, over) for over in ("", "0" * 64, ONE.fingerprint)] == [False, False, True]
    assert not store.save_draft(third, ONE.fingerprint)
    assert store.draft_files(AGREEMENT) == [second]


def test_what_was_dropped_is_not_changed_any_more(store):
    store.save_draft(ONE, "")
    assert store.drop_draft(AGREEMENT, "first", "benefits.yaml")
    assert not store.drop_draft(AGREEMENT, "first", "benefits.yaml")
    assert not store.save_draft(replace(ONE, content="second"), ONE.fingerprint)
    assert store.draft_files(AGREEMENT) == []
