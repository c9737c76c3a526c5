"""A day by the clock, against real servers on loopback: the etiquette as the servers' log shows it (F3-F8).

The clock is ours and goes a minute at a time. A sample of sources and hours; MONITOR_FULL=1 takes 1,000 sources
on 250 hosts and 24 hours.
"""

from __future__ import annotations

import asyncio
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from memory_archive import Quiet
from press import Asked, Press, Reply, Request, here, outlets_at
from test_ingest import feed, item, page

from monitor.adapters import pages, robots
from monitor.adapters.fetch import HttpFetcher, Limits
from monitor.adapters.store import open_store
from monitor.app.kinds import Kinds
from monitor.core.source import Sources
from monitor.jobs.ingest import Pace, ingest

FULL = bool(os.environ.get("MONITOR_FULL"))
HOSTS, EACH, HOURS = (250, 4, 24) if FULL else (12, 2, 5)
START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
EVERY = 15 * MINUTE
PAUSE = 0.004
BUSY = 1
"""From this hour on the busy hosts ask for two hours of peace."""

PERIODS = [7, 25, 60, 200, 600]
"""Minutes between two articles of a good feed, by host."""
KINDS = ["good"] * 6 + ["busy", "failing", "gone", "moved", "plain", "good"]


def kind_of(host: str) -> str:
    return KINDS[number_of(host) % len(KINDS)]


def number_of(host: str) -> int:
    return int(host.split(".")[0][1:])


class Day:
    """The press of a day, and its clock."""

    def __init__(self) -> None:
        self.now = START
        self.press = Press(lambda: self.now, self.answer)

    def published(self, host: str, path: str) -> int:
        """How many articles a feed has published until now."""
        period = PERIODS[number_of(host) % len(PERIODS)] * MINUTE
        return 1 + (self.now - START) // period

    def answer(self, request: Request) -> Reply:
        host, path = request.host, request.path
        if path == "/robots.txt":
            return Reply("User-agent: *\nDisallow: /closed/\nCrawl-delay: 0.001")
        if not path.startswith(("/feed", "/new")):
            return Reply(page(path))
        match kind_of(host):
            case "failing":
                return Reply(status=500)
            case "gone":
                return Reply(status=410)
            case "busy" if timedelta(0) <= self.now - START - BUSY * HOUR < MINUTE * 20:
                return Reply(status=429, headers={"Retry-After": "7200"})
            case "moved" if path.startswith("/feed"):
                return Reply(status=301, headers={"Location": path.replace("feed", "new")})
        return self.listed(request)

    def listed(self, request: Request) -> Reply:
        number = self.published(request.host, request.path)
        etag = f'"{number}"'
        if kind_of(request.host) != "plain" and request.etag == etag:
            return Reply(status=304)
        source = request.path.rsplit("/", 1)[-1]
        shown = range(max(0, number - 30), number)
        where = "closed" if source == str(EACH - 1) else "open"
        items = (item(f"{source}-{n}", f"/{where}/{source}/{n}") for n in shown)
        return Reply(feed(items), headers={} if kind_of(request.host) == "plain" else {"ETag": etag})

    async def pass_by(self, url: str) -> Sources:
        """Look every minute what is due, until the day is over."""
        names = [f"h{n}" for n in range(HOSTS)]
        few = {name for name in names if number_of(name) % 10 == 0}
        store = open_store(url)
        with self.press as press:
            sources = Sources.of(outlets_at(names, EACH, press.port, full_text=few.__contains__))
            private = frozenset(f"{name}.example" for name in names)
            async with HttpFetcher(limits=Limits(), allowed_private=private, resolver=here) as fetcher:
                for _ in range(HOURS * 60):
                    pace = Pace(EVERY, pause=PAUSE)
                    await ingest(
                        sources, store, store, fetcher, Kinds(), pages.extract, lambda: self.now, Quiet(),
                        pace, robots.ruling,
                    )  # fmt: skip
                    self.now += MINUTE
        self.stored = store.count_articles(START, self.now + HOUR)
        self.states = store.source_states()
        store.close()
        return sources

    def feeds(self, *kinds: str) -> Iterator[tuple[str, list[Asked]]]:
        """The requests for each feed of hosts of some kinds, in order."""
        asked: defaultdict[tuple[str, str], list[Asked]] = defaultdict(list)
        for one in self.press.log:
            if kind_of(one.host) in kinds and one.path.startswith(("/feed", "/new")):
                asked[one.host, one.path].append(one)
        yield from ((host + path, log) for (host, path), log in asked.items())


@pytest.fixture(scope="module")
def day(new_sqlite: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> Day:
    made = Day()
    made.sources = asyncio.run(made.pass_by(new_sqlite(tmp_path_factory.mktemp("day"))))
    print(f"{len(made.press.log)} requests, {made.stored} articles")
    return made


def test_a_host_answers_one_request_at_a_time_and_has_its_pause(day: Day) -> None:
    of_host: defaultdict[str, list[Asked]] = defaultdict(list)
    for one in sorted(day.press.log, key=lambda one: one.began):
        of_host[one.host].append(one)
    assert len(of_host) == HOSTS
    for host, log in of_host.items():
        for sooner, later in pairwise(log):
            assert later.began >= sooner.ended, host
            # The press notes an answer's end a moment after it was read: the pause counts from its beginning.
            assert later.began - sooner.began >= PAUSE, host


def test_no_feed_is_asked_more_often_than_settings_say_nor_a_good_one_less_than_hourly(day: Day) -> None:
    for feed_, log in day.feeds("good", "plain"):
        gaps = [later.at - sooner.at for sooner, later in pairwise(log)]
        assert min(gaps) >= EVERY - MINUTE, feed_
        assert max(gaps) <= HOUR + MINUTE, feed_


def test_a_feed_that_changes_often_is_asked_more_often_than_one_that_does_not(day: Day) -> None:
    asked = {feed_: len(log) for feed_, log in day.feeds("good")}
    quick = [n for feed_, n in asked.items() if PERIODS[number_of(feed_) % 5] <= 25]
    slow = [n for feed_, n in asked.items() if PERIODS[number_of(feed_) % 5] == 600]
    assert min(quick) > 2 * max(slow)


def test_feeds_with_validators_are_asked_conditionally(day: Day) -> None:
    for feed_, log in day.feeds("good"):
        assert [one.etag for one in log[:1]] == [""], feed_
        assert all(one.etag for one in log[1:]), feed_
    assert any(one.status == 304 for _, log in day.feeds("good") for one in log)


def test_a_busy_host_is_left_alone_as_long_as_it_asks(day: Day) -> None:
    seen = 0
    for host in {one.host for one in day.press.log if kind_of(one.host) == "busy"}:
        log = sorted((one for one in day.press.log if one.host == host), key=lambda one: one.at)
        refused = [one.at for one in log if one.status == 429]
        assert len(refused) == 1, host
        after = [one.at for one in log if one.at > refused[0]]
        assert min(after) >= refused[0] + 2 * HOUR, host
        seen += 1
    assert seen


def test_a_failing_feed_is_asked_less_and_less(day: Day) -> None:
    for feed_, log in day.feeds("failing"):
        gaps = [(later.at - sooner.at) / EVERY for sooner, later in pairwise(log)]
        assert [round(gap) for gap in gaps] == [1, 2, 4, 8, 16, 32][: len(gaps)], feed_
        assert len(gaps) == (6 if HOURS == 24 else 4)


def test_a_feed_that_says_it_is_gone_is_asked_as_seldom(day: Day) -> None:
    assert all(len(log) <= 7 for _, log in day.feeds("gone"))


def test_a_feed_that_moved_is_asked_at_its_old_address_three_times(day: Day) -> None:
    old = [log for feed_, log in day.feeds("moved") if "/feed" in feed_]
    assert old
    assert all(len(log) == 3 for log in old)
    assert all(len(log) > 3 for feed_, log in day.feeds("moved") if "/new" in feed_)


def test_robots_txt_is_asked_for_once_and_kept(day: Day) -> None:
    rules: defaultdict[str, int] = defaultdict(int)
    for one in day.press.log:
        rules[one.host] += one.path == "/robots.txt"
        assert not one.path.startswith("/closed/")
    assert max(rules.values()) == 1


def test_every_page_is_asked_for_once(day: Day) -> None:
    asked = [(one.host, one.path) for one in day.press.log if one.path.startswith("/open/")]
    assert asked
    assert len(asked) == len(set(asked))


def test_nothing_that_was_published_in_time_is_missing(day: Day) -> None:
    """What was listed when each feed was asked last is stored; each article once."""
    shown = {}
    for one in day.press.log:
        if one.status == 200 and one.path.startswith(("/feed", "/new")):
            shown[one.host, one.path] = 1 + (one.at - START) // (PERIODS[number_of(one.host) % 5] * MINUTE)
    assert day.stored == sum(shown.values())
