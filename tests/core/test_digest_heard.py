"""What a reader is told of silence: when we were down, and which sources were silent on their own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.core.digest import Completeness, GapLine, outages

NIGHT = datetime(2026, 11, 24, tzinfo=UTC)
HOUR = timedelta(hours=1)


def gap(source: str, start: float, end: float, *, ours: bool = True) -> GapLine:
    return GapLine(source, source, NIGHT + start * HOUR, NIGHT + end * HOUR, 1, whole=False, ours=ours)


def stretches(*gaps: GapLine) -> list[tuple[float, float, str]]:
    found = outages(gaps)
    return [((o.start - NIGHT) / HOUR, (o.end - NIGHT) / HOUR, "".join(g.source for g in o.gaps)) for o in found]


def test_sources_are_heard_at_times_of_their_own_and_it_is_one_outage():
    assert stretches(gap("a", 0, 6), gap("b", 0.5, 6.5), gap("c", -1, 8)) == [(0.5, 6, "cab")]


def test_two_nights_are_two_outages():
    assert stretches(gap("a", 0, 6), gap("a", 24, 30), gap("b", 0, 6)) == [(0, 6, "ab"), (24, 30, "a")]


def test_who_is_silent_for_hours_after_we_are_back_is_silent_on_its_own():
    both = Completeness(2, 2, gaps=(gap("a", 0, 6), gap("b", 0, 40), gap("c", 1, 5, ours=False)))
    assert [g.source for o in both.outages for g in o.gaps] == ["a"]
    assert [g.source for g in both.theirs] == ["b", "c"]


def test_a_source_that_two_outages_lie_in_takes_neither_with_it():
    assert stretches(gap("b", 0, 40), gap("a", 0, 6), gap("a", 24, 30)) == [(0, 6, "a"), (24, 30, "a")]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(4, 40)), max_size=12))
def test_every_gap_is_told_once_and_no_outage_is_longer_than_what_it_did(drawn):
    gaps = tuple(gap(str(n), start, start + length) for n, (start, length) in enumerate(drawn))
    told = Completeness(1, 1, gaps=gaps)
    assert sorted([*(g for o in told.outages for g in o.gaps), *told.theirs], key=str) == sorted(gaps, key=str)
    assert all(g.start <= o.start < o.end <= g.end for o in told.outages for g in o.gaps)
