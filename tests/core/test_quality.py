"""Full text, teaser, wall, menu: by points, each with its reason (F36)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.quality import Kind, Taken, asks_to_pay, quality_of, without_asking

SENTENCE = "Social Security Scotland said that payments of the new benefit would begin in the autumn of this year."
BRIEF = f"{SENTENCE} It gave no day."
LONG = "\n\n".join([SENTENCE] * 20)
MENU = "\n\n".join(["News", "Sport", "Politics", "Weather and travel in your area", "Subscribe", "More"] * 8)

KINDS = [
    (Taken(""), Kind.NOTHING),
    (Taken(" \n\n "), Kind.NOTHING),
    (Taken(SENTENCE), Kind.FULL),
    (Taken(BRIEF), Kind.FULL),
    (Taken(LONG), Kind.FULL),
    (Taken("Home\n\nNews"), Kind.MENU),
    (Taken(MENU, linked=0.9), Kind.MENU),
    (Taken(f"{MENU}\n\n{SENTENCE}", linked=0.7), Kind.MENU),
    # paywalls
    (Taken(BRIEF, closed=True), Kind.TEASER),
    (Taken(BRIEF, asks="Subscribe to read on"), Kind.TEASER),
    (Taken(BRIEF, words=600), Kind.TEASER),
    (Taken(f"{BRIEF}\n\nSubscribe now to continue reading."), Kind.TEASER),
    (Taken(f"{BRIEF}\n\nAlready a subscriber? Sign in."), Kind.TEASER),
    (Taken(f"{BRIEF}\n\nYou have reached your limit of free articles."), Kind.TEASER),
    (Taken(f"{BRIEF}\n\nThis article is only available to subscribers."), Kind.TEASER),
    (Taken(f"{BRIEF}\n\nTo read the rest of this story, register for an account."), Kind.TEASER),
    # a text that is there is there, whatever the page says
    (Taken(LONG, closed=True, asks="Subscribe to read on", words=10_000), Kind.FULL),
    (Taken(BRIEF, words=25), Kind.FULL),
    (Taken(f"{LONG}\n\nSubscribe now to continue reading."), Kind.FULL),
    # walls
    (Taken("We and our 812 partners store and access personal data on your device."), Kind.WALL),
    (Taken("This website uses cookies to make your visit better in every way you can think of."), Kind.WALL),
    (Taken("Please enable JavaScript and reload the page to go on to what you were looking for."), Kind.WALL),
    (Taken("Checking your browser before you reach the site, which takes up to five seconds."), Kind.WALL),
    (Taken("Sorry, the page you are looking for could not be found. Go to our home page instead."), Kind.WALL),
    # news about them is news
    (
        Taken("\n\n".join([SENTENCE] * 3 + ["The regulator said that firms must let users reject cookies."])),
        Kind.FULL,
    ),
    (Taken("Readers may subscribe to the fund from May, the charity said, to help families in Fife."), Kind.FULL),
]


@pytest.mark.parametrize(("taken", "kind"), KINDS)
def test_kinds(taken: Taken, kind: Kind) -> None:
    quality = quality_of(taken)
    assert quality.kind is kind, str(quality)
    assert quality.full is (kind is Kind.FULL)
    assert quality.worth_keeping is (kind in (Kind.FULL, Kind.TEASER))


def test_every_part_has_its_reason() -> None:
    told = str(quality_of(Taken(f"{SENTENCE[:-1]}, and", closed=True, asks="Subscribe to read on")))
    assert told == (
        "teaser, 0 of 100: 0% in running sentences +0, 106 characters +9, 0% links +20, "
        "it asks “Subscribe to read on” -60, the page says it is not free -60, it breaks off -20"
    )


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Log in to keep reading", True),
        ("Sign up for full access to this story", True),
        ("Start your free trial today", True),
        ("Subscriber-only", True),
        ("Subscribe to our newsletter", False),
        ("Sign in", False),
        ("Read more about benefits", False),
    ],
)
def test_what_asks_to_pay(text: str, asks: bool) -> None:
    assert bool(asks_to_pay(text)) is asks


def test_the_last_lines_that_ask_are_not_the_articles() -> None:
    asked = ["One.", "Subscribe to read on", SENTENCE, "Already a subscriber?", "Log in to keep reading"]
    assert without_asking(asked) == asked[:3]
    assert without_asking(["Subscribe to continue reading"]) == []


@given(st.text(max_size=300), st.floats(0, 1), st.booleans(), st.none() | st.integers(0, 10_000))
def test_any_text_has_a_score(text: str, linked: float, closed: bool, words: int | None) -> None:
    quality = quality_of(Taken(text, linked, closed=closed, words=words))
    assert 0 <= quality.score <= 100
    assert quality.full is (quality.score >= 50)
    assert quality_of(Taken(text, linked, words=words)).score >= quality.score


@pytest.mark.parametrize("word", ["subscribe to ", "we and our partners ", "cookies ", "log in to read ", "a, "])
def test_takes_time_in_proportion(word: str) -> None:
    quality_of(Taken(word * 100_000))
