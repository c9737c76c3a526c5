"""Killed with SIGKILL at any step of ingest, match, compose or send and started again (fault F22).

Nothing is lost, an edition is made once, and no mail is doubled, but where the process died between DATA and
commit; then its second copy is the first one to the byte, with the same Message-ID. The mail server counts.

MONITOR_FULL=1 kills at every call of every step, on both databases: some eight minutes.
"""

from __future__ import annotations

import os
import random
import signal
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
    Point("add_articles", "within", 6),
    Point("save_source_state", "after", 12),
    Point("save_judgements", "after"),
    Point("make_edition", "after"),
    Point("deliver", "within", 2),
    Point("save_delivery", "before", 2),
]
ONE_AFTER_ANOTHER = {
    "ingest": [
        Point("publish", "within", 9),
        Point("add_articles", "before", 1),
        Point("add_articles", "within", 1),
        Point("add_articles", "after", 1),
        Point("save_source_state", "before", 1),
        Point("save_source_state", "within", 1),
        Point("save_source_state", "after", 1),
        Point("add_articles", "within", 4),
        Point("add_articles", "after", 3),
        Point("save_source_state", "within", 2),  # those stored before are not due again
    ],
    "match and compose": [
        Point(method, position)
        for method in ("save_judgements", "make_edition")
        for position in ("before", "within", "after")
    ],
    "send": [
        Point("deliver", "before", 1),
        Point("deliver", "within", 1),
        Point("deliver", "after", 1),
        Point("save_delivery", "before", 1),
        Point("save_delivery", "within", 1),
        Point("save_delivery", "after", 1),
        Point("deliver", "within", 1),
        Point("save_delivery", "within", 1),
        Point("save_delivery", "after", 1),
    ],
    "all": [
        Point("add_articles", "within", 6),
        Point("save_source_state", "after", 4),
        Point("save_judgements", "within"),
        Point("make_edition", "within"),
        Point("make_edition", "after"),
        Point("deliver", "within", 2),
    ],
}
"""Each start dies where the one before it has not come to, or was not done."""


def in_data_window(point: Point) -> bool:
    """Whether the server has the mail there, and the ledger does not know."""
    if point.method == "deliver":
        return point.position != "before"
    return point.method == "save_delivery" and point.position != "after"


def copies(*points: Point) -> Counter[str]:
    """How many mails each recipient has when processes died there in turn and another finished."""
    expected, recorded = Counter(RECIPIENTS), 0
    for point in points:
        if in_data_window(point):
            expected[RECIPIENTS[recorded + point.number - 1]] += 1
        died_with = {"deliver": point.number - 1, "save_delivery": point.number - (point.position != "after")}
        recorded += died_with.get(point.method, 0)
    return expected


def killed_and_started_again(place: Place, undisturbed: dict[str, Json], *points: Point) -> None:
    for point in points:
        assert run(place, point) == -signal.SIGKILL, f"{point} was never reached"
    run(place)
    assert facts(place) == undisturbed
    assert place.inbox.counts == copies(*points)
    assert_copies_are_the_same(place)


def assert_copies_are_the_same(place: Place) -> None:
    assert all(len(ids) == 1 for ids in place.inbox.message_ids.values())
    assert all(len(messages) == 1 for messages in place.inbox.messages.values())


@pytest.mark.parametrize("point", SWEEP if FULL else CHOSEN, ids=str)
def test_killed_at_a_step(point, place, undisturbed):
    killed_and_started_again(place, undisturbed, point)


@pytest.mark.parametrize("stage", ["ingest", "match and compose", "send"])
def test_killed_at_every_start_a_little_further_on(stage, place, undisturbed):
    killed_and_started_again(place, undisturbed, *ONE_AFTER_ANOTHER[stage])


def test_killed_at_every_start_on_postgres(place_on_postgres, undisturbed):
    killed_and_started_again(place_on_postgres, undisturbed, *ONE_AFTER_ANOTHER["all"])


if FULL:

    @pytest.mark.parametrize("point", SWEEP, ids=str)
    def test_killed_at_a_step_on_postgres(point, place_on_postgres, undisturbed):
        killed_and_started_again(place_on_postgres, undisturbed, point)


@pytest.mark.parametrize("seed", range(20 if FULL else 2))
def test_killed_at_any_moment(seed, place, undisturbed):
    """From outside, at moments that chance chooses, until a start comes through."""
    chance, kills = random.Random(seed), 0
    for _ in range(4):
        started = start(place, "run")
        started.process.join(chance.uniform(0.05, 1.5))
        started.process.kill()
        kills += started.end() == -signal.SIGKILL
    run(place)
    assert facts(place) == undisturbed
    assert all(1 <= copies <= 1 + kills for copies in place.inbox.counts.values())
    assert_copies_are_the_same(place)
