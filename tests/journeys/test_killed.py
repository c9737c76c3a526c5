"""Killed with SIGKILL at any step of ingest, match, compose or send and started again (fault F22).

Nothing is lost, an edition is made once, and no mail is doubled, but where the process died between DATA and
commit; then its second copy is the first one to the byte, with the same Message-ID. The mail server counts.

MONITOR_FULL=1 kills at every call of every step, on both databases: some eight minutes.
"""

from __future__ import annotations

import os
import random
from collections import Counter

import pytest
from real_runs import RECIPIENTS, Place, Point, facts, run, start

from monitor.core.json import Json

FULL = bool(os.environ.get("MONITOR_FULL"))
CALLS = {
    "publish": 18,
    "add_articles": 11,
    "save_source_state": 12,
    "save_judgements": 1,
    "make_edition": 1,
    "deliver": 2,
    "save_delivery": 2,
}
"""How often a run on the sample site calls each step."""
SWEEP = [
    Point(m, p, n)
    for m, calls in CALLS.items()
    for n in range(1, calls + 1)
    for p in ("before", "within", "after")
]
CHOSEN = [
    Point("add_articles", "before", 1),
    Point("add_articles", "within", 6),
    Point("add_articles", "after", 11),
    Point("save_source_state", "before", 1),
    Point("save_source_state", "within", 6),
    Point("save_source_state", "after", 12),
    Point("save_judgements", "before"),
    Point("save_judgements", "within"),
    Point("save_judgements", "after"),
    Point("make_edition", "before"),
    Point("make_edition", "within"),
    Point("make_edition", "after"),
    Point("deliver", "before", 1),
    Point("deliver", "within", 1),
    Point("deliver", "after", 1),
    Point("deliver", "within", 2),
    Point("deliver", "after", 2),
    Point("save_delivery", "within", 1),
    Point("save_delivery", "after", 1),
    Point("save_delivery", "before", 2),
    Point("save_delivery", "after", 2),
]
ON_POSTGRES = [
    Point("add_articles", "within", 6),
    Point("save_judgements", "within"),
    Point("make_edition", "after"),
    Point("deliver", "within", 2),
]
FURTHER_EACH_TIME = [
    Point("publish", "within", 9),
    Point("add_articles", "after", 1),
    Point("add_articles", "after", 2),
    Point("add_articles", "before", 3),
    Point("save_source_state", "after", 4),
    Point("add_articles", "within", 3),
    Point("save_judgements", "within"),
    Point("make_edition", "before"),
    Point("make_edition", "after"),
    Point("deliver", "before", 1),
    Point("save_delivery", "after", 1),
]


def copies_after(point: Point) -> Counter[str]:
    """How many mails each recipient has when a process died there and another finished."""
    in_data_window = (point.method == "deliver" and point.position != "before") or (
        point.method == "save_delivery" and point.position != "after"
    )
    expected = Counter(RECIPIENTS)
    if in_data_window:
        expected[RECIPIENTS[point.number - 1]] += 1
    return expected


def killed_and_started_again(place: Place, point: Point, undisturbed: dict[str, Json]) -> None:
    assert run(place, point) == -9, "the step was never reached"
    run(place)
    assert facts(place) == undisturbed
    assert place.inbox.counts == copies_after(point)
    assert_copies_are_the_same(place)


def assert_copies_are_the_same(place: Place) -> None:
    assert all(len(ids) == 1 for ids in place.inbox.message_ids.values())
    assert all(len(messages) == 1 for messages in place.inbox.messages.values())


@pytest.mark.parametrize("point", SWEEP if FULL else CHOSEN, ids=str)
def test_killed_at_a_step(point, place, undisturbed):
    killed_and_started_again(place, point, undisturbed)


@pytest.mark.parametrize("point", SWEEP if FULL else ON_POSTGRES, ids=str)
def test_killed_at_a_step_on_postgres(point, place_on_postgres, undisturbed):
    killed_and_started_again(place_on_postgres, point, undisturbed)


def test_killed_at_every_start_a_little_further_on(place, undisturbed):
    for point in FURTHER_EACH_TIME:
        assert run(place, point) == -9, f"{point} was never reached"
    run(place)
    assert facts(place) == undisturbed
    assert place.inbox.counts == Counter(RECIPIENTS)


@pytest.mark.parametrize("seed", range(20 if FULL else 1))
def test_killed_at_any_moment(seed, place, undisturbed):
    """From outside, at moments that chance chooses, until a start comes through."""
    chance, kills = random.Random(seed), 0
    for _ in range(4):
        started = start(place, "run")
        started.process.join(chance.uniform(0.05, 1.5))
        started.process.kill()
        kills += started.end() == -9
    run(place)
    assert facts(place) == undisturbed
    assert all(1 <= copies <= 1 + kills for copies in place.inbox.counts.values())
    assert_copies_are_the_same(place)
