"""What is one story, as an editor without scripts says on its page: joined, split off, either undone."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from test_web_desk import DESK, WHY, editor, seen

STORY = f"{DESK}/story"
__all__ = ["editor"]


@pytest.fixture
def ids(editor) -> dict[str, str]:
    page = editor.get(DESK).text
    return {place: seen(page, f"Minister in {place}")["name"] for place in ("Wick", "Thurso")}


def shown(editor, article: str, **asked: str) -> str:
    answer = editor.get(f"{STORY}?{urlencode({'article': article, **asked})}")
    assert answer.status == 200
    return unescape(answer.text)


def say(editor, **fields: str):
    return editor.post(STORY, form_key=editor.form_key, digest="morning", **fields)


def field(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def articles(page: str) -> int:
    return int(re.search(r"(\d+) articles? told as one", page)[1])


def test_stories_are_joined_split_and_either_is_undone(editor, ids):
    wick, thurso = ids["Wick"], ids["Thurso"]
    assert articles(shown(editor, wick)) == 1
    done = say(editor, act="join", article=wick, other=thurso, reason="one tour of the north")
    assert done.status == 303
    assert done.headers["location"].endswith("#done")
    page = unescape(editor.follow(done.headers["location"]).text)
    assert "They are one story now" in page
    assert articles(page) == 2
    assert f"{editor.name}, " in page
    assert "joined “Minister in " in page
    desk = unescape(editor.get(DESK).text)
    assert ("Minister in Wick" in desk) is not ("Minister in Thurso</a>" in desk), "the desk shows it once"

    at = field(page, "at")
    assert say(editor, act="undo", article=wick, at=at, reason="two tours after all").status == 303
    page = shown(editor, wick)
    assert articles(page) == 1
    assert "counts no longer" in page
    again = say(editor, act="undo", article=wick, at=at, reason="two tours after all")
    assert again.status == 422
    assert "it counts no longer" in again.text

    split = field(page, "at")  # the word that undid it, the latest
    assert say(editor, act="undo", article=wick, at=split, reason="one it is").status == 303
    done = say(editor, act="split", article=thurso, reason=WHY)
    assert "It is a story of its own now" in editor.follow(done.headers["location"]).text
    assert articles(shown(editor, thurso)) == articles(shown(editor, wick)) == 1


def test_what_cannot_be_said_of_stories_is_told(editor, ids):
    wick, thurso = ids["Wick"], ids["Thurso"]
    for fields, says, places in (
        ({"act": "split", "article": wick, "reason": WHY}, "is alone in its story: nothing to split", ["story"]),
        ({"act": "join", "article": wick, "reason": WHY}, "Choose what to join it with", ["other"]),
        ({"act": "join", "article": wick, "reason": ""}, "Choose what to join it with", ["other", "reason"]),
        ({"act": "join", "article": wick, "other": wick, "reason": WHY}, "one story already", ["other"]),
        ({"act": "join", "article": wick, "other": thurso, "reason": "no"}, "needs a reason", ["reason"]),
        (
            {"act": "join", "article": wick, "address": "https://no.example/1", "reason": WHY},
            "No such article",
            ["address"],
        ),
        (
            {"act": "undo", "article": wick, "at": "2001-01-01T07:00:00Z", "reason": WHY},
            "Nothing was decided",
            ["story"],
        ),
        (
            {"act": "undo", "article": wick, "at": "2001-01-01T07:00:00", "reason": WHY},
            "with their offset",
            ["story"],
        ),
        ({"act": "burn", "article": wick, "reason": WHY}, "Burn is nothing", ["story"]),
    ):
        answer = say(editor, **fields)
        assert (answer.status, says in unescape(answer.text)) == (422, True), says
        led_to = re.findall(r'<li><a href="#([\w-]+)"', answer.text)
        assert (led_to, [f'id="{name}"' in answer.text for name in led_to]) == (places, [True] * len(places)), says
    assert editor.get(f"{STORY}?article=none").status == 404


def test_of_two_tabs_the_second_is_told_what_was_decided_since(editor, ids):
    wick, thurso = ids["Wick"], ids["Thurso"]
    looked = field(shown(editor, thurso), "looked")
    assert say(editor, act="join", article=wick, other=thurso, reason=WHY, looked=looked).status == 303
    late = say(editor, act="split", article=thurso, reason=WHY, looked=looked)
    assert late.status == 409
    assert "has changed since you looked" in late.text
    assert articles(late.text) == 2
    looked = field(late.text, "looked")
    assert say(editor, act="split", article=thurso, reason=WHY, looked=looked).status == 303
