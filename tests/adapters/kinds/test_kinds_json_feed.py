"""JSON Feed 1 and 1.1, well-formed and not."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from monitor.adapters.kinds.json_feed import is_json, parse
from monitor.core.article import Entry
from monitor.errors import FeedError

URL = "https://paper.example/feed.json"


def read(*items: object, **feed: object) -> tuple[Entry, ...]:
    whole = {"version": "https://jsonfeed.org/version/1.1", "title": "Paper", "items": list(items), **feed}
    return parse(json.dumps(whole).encode(), url=URL)


def test_an_item_becomes_an_entry() -> None:
    (entry,) = read(
        {
            "id": "7",
            "url": "/news/7",
            "title": "Ferries &amp; fares",
            "summary": "A summary.",
            "content_html": f"<p>{'word ' * 60}</p><p>{'word ' * 60}</p>",
            "date_published": "2026-03-01T09:00:00+00:00",
            "authors": [{"name": "Transport desk"}, {"url": "https://x.example"}],
        }
    )
    assert entry.url == "https://paper.example/news/7"
    assert (entry.headline, entry.guid, entry.standfirst) == ("Ferries & fares", "7", "A summary.")
    assert entry.body.count("\n\n") == 1
    assert (entry.byline, entry.published_at) == ("Transport desk", datetime(2026, 3, 1, 9, tzinfo=UTC))


def test_version_1_says_one_author_and_a_feed_may_say_it_for_all() -> None:
    one, other = read(
        {"id": "1", "url": "/1", "author": {"name": "A"}}, {"id": "2", "url": "/2"}, author={"name": "F"}
    )
    assert (one.byline, other.byline) == ("A", "F")


def test_a_short_content_is_the_standfirst() -> None:
    (entry,) = read({"id": 7, "content_text": "Plain < text", "external_url": "https://other.example/x"})
    assert (entry.guid, entry.standfirst, entry.body) == ("7", "Plain < text", "")
    assert entry.url == "https://other.example/x"


def test_items_that_say_nothing_or_are_none_are_left_out() -> None:
    (entry,) = read(None, 7, [], {}, {"title": " "}, {"id": "only-an-id"})
    assert entry.url == "https://paper.example/feed.json?entry=only-an-id"


def test_values_of_another_sort_are_none() -> None:
    (entry,) = read({"id": ["x"], "url": {"a": 1}, "title": "T", "authors": "me", "date_published": True})
    assert (entry.headline, entry.guid, entry.byline, entry.published_at) == ("T", "", "", None)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "the answer is empty"),
        (b"{", "not JSON: expecting property name"),
        (b"<html>", "this is a web page, not JSON"),
        (b'{"items": {}}', "not a JSON Feed"),
        (b"[]", "not a JSON Feed"),
        (b"[" * 100_000, "not JSON that can be read"),
        (b'{"items": [' + b"9" * 5_000 + b"]}", "not JSON that can be read"),
    ],
)
def test_what_is_none_is_refused(body: bytes, why: str) -> None:
    with pytest.raises(FeedError, match=why):
        parse(body, url=URL)


def test_json_is_known_by_its_first_sign() -> None:
    assert is_json(b'\xef\xbb\xbf \n{"version"')
    assert not is_json(b"<rss>")
    assert not is_json(b"")
