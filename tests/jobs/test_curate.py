"""Stories as an editor decides: joined, split, remembered, and followed by digests and later copies."""

from __future__ import annotations

from datetime import timedelta

import pytest
from morning import AGREEMENT, DIGEST, END, MADE, SOURCES, STATES, article, filler
from test_compose import DAY, RECIPIENTS, RENDERER, Clock, fill

from monitor.adapters.cluster import copies
from monitor.core.article import Article
from monitor.core.story import Verb
from monitor.errors import InputError, RevisionConflict
from monitor.jobs.compose import Composer, compose_owed, preview
from monitor.jobs.curate import Curator, between, join, show, split, undo

EDITOR = "J. Editor"
WHY = "one announcement, two desks"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def curator(store, clock) -> Curator:
    return Curator(store, copies, clock)


@pytest.fixture
def composer(store, clock) -> Composer:
    for state in STATES.values():
        store.save_source_state(state)
    return Composer(store, SOURCES, copies, RENDERER, clock)


def told(outlet: str, seed: int, hours: float = 5, words: int = 320) -> Article:
    body = "The Winter Heating Payment comes to Scotland. " + filler(seed, words)
    return article(outlet, f"Winter Heating Payment in Scotland, says {outlet}", body=body, hours=hours)


def outlets(story) -> list[str]:
    return sorted(a.outlet for a in story.articles)


def shown(composer) -> list[int]:
    """How many outlets each story has in the edition that would be made now."""
    content = preview(composer, AGREEMENT, DIGEST).content
    return sorted(1 + sum(len(group.copies) for group in item.copies) for item in content.items)


def test_joined_stories_are_one_in_the_next_edition_and_the_decision_is_remembered(store, curator, composer):
    one, other = told("herald", 1), told("stv", 2)
    fill(store, [one, other])
    assert shown(composer) == [1, 1]
    found = join(curator, [one, other], EDITOR, WHY)
    assert outlets(found.story) == ["herald", "stv"]
    assert shown(composer) == [2]
    [decision] = store.story_decisions()
    assert (decision.verb, decision.author, decision.reason, decision.at) == (Verb.JOIN, EDITOR, WHY, MADE)
    assert found.decisions == (decision,)


def test_a_copy_that_comes_later_follows_the_join(store, curator, composer):
    one, other = told("herald", 1), told("stv", 2)
    fill(store, [one, other])
    join(curator, [one, other], EDITOR, WHY)
    fill(store, [told("bbc", 2, hours=1)])
    assert shown(composer) == [3]


def test_a_split_article_stands_alone_and_a_later_copy_goes_with_the_likest(store, curator, composer):
    whole, cut = told("herald", 1, words=700), told("stv", 1, words=700)
    cut = article("stv", "Winter Heating Payment, in short", body=cut.body[: len(cut.body) // 2], hours=4)
    fill(store, [whole, cut])
    assert shown(composer) == [2]
    split(curator, cut, EDITOR, "another payment, of another year")
    assert shown(composer) == [1, 1]
    later = article("bbc", "Winter Heating Payment, too", body=cut.body, hours=1)
    fill(store, [later])
    assert outlets(show(curator, later).story) == ["bbc", "stv"]
    assert outlets(show(curator, whole).story) == ["herald"]
    join(curator, [whole, cut], EDITOR, "the same after all")
    assert shown(composer) == [3]


def test_a_story_joined_to_one_of_last_week_is_not_shown_again(store, curator, composer, clock):
    old = told("herald", 1, hours=24 * 6)
    fill(store, [old])
    clock.now = END - 5 * DAY
    compose_owed(composer, AGREEMENT, RECIPIENTS)
    clock.now = MADE
    new = told("stv", 2, hours=3)
    fill(store, [new])
    assert shown(composer) == [1]
    join(curator, [old, new], EDITOR, WHY)
    assert shown(composer) == []


def test_what_makes_no_sense_is_said_and_not_stored(store, curator):
    one, other = told("herald", 1), told("stv", 1)
    alone = told("bbc", 3)
    fill(store, [one, other, alone])
    for attempt, says in [
        (lambda: join(curator, [one, other], EDITOR, WHY), "one story already"),
        (lambda: split(curator, alone, EDITOR, WHY), "is alone"),
        (lambda: join(curator, [one, alone], "", WHY), "--author"),
        (lambda: join(curator, [one, alone], EDITOR, " no "), "needs a reason"),
    ]:
        with pytest.raises(InputError, match=says):
            attempt()
    assert store.story_decisions() == []


def test_stories_of_several_articles_and_decided_ones_are_listed(store, curator):
    one, other, alone = told("herald", 1), told("stv", 1), told("bbc", 3)
    fill(store, [one, other, alone])
    since, until = END - 3 * DAY, END + timedelta(hours=1)
    assert [outlets(found.story) for found in between(curator, since, until)] == [["herald", "stv"]]
    split(curator, other, EDITOR, "not the same")
    assert sorted(outlets(found.story) for found in between(curator, since, until)) == [["herald"], ["stv"]]


def test_a_decision_is_undone_once_and_only_where_it_is_the_last_word(store, curator, clock):
    one, other, third = told("herald", 1), told("stv", 2), told("bbc", 3)
    fill(store, [one, other, third])
    looked = clock.now
    clock.now += timedelta(minutes=1)
    join(curator, [one, other, third], EDITOR, WHY, looked)
    with pytest.raises(RevisionConflict, match="has changed since you looked"):
        split(curator, third, EDITOR, WHY, looked)
    [joined] = show(curator, one).decisions
    clock.now += timedelta(minutes=1)
    split(curator, third, "K. Editor", "another payment", clock.now)
    clock.now += timedelta(minutes=1)
    assert outlets(undo(curator, one, joined.at, EDITOR, "two after all").story) == ["herald"]
    last = store.story_decisions()[-1]
    assert (last.verb, last.pairs) == (Verb.SPLIT, ((min(one.line, other.line), max(one.line, other.line)),))
    with pytest.raises(InputError, match="it counts no longer"):
        undo(curator, one, joined.at, EDITOR, "two after all")
    with pytest.raises(InputError, match="nothing was decided on"):
        undo(curator, third, last.at, EDITOR, "two after all")
    assert outlets(undo(curator, other, last.at, EDITOR, "one after all").story) == ["herald", "stv"]
