"""Recipients: what was decided on an address, and what that means for a digest at a moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.recipient import Recipient, RecipientAct, RecipientVerb, key_of, mail_address, one_line, standing
from monitor.errors import RecipientRefused

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MORNING, WEEKLY = "sss/morning", "sss/weekly"
PAUSE, RESUME = RecipientVerb.PAUSE, RecipientVerb.RESUME
SUPPRESS, LIFT, UNSUBSCRIBE = RecipientVerb.SUPPRESS, RecipientVerb.LIFT, RecipientVerb.UNSUBSCRIBE


def act(verb: RecipientVerb, digest: str = "", until: datetime | None = None) -> RecipientAct:
    return RecipientAct(verb, "a@example.org", "A. Editor", "on leave", AT, digest, until)


@pytest.mark.parametrize(
    ("acts", "stopped"),
    [
        ([], []),
        ([act(PAUSE)], [MORNING, WEEKLY]),
        ([act(PAUSE), act(RESUME)], []),
        ([act(SUPPRESS), act(RESUME)], [MORNING, WEEKLY]),
        ([act(SUPPRESS), act(LIFT)], []),
        ([act(UNSUBSCRIBE, MORNING)], [MORNING]),
        ([act(UNSUBSCRIBE, MORNING), act(LIFT)], []),
        ([act(UNSUBSCRIBE, MORNING), act(LIFT, WEEKLY)], [MORNING]),
        ([act(SUPPRESS), act(LIFT, MORNING)], [MORNING, WEEKLY]),
        ([act(PAUSE, until=AT + DAY)], [MORNING, WEEKLY]),
        ([act(PAUSE, until=AT - DAY)], []),
        ([act(PAUSE, until=AT)], []),
        ([act(PAUSE), act(PAUSE, until=AT - DAY)], []),
    ],
)
def test_what_is_in_force(acts, stopped):
    assert [d for d in (MORNING, WEEKLY) if standing(acts, d, AT)] == stopped


def test_a_decision_reads_as_a_sentence():
    paused = act(PAUSE, until=datetime(2026, 12, 8, tzinfo=UTC))
    assert paused.sentence() == "paused until 8 Dec 2026 by A. Editor on 25 Nov 2026: on leave"
    left = act(UNSUBSCRIBE, MORNING)
    assert left.sentence() == "unsubscribed from sss/morning by A. Editor on 25 Nov 2026: on leave"


def test_a_choice_of_all_sections_is_no_choice():
    order = ("ministerial", "benefits", "economy")
    assert Recipient("a", ("economy", "ministerial")).choice(order) == "ministerial economy"
    assert Recipient("a", order).choice(order) == ""
    assert Recipient("a").choice(order) == ""


def test_why_an_edition_is_withheld():
    order = ("ministerial",)
    assert Recipient("a", back=AT + DAY).withheld([], MORNING, order, AT) == "away until 26 Nov 2026"
    assert Recipient("a", back=AT).withheld([], MORNING, order, AT) == ""
    assert "none is in this digest" in Recipient("a", ("benefits",)).withheld([], MORNING, order, AT)
    assert Recipient("a").withheld([act(PAUSE)], MORNING, order, AT).startswith("paused by")


@given(st.text(max_size=80))
def test_any_text_is_an_address_fit_for_a_header_or_refused(text):
    try:
        said = mail_address(text).addr_spec
    except RecipientRefused as error:
        said = str(error)
    else:
        assert said.isascii()
        assert " " not in said
    assert one_line(said) == said


@given(st.emails())
def test_an_ordinary_address_is_one(text):
    if text.rpartition("@")[0].startswith('"') or len(text) > 100:
        return
    assert key_of(mail_address(text).addr_spec) == key_of(text)
