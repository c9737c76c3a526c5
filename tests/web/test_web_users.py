"""Accounts on pages: made, given roles, disabled, reset, keys given and taken back, and what was done."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import count
from pathlib import Path

import pytest
from browsing import AGREEMENT, PASSWORD, Answer, Visitor

from monitor import app
from monitor.core.access import Act, Granted, Role

NUMBERS = count(1)


@pytest.fixture(scope="module")
def administrator(member: Callable[..., Visitor]) -> Visitor:
    return member(Granted(Role.ADMINISTRATOR))


def secret(page: Answer) -> str:
    found = re.search(r'<code class="mo_secret">([^<]+)</code>', page.text)
    assert found, page.text
    return found[1]


def shown(administrator: Visitor, made: Answer) -> Answer:
    """The page that a form leads to which made a secret; loaded again, it shows none and makes none."""
    assert made.status == 303, made.text
    page = administrator.get(made.headers["location"])
    again = administrator.get(made.headers["location"])
    assert "mo_secret" not in again.text
    assert "was shown once, and holds" in again.text
    return page


@pytest.fixture
def somebody(administrator: Visitor) -> tuple[str, str]:
    """A reader that the page has made, and the first password."""
    name = f"page.made-{next(NUMBERS)}@body.example"
    made = administrator.post("/users", name=name, full_name="Sam Sample", agreement="*", role="reader")
    return name, secret(shown(administrator, made))


def test_an_account_is_made_and_its_password_shown_once(
    administrator: Visitor, somebody: tuple[str, str], visitor: Visitor
) -> None:
    name, password = somebody
    entering = Visitor(visitor.address)
    assert entering.sign_in(name, password).status == 303
    assert entering.follow("/").text.count("another") > 0, "they choose one of their own first"
    assert password not in administrator.get(f"/users/{name}").text
    assert "Sam Sample" in administrator.get("/users").text


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"name": "no name"}, "cannot be a user"),
        ({"name": "x", "agreement": "nowhere", "role": "reader"}, "no agreement nowhere"),
        ({"name": "x", "agreement": "*", "role": "king"}, "no role king"),
    ],
)
def test_what_cannot_be_an_account_is_told(administrator: Visitor, said: dict[str, str], why: str) -> None:
    answer = administrator.post("/users", **said)
    assert answer.status == 422
    assert why in answer.text
    assert administrator.get("/users/x").status == 404


def test_roles_hold_from_the_next_page_on(administrator: Visitor, member: Callable[..., Visitor]) -> None:
    reader = member(Granted(Role.READER))
    assert reader.get(f"/a/{AGREEMENT}/coverage").status == 403
    at = f"/users/{reader.name}"
    assert administrator.post(f"{at}/roles", agreement=AGREEMENT, role="answerer").status == 303
    assert reader.get(f"/a/{AGREEMENT}/coverage").status == 200
    assert reader.get("/a/nowhere").status == 403, "and no more everywhere"
    assert "<option selected>answerer</option>" in administrator.get(at).text


def test_disabled_nobody_is_let_in_nor_given_a_password(
    administrator: Visitor, member: Callable[..., Visitor]
) -> None:
    reader = member(Granted(Role.READER))
    at = f"/users/{reader.name}"
    assert administrator.post(at, act="disable").status == 303
    assert reader.get(f"/a/{AGREEMENT}").headers["location"].startswith("/sign-in")
    refused = administrator.post(at, act="reset")
    assert refused.status == 422
    assert "no password lets them in" in refused.text
    assert administrator.post(at, act="enable").status == 303
    password = secret(shown(administrator, administrator.post(at, act="reset")))
    assert reader.sign_in(reader.name, PASSWORD).status != 303
    assert reader.sign_in(reader.name, password).status == 303
    assert administrator.post(at, act="dance").status == 422


def test_an_administrator_does_not_shut_themselves_out(member: Callable[..., Visitor]) -> None:
    alone = member(Granted(Role.ADMINISTRATOR))
    at = f"/users/{alone.name}"
    for answer in (alone.post(at, act="disable"), alone.post(f"{at}/roles", agreement="*", role="reader")):
        assert answer.status == 422
        assert "shut yourself out" in answer.text
    assert alone.get("/users").status == 200


def test_a_key_is_shown_once_has_a_label_of_its_own_and_is_taken_back(
    administrator: Visitor, member: Callable[..., Visitor], visitor: Visitor
) -> None:
    at = f"/users/{member(Granted(Role.READER)).name}"
    key = secret(shown(administrator, administrator.post(f"{at}/keys", label="Wallboard", days="7")))
    asks = {"Authorization": f"Bearer {key}"}
    assert Visitor(visitor.address).get("/api/v1/agreements", **asks).status == 200
    assert "labelled Wallboard already" in administrator.post(f"{at}/keys", label="Wallboard").text
    assert "in figures" in administrator.post(f"{at}/keys", label="Other", days="x").text
    assert "1 to 365 days" in administrator.post(f"{at}/keys", label="Other", days="900").text
    page = administrator.get(at).text
    assert key not in page
    ident = re.search(r'name="key" value="([^"]+)"', page)
    assert ident
    assert administrator.post(f"{at}/keys/end", key=ident[1]).status == 303
    assert Visitor(visitor.address).get("/api/v1/agreements", **asks).status == 401
    assert secret(shown(administrator, administrator.post(f"{at}/keys", label="Wallboard"))), (
        "the label is free again"
    )


def test_the_log_tells_what_was_done_and_whom_it_does_not_know(
    administrator: Visitor, somebody: tuple[str, str], visitor: Visitor
) -> None:
    page = administrator.get(f"/log?user={administrator.name}")
    assert f"{somebody[0]}: reader" in page.text
    nobody = administrator.get("/log?user=nobody.at.all")
    assert nobody.status == 422
    assert "there never was an act by that name" in nobody.text
    assert "is no date" in administrator.get("/log?since=x").text
    assert "Nothing was done" in administrator.get(f"/log?until=2001-01-01&user={administrator.name}").text
    Visitor(visitor.address).sign_in("stranger.of.old", "wrong")
    assert administrator.get("/log?user=stranger.of.old").status == 200, "who tried is written of"


def test_a_long_log_comes_page_by_page(administrator: Visitor, made: Path) -> None:
    day = datetime(2001, 5, 5, 12, tzinfo=UTC)
    with app.open_workspace(made) as workspace:
        for n in range(120):
            workspace.store.write_act(
                Act(day + timedelta(seconds=n), "long.ago", "here", "did", f"number {n} of them")
            )
    at, seen = "/log?user=long.ago&since=2001-05-05&until=2001-05-05", []
    while at:
        page = unescape(administrator.get(at).text)
        seen.append(re.findall(r"number (\d+) of them", page))
        earlier = re.search(r'href="(/log[^"]+)">Earlier acts', page)
        at = earlier[1] if earlier else ""
    assert [len(found) for found in seen] == [50, 50, 20]
    assert [int(n) for found in seen for n in found] == list(range(119, -1, -1))
    assert 'page=2">Later acts' in page, "the way back"
    beyond = administrator.get("/log?user=long.ago&since=2001-05-05&until=2001-05-05&page=9")
    assert "Nothing more was done in these days" in beyond.text


def test_programs_of_administrators_read_the_same(administrator: Visitor, somebody: tuple[str, str]) -> None:
    users = json.loads(administrator.get("/api/v1/users").text)
    assert somebody[0] in [user["name"] for user in users]
    assert "password" not in users[0]
    acts = json.loads(administrator.get("/api/v1/acts?since=2001-01-01T00:00:00Z&until=2099-01-01T00:00:00Z").text)
    assert {"user added"} & {act["what"] for act in acts}
    assert administrator.get("/api/v1/acts?since=2001-01-01T00:00:00&until=2099-01-01T00:00:00").status == 400


def test_a_user_called_log_has_a_page(administrator: Visitor, made) -> None:
    administrator.post("/users", name="log", agreement="*", role="")
    assert "log, signs in by password" in administrator.get("/users/log").text
    with app.open_workspace(made) as workspace:
        assert workspace.store.user("log") is not None
