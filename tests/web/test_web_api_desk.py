"""The desk by the API: what the page shows and does, a program sees and does, under the same checks."""

from __future__ import annotations

import json

import pytest
from browsing import AGREEMENT
from test_web_desk import DESK, WHY, editor, seen

MINE = f"/api/v1{DESK.replace('/a/', '/agreements/')}"
STORY = f"{MINE}/story"
__all__ = ["editor"]


@pytest.fixture
def call(editor):
    """Ask as a browser that is signed in."""

    def ask(path: str = MINE, **said: object):
        if not said:
            answer = editor.get(path)
        else:
            headers = {"X-Form-Key": editor.form_key, "Content-Type": "application/json"}
            answer = editor.ask("POST", path, json.dumps(said).encode(), headers)
        return answer.status, json.loads(answer.text)

    return ask


def story(desk: dict, place: str) -> dict:
    return next(one for one in desk["stories"] if one["headline"] == f"Minister in {place}")


def test_a_program_sees_the_desk_of_the_page_and_acts_on_what_it_saw(editor, call):
    _, desk = call()
    page = editor.get(DESK).text
    form = seen(page, "Minister in Wick")
    wick = story(desk, "Wick")
    assert (wick["article"], desk["edition"]) == (form["name"], form["edition"])
    assert (wick["standing"], wick["acts"], desk["is_open"]) == ("in", [], True)

    as_seen = {"edition": desk["edition"], "last_act": desk["last_act"], "name": wick["article"], "reason": WHY}
    status, acts = call(act="exclude", **as_seen)
    assert (status, acts[0]["act"], acts[0]["author"]) == (200, "exclude", editor.name)
    status, told = call(act="exclude", **as_seen)
    assert (status, "is excluded already" in told["detail"]) == (400, True)
    status, told = call(act="pin", **as_seen)
    assert (status, "has changed since you looked" in told["detail"]) == (409, True)
    _, desk = call()
    assert story(desk, "Wick")["standing"] == "excluded"
    assert story(desk, "Wick")["acts"][0]["reason"] == WHY
    status, _ = call(act="include", **as_seen | {"last_act": desk["last_act"]})
    assert (status, story(call()[1], "Wick")["standing"]) == (200, "in")


@pytest.mark.parametrize(
    ("said", "status", "says"),
    [
        ({"act": "burn", "name": "1"}, 400, "nothing that can be done here"),
        ({"act": "undo", "name": "²"}, 400, "There is no act 0"),
        ({"act": "add", "name": "http://127.0.0.1:9/a", "section": "benefits"}, 400, "127.0.0.1"),
        ({"act": "pin", "name": "1", "edition": f"{AGREEMENT}/morning/2001"}, 409, "The edition you had"),
        ({"act": "pin", "name": "1", "digest": "nowhere"}, 404, "check it"),
    ],
)
def test_what_cannot_be_said_is_refused(call, said, status, says):
    _, desk = call()
    found, told = call(**{"edition": desk["edition"], "last_act": desk["last_act"], "reason": WHY} | said)
    assert (found, told["status"]) == (status, status)
    assert says in told["detail"]


def test_stories_are_joined_split_and_either_is_undone(call):
    _, desk = call()
    both = [story(desk, place)["article"] for place in ("Thurso", "Tain")]
    _, before = call(f"{STORY}?article={both[0]}")
    assert [one["article"] for one in before["articles"]] == both[:1]
    status, joined = call(STORY, act="join", articles=both, reason=WHY, looked=before["looked"])
    assert (status, {one["article"] for one in joined["articles"]}) == (200, set(both))
    status, told = call(STORY, act="split", articles=both, reason=WHY, looked=before["looked"])
    assert (status, "has changed since you looked" in told["detail"]) == (409, True)
    at = joined["decisions"][-1]["at"]
    status, undone = call(STORY, act="undo", articles=both, at=at, reason=WHY, looked=joined["looked"])
    assert (status, [one["article"] for one in undone["articles"]]) == (200, both[:1])
    assert [one["verb"] for one in undone["decisions"]][-2:] == ["join", "split"]
    status, told = call(STORY, act="undo", articles=both, at=at, reason=WHY, looked=undone["looked"])
    assert (status, "it counts no longer" in told["detail"]) == (400, True)
    status, told = call(STORY, act="split", articles=[], reason=WHY, looked=undone["looked"])
    assert (status, "name an article" in told["detail"].lower()) == (400, True)
