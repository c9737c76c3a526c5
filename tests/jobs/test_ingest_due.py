"""Which sources a round asks, how much of one it takes, and answers that are no success (F4, F5, F8, F13)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from memory_archive import NOON
from pytest_httpserver import HTTPServer
from test_ingest import Round, asked, feed, item, outlet, page
from werkzeug import Request, Response

from monitor.adapters.store import Store
from monitor.core.article import Evidence
from monitor.core.source import Rights, Trouble

HOUR = timedelta(hours=1)


def items(number: int) -> str:
    return feed(item(n, f"/{n}") for n in range(number))


def with_pages(server: HTTPServer, number: int) -> None:
    for n in range(number):
        server.expect_request(f"/{n}").respond_with_data(page(n), content_type="text/html")


# --------------------------------------------------------------- who is asked


def test_only_what_is_due_is_asked_unless_all_are_wanted(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/feed").respond_with_data(items(1))
    with_pages(httpserver, 1)
    round_ = Round(outlet(httpserver.url_for("/feed")))
    assert round_.run().heard == 1
    report = round_.run()
    assert (report.outcomes, report.not_due, report.next_due) == ((), 1, NOON + timedelta(minutes=15))
    assert asked(httpserver, "/feed") == 1
    round_.all_sources = True
    assert round_.run().heard == 1
    assert asked(httpserver, "/feed") == 2


def test_an_address_that_was_changed_in_its_file_is_asked_at_once_and_without_old_validators(
    httpserver: HTTPServer,
) -> None:
    for path in ("/old", "/feed"):
        httpserver.expect_request(path).respond_with_data(items(1), headers={"ETag": '"1"'})
    with_pages(httpserver, 1)
    round_ = Round(outlet(httpserver.url_for("/old")))
    round_.run()
    round_.sources = Round(outlet(httpserver.url_for("/feed"))).sources
    assert round_.run().heard == 1
    assert "If-None-Match" not in httpserver.log[-1][0].headers


def test_a_weak_etag_that_changes_over_the_same_bytes_writes_nothing(httpserver: HTTPServer, store: Store) -> None:
    number = 0

    def answer(request: Request) -> Response:
        nonlocal number
        number += 1
        return Response(items(2), headers={"ETag": f'W/"{number}"'})

    httpserver.expect_request("/feed").respond_with_handler(answer)
    round_ = Round(outlet(httpserver.url_for("/feed"), rights=Rights(store_text=False)), archive=store)
    round_.run()
    before = store.articles(NOON, NOON + HOUR)
    report = round_.later()
    assert report.outcomes[0].unchanged
    assert store.articles(NOON, NOON + HOUR) == before
    assert store.source_states()["paper-0"].last_new == NOON


# --------------------------------------------------------------- more than there is time for


def test_what_is_beyond_the_budget_is_stored_at_once_and_its_pages_come_in_the_next_rounds(
    httpserver: HTTPServer, store: Store
) -> None:
    httpserver.expect_request("/feed").respond_with_data(items(25), headers={"ETag": '"1"'})
    with_pages(httpserver, 25)
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=store)
    round_.pages_at_once = 10
    report = round_.run()
    assert (report.new, report.pages_owed, report.pages_failed) == (25, 15, 0)
    state = round_.state()
    assert state.next_due == NOON + timedelta(minutes=15)
    assert state.due_why == "15 of its pages are still to be read"
    left = [report.pages_owed, *(round_.later().pages_owed for _ in range(3))]
    assert left == [15, 5, 0, 0]
    found = store.articles(NOON, NOON + HOUR)
    assert len(found) == 25
    assert {article.evidence for article in found} == {Evidence.FULL}
    assert all(asked(httpserver, f"/{n}") == 1 for n in range(25))


def test_thousands_of_entries_hold_nobody_up_and_none_is_lost(httpserver: HTTPServer, store: Store) -> None:
    httpserver.expect_request("/feed").respond_with_data(items(2_000))
    with_pages(httpserver, 3)
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=store)
    round_.pages_at_once = 3
    report = round_.run()
    assert (report.new, report.pages_owed) == (2_000, 1_997)
    assert len(httpserver.log) == 4
    assert store.count_articles(NOON, NOON + HOUR) == 2_000


# --------------------------------------------------------------- answers that are no success (F13)


WALL = "<!DOCTYPE html><html><body><h1>Before you go on</h1><p>We and our partners use cookies.</p></body></html>"


@pytest.mark.parametrize(
    ("body", "kind", "says", "trouble"),
    [
        (feed([]), "text/xml", "the feed is empty", Trouble.SUSPECT),
        (WALL, "text/html", "this is a web page, not a feed", Trouble.SUSPECT),
        ("", "text/xml", "the answer is empty", Trouble.SUSPECT),
        (items(1)[:-20], "text/xml", "it breaks off half way; what stood whole in it was taken", Trouble.SUSPECT),
        ("<a><b>" * 9, "text/xml", "this is not a feed", Trouble.PARSE_ERROR),
    ],
)
def test_an_answer_that_is_no_success_is_said_and_the_last_good_one_kept(
    httpserver: HTTPServer, body: str, kind: str, says: str, trouble: Trouble
) -> None:
    httpserver.expect_ordered_request("/feed").respond_with_data(items(1), headers={"ETag": '"good"'})
    httpserver.expect_ordered_request("/0").respond_with_data(page(0), content_type="text/html")
    for _ in range(2):
        httpserver.expect_ordered_request("/feed").respond_with_data(body, content_type=kind)
    round_ = Round(outlet(httpserver.url_for("/feed")))
    round_.run()
    good = round_.state()
    (outcome,) = round_.later().outcomes
    assert (outcome.error, outcome.trouble) == (says, trouble)
    state = round_.state()
    assert (state.etag, state.body_fingerprint, state.last_heard) == ('"good"', good.body_fingerprint, NOON)
    assert (state.error, state.trouble, state.failures) == (says, trouble, 1)
    assert state.failing_since == NOON + timedelta(minutes=15)
    (again,) = round_.later().outcomes
    assert (again.error, again.unchanged) == (says, False)
    assert httpserver.log[-1][0].headers["If-None-Match"] == '"good"'


def test_what_stands_whole_in_half_a_feed_is_taken(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/feed").respond_with_data(items(3)[:-30])
    with_pages(httpserver, 3)
    round_ = Round(outlet(httpserver.url_for("/feed")))
    report = round_.run()
    assert (report.new, report.heard) == (2, 0)
    assert round_.state().last_new == NOON


# --------------------------------------------------------------- gone (F5)


def test_gone_twice_a_day_apart_is_left_alone_until_somebody_asks(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/feed").respond_with_data(status=410)
    round_ = Round(outlet(httpserver.url_for("/feed")))
    round_.run()
    while due := round_.state().next_due:
        round_.now = due
        round_.run()
    assert round_.state().trouble is Trouble.GONE
    assert len(httpserver.log) < 10
    round_.now += 900 * HOUR
    assert round_.run().not_due == 1
    httpserver.clear()
    httpserver.expect_request("/feed").respond_with_data(items(1))
    round_.all_sources = True
    assert round_.run().new == 1
    assert round_.state().trouble is Trouble.NONE
