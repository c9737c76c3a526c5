"""When a page is looked at again, and what counts as an edit of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.core.article import Article
from monitor.core.rereading import first_reread, next_reread, says_something_else

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
PLAN = (3 * HOUR, 24 * HOUR)


def test_looks_follow_the_plan_from_the_first_reading_on() -> None:
    first = first_reread("k", "https://a.example/1", NOON, PLAN)
    assert first is not None
    assert first.due == NOON + 3 * HOUR
    second = next_reread(first, PLAN, NOON + 4 * HOUR)
    assert second is not None
    assert (second.taken, second.due) == (1, NOON + 24 * HOUR)
    assert next_reread(second, PLAN, NOON + 25 * HOUR) is None


def test_what_was_missed_is_not_made_up_for() -> None:
    first = first_reread("k", "https://a.example/1", NOON, PLAN)
    assert first is not None
    assert next_reread(first, PLAN, NOON + 30 * HOUR) is None


def test_without_a_plan_there_is_no_look() -> None:
    assert first_reread("k", "https://a.example/1", NOON, ()) is None


@pytest.mark.parametrize(
    ("before", "after", "edited"),
    [
        ("The minister said so.", "The minister denied it.", True),
        ("The minister said so.", "The minister said so. He left at noon.", True),
        ("The minister said so.", "the minister\n\nsaid so", False),
        ("One two three four five six.", "One two.", False),
        ("", "Now there is a text.", True),
    ],
)
def test_other_words_are_an_edit_and_a_text_that_is_gone_is_none(before: str, after: str, edited: bool) -> None:
    assert says_something_else(Article("u", body=before), Article("u", body=after)) is edited
