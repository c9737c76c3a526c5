"""A story that grows after it was sent comes back as a development, told once for each step, and never as new."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from morning import AGREEMENT, END, SOURCES, STATES, article, filler
from test_compose import DAY, RECIPIENTS, RENDERER, Clock, fill

from monitor.adapters.cluster import copies
from monitor.core.article import Article
from monitor.core.edition import ItemState
from monitor.core.health import CoverageGap, Poll
from monitor.core.source import SourceState
from monitor.jobs.compose import Composer, compose_owed

HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def composer(store, clock) -> Composer:
    for state in STATES.values():
        store.save_source_state(state)
    return Composer(store, SOURCES, copies, RENDERER, clock)


def wire(outlet: str, hours: float) -> Article:
    body = "The Winter Heating Payment comes to Scotland. " + filler(7, 320)
    return article(outlet, "Winter Heating Payment in Scotland", body=body, hours=hours)


def edition_of(composer, clock, days=0):
    clock.now = END + days * DAY
    [edition] = compose_owed(composer, AGREEMENT, RECIPIENTS).made
    return edition


def developments(edition) -> list[dict]:
    return [item for part in json.loads(edition.content)["sections"] for item in part["developments"]]


def test_it_comes_back_once_for_each_step(store, composer, clock):
    fill(store, [wire("herald", 5)])
    edition_of(composer, clock)
    fill(store, [wire("stv", -3), wire("daily_record", -4)])
    second = edition_of(composer, clock, 1)
    [item] = developments(second)
    assert (item["publishers"], item["development"]["publishers"]) == (3, 1)
    assert "sent yesterday, now carried by 3 publishers (1 then)" in " ".join(second.mail.text.split())
    assert second.mail.subject.startswith(("No source", "No new stories, 1 development"))
    fill(store, [wire("scotsman", -30)])
    assert developments(edition_of(composer, clock, 2)) == []
    fill(store, [wire("bbc", -50)])
    [again] = developments(edition_of(composer, clock, 3))
    assert (again["publishers"], again["development"]["publishers"]) == (5, 3)


@pytest.mark.parametrize(("before", "days", "known"), [(8, 9, True), (18, 21, False)])
def test_a_story_is_known_for_two_weeks(store, composer, clock, before, days, known):
    fill(store, [wire("herald", 5)])
    edition_of(composer, clock)
    edition_of(composer, clock, before)
    fill(store, [wire("stv", 1 - 24 * days)])
    edition = edition_of(composer, clock, days)
    assert len(developments(edition)) == int(known)
    assert ("leads" in edition.mail.subject or "1 story" in edition.mail.subject) is not known
    if known:
        assert "sent on Mon 27 Nov" in " ".join(edition.mail.text.split())


def test_an_edit_and_growth_at_once_are_both_told_and_only_once(store, composer, clock):
    first = wire("herald", 5)
    fill(store, [first])
    edition_of(composer, clock)
    edited = first.told_anew(END + 2 * HOUR, body=first.body + "\n\nIt is paid in December, she said.")
    fill(store, [edited, wire("stv", -3)])
    second = edition_of(composer, clock, 1)
    assert len(developments(second)) == 1
    assert "1 paragraph added" in second.mail.text
    assert [i.state for i in store.items(second.id) if i.article == edited.id] == [ItemState.DEVELOPED]
    third = edition_of(composer, clock, 2)
    assert developments(third) == []
    assert "UPDATED" not in third.mail.text


def test_a_silent_source_says_what_it_usually_brings_and_is_caught_up_with(store, composer, clock):
    """Heard for weeks, unheard on a Sunday night, back on Monday at noon with what it had printed."""
    source, down, back = "herald-news", END - 12 * HOUR, END + 5 * HOUR
    quiet = SourceState(source, last_tried=down, last_heard=down, last_new=down)
    for day in range(30 * 24):
        at = down - HOUR * (day + 1)
        store.save_source_state(quiet, Poll(quiet, at, heard=True, articles=2))
    store.save_source_state(SourceState(source, END, down, down, "no answer within 20 s", down + HOUR))
    first = edition_of(composer, clock)
    said = " ".join(first.mail.text.split())
    assert "The Herald: silent since Sun 19:00 (usually 24 articles in that time)." in said
    assert "What it missed will follow as a catch-up." in said

    store.save_source_state(SourceState(source, back, back, back))
    store.save_gaps([CoverageGap(source, down, back, caught_up=1, whole=True)])
    missed = article(
        "herald",
        "Best Start Foods in Scotland",
        body="Best Start Foods for Scotland. " + filler(3, 330),
        source=source,
        hours=-5,
        published_at=END - 9 * HOUR,
    )
    fill(store, [missed])
    second = edition_of(composer, clock, 1)
    part = json.loads(second.content)["sections"][-1]
    assert (part["id"], [i["article"] for i in part["items"]]) == ("catch_up", [missed.id])
    assert "1 article caught up from The Herald, heard again after 1 gap" in " ".join(second.mail.text.split())


def test_a_section_is_measured_on_the_editions_before(store, composer, clock):
    """Eight editions of one day are behind it, from Tuesday to Friday of two weeks."""
    for day in range(15):
        clock.now = END + day * DAY
        compose_owed(composer, AGREEMENT, RECIPIENTS)
    for n in range(5):
        body = f"Social Security Scotland spoke. {filler(n)}"
        fill(store, [article("herald", f"Story {n}", body=body, hours=-14 * 24 - n - 1)])
    edition = edition_of(composer, clock, 15)
    part = json.loads(edition.content)["sections"][0]
    assert (part["usual"]["editions"], part["usual"]["full"], part["count"]) == (8, True, 5)
    said = " ".join(edition.mail.text.split())
    assert "MINISTERIAL is unusually full: 5 stories filed there, where none is usual (the last 8 editions" in said
