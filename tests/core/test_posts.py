"""Posts of social accounts: hashtags as words, a headline where there is none."""

from __future__ import annotations

import doctest

import pytest

from monitor.core import posts
from monitor.core.article import Entry
from monitor.core.posts import as_post, hashtags, spelled_out


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ("#ScottishChildPayment", "Scottish Child Payment"),
        ("#poverty, #Poverty.", "poverty, Poverty."),
        ("(#DWPCuts)", "(DWP Cuts)"),
        ("#COP26 #Budget2026 #16PlusStudy", "COP26 Budget 2026 16 Plus Study"),
        ("#child_poverty", "child poverty"),
        ("#TèarainteachdShòisealta", "Tèarainteachd Shòisealta"),
        ("#MarieMcNair", "Marie McNair"),
        ("we are #1 of 5", "we are #1 of 5"),
        ("see https://a.example/x#poverty and a#b", "see https://a.example/x#poverty and a#b"),
        ("C# and &#39;", "C# and &#39;"),
    ],
)
def test_hashtags_become_the_words_they_are_made_of(posted: str, words: str) -> None:
    assert spelled_out(posted) == words


def test_a_post_is_whole_and_keeps_its_hashtags_as_they_were() -> None:
    text = "Uptake of the #ScottishChildPayment is up.\n\nMore on #poverty and the #ScottishChildPayment soon."
    entry = as_post(Entry(url="https://social.example/@org/1", headline="", standfirst=text))
    assert entry.headline == "Uptake of the Scottish Child Payment is up."
    assert entry.body == (
        "Uptake of the Scottish Child Payment is up.\n\nMore on poverty and the Scottish Child Payment soon.\n\n"
        "#ScottishChildPayment #poverty"
    )
    assert (entry.standfirst, entry.whole) == ("", True)


def test_a_title_is_kept_and_is_all_there_is_when_there_is_no_text() -> None:
    entry = as_post(Entry(url="https://video.example/1", headline="On #poverty", standfirst="What we did."))
    assert (entry.headline, entry.body) == ("On poverty", "What we did.\n\n#poverty")
    assert as_post(Entry(url="u", headline="A title")).body == "A title"


def test_a_long_post_has_its_beginning_for_a_headline() -> None:
    headline = as_post(Entry(url="u", headline="", body="word " * 60)).headline
    assert headline.endswith(" word…")
    assert len(headline) <= 101
    assert len(as_post(Entry(url="u", headline="", body="x" * 300)).headline) == 101


def test_examples_run() -> None:
    assert doctest.testmod(posts).failed == 0
    assert hashtags("#a #b", "#a") == ("#a", "#b")
