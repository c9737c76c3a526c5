"""Signing in by an organisation's own accounts, through a real OpenID Connect server on loopback."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import pytest
from browsing import Visitor
from identity import CLIENT, SECRET, Identity, organisation

from monitor import app, web
from monitor.core.access import Granted, Role
from monitor.jobs.users import add_user, disable


@pytest.fixture(scope="module")
def identity():
    with organisation() as opened:
        yield opened


@pytest.fixture(autouse=True)
def _truthful(identity):
    identity.lies, identity.other_key = {}, False
    identity.subject, identity.username = "4711", "jo@body.example"


@pytest.fixture(scope="module")
def workspace(identity, tmp_path_factory):
    home = tmp_path_factory.mktemp("organisation")
    (home / "profiles").mkdir()
    lines = ['[web]\nlisten = "127.0.0.1:0"', f'[web.oidc]\nissuer = "{identity.address}"\nname = "Body ID"']
    lines += [f'client_id = "{CLIENT}"', f'client_secret = "{SECRET}"']
    (home / "monitor.toml").write_text("\n".join(lines))
    with app.open_workspace(home) as opened:
        yield opened


@pytest.fixture(scope="module")
def address(workspace):
    accounts = workspace.accounts("tests", "here")
    add_user(accounts, "jo@body.example", [Granted(Role.READER)], elsewhere=True)
    with web.served(workspace) as opened:
        yield opened


def there(someone: Visitor, identity: Identity) -> str:
    """The way through the organisation's sign-in: the path that it leads back to."""
    leads = someone.get("/sign-in/organisation?after=/account").headers["location"]
    assert leads.startswith(f"{identity.address}/authorize?")
    back = Visitor(identity.address).get(leads.removeprefix(identity.address)).headers["location"]
    return back.removeprefix(someone.address)


def test_the_sign_in_page_offers_it(address):
    assert "Sign in with Body ID" in Visitor(address).get("/sign-in").text


def test_whom_it_vouches_for_is_signed_in_and_led_on(address, identity, workspace):
    someone = Visitor(address)
    answer = someone.get(there(someone, identity))
    assert (answer.status, answer.headers["location"]) == (303, "/account")
    assert "jo@body.example" in someone.get("/account").text
    user = workspace.store.user("jo@body.example")
    assert (user.issuer, user.subject) == (identity.address, "4711")


def test_from_then_on_the_subject_counts_and_no_name(address, identity):
    someone = Visitor(address)
    someone.get(there(someone, identity))
    identity.username = "renamed@body.example"
    again = Visitor(address)
    assert again.get(there(again, identity)).status == 303
    identity.subject, identity.username = "another", "jo@body.example"
    stranger = Visitor(address)
    assert stranger.get(there(stranger, identity)).status == 401, "the name is taken by another of them"


def test_without_an_account_nobody_gets_in(address, identity, workspace):
    accounts = workspace.accounts("tests", "here")
    add_user(accounts, "with-password", [Granted(Role.ADMINISTRATOR)])
    add_user(accounts, "gone", [Granted(Role.READER)], elsewhere=True)
    disable(accounts, "gone")
    for name in ("nobody", "with-password", "gone", ""):
        identity.subject, identity.username = f"s-{name}", name
        someone = Visitor(address)
        answer = someone.get(there(someone, identity))
        assert answer.status == 401
        assert "you have no account here" in answer.text
        assert someone.get("/account").status == 303


@pytest.mark.parametrize(
    "lies",
    [
        {"nonce": "another"},
        {"aud": "another"},
        {"iss": "https://evil.example"},
        {"exp": int(time.time()) - 3600},
        {"sub": None},
    ],
    ids=lambda lies: next(iter(lies)),
)
def test_a_token_that_is_not_of_this_sign_in_is_not_believed(address, identity, lies):
    identity.lies = lies
    someone = Visitor(address)
    assert someone.get(there(someone, identity)).status == 401
    assert someone.get("/account").status == 303


def test_a_token_of_another_key_is_not_believed(address, identity):
    identity.other_key = True
    someone = Visitor(address)
    assert someone.get(there(someone, identity)).status == 401


def test_what_another_browser_began_is_not_taken(address, identity):
    began, someone = Visitor(address), Visitor(address)
    path = there(began, identity)
    assert someone.get(path).status == 401
    someone.get("/sign-in/organisation")
    assert someone.get(path).status == 401, "another state"
    assert began.get(path).status == 303
    assert began.get(path).status == 401, "a code is good for once"


@pytest.mark.parametrize("query", ["", "?error=access_denied&state=x", "?code=x", "?code=x&state=%00"])
def test_what_comes_back_wrong_is_no_sign_in(address, query):
    someone = Visitor(address)
    someone.get("/sign-in/organisation")
    answer = someone.get(f"/sign-in/organisation/back{query}")
    assert answer.status == 401
    assert "begin again" in answer.text


def test_a_server_that_does_not_answer_is_said(address, identity):
    told = dict(identity.described())
    identity.address = f"{identity.address}/"
    try:
        answer = Visitor(address).get("/sign-in/organisation")
        assert answer.status == 502
        assert "gave no answer that we can use" in answer.text
    finally:
        identity.address = told["issuer"]


def test_without_a_setting_there_is_none(visitor):
    someone = Visitor(visitor.address)
    assert someone.get("/sign-in/organisation").status == 404
    assert "Sign in with" not in someone.get("/sign-in").text
    assert urlsplit(someone.get("/account").headers["location"]).path == "/sign-in"
