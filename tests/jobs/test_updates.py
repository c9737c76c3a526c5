"""An article edited after it was sent: matched again, told as updated, and never taken away silently (F16)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from morning import AGREEMENT, END, MADE, SOURCES, STATES, article, filler
from test_compose import DAY, RECIPIENTS, RENDERER, Clock, fill

from monitor.adapters.cluster import copies
from monitor.core.article import Article
from monitor.core.coverage import CoverageQuestion
from monitor.core.edition import ItemState
from monitor.jobs.compose import Composer, compose_owed
from monitor.jobs.history import history

PAYMENT = "Winter Heating Payment"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def composer(store, clock) -> Composer:
    for state in STATES.values():
        store.save_source_state(state)
    return Composer(store, SOURCES, copies, RENDERER, clock)


@pytest.fixture
def first() -> Article:
    body = f"The {PAYMENT} comes to Scotland.\n\n{filler(7, 320)}\n\n{filler(8, 60)}"
    return article("herald", f"{PAYMENT} in Scotland", body=body, hours=5)


def without_the_term(text: Article) -> Article:
    changes = {"headline": "Fuel bills in Scotland", "body": text.body.replace(PAYMENT, "heating scheme")}
    return text.told_anew(END + timedelta(hours=3), **changes)


def next_edition(composer, clock, days=1):
    clock.now = END + days * DAY
    [edition] = compose_owed(composer, AGREEMENT, RECIPIENTS).made
    return edition


def as_of(store, moment) -> list[tuple[str, bool]]:
    """Which texts were known to be in a section at a moment, and whether an edition had shown them."""
    rows = store.coverage(CoverageQuestion(AGREEMENT.id, as_of=moment))
    return sorted({(row.article.id, bool(row.editions)) for row in rows})


def test_an_edit_that_removes_the_term_is_told_as_updated_once(store, composer, clock, first):
    fill(store, [first])
    [sent] = compose_owed(composer, AGREEMENT, RECIPIENTS).made
    assert f"{PAYMENT} in Scotland" in sent.mail.text
    changed = without_the_term(first)
    fill(store, [changed])
    told = next_edition(composer, clock)
    flat = " ".join(told.mail.text.split())
    assert "UPDATED SINCE IT WAS SENT" in told.mail.text
    assert f"no longer in BENEFITS: {PAYMENT} is gone" in flat
    assert f"the headline was “{PAYMENT} in Scotland”" in flat
    assert "Fuel bills in Scotland" in told.mail.html
    [item] = [i for i in store.items(told.id) if i.article == changed.id]
    assert item.state is ItemState.UPDATED
    after = next_edition(composer, clock, days=2)
    assert "UPDATED" not in after.mail.text


def test_what_was_sent_stays_as_it_was_sent(store, composer, clock, first):
    fill(store, [first])
    [sent] = compose_owed(composer, AGREEMENT, RECIPIENTS).made
    fill(store, [without_the_term(first)])
    next_edition(composer, clock)
    assert store.edition(sent.id) == sent
    assert store.article(first.id) == first


def test_an_edit_that_keeps_its_section_is_told_and_not_shown_again(store, composer, clock, first):
    fill(store, [first])
    compose_owed(composer, AGREEMENT, RECIPIENTS)
    more = first.told_anew(END + timedelta(hours=3), body=f"{first.body}\n\nIt is paid in December, she said.")
    fill(store, [more])
    told = next_edition(composer, clock)
    assert "Updated: 1 paragraph added" in told.mail.text
    assert (
        "No stories" in told.mail.subject or "0 stories" in told.mail.subject or PAYMENT not in told.mail.subject
    )
    assert [i.state for i in store.items(told.id)] == [ItemState.UPDATED]


def test_another_standfirst_is_not_worth_a_line(store, composer, clock, first):
    fill(store, [first])
    compose_owed(composer, AGREEMENT, RECIPIENTS)
    fill(store, [first.told_anew(END + timedelta(hours=3), standfirst="A few other words.")])
    assert "UPDATED" not in next_edition(composer, clock).mail.text


def test_an_edit_before_the_first_edition_is_no_update(store, composer, clock, first):
    fill(store, [first, first.told_anew(END - timedelta(hours=1), body=first.body + "\n\nOne more line of it.")])
    [sent] = compose_owed(composer, AGREEMENT, RECIPIENTS).made
    assert "UPDATED" not in sent.mail.text
    assert f"{PAYMENT} in Scotland" in sent.mail.text


def test_an_edit_that_brings_the_term_shows_the_article_for_the_first_time(store, composer, clock, first):
    plain = without_the_term(first)
    early = plain.told_anew(END - timedelta(hours=5))
    fill(store, [early])
    compose_owed(composer, AGREEMENT, RECIPIENTS)
    fill(store, [early.told_anew(END + timedelta(hours=2), headline=first.headline, body=first.body)])
    told = next_edition(composer, clock)
    assert f"{PAYMENT} in Scotland" in told.mail.text
    assert "UPDATED" not in told.mail.text


def test_coverage_as_of_a_day_stays_true(store, composer, clock, first):
    fill(store, [first])
    assert as_of(store, END) == [], "seen, and not judged before its end"
    compose_owed(composer, AGREEMENT, RECIPIENTS)
    moment = MADE + timedelta(minutes=1)
    assert as_of(store, moment) == [(first.id, True)]
    changed = without_the_term(first)
    fill(store, [changed])
    next_edition(composer, clock)
    assert as_of(store, moment) == [(first.id, True)]
    assert as_of(store, END + 2 * DAY) == [], "the latest text is in no section"
    [row, *_] = store.coverage(CoverageQuestion(AGREEMENT.id))
    assert (row.article.id, row.replaced_at) == (first.id, changed.first_seen)


def test_history_tells_each_text_and_what_editions_made_of_it(store, composer, clock, first):
    fill(store, [first])
    [sent] = compose_owed(composer, AGREEMENT, RECIPIENTS).made
    fill(store, [without_the_term(first)])
    told = next_edition(composer, clock)
    one, two = history(first, AGREEMENT, store)
    assert (one.difference, [(e, i.state) for e, i in one.editions]) == (None, [(sent.id, ItemState.SHOWN)])
    assert two.difference is not None
    assert [(c.section, c.left, c.lost) for c in two.difference.sections if c.left] == [
        ("benefits", True, (PAYMENT,))
    ]
    assert [(e, i.state) for e, i in two.editions] == [(told.id, ItemState.UPDATED)]
