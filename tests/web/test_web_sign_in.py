"""Signing in as a person does it, over a real socket; and everything that must not let anybody in."""

import re
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pyotp
import pytest
from browsing import AGREEMENT, PASSWORD, Visitor

from monitor import app, web
from monitor.app.workspace import DEMO_MARK
from monitor.core.access import Granted, Role
from monitor.jobs.users import add_user, disable, give_roles, known, reset

READER = Granted(Role.READER)


@pytest.fixture
def accounts(made):
    with app.open_workspace(made) as workspace:
        yield workspace.accounts("tests", "here")


def acts_of(accounts, name):
    now = accounts.clock()
    return [a.what for a in accounts.records.acts(now - timedelta(hours=1), now + timedelta(hours=1), name)]


def fresh(visitor):
    return Visitor(visitor.address)


# --------------------------------------------------------------- a person's way


def test_a_page_leads_to_the_sign_in_and_back(visitor, member):
    someone = fresh(visitor)
    asked = someone.get("/account?changed=session")
    assert asked.headers["location"] == "/sign-in?after=%2Faccount%3Fchanged%3Dsession"
    known_one = member(READER)
    told = someone.post("/sign-in", name=known_one.name, password=PASSWORD, after="/account?changed=session")
    assert (told.status, told.headers["location"]) == (303, "/account?changed=session")
    assert known_one.name in someone.get("/account").text


def test_a_first_password_lets_in_once_to_choose_another(visitor, accounts):
    given = add_user(accounts, "First.Day@body.example", [READER])
    someone = fresh(visitor)
    assert someone.sign_in("first.day@BODY.example", given).status == 303
    assert someone.get("/").headers["location"] == "/account/password"
    answer = someone.post("/account/password", old=given, new=PASSWORD, again=PASSWORD)
    assert answer.headers["location"] == "/account?changed=password"
    assert "Your password is changed" in someone.follow("/account?changed=password").text
    assert someone.get("/account").status == 200
    assert fresh(visitor).sign_in("first.day@body.example", given).status == 401


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("wrong", "gravel kelp nine teapot", "gravel kelp nine teapot", "That is not your password"),
        (PASSWORD, "gravel kelp nine teapot", "another", "The two are not the same"),
        (PASSWORD, "short", "short", "at least 12 characters"),
        (PASSWORD, "password1234", "password1234", "Choose another"),
    ],
)
def test_a_password_that_cannot_be_is_refused_with_the_reason(member, old, new, again, said):
    someone = member(READER)
    answer = someone.post("/account/password", old=old, new=new, again=again)
    assert answer.status == 422
    assert said in answer.text
    assert "Error: " in re.search(r"<title>(.*?)</title>", answer.text)[1]
    assert someone.get("/account").status == 200


def test_what_is_lacking_is_said_beside_its_field(visitor):
    text = fresh(visitor).post("/sign-in").text
    assert '<a href="#name">Enter your name</a>' in text
    assert '<a href="#password">Enter your password</a>' in text
    assert text.count('aria-invalid="true"') == 2


def test_a_phone_is_set_up_asked_for_and_no_code_is_taken_twice(visitor, member, accounts):
    someone = member(READER)
    form = someone.get("/account/codes").text
    secret = re.search(r'name="secret" value="([A-Z2-7]{32})"', form)[1]
    assert "<svg" in form
    phone = pyotp.TOTP(secret)
    code = phone.at(accounts.clock())
    assert someone.post("/account/codes", secret=secret, code="000000", password=PASSWORD).status == 422
    answer = someone.post("/account/codes", secret=secret, code=code, password=PASSWORD)
    recovery = re.findall(r"<li><code>([a-z2-9-]+)</code>", someone.get(answer.headers["location"]).text)
    assert len(recovery) == 10
    loaded_again = someone.get(answer.headers["location"])
    assert recovery[0] not in loaded_again.text
    assert "Those that you wrote down hold: 10 codes left." in loaded_again.words

    again = fresh(visitor)
    wanted = "/account?changed=password&of=two"
    told = again.post("/sign-in", name=someone.name, password=PASSWORD, after=wanted)
    assert f'name="after" value="{wanted}"' in unescape(again.get(told.headers["location"]).text)
    assert again.get("/account").headers["location"].startswith("/sign-in"), "half a session opens nothing"
    assert again.post("/sign-in/code", code=code).status == 401, "it was used to set up the phone"
    half = again.cookies["monitor"]
    assert again.post("/sign-in/code", code=recovery[0].upper()).status == 303
    assert again.cookies["monitor"] != half, "the whole session has a key of its own"
    assert again.get("/account").status == 200
    third = fresh(visitor)
    third.sign_in(someone.name, PASSWORD)
    assert third.post("/sign-in/code", code=recovery[0]).status == 401
    assert third.post("/sign-in/code", code=phone.at(accounts.clock() + timedelta(seconds=30))).status == 303


def test_signing_out_ends_the_session_for_good(member):
    someone = member(READER)
    key = someone.cookies["monitor"]
    assert someone.post("/sign-out").headers["location"] == "/signed-out"
    assert "monitor" not in someone.cookies
    someone.cookies["monitor"] = key
    assert someone.get("/account").status == 303


# --------------------------------------------------------------- what lets nobody in


def test_every_refusal_says_the_same(visitor, member, accounts):
    there, gone = member(READER).name, member(READER).name
    disable(accounts, gone)
    add_user(accounts, "by-organisation", [READER], elsewhere=True)
    tried = [
        (there, "wrong password"),
        (gone, PASSWORD),
        ("no-such-name", PASSWORD),
        ("by-organisation", "x"),
        ("\0", "x"),
    ]
    said = {re.sub(r'value="[^"]*"', "", fresh(visitor).sign_in(*one).text) for one in tried}
    assert len(said) == 1
    assert "do not belong together" in said.pop()


def test_who_fails_five_times_waits_and_is_told_until_when(visitor, member, accounts):
    name = member(READER).name
    someone = fresh(visitor)
    assert [someone.sign_in(name, "wrong").status for _ in range(5)] == [401] * 5
    answer = someone.sign_in(name, PASSWORD)
    assert answer.status == 429
    assert 0 < int(answer.headers["retry-after"]) <= 30
    assert re.search(r"Try again at \d\d:\d\d:\d\d", answer.text)
    assert "sign-in put off" in acts_of(accounts, name)
    accounts.records.succeeded([f"origin {'127.0.0.1'}"])


def test_codes_are_not_guessed_either(visitor, member, accounts):
    someone = member(READER)
    user = known(accounts, someone.name)
    accounts.records.save_user(replace(user, code_secret=accounts.secrets.make_code_secret()))
    again = fresh(visitor)
    again.sign_in(someone.name, PASSWORD)
    assert [again.post("/sign-in/code", code="000000").status for _ in range(6)] == [401] * 5 + [429]
    accounts.records.succeeded([f"origin {'127.0.0.1'}"])


def test_a_session_is_over_when_its_user_is_disabled_or_reset(member, accounts):
    for end in (disable, reset):
        someone = member(READER)
        assert someone.get("/account").status == 200
        end(accounts, someone.name)
        assert someone.get("/account").status == 303


def test_another_session_can_be_ended_from_the_account(visitor, member):
    someone = member(READER)
    other = fresh(visitor)
    other.sign_in(someone.name, PASSWORD)
    stranger = member(READER)
    text = someone.get("/account").text
    (session,) = re.findall(r'name="session" value="(\w+)"', text)
    assert stranger.post("/account/sessions/end", session=session).status == 303
    assert other.get("/account").status == 200, "a stranger ends nobody's session"
    assert someone.post("/account/sessions/end", session=session).status == 303
    assert other.get("/account").status == 303
    assert someone.get("/account").status == 200


def test_a_role_that_is_taken_away_is_gone_at_the_next_page(member, accounts):
    someone = member(READER)
    give_roles(accounts, someone.name, [])
    assert "nothing yet" in someone.get("/account").text


@pytest.mark.parametrize(
    "after",
    ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil", "javascript:x", "x", "/a\r\nX: y"],
)
def test_nobody_is_led_to_another_site(member, visitor, after):
    someone = fresh(visitor)
    told = someone.post("/sign-in", name=member(READER).name, password=PASSWORD, after=after)
    assert told.headers["location"] == "/"


def test_the_cookie_is_out_of_reach(visitor, member):
    someone = fresh(visitor)
    cookie = someone.sign_in(member(READER).name, PASSWORD).headers["set-cookie"]
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


# --------------------------------------------------------------- forms from elsewhere


def test_a_form_without_our_key_is_refused(member):
    someone = member(READER)
    for key in ("", "wrong", "ä"):
        answer = someone.post("/sign-out", form_key=key)
        assert answer.status == 403
        assert "Nothing was done" in answer.text
    assert someone.get("/account").status == 200


def test_the_key_of_another_session_is_refused(member):
    someone, other = member(READER), member(READER)
    assert someone.post("/sign-out", form_key=other.form_key).status == 403


def test_a_form_from_another_site_is_refused_though_it_had_the_key(member):
    someone = member(READER)
    body = f"form_key={someone.form_key}".encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    for origin in ("https://evil.example", "null", "http://127.0.0.1:1"):
        assert someone.ask("POST", "/sign-out", body, {**kind, "Origin": origin}).status == 403
    assert someone.ask("POST", "/sign-out", body, {**kind, "Origin": someone.address}).status == 303


# --------------------------------------------------------------- what was typed when the session ended

TRY = f"/a/{AGREEMENT}/profiles/benefits/try"


def from_here(someone, path, **fields):
    """As a browser sends a form."""
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": someone.address}
    return someone.ask("POST", path, urlencode(fields).encode(), kind)


def kept(page):
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text[page.text.index("<main") :]))


def test_what_was_typed_when_the_session_was_over_is_sent_after_signing_in_again(member):
    someone = member(Granted(Role.EDITOR))
    form = {"form_key": someone.form_key, "headline": "Rain & <b>fog</b>", "text": "It rained.\nStill."}
    assert someone.post("/sign-out").status == 303
    out = from_here(someone, TRY, **form)
    assert (out.status, "You are signed out" in out.text) == (401, True)
    assert unescape(kept(out)["headline"]) == form["headline"]
    assert someone.sign_in(someone.name, PASSWORD).status == 303
    back = from_here(someone, TRY, **{name: unescape(value) for name, value in kept(out).items()})
    assert (back.status, "Send it again" in back.text) == (409, True), "nothing is done before it was looked at"
    assert kept(back)["form_key"] == someone.form_key
    done = from_here(someone, TRY, **{name: unescape(value) for name, value in kept(back).items()})
    assert done.status == 200
    assert "Still." in done.text


def test_what_was_sent_is_told_in_the_words_of_its_form(member):
    someone = member(Granted(Role.EDITOR))
    sent = {"seen": "a1b2", "name": "Universal Credit", "only_with.any": "island", "oicw[1].any": "ferry"}
    assert someone.post("/sign-out").status == 303
    out = from_here(someone, TRY, form_key="old", act="leave_out", **sent)
    told = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]*)</dd>", out.text))
    asked = {"Which one": "Universal Credit", "Words": "island", "Words (2)": "ferry"}
    assert told == asked | {"What you asked for": "Leave out"}


def test_an_old_form_from_another_site_is_shown_to_nobody(member):
    someone = member(Granted(Role.EDITOR))
    body = urlencode({"form_key": "old", "headline": "x"}).encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    for origin in ({}, {"Origin": "https://evil.example"}):
        answer = someone.ask("POST", TRY, body, kind | origin)
        assert (answer.status, someone.form_key in answer.text.partition("<main")[2]) == (403, False)


def test_what_was_typed_into_a_field_for_a_secret_stands_on_no_page(member):
    someone = member(READER)
    for form in ({"old": "kelp", "new": "kelp", "again": "kelp"}, {"code": "123456"}):
        answer = from_here(someone, "/account/password", form_key="old", **form)
        assert (answer.status, "kelp" in answer.text or "123456" in answer.text) == (403, False)
    assert someone.post("/sign-out").status == 303
    assert from_here(someone, "/account/password", new="kelp").status == 303


def test_nobody_is_signed_in_from_another_site(visitor, member):
    body = f"name={member(READER).name}&password={PASSWORD}".encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "https://evil.example"}
    assert fresh(visitor).ask("POST", "/sign-in", body, kind).status == 403


# --------------------------------------------------------------- what is written down


def test_every_act_is_written_down_with_its_origin(visitor, member, accounts):
    someone = member(READER)
    fresh(visitor).sign_in(someone.name, "wrong")
    someone.post("/sign-out")
    assert acts_of(accounts, someone.name) == ["signed out", "sign-in refused", "signed in"]
    now = accounts.clock()
    (act, *_) = accounts.records.acts(now - timedelta(minutes=5), now + timedelta(minutes=5), someone.name)
    assert act.origin == "127.0.0.1"


def test_no_secret_is_kept_that_could_be_used(made, member):
    someone = member(READER)
    stored = b"".join(path.read_bytes() for path in (made / "var").glob("monitor.db*"))
    assert someone.name.encode() in stored
    assert someone.cookies["monitor"].encode() not in stored
    assert PASSWORD.encode() not in stored


def test_whose_word_on_the_origin_is_taken(tmp_path):
    def seen(*lines):
        with served(tmp_path, *lines) as visitor:
            kind = {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-Forwarded-For": "198.51.100.1, 203.0.113.9",
            }
            visitor.ask("POST", "/sign-in", b"name=jo&password=x", kind)
        with app.open_workspace(tmp_path) as workspace:
            now = workspace.clock()
            return workspace.store.acts(now - timedelta(minutes=5), now + timedelta(minutes=5))[0].origin

    assert seen() == "127.0.0.1"
    assert seen('proxies = ["127.0.0.1"]') == "203.0.113.9"
    assert seen('proxies = ["127.0.0.1", "203.0.113.9"]') == "198.51.100.1"


@contextmanager
def served(home, *lines):
    """A workspace of nothing, served; with an address of its own it is asked by that name."""
    (home / "profiles").mkdir(exist_ok=True)
    (home / "monitor.toml").write_text("\n".join(["[web]", 'listen = "127.0.0.1:0"', *lines]))
    with app.open_workspace(home) as workspace, web.served(workspace) as address:
        yield Visitor(address)


# --------------------------------------------------------------- the demo


def test_a_demo_opens_signed_in_for_this_machines_own_browser_alone(tmp_path):
    (tmp_path / DEMO_MARK).touch()
    with served(tmp_path) as visitor:
        assert "Demo editor" in visitor.follow("/account").text
        assert visitor.get("/account").status == 200
        far = Visitor(visitor.address)
        assert far.get("/sign-in", **{"X-Forwarded-For": "192.0.2.1"}).status == 200, (
            "there is somebody in between"
        )
        assert not far.cookies


def test_no_other_workspace_opens_so(tmp_path, visitor):
    assert fresh(visitor).get("/sign-in").status == 200
