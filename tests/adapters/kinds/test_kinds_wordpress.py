"""WordPress posts: what a post becomes, and the way back in time."""

from __future__ import annotations

import doctest
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.adapters.kinds import wordpress
from monitor.adapters.kinds.wordpress import PER_PAGE, first, parse
from monitor.errors import FeedError
from monitor.jobs.ports import Listed

URL = first("https://paper.example/wp-json/wp/v2/posts")
NOON = datetime(2026, 7, 2, 12, tzinfo=UTC)


def post(n: int, published: datetime = NOON, **more: object) -> dict[str, object]:
    return {
        "id": n,
        "date": (published + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%S"),
        "date_gmt": published.strftime("%Y-%m-%dT%H:%M:%S"),
        "link": f"https://paper.example/news/{n}/",
        "guid": {"rendered": f"https://paper.example/?p={n}"},
        "title": {"rendered": f"Carer&#8217;s day {n}"},
        "excerpt": {"rendered": "<p>Word word [&hellip;]</p>"},
        "content": {"rendered": f"<p>{'Word word ' * 60}</p><p>Second.</p>"},
        "_embedded": {"author": [{"name": "News desk"}]},
        **more,
    }


def read(posts: object, since: datetime = NOON - timedelta(days=2), url: str = URL) -> Listed:
    return parse(json.dumps(posts).encode(), url=url, since=since)


def test_a_post_becomes_an_entry_that_is_whole() -> None:
    (entry,) = read([post(1)]).entries
    assert (entry.url, entry.guid) == ("https://paper.example/news/1/", "https://paper.example/?p=1")
    assert (entry.headline, entry.byline, entry.published_at) == ("Carer’s day 1", "News desk", NOON)
    assert (entry.standfirst, entry.whole) == ("", True)
    assert entry.body.endswith("\n\nSecond.")


def test_an_excerpt_of_its_own_is_the_standfirst_and_a_teaser_is_not_whole() -> None:
    (entry,) = read([post(1, excerpt={"rendered": "Its own."}, content={"rendered": "Subscribe."})]).entries
    assert (entry.standfirst, entry.body, entry.whole) == ("Its own.", "Subscribe.", False)


def test_the_address_asks_for_dates_authors_and_a_hundred() -> None:
    asked = parse_qs(urlsplit(first("https://paper.example/wp-json/wp/v2/posts?categories=5&per_page=3")).query)
    assert (asked["categories"], asked["per_page"], asked["orderby"]) == (["5"], ["100"], ["date"])
    assert first(URL) == URL


def test_a_full_page_that_does_not_reach_back_leads_to_the_one_before() -> None:
    posts = [post(n, NOON - timedelta(minutes=n)) for n in range(PER_PAGE)]
    (older,) = read(posts).more
    asked = parse_qs(urlsplit(older).query)
    # the oldest is 99 minutes old; in the site's own time, an hour ahead; a second more, since others may share it
    assert asked["before"] == ["2026-07-02T11:21:01"]
    assert read(posts, since=NOON - timedelta(minutes=98)).more == ()
    assert read(posts[:-1]).more == ()


def test_a_hundred_posts_of_one_second_do_not_lead_in_a_circle() -> None:
    posts = [post(n) for n in range(PER_PAGE)]
    (older,) = read(posts).more
    (oldest,) = read(posts, url=older).more
    assert older != oldest
    assert parse_qs(urlsplit(oldest).query)["before"] == ["2026-07-02T13:00:00"]


def test_posts_that_are_none_are_left_out_and_odd_values_do_no_harm() -> None:
    odd = {"link": "https://paper.example/x", "title": "T", "guid": 7, "date": None, "_embedded": {"author": "me"}}
    (entry,) = read([None, [], {}, {"link": "javascript:x", "title": {"rendered": "T"}}, odd]).entries
    assert (entry.headline, entry.guid, entry.byline, entry.published_at) == ("T", "7", "", None)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"code": "rest_forbidden", "message": "Sorry, you are not allowed."}, "WordPress answers: Sorry"),
        ({"items": []}, "not a list of WordPress posts"),
        ("x", "not a list of WordPress posts"),
    ],
)
def test_what_is_no_list_of_posts_is_refused(said: object, why: str) -> None:
    with pytest.raises(FeedError, match=why):
        read(said)


@pytest.mark.parametrize(
    "notice", ["<br />\n<b>Warning</b>:  x[1] in <b>/p.php</b><br />\n", "\nDeprecated: x in /p.php\n"]
)
def test_what_php_says_before_the_posts_does_not_cost_them(notice: str) -> None:
    (entry,) = parse(f"{notice}{json.dumps([post(1)])}".encode(), url=URL, since=NOON).entries
    assert entry.headline == "Carer’s day 1"
    assert parse(f"{notice}[]".encode(), url=URL, since=NOON).entries == ()


def test_a_page_is_refused() -> None:
    with pytest.raises(FeedError, match="a web page, not JSON"):
        parse(b"<!doctype html>", url=URL, since=NOON)


def test_examples_run() -> None:
    assert doctest.testmod(wordpress).failed == 0
