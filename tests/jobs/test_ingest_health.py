"""Rounds over sources that fall silent, and over which we fall silent: gaps, tallies, alarms; both databases."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from memory_archive import NOON
from pytest_httpserver import HTTPServer
from test_ingest import Round, feed, outlet
from werkzeug import Request, Response

from monitor.adapters.store import Store, open_store
from monitor.core.article import Article
from monitor.core.dates import london_day
from monitor.core.health import AlarmKind, CoverageGap, DayTally
from monitor.core.source import Rights, SourceState
from monitor.errors import StoreError
from monitor.jobs.ports import CaughtUp

HOUR = timedelta(hours=1)
FAR = NOON + timedelta(days=4000)


class Paper:
    """A feed that lists the latest articles of its paper, which appear when the test says; a real server."""

    def __init__(self, server: HTTPServer, *, lists: int = 20, dated: bool = True) -> None:
        self.articles: list[tuple[int, datetime]] = []
        self.lists, self.dated, self.status = lists, dated, 200
        server.expect_request("/feed").respond_with_handler(self._answer)
        self.url = server.url_for("/feed")

    def publishes(self, number: int, at: datetime) -> None:
        self.articles += [(len(self.articles) + n, at) for n in range(number)]

    def _answer(self, _: Request) -> Response:
        return Response(feed(self._items()), self.status, content_type="application/rss+xml")

    def _items(self) -> Iterable[str]:
        for n, at in self.articles[-self.lists :][::-1]:
            date = f"<pubDate>{format_datetime(at)}</pubDate>" if self.dated else ""
            yield f"<item><title>Article number {n} of the paper</title><link>/{n}</link>{date}</item>"


@pytest.fixture
def paper(httpserver: HTTPServer) -> Paper:
    found = Paper(httpserver)
    found.publishes(5, NOON - HOUR)
    return found


@pytest.fixture
def round_(paper: Paper, store: Store) -> Round:
    return Round(outlet(paper.url, rights=Rights(store_text=False)), archive=store)


def gaps(round_: Round) -> list[CoverageGap]:
    return round_.archive.gaps(NOON - timedelta(days=9), FAR)


def test_nothing_is_a_gap_while_a_source_is_heard_or_fails_for_a_short_time(round_, paper):
    round_.run()
    paper.status = 500
    for _ in range(4):
        round_.later()
    paper.status = 200
    for _ in range(4):
        round_.later()
    assert gaps(round_) == []
    tally = round_.archive.tallies(london_day(NOON), london_day(NOON) + timedelta(days=1))[0]
    assert (tally.heard, tally.articles, tally.caught_up) == (2, 5, 5), (
        "a first reading says nothing about the rhythm"
    )
    assert tally.polls > 2


def test_a_source_at_fault_is_in_a_gap_from_when_it_was_last_heard_until_it_is_heard_again(round_, paper):
    round_.run()
    paper.status = 503
    for _ in range(5):
        round_.now += HOUR
        round_.run()
    (gap,) = gaps(round_)
    assert (gap.start, gap.end, gap.ours, gap.whole) == (NOON, None, False, None)
    assert "503" in gap.why
    paper.publishes(3, NOON + 2 * HOUR)
    paper.status = 200
    round_.now += 2 * HOUR
    report = round_.run()
    (gap,) = gaps(round_)
    assert report.watched.gaps == (gap,)
    assert (gap.end, gap.caught_up, gap.since, gap.whole) == (NOON + 7 * HOUR, 3, NOON + 2 * HOUR, True)
    assert round_.archive.open_gaps() == {}


def test_our_own_outage_is_a_gap_of_every_source_and_of_one_that_was_lost_too(httpserver, paper, store):
    httpserver.expect_request("/other").respond_with_data(
        feed([]).replace("<title>T", "<title>Nothing"), status=500
    )
    both = outlet(paper.url, httpserver.url_for("/other"), rights=Rights(store_text=False))
    round_ = Round(both, archive=store)
    round_.run()
    round_.now += 10 * HOUR
    paper.publishes(2, NOON + 3 * HOUR)
    round_.run()
    heard, failing = gaps(round_)
    assert (heard.source, heard.ours, heard.end, heard.whole) == ("paper-0", True, NOON + 10 * HOUR, True)
    assert heard.why == "nobody polled it: Monitor was not running"
    assert (failing.source, failing.ours, failing.end) == ("paper-1", True, None)
    assert "; then: " in failing.why


@pytest.mark.parametrize(("came", "whole"), [(17, True), (18, True), (19, False), (30, False)])
def test_a_feed_that_does_not_reach_back_over_the_gap_may_have_lost_some(round_, paper, came, whole):
    """It lists 20: two or more must be older than the gap, since one may be pinned to the top."""
    round_.run()
    round_.now += 10 * HOUR
    paper.publishes(came, NOON + 5 * HOUR)
    round_.run()
    (gap,) = gaps(round_)
    assert (gap.caught_up, gap.whole) == (min(came, 20), whole)


def test_dates_without_a_time_of_day_do_not_prove_that_nothing_was_lost(round_, paper):
    """Of a feed that gives the day alone, what came after the gap began is dated to the midnight before it."""
    round_.run()
    round_.now += 10 * HOUR
    paper.publishes(30, NOON.replace(hour=0, minute=0))
    round_.run()
    (gap,) = gaps(round_)
    assert (gap.caught_up, gap.whole) == (20, False)


def test_without_dates_what_was_known_before_tells_how_far_it_reaches(httpserver, store):
    paper = Paper(httpserver, dated=False)
    paper.publishes(5, NOON)
    round_ = Round(outlet(paper.url, rights=Rights(store_text=False)), archive=store)
    round_.run()
    round_.now += 10 * HOUR
    paper.publishes(4, NOON)
    round_.run()
    round_.now += 10 * HOUR
    paper.publishes(40, NOON)
    round_.run()
    assert [(gap.caught_up, gap.since, gap.whole) for gap in gaps(round_)] == [(4, None, True), (20, None, False)]


def test_a_source_that_says_it_did_not_change_lost_nothing(round_):
    round_.run()
    round_.now += 10 * HOUR
    round_.run()
    (gap,) = gaps(round_)
    assert (gap.caught_up, gap.whole) == (0, True)


class Dying(Store):
    """Dies after the articles are stored and before it is stored that they were heard."""

    def __init__(self, real: Store) -> None:
        self._db, self._judged_up_to = real._db, {}

    def save_source_state(self, state: SourceState, poll: object = None) -> None:
        raise StoreError("gone")


def test_a_round_that_dies_half_way_loses_no_gap_and_does_not_call_it_whole_by_what_it_stored(
    round_, paper, store
):
    round_.run()
    round_.now += 10 * HOUR
    paper.publishes(30, NOON + 5 * HOUR)
    round_.archive = Dying(store)
    with pytest.raises(StoreError):
        round_.run()
    round_.archive = store
    (gap,) = gaps(round_)
    assert gap.open
    round_.later()
    (gap,) = gaps(round_)
    assert (gap.start, gap.caught_up, gap.whole) == (NOON, 20, False)


def test_a_gap_and_an_alarm_end_when_the_source_is_no_longer_polled(round_, paper):
    round_.run()
    paper.status = 500
    for _ in range(30):
        round_.now += HOUR
        round_.run()
    assert [a.kind for a in round_.archive.open_alarms()] == [AlarmKind.UNHEARD]
    round_.sources = type(round_.sources).of([outlet(name="another")])
    report = round_.run()
    assert [a.closing for a in report.watched.closed] == ["the source is no longer polled"]
    (gap,) = gaps(round_)
    assert (gap.whole, gap.open) == (False, False)


def test_an_alarm_is_a_fault_of_the_round_until_it_is_over(round_, paper):
    round_.run()
    paper.status = 500
    for _ in range(26):
        round_.now += HOUR
        report = round_.run()
    (fault,) = report.faults
    assert fault.where == "paper-0"
    assert fault.what.startswith("unheard: not heard for 25 hours")
    paper.status = 200
    round_.now += 25 * HOUR
    report = round_.run()
    assert report.faults == ()
    assert [a.closing for a in report.watched.closed] == ["it was heard again"]


def test_a_day_of_rounds_adds_up(paper, new_sqlite, tmp_path):
    """24 simulated hours, a round each 15 minutes, a source that brings something every two hours."""
    store = open_store(new_sqlite(tmp_path))
    round_ = Round(outlet(paper.url, rights=Rights(store_text=False)), archive=store)
    for quarter in range(96):
        if quarter % 8 == 4:
            paper.publishes(1, round_.now)
        round_.run()
        round_.now += timedelta(minutes=15)
    assert gaps(round_) == []
    days = store.tallies(london_day(NOON), london_day(NOON) + timedelta(days=2))
    assert sum(d.articles for d in days) == len(paper.articles) == 17
    assert sum(sum(d.by_hour) for d in days) == 12
    assert sum(d.polls for d in days) == sum(d.heard for d in days) > 24
    assert store.totals()["paper-0"][2] == 17
    store.close()


# --------------------------------------------------------------- the store by itself


def test_gaps_that_are_over_stay_as_they_are(store):
    over = CoverageGap("s", NOON, NOON + HOUR, reason="x", caught_up=3, since=NOON, whole=True)
    store.save_gaps([CoverageGap("s", NOON, reason="x")])
    store.save_gaps([over])
    store.save_gaps([CoverageGap("s", NOON, reason="again")])
    assert store.gaps(NOON, FAR) == [over]
    assert store.gaps(NOON + HOUR, FAR) == []
    assert store.open_gaps() == {}


def article(number: int, **changes: object) -> Article:
    values = {
        "url": f"https://x.example/{number}",
        "headline": f"Headline {number}",
        "outlet": "paper",
        "body": "B.",
    }
    return Article(**{**values, **changes})


def test_what_is_caught_up_counts_articles_and_not_their_texts(store):
    first = article(1, first_seen=NOON, source="s", published_at=NOON - HOUR)
    edited = article(1, first_seen=NOON + 9 * HOUR, source="s", body="Other words.", published_at=NOON - HOUR)
    new = article(2, first_seen=NOON + 9 * HOUR, source="s", published_at=NOON + 4 * HOUR)
    store.add_articles("s", [("1", first)])
    store.add_articles("s", [("1", edited), ("2", new)])
    assert store.caught_up("s", NOON + HOUR, NOON) == CaughtUp(1, NOON + 4 * HOUR)
    assert store.older_entries("s", ["1", "2", "3"], NOON + HOUR) == set()


def test_two_processes_open_one_alarm(store):
    from monitor.core.health import Alarm

    alarm = Alarm("s", AlarmKind.SILENT, NOON, NOON + HOUR, "silent")
    later = Alarm("s", AlarmKind.SILENT, NOON, NOON + 2 * HOUR, "silent")
    assert store.save_alarms([alarm], []) == [alarm]
    assert store.save_alarms([later], []) == []
    assert store.open_alarms() == [alarm]


def test_a_tally_has_london_hours(store):
    from monitor.core.health import Poll

    summer = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    poll = Poll(SourceState("s"), summer, heard=True, articles=2)
    store.save_source_state(SourceState("s"), poll)
    store.save_source_state(SourceState("s"), Poll(SourceState("s"), summer, heard=False))
    (tally,) = store.tallies(london_day(summer), london_day(summer) + timedelta(days=1), ["s", "t"])
    assert isinstance(tally, DayTally)
    assert (str(tally.day), tally.polls, tally.heard, tally.by_hour[0], tally.heard_hours) == (
        "2026-07-02",
        2,
        1,
        2,
        1,
    )
