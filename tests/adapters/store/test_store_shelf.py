"""Editions by the words in them, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from store_samples import A_DAY, AGREEMENT, MORNING, edition

from monitor.core.edition import Edition
from monitor.jobs.ports import ShelfQuestion


def saying(number: int, text: str, digest: str = "morning", agreement: str = AGREEMENT) -> Edition:
    one = edition(number, digest=digest, agreement=agreement)
    return replace(one, mail=replace(one.mail, text=text, html="<p>never looked at: zebra</p>"))


@pytest.fixture
def shelf(store):
    texts = ["Payment rises", "Òran and PAYMENT", "100% of it", "1000 of it"]
    for number, text in enumerate(texts):
        store.make_edition(saying(number, text), [], [])
    store.make_edition(saying(1, "payment of the week", "weekly"), [], [])
    store.make_edition(saying(2, "payment", agreement="other"), [], [])
    return store


def found(shelf, **asked):
    question = ShelfQuestion(AGREEMENT, **asked)
    lines = shelf.shelved(question)
    assert shelf.count_shelved(question) == len(lines)
    return [f"{line.digest}/{(line.window.end - MORNING).days}" for line in lines]


def test_all_of_an_agreement_the_newest_first(shelf):
    assert found(shelf) == ["morning/3", "morning/2", "morning/1", "weekly/1", "morning/0"]
    assert [line.subject for line in shelf.shelved(ShelfQuestion(AGREEMENT), 1, 2)] == ["Digest 2", "Digest 1"]


def test_by_words_whatever_their_case_all_of_them_and_nothing_is_a_pattern(shelf):
    assert found(shelf, words="payment") == ["morning/1", "weekly/1", "morning/0"]
    assert found(shelf, words="RISES payment") == ["morning/0"]
    assert found(shelf, words="100%") == ["morning/2"]
    assert found(shelf, words="_") == []
    assert found(shelf, words="zebra") == []


def test_by_digest_and_days(shelf):
    assert found(shelf, digest="weekly") == ["weekly/1"]
    assert found(shelf, since=MORNING + 3 * A_DAY) == ["morning/3"]
    assert found(shelf, until=MORNING + A_DAY) == ["morning/0"]
