"""Which pages hold several pieces of news, and where one piece ends."""

from __future__ import annotations

import pytest

from monitor.core.parts import Paragraph, Part, holds_several, split, without

WORDS = "The council said that the new payment would begin in the autumn of this year."


def text(*parts: str) -> list[Paragraph]:
    """`# A` is a heading."""
    return [Paragraph(part.removeprefix("# "), part.startswith("# ")) for part in parts]


@pytest.mark.parametrize(
    ("headline", "url", "several"),
    [
        ("Budget live: ministers set out their plans", "", True),
        ("Budget day – as it happened", "", True),
        ("LIVE: budget day", "", True),
        ("Budget day - live", "", True),
        ("News in brief", "", True),
        ("Business round-up", "", True),
        ("What the papers say", "", True),
        ("Letters: ferries and fares", "", True),
        ("Budget day", "https://paper.example/news/live/c123", True),
        ("Budget day", "https://paper.example/news/live-music-1", False),
        ("Live music is back in Fife", "", False),
        ("We live in Dundee", "", False),
        ("How the new payment works", "https://[bad/", False),
    ],
)
def test_which_pages_hold_several(headline: str, url: str, several: bool) -> None:
    assert holds_several(headline, url) is several


def test_each_heading_with_words_under_it_is_a_part() -> None:
    own, parts = split(text("Opening.", "# A", WORDS, "More.", "# B", WORDS, "# Sport", "# C", WORDS))
    assert own == ["Opening.", "Sport"]
    assert parts == [Part("A", f"{WORDS}\n\nMore."), Part("B", WORDS), Part("C", WORDS)]


@pytest.mark.parametrize("few", [("# A", WORDS, "# B", WORDS), (WORDS,), ("# A", "# B", "# C"), ()])
def test_fewer_than_three_are_none(few: tuple[str, ...]) -> None:
    own, parts = split(text(*few))
    assert parts == []
    assert own == [part.removeprefix("# ") for part in few]


def test_what_is_in_no_part() -> None:
    parts = [Part("A", f"{WORDS}\n\nMore."), Part("B", "Other.")]
    assert without(["Opening.", "A", WORDS.replace(" ", "  "), "More.", "Key points.", "b", "Other."], parts) == [
        "Opening.",
        "Key points.",
    ]
