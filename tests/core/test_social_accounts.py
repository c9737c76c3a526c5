"""Social accounts: the feed behind an address that a person knows."""

from __future__ import annotations

import doctest

import pytest

from monitor.core import accounts
from monitor.core.accounts import feed_of, is_account

YOUTUBE = "https://www.youtube.com/feeds/videos.xml"


@pytest.mark.parametrize(
    ("address", "feed"),
    [
        ("https://social.example/@org", "https://social.example/@org.rss"),
        ("https://social.example/@org.rss", "https://social.example/@org.rss"),
        ("https://social.example/users/org/", "https://social.example/@org.rss"),
        ("https://bsky.app/profile/did:plc:abc123", "https://bsky.app/profile/did:plc:abc123/rss"),
        ("https://www.youtube.com/channel/UC_x-1", f"{YOUTUBE}?channel_id=UC_x-1"),
        ("https://youtube.com/user/org", f"{YOUTUBE}?user=org"),
        ("https://m.youtube.com/playlist?list=PL1", f"{YOUTUBE}?playlist_id=PL1"),
        ("https://www.youtube.com/@org", ""),
        ("https://old.reddit.com/r/Scotland/", "https://www.reddit.com/r/Scotland/.rss"),
        ("https://www.reddit.com/user/org", "https://www.reddit.com/user/org/.rss"),
        ("https://www.reddit.com/r/Scotland/comments/1", ""),
        ("https://paper.example/@org/1", ""),
        ("http://[bad/", ""),
        ("nonsense", ""),
    ],
)
def test_the_feed_of_an_account(address: str, feed: str) -> None:
    assert feed_of(address) == feed
    assert not feed or is_account(feed)


def test_a_paper_is_no_account() -> None:
    assert not is_account("https://paper.example/feed")
    assert not is_account("http://[bad/")


def test_examples_run() -> None:
    assert doctest.testmod(accounts).failed == 0
