"""What a site's robots.txt says to us (RFC 9309); fits `jobs.ports.RobotsReader`. Nothing here fetches."""

from __future__ import annotations

from functools import lru_cache

from protego import Protego

from monitor.jobs.ports import Ruling

AGENT = "Monitor"
"""The product token of our User-Agent, which groups of rules are matched with."""


def ruling(rules: str, *, url: str) -> Ruling:
    r"""Whether rules let us read an address, and the pause they ask for between two requests.

    >>> ruling("User-agent: *\nDisallow: /private", url="https://a.example/private/1").allowed
    False
    >>> ruling("User-agent: *\nCrawl-delay: 5", url="https://a.example/").delay
    5.0
    """
    read = _read(rules)
    return Ruling(bool(read.can_fetch(url, AGENT)), float(read.crawl_delay(AGENT) or 0.0))


@lru_cache(maxsize=64)
def _read(rules: str) -> Protego:
    return Protego.parse(rules.lstrip("\ufeff"))
