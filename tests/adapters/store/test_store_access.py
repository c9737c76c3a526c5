"""Accounts, sessions, keys, tries and acts, on both databases."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.core.access import Act, Granted, Role, Session, Token, User

NOW = datetime(2026, 11, 26, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)
JO = User(
    "jo",
    NOW,
    "Jo Bloggs",
    password="$argon2id$",
    must_change=True,
    password_at=NOW,
    code_secret="ABC",
    code_step=59_000_000,
    recovery=frozenset({"one", "two"}),
    issuer="https://id.example",
    subject="4711",
    roles=(Granted(Role.READER), Granted(Role.EDITOR, "here")),
)


def session(name, made=NOW, user="jo"):
    return Session(name, user, "form", True, made, made, "192.0.2.1", "a browser")


def test_an_account_comes_back_as_it_was(store):
    assert store.add_user(JO)
    assert store.user("jo") == JO
    assert store.user_of("https://id.example", "4711") == JO
    assert store.user("no") is None
    assert store.user_of("https://id.example", "") is None


def test_no_account_takes_the_place_of_another(store):
    assert store.add_user(JO)
    assert not store.add_user(replace(JO, full_name="Another"))
    assert store.user("jo") == JO


def test_an_account_that_is_saved_has_its_new_roles_and_codes_alone(store):
    store.add_user(JO)
    changed = replace(JO, roles=(Granted(Role.ANSWERER),), recovery=frozenset({"two"}), disabled_at=NOW)
    store.save_user(changed)
    store.add_user(User("al", NOW))
    assert store.users() == [User("al", NOW), changed]


def test_a_code_is_taken_once(store):
    store.add_user(JO)
    assert not store.take_code("jo", JO.code_step)
    assert store.take_code("jo", JO.code_step + 1)
    assert not store.take_code("jo", JO.code_step + 1)
    assert not store.take_code("jo", JO.code_step)
    assert store.take_recovery("jo", "one")
    assert not store.take_recovery("jo", "one")
    assert store.user("jo").recovery == {"two"}


def test_of_many_at_once_one_takes_a_recovery_code(store):
    store.add_user(JO)
    taken, together = [], threading.Barrier(6)

    def take():
        together.wait()
        taken.append(store.take_recovery("jo", "one"))

    threads = [threading.Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False] * 5 + [True]


def test_sessions_are_opened_seen_and_ended(store):
    store.add_user(JO)
    store.add_user(User("al", NOW))
    store.open_session(session("a"))
    store.open_session(session("b", NOW + HOUR))
    store.open_session(session("c", user="al"))
    store.see_session("a", NOW + HOUR)
    assert store.session("a") == replace(session("a"), seen_at=NOW + HOUR)
    assert [s.id for s in store.sessions_of("jo")] == ["b", "a"]
    assert store.end_sessions("jo", only="c") == 0, "another's"
    assert store.end_sessions("jo", but="b") == 1
    assert store.session("a") is None
    assert store.end_sessions("jo") == 1
    assert store.session("c")
    assert store.forget_sessions(NOW + HOUR) == 1


def test_keys_of_programs(store):
    store.add_user(JO)
    one, two = Token("1", "jo", "script", NOW, NOW + HOUR), Token("2", "jo", "other", NOW + HOUR, NOW + 2 * HOUR)
    store.add_token(one)
    store.add_token(two)
    assert store.tokens_of("jo") == [two, one]
    store.save_token(replace(one, seen_at=NOW, ended_at=NOW))
    assert store.token("1") == replace(one, seen_at=NOW, ended_at=NOW)
    assert store.token("3") is None


def test_failures_are_counted_and_forgotten(store):
    long_key = "user " + "x" * 5000
    store.failed(["user jo", long_key], NOW, NOW - 24 * HOUR)
    store.failed(["user jo"], NOW + HOUR, NOW - 23 * HOUR)
    assert [(t.number, t.last_at) for t in store.tries(["user jo"])] == [(2, NOW + HOUR)]
    assert [t.number for t in store.tries([long_key])] == [1]
    store.failed(["user al"], NOW + 26 * HOUR, NOW + 2 * HOUR)
    assert store.tries(["user jo", long_key]) == []
    store.succeeded(["user al"])
    assert store.tries(["user al"]) == []


def test_acts_come_back_the_latest_first(store):
    done = [Act(NOW + n * HOUR, "jo" if n % 2 else "al", "192.0.2.1", "signed in", str(n)) for n in range(4)]
    for act in done:
        store.write_act(act)
    assert store.acts(NOW, NOW + 4 * HOUR) == done[::-1]
    assert store.acts(NOW, NOW + 3 * HOUR, "jo") == [done[1]]
    assert store.acts(NOW, NOW + 4 * HOUR, limit=2) == [done[3], done[2]]


def test_it_says_whether_it_can_be_written(store):
    store.beat(NOW)
    store.beat(NOW + HOUR)
