"""Curated digests, on both databases: held over, added, excluded, undone, and what is said too late."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time, timedelta

import pytest
from morning import AGREEMENT, DIGEST, END, MADE, SOURCES, STATES, article, filler
from test_compose import DAY, RECIPIENTS, RENDERER, Clock, fill

from monitor.adapters.cluster import copies
from monitor.core.agreement import Hold
from monitor.core.article import Article
from monitor.core.curation import Act, Curation
from monitor.core.edition import ItemState
from monitor.jobs.compose import Composer, compose_owed, preview

HELD = replace(DIGEST, hold=Hold(time(6, 15), time(6, 55)))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def composer(store, clock) -> Composer:
    for state in STATES.values():
        store.save_source_state(state)
    return Composer(store, SOURCES, copies, RENDERER, clock)


def told(outlet: str = "herald", seed: int = 1, hours: float = 5, **more: object) -> Article:
    body = "The Winter Heating Payment comes to Scotland. " + filler(seed, 320)
    return article(outlet, f"Winter Heating Payment {seed}", body=body, hours=hours, **more)


def say(store, of: Act, line: str = "", **more: object) -> Curation:
    known = {"edition": "", "author": "J. Editor", "reason": "as agreed", "at": END - timedelta(hours=1), **more}
    return store.curate(Curation(of, AGREEMENT.id, DIGEST.id, line=line, **known))


def edition_of(days: int = 0) -> str:
    return f"{AGREEMENT.id}/morning/{END + days * DAY:%Y%m%dT%H%M%SZ}"


def made(composer, digest=DIGEST):
    (edition,) = compose_owed(composer, replace(AGREEMENT, digests=(digest,)), RECIPIENTS).made
    states = {i.article: i.state for i in composer.records.items(edition.id)}
    return edition, states


# --------------------------------------------------------------- remembered


def test_acts_come_back_with_their_numbers_in_order(store):
    one = say(store, Act.NOTE, "a" * 32, text="Ministers answer at two.", edition=edition_of())
    two = say(store, Act.UNDO, undoes=one.no)
    assert store.curations(AGREEMENT.id) == [one, two]
    assert one.no < two.no
    assert store.curations("another") == []


def test_a_story_keeps_its_number_and_two_who_number_at_once_give_each_one(store):
    lines = [f"{n:032x}" for n in range(40)]

    def number(first: int) -> None:
        store.number("e", lines[first:] + lines[:first], END)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(number, range(0, 40, 5)))
    before = store.desk_numbers("e")
    assert set(before) == set(lines)
    assert len({no for no, _ in before.values()}) == 40
    after = store.number("e", ["new", *lines], END + DAY)
    assert {line: after[line] for line in lines} == before
    assert after["new"][0] > max(no for no, _ in before.values())
    assert store.desk_numbers("another") == {}


# --------------------------------------------------------------- in editions


def test_an_excluded_story_is_in_no_edition_until_that_is_undone(store, composer, clock):
    found = told()
    fill(store, [found])
    act = say(store, Act.EXCLUDE, found.line)
    assert made(composer)[1] == {found.id: ItemState.EXCLUDED}
    clock.now = END + DAY
    assert made(composer)[1] == {found.id: ItemState.EXCLUDED}
    say(store, Act.UNDO, undoes=act.no, at=END + DAY)
    clock.now = END + 2 * DAY
    assert made(composer)[1] == {found.id: ItemState.SHOWN}


def test_an_edited_text_and_a_later_copy_follow_what_was_said_of_the_article(store, composer, clock):
    found = told()
    fill(store, [found])
    say(store, Act.EXCLUDE, found.line)
    edited = replace(found, headline="Winter Heating Payment again", first_seen=END - timedelta(hours=1))
    copy = replace(told("stv"), headline="Winter Heating Payment copied", first_seen=END - timedelta(minutes=30))
    fill(store, [edited, copy])
    assert set(made(composer)[1].values()) == {ItemState.EXCLUDED}


@pytest.mark.parametrize("hours", [5, 71])
def test_a_held_story_is_in_the_next_edition_however_old_it_is(store, composer, clock, hours):
    found = told(hours=hours)
    fill(store, [found])
    say(store, Act.HOLD, found.line, edition=edition_of())
    assert made(composer)[1] == {found.id: ItemState.HELD_OVER}
    clock.now = END + DAY
    edition, states = made(composer)
    assert states == {found.id: ItemState.SHOWN}
    assert "held over by an editor" in edition.mail.text
    clock.now = END + 2 * DAY
    assert made(composer)[1] == {}


def test_held_on_a_thursday_it_survives_a_long_weekend(store, composer, clock):
    """Six days between two editions: longer than the 72 hours that an edition looks back."""
    compose_owed(composer, AGREEMENT, RECIPIENTS)
    found = told(hours=-2)
    fill(store, [found])
    say(store, Act.HOLD, found.line, edition=edition_of(7), at=END + DAY)
    clock.now = END + 7 * DAY
    assert made(composer)[1] == {found.id: ItemState.HELD_OVER}
    clock.now = END + 8 * DAY
    assert made(composer)[1] == {found.id: ItemState.SHOWN}


def test_an_added_article_is_in_once_however_old_it_is(store, composer, clock):
    missed = article("bbc", "A strike of ferry crews", body=filler(9), hours=24 * 30)
    fill(store, [missed])
    say(store, Act.ADD, missed.line, section="general_news")
    edition, states = made(composer)
    assert states == {missed.id: ItemState.SHOWN}
    assert "added by an editor" in edition.mail.html
    assert "Editors added 1." in edition.mail.text
    clock.now = END + DAY
    assert made(composer)[1] == {}


def test_an_edition_that_is_made_stays_as_it_is(store, composer, clock):
    found = told()
    fill(store, [found])
    edition, _ = made(composer)
    say(store, Act.EXCLUDE, found.line, at=MADE + timedelta(minutes=1))
    assert store.edition(edition.id) == edition
    clock.now = END + DAY
    assert made(composer)[1] == {}  # shown already


def test_a_line_above_a_story_is_in_both_parts(store, composer):
    found = told()
    fill(store, [found])
    say(store, Act.NOTE, found.line, text="The minister answers at two.", edition=edition_of())
    edition, _ = made(composer)
    assert "The minister answers at two.:" not in edition.mail.text
    text = edition.mail.text
    assert 0 < text.index("The minister answers at two.") < text.index("1.  Winter Heating Payment 1")
    assert edition.mail.html.index("The minister answers at two.") < edition.mail.html.index(
        "Winter Heating Payment 1</a>"
    )


# --------------------------------------------------------------- in time, and too late


def test_what_is_said_after_the_hour_does_not_count_for_the_edition(store, composer, clock):
    soon, late = told(seed=1), told(seed=2)
    fill(store, [soon, late])
    say(store, Act.EXCLUDE, soon.line, at=END - timedelta(minutes=5, seconds=1))
    say(store, Act.EXCLUDE, late.line, at=END - timedelta(minutes=5))
    _, states = made(composer, HELD)
    assert states == {soon.id: ItemState.EXCLUDED, late.id: ItemState.SHOWN}


def test_without_an_hour_editors_may_act_until_it_is_made(store, composer, clock):
    found = told()
    fill(store, [found])
    say(store, Act.EXCLUDE, found.line, at=MADE)
    assert made(composer)[1] == {found.id: ItemState.EXCLUDED}


def test_a_preview_shows_what_editors_said_of_the_edition_that_comes(store, composer, clock):
    clock.now = END - 3 * DAY
    compose_owed(composer, AGREEMENT, RECIPIENTS)
    found = told()
    fill(store, [found])
    say(store, Act.PIN, found.line, edition=edition_of())
    say(store, Act.NOTE, found.line, text="Of yesterday's edition", edition=edition_of(-3))
    clock.now = END - timedelta(minutes=20)
    [item] = preview(composer, AGREEMENT, DIGEST).content.items
    assert (item.pinned, item.editors_line) == (True, "")
