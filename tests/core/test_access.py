"""Who may what, how long a session lasts, how long somebody waits who failed."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.core.access import (
    EVERY_AGREEMENT,
    Granted,
    Lifetimes,
    Right,
    Role,
    Session,
    Token,
    Tries,
    User,
    as_name,
    too_short_or_long,
    tried_keys,
    waits_until,
)

NOW = datetime(2026, 11, 26, 7, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def user(*roles, **changed):
    return User("jo", NOW, roles=roles, **changed)


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (Role.READER, {Right.READ}),
        (Role.ANSWERER, {Right.READ, Right.ANSWER}),
        (Role.EDITOR, {Right.READ, Right.ANSWER, Right.EDIT}),
        (Role.ADMINISTRATOR, set(Right)),
    ],
)
def test_a_role_gives_its_rights_and_no_others(role, rights):
    assert {right for right in Right if user(Granted(role)).may(right)} == rights


def test_a_role_in_one_agreement_says_nothing_of_another():
    one = user(Granted(Role.EDITOR, "here"), Granted(Role.READER, "there"))
    assert one.may(Right.EDIT, "here")
    assert not one.may(Right.EDIT, "there")
    assert one.may(Right.READ, "there")
    assert not one.may(Right.READ, "elsewhere")
    assert one.may(Right.EDIT), "in some agreement"
    assert not one.everywhere(Right.READ)


def test_a_role_in_every_agreement_counts_in_each_that_will_come():
    assert user(Granted(Role.READER)).may(Right.READ, "not made yet")
    assert user(Granted(Role.READER, EVERY_AGREEMENT)).everywhere(Right.READ)


def test_nobody_who_is_disabled_may_anything():
    assert not any(user(Granted(Role.ADMINISTRATOR), disabled_at=NOW).may(right) for right in Right)
    assert not any(user().may(right) for right in Right)


@pytest.mark.parametrize("said", ["", "a b", "-jo", "jo-", "j/o", "x" * 101, "jo\n", "żo"])
def test_what_cannot_be_a_name(said):
    assert as_name(f"{said}x" if said.endswith("\n") else said) is None


@pytest.mark.parametrize(
    ("password", "fits"), [("x" * 11, False), ("x" * 12, True), ("x" * 200, True), ("x" * 201, False)]
)
def test_how_long_a_password_is(password, fits):
    assert (too_short_or_long(password) == "") is fits


def session(*, whole=True, made=timedelta(), seen=timedelta()):
    return Session("id", "jo", "key", whole, NOW - made, NOW - seen, "192.0.2.1")


@pytest.mark.parametrize(
    ("one", "lives"),
    [
        (session(), True),
        (session(made=12 * HOUR - MINUTE), True),
        (session(made=12 * HOUR), False),
        (session(made=2 * HOUR, seen=59 * MINUTE), True),
        (session(made=2 * HOUR, seen=60 * MINUTE), False),
        (session(whole=False, made=9 * MINUTE), True),
        (session(whole=False, made=10 * MINUTE), False),
    ],
)
def test_how_long_a_session_lasts(one, lives):
    assert Lifetimes().lives(one, NOW) is lives


def test_a_key_lasts_until_its_day_or_until_it_is_taken_back():
    token = Token("id", "jo", "script", NOW, NOW + HOUR)
    assert token.lives(NOW)
    assert not token.lives(NOW + HOUR)
    assert not Token("id", "jo", "script", NOW, NOW + HOUR, ended_at=NOW).lives(NOW)


def waited(key, number, ago=timedelta()):
    until = waits_until([Tries(key, number, NOW - ago)], NOW)
    return (until - NOW).total_seconds() if until else 0


def test_the_fifth_failure_costs_half_a_minute_and_each_further_one_twice_as_much():
    mine, anywhere, there = tried_keys("jo", "192.0.2.1")
    assert [waited(mine, n) for n in (1, 4, 5, 6, 7, 8, 9, 10, 100)] == [0, 0, 30, 60, 120, 240, 480, 900, 900]
    assert [waited(anywhere, n) for n in (19, 20)] == [0, 30]
    assert [waited(there, n) for n in (49, 50)] == [0, 30]
    assert waited(mine, 5, timedelta(seconds=10)) == 20
    assert waited(mine, 5, timedelta(seconds=30)) == 0


def test_the_longest_wait_counts_and_an_old_failure_none():
    tries = [Tries("user-at jo x", 5, NOW), Tries("user jo", 21, NOW)]
    assert waits_until(tries, NOW) == NOW + timedelta(seconds=60)
    assert waits_until([Tries("user jo", 99, NOW - timedelta(days=1))], NOW) is None
    assert waits_until([], NOW) is None
