"""A page in the place of an article."""

from __future__ import annotations

import pytest

from monitor.core.landing import has_nothing_of, led_elsewhere

TEXT = "The harbour board raised its dues on Tuesday."


@pytest.mark.parametrize(
    ("headline", "page", "text", "nothing"),
    [
        ("Harbour dues rise", "Before you go on", "We keep cookies.", True),
        ("Harbour dues rise", "", "We keep cookies.", True),
        ("Harbour dues rise", "HARBOUR dues", "", False),
        ("Harbour board raised dues", "Islands pay more", TEXT, False),
        ("Harbour dues rise for ferries to islands", "Front page", TEXT, True),
        ("It is so", "Before you go on", "We keep cookies.", False),
        ("", "Before you go on", "We keep cookies.", False),
    ],
)
def test_what_has_nothing_of_a_headline(headline: str, page: str, text: str, nothing: bool) -> None:
    assert has_nothing_of(headline, page, text) is nothing


@pytest.mark.parametrize(
    ("found_at", "elsewhere"),
    [
        ("https://paper.example/n/1", False),
        ("https://www.paper.example/n/1/?from=feed", False),
        ("https://paper.example/n/1#top", False),
        ("https://paper.example/consent?return=/n/1", True),
        ("https://paper.example/", True),
        ("https://login.example/n/1", True),
    ],
)
def test_where_an_address_led(found_at: str, elsewhere: bool) -> None:
    assert led_elsewhere("http://paper.example/n/1", found_at) is elsewhere
