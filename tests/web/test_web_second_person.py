"""Pages of an agreement that asks for a second person: asked, looked at, confirmed or refused, told."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from browsing import AGREEMENT, asking_a_second_person, two_editors

from monitor import app, web
from monitor.errors import InputError
from monitor.jobs.revise import Signed

HOME = f"/a/{AGREEMENT}"
EVER = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
WHY = "as the benefits team asked"


@pytest.fixture(scope="module")
def opened(made, tmp_path_factory):
    """A workspace of its own whose agreement asks for a second person."""
    with asking_a_second_person(made, tmp_path_factory.mktemp("second") / "workspace") as workspace:
        yield workspace


@pytest.fixture(scope="module")
def editors(opened):
    with web.served(opened) as address:
        yield two_editors(opened, address)


@pytest.fixture
def first(editors):
    yield editors[0]
    editors[0].post(f"{HOME}/draft/drop")


@pytest.fixture
def second(editors):
    return editors[1]


def drafted(editor, term):
    page = editor.get(f"{HOME}/profiles/benefits").text
    form = page[page.index('class="mo_form') :]
    hidden = dict(re.findall(r'<input[^>]*type="hidden" name="([^"]+)" value="([^"]*)"', form))
    assert editor.post(f"{HOME}/profiles/benefits", **{**hidden, "term": term}).status == 303


def asked(editor, opened, term):
    drafted(editor, term)
    answer = editor.post(f"{HOME}/draft/publish", reason=WHY)
    assert (answer.status, "Asked" in answer.headers["location"]) == (303, True)
    return opened.store.askings(AGREEMENT)[0].seal


def numbers(opened):
    return len([one for one in opened.store.revisions(AGREEMENT) if one.file == "benefits.yaml"])


def last_acts(opened, count):
    return [(act.user, act.what) for act in opened.store.acts(EVER[0], EVER[1])][:count]


def test_a_draft_is_asked_for_seen_and_confirmed_by_another(first, second, opened):
    before = numbers(opened)
    drafted(first, "Winter Warmth Grant")
    assert "Ask for publication" in first.get(f"{HOME}/draft").words
    seal = asked(first, opened, "Winter Warmth Loan")
    assert numbers(opened) == before
    own = first.get(f"{HOME}/draft").words
    assert "You asked for publication" in own
    assert "Confirm and publish" not in own
    assert f"What first-editor asks for : {WHY}" in second.get(f"{HOME}/profiles").words
    theirs = second.get(f"{HOME}/draft?of=first-editor")
    assert "Confirm and publish" in theirs.words
    assert "draft/preview?of=first-editor" in theirs.text
    assert second.post(f"{HOME}/draft/confirm", author="first-editor", seal=seal).status == 303
    latest = [one for one in opened.store.revisions(AGREEMENT) if one.file == "benefits.yaml"][-1]
    assert (latest.author, latest.confirmed_by, latest.reason) == ("first-editor", "second-editor", WHY)
    assert "first-editor, confirmed by second-editor" in second.get(f"{HOME}/history/benefits.yaml").words
    assert "first-editor, confirmed by second-editor" in second.get(f"{HOME}/history").words
    assert ("second-editor", "publication confirmed") in last_acts(opened, 3)


def test_nobody_confirms_or_refuses_their_own(first, opened):
    before, seal = numbers(opened), asked(first, opened, "Cold Spell Loan")
    for act, more in (("confirm", {}), ("refuse", {"refusal": "it is only noise"})):
        answer = first.post(f"{HOME}/draft/{act}", author="first-editor", seal=seal, **more)
        assert (answer.status, "themselves" in answer.words) == (422, True)
    assert numbers(opened) == before


def test_a_refusal_is_read_by_who_asked(first, second, opened):
    before, seal = numbers(opened), asked(first, opened, "Cold Day Loan")
    missing = second.post(f"{HOME}/draft/refuse", author="first-editor", seal=seal, refusal="")
    assert (missing.status, "reason" in missing.words) == (422, True)
    answer = second.post(f"{HOME}/draft/refuse", author="first-editor", seal=seal, refusal="mostly weather")
    assert answer.status == 303
    page = first.get(f"{HOME}/draft").words
    assert "second-editor refused what you asked for mostly weather" in page
    assert "Ask for publication" in page
    assert numbers(opened) == before
    assert last_acts(opened, 1) == [("second-editor", "publication refused")]


def test_a_changed_draft_is_not_confirmed(first, second, opened):
    before, seal = numbers(opened), asked(first, opened, "Cold Week Loan")
    drafted(first, "Cold Month Loan")
    assert "What you asked for is withdrawn" in first.get(f"{HOME}/draft").words
    assert "Confirm and publish" not in second.get(f"{HOME}/draft?of=first-editor").words
    answer = second.post(f"{HOME}/draft/confirm", author="first-editor", seal=seal)
    assert (answer.status, "changed the draft since" in answer.words) == (409, True)
    assert numbers(opened) == before


def test_going_back_is_asked_for_too(first, second, opened):
    seal = asked(first, opened, "Cold Hour Loan")
    assert second.post(f"{HOME}/draft/confirm", author="first-editor", seal=seal).status == 303
    before = numbers(opened)
    answer = second.post(f"{HOME}/history/benefits.yaml", revision="1", reason="it was only noise")
    assert (answer.status, answer.headers["location"].startswith(f"{HOME}/draft")) == (303, True)
    assert numbers(opened) == before
    seal = next(one.seal for one in opened.store.askings(AGREEMENT) if one.author == "second-editor")
    assert first.post(f"{HOME}/draft/confirm", author="second-editor", seal=seal).status == 303
    assert numbers(opened) == before + 1


def test_the_api_publishes_nothing_alone_and_says_what_to_do(first, opened):
    drafted(first, "Cold Year Loan")
    before = numbers(opened)
    with pytest.raises(InputError, match="asks for a second person: ask for publication on the page"):
        app.publish_draft_of(opened, AGREEMENT, "first-editor", Signed("first-editor", WHY))
    assert numbers(opened) == before
