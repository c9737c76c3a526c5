"""What an edit changed, as an editor and a reader are told (F16)."""

from __future__ import annotations

import pytest

from monitor.core.article import Article, Field
from monitor.core.difference import SectionChange, difference, sentences
from monitor.core.match import Hit, Judgement, Outcome, Span, Verdict

BODY = "The ferry left the pier late on Monday.\n\nThe council blamed the fog.\n\nPassengers waited in the rain."
BEFORE = Article("https://x.example/a", "Ferry late", "It was late.", BODY)
TITLES = {"transport": "TRANSPORT"}


def edited(**changes: str):
    return difference(BEFORE, BEFORE.told_anew(BEFORE.first_seen, **changes))


def judgement(outcome: Outcome, *terms: str) -> Judgement:
    hits = tuple(Hit(term, Span(Field.HEADLINE, 0, 1, "F")) for term in terms)
    return Judgement("u", None, (), (Verdict("transport", outcome, "all", (), hits),))


def test_the_same_words_are_no_difference():
    found = edited(headline="“Ferry” late!", body=BODY.replace(". ", ".  ").replace("pier", "pier,"))
    assert not found.tells
    assert sentences(found, TITLES) == []


@pytest.mark.parametrize(
    ("body", "counts"),
    [
        (BODY + "\n\nThe next boat is on Tuesday.", (1, 0, 0)),
        (BODY.replace("\n\nThe council blamed the fog.", ""), (0, 1, 0)),
        (BODY.replace("late on Monday", "late on Tuesday"), (0, 0, 1)),
        (BODY.replace("The council blamed the fog.", "Nobody was hurt in the crash, police say."), (1, 1, 0)),
        ("A wholly different text.", (1, 3, 0)),
        ("", (0, 3, 0)),
    ],
)
def test_paragraphs_are_added_removed_or_changed(body, counts):
    found = edited(body=body)
    assert (len(found.added), len(found.removed), len(found.changed)) == counts
    assert found.tells


def test_a_change_of_the_standfirst_alone_is_not_worth_a_readers_time():
    found = edited(standfirst="It was very late.")
    assert (found.standfirst, found.tells) == (True, False)
    assert sentences(found, TITLES) == ["the standfirst changed"]


def test_the_headline_is_told_as_it_was():
    found = edited(headline="Ferry on time", body=BODY + "\n\nOne.\n\nTwo.")
    assert sentences(found, TITLES) == ["the headline was “Ferry late”", "2 paragraphs added"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (judgement(Outcome.IN, "Ferry"), Judgement("u", None), ["no longer in TRANSPORT: Ferry is gone"]),
        (
            judgement(Outcome.IN, "Ferry"),
            judgement(Outcome.NEAR_MISS, "Ferry"),
            ["no longer in TRANSPORT: its rules hold no more"],
        ),
        (Judgement("u", None), judgement(Outcome.IN, "Ferry"), ["now in TRANSPORT: Ferry"]),
        (
            judgement(Outcome.IN, "Ferry"),
            judgement(Outcome.IN, "Ferry", "Pier"),
            ["TRANSPORT: Pier now stands in it"],
        ),
        (
            judgement(Outcome.IN, "Ferry", "Pier"),
            judgement(Outcome.IN, "Ferry", "Fog"),
            ["TRANSPORT: Fog now stands in it; Pier is gone"],
        ),
        (judgement(Outcome.IN, "Ferry"), judgement(Outcome.IN, "Ferry"), []),
        (judgement(Outcome.NEAR_MISS, "Ferry"), Judgement("u", None), []),
        (judgement(Outcome.IN, "Ferry"), None, []),
    ],
)
def test_what_it_does_to_a_section_is_told(before, after, said):
    assert sentences(difference(BEFORE, BEFORE, (before, after)), TITLES) == said


def test_a_purged_text_is_not_compared():
    from dataclasses import replace
    from datetime import UTC, datetime

    purged = replace(BEFORE, body="", standfirst="", purged_at=datetime(2026, 3, 2, tzinfo=UTC))
    found = difference(purged, BEFORE)
    assert (found.added, found.unread, found.tells) == ((), True, False)


def test_json_holds_no_text_of_a_paragraph():
    found = edited(body=BODY + "\n\nThe next boat is on Tuesday.")
    assert "Tuesday" not in str(found.to_json())
    change = SectionChange("transport", "in", "out", lost=("Ferry",))
    assert change.to_json() == {
        "section": "transport",
        "before": "in",
        "after": "out",
        "gained": [],
        "lost": ["Ferry"],
    }
