"""Social accounts that publish feeds: from the address a person knows to the feed's."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

_NAME = r"[\w.-]+"


def feed_of(url: str) -> str:
    """The address of an account's feed, by the form of its own address; empty when it is no form we know.

    Mastodon is known by its form alone (`/@name`), since anybody may run a server.

    >>> feed_of("https://bsky.app/profile/org.example")
    'https://bsky.app/profile/org.example/rss'
    >>> feed_of("https://paper.example/news")
    ''
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # brackets that hold no IPv6 address
        return ""
    host = (parts.hostname or "").removeprefix("www.").removeprefix("old.").removeprefix("m.")
    path = parts.path.rstrip("/")
    match host:
        case "youtube.com":
            return _youtube(path, parse_qs(parts.query))
        case "reddit.com":
            found = re.fullmatch(rf"/(r|u|user)/({_NAME})", path)
            return f"https://www.reddit.com/{found[1]}/{found[2]}/.rss" if found else ""
        case "bsky.app":
            found = re.fullmatch(rf"/profile/((?:did:\w+:)?{_NAME})", path)
            return f"https://bsky.app/profile/{found[1]}/rss" if found else ""
    found = re.fullmatch(rf"/(?:@|users/)({_NAME}?)(?:\.rss)?", path)
    return f"{parts.scheme}://{parts.netloc}/@{found[1]}.rss" if found and host else ""


def _youtube(path: str, query: dict[str, list[str]]) -> str:
    """A channel's, user's or playlist's feed; that of `/@name` its page names."""
    feed = "https://www.youtube.com/feeds/videos.xml"
    if path == "/playlist" and query.get("list"):
        return f"{feed}?playlist_id={query['list'][0]}"
    found = re.fullmatch(rf"/(channel|user)/({_NAME})", path)
    if found is None:
        return ""
    return f"{feed}?channel_id={found[2]}" if found[1] == "channel" else f"{feed}?user={found[2]}"


def is_account(url: str) -> bool:
    """Whether an address is a social account's, or its feed's.

    >>> is_account("https://www.youtube.com/feeds/videos.xml?channel_id=UC1")
    True
    """
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # brackets that hold no IPv6 address
        return False
    return host in {"youtube.com", "reddit.com", "bsky.app"} or bool(feed_of(url))
