"""`monitor run` twice, one after the other and at once: an edition once, a delivery once (faults F21, F22)."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from real_runs import CLEAN, RECIPIENTS, Place, facts, start, typed

from monitor.core.json import Json

SENT_ONCE = Counter(RECIPIENTS)


def test_running_twice_sends_once(place, undisturbed):
    command = ("run", "--json", "--home", str(place.home))
    runs = [json.loads(typed(place.home.parent, *command).out) for _ in range(2)]
    assert [len(r["editions"]) for r in runs] == [1, 0]
    assert [r["deliveries"]["sent"] for r in runs] == [2, 0]
    assert place.inbox.counts == SENT_ONCE
    assert facts(place) == undisturbed


def at_the_same_time(place: Place, number: int, undisturbed: dict[str, Json]) -> None:
    together = CLEAN.Barrier(number)
    runs = [start(place, "run", together=together) for _ in range(number)]
    # 1: the sample site's broken feed is a fault; 0: another run had asked it already, and it is not due.
    ends = [r.end() for r in runs]
    assert 1 in ends, "\n".join(r.output for r in runs)
    assert set(ends) <= {0, 1}, "\n".join(r.output for r in runs)
    assert facts(place) == undisturbed
    assert place.inbox.counts == SENT_ONCE
    assert sum("2 delivered" in r.output for r in runs) == 1


@pytest.mark.parametrize("number", [2, 4])
def test_runs_at_the_same_time_send_once(number, place, undisturbed):
    at_the_same_time(place, number, undisturbed)


def one_sends_while_the_other_waits_for_an_answer(place: Place) -> None:
    """The server holds the first mail back until the second run has been and gone."""
    place.inbox.may_answer.clear()
    first = start(place, "run")
    assert place.inbox.number_is(1), first.output
    second = start(place, "run")
    assert second.end() == 0, second.output
    assert "12 sources not due yet, 1 of them failing" in second.output
    place.inbox.may_answer.set()
    assert first.end() == 1, first.output
    assert "2 delivered" in first.output
    assert "delivered" not in second.output
    assert place.inbox.counts == SENT_ONCE


def test_what_one_run_is_sending_another_does_not_send(place):
    one_sends_while_the_other_waits_for_an_answer(place)


def test_what_one_run_is_sending_another_does_not_send_on_postgres(place_on_postgres):
    one_sends_while_the_other_waits_for_an_answer(place_on_postgres)


def test_four_runs_at_the_same_time_on_postgres_send_once(place_on_postgres, undisturbed):
    at_the_same_time(place_on_postgres, 4, undisturbed)
