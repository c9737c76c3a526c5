"""What a robots.txt says to us."""

from __future__ import annotations

import pytest

from monitor.adapters.robots import ruling

PAGE = "https://paper.example/news/1?page=2"


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /news/\nAllow: /news/1", True),
        ("User-agent: *\nDisallow: /*?page=", False),
        ("User-agent: *\nDisallow: /news/1$", True),
        ("User-agent: Other\nDisallow: /", True),
        ("User-agent: monitor\nDisallow: /\n\nUser-agent: *\nDisallow:", False),
        ("User-agent: Monitor\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        ("\ufeffUser-agent: *\nDisallow: /", False),
        ("<html><body>Not found</body></html>", True),
        ("\x00\x01 nonsense: : :\n" * 50, True),
    ],
)
def test_the_rules_for_us_are_those_that_count(rules: str, allowed: bool) -> None:
    assert ruling(rules, url=PAGE).allowed is allowed


@pytest.mark.parametrize(("said", "delay"), [("2.5", 2.5), ("soon", 0.0), ("-1", 0.0)])
def test_a_pause_that_is_asked_for(said: str, delay: float) -> None:
    assert max(ruling(f"User-agent: *\nCrawl-delay: {said}", url=PAGE).delay, 0.0) == delay
