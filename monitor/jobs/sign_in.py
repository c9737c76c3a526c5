"""Signing in: a password, then a phone's code where one is asked for; and whose request one is.

Every refusal says the same, takes as long, and is written down.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.core.access import (
    FIRST_PASSWORD_DAYS,
    FORGOTTEN_AFTER,
    Act,
    Lifetimes,
    Session,
    User,
    as_name,
    tried_keys,
    waits_until,
)
from monitor.errors import MonitorError
from monitor.jobs.ports import Clock
from monitor.jobs.ports.access import Access, Secrets

SEEN_EVERY_SECONDS = 60
"""How exactly it is remembered when a session was last used: not every picture is a write."""
MOST_OF_A_NAME = 100
"""Characters of what was typed for a name that are written down."""


class Refused(MonitorError):
    """Signing in failed; the message never says which part was wrong."""

    def __init__(self, message: str, *, again_at: datetime | None = None) -> None:
        super().__init__(message)
        self.again_at = again_at
        """Nothing is tried before; None: at once."""


@dataclass(frozen=True, slots=True)
class Door:
    """What signing in needs."""

    records: Access
    secrets: Secrets
    clock: Clock
    lifetimes: Lifetimes = field(default_factory=Lifetimes)

    def write(self, user: str, origin: str, what: str, about: str = "") -> None:
        """Write down what was done."""
        self.records.write_act(Act(self.clock(), user[:MOST_OF_A_NAME], origin, what, about))

    def count_failure(self, keys: Iterable[str]) -> None:
        """Count a failed try under each of these keys."""
        self.records.failed(keys, self.clock(), self.clock() - FORGOTTEN_AFTER)


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody at the door: from where, and with what."""

    origin: str
    agent: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A session, and the key that its browser is given."""

    key: str
    session: Session
    user: User


def by_password(door: Door, name: str, password: str, came: Came) -> Opened:
    """A session for whoever knows the password; half a one where a phone's code is still to come.

    Raises:
        Refused: it is not right, or too much was tried.
    """
    given = as_name(name) or ""
    keys = tried_keys(given or name.strip().lower()[:MOST_OF_A_NAME], came.origin)
    _must_not_wait(door, given, came, keys)
    user = door.records.user(given) if given else None
    right = door.secrets.is_password(password, user.password if user else "")
    if user is None or not right or not _may_enter(user, door.clock()):
        door.count_failure(keys)
        door.write(given, came.origin, "sign-in refused")
        raise Refused("That name and password do not belong together, or the account is not in use.")
    if not user.code_secret:
        door.records.succeeded(keys[:2])
    return _open(door, user, came, whole=not user.code_secret)


def confirm(door: Door, user: User, password: str, came: Came) -> None:
    """Nothing, when it is the password of somebody who is signed in: asked before what matters is changed.

    Raises:
        Refused: it is not, or too much was tried.
    """
    keys = tried_keys(user.name, came.origin)
    _must_not_wait(door, user.name, came, keys)
    if not door.secrets.is_password(password, user.password):
        door.count_failure(keys)
        door.write(user.name, came.origin, "password refused")
        raise Refused("That is not your password.")
    door.records.succeeded(keys[:2])


def by_code(door: Door, session: Session, code: str, came: Came) -> Opened:
    """The whole session, in place of the half, for whoever has the phone or a recovery code that is left.

    Raises:
        Refused: it is not right, was used before, or too much was tried.
    """
    keys = tried_keys(session.user, came.origin)
    _must_not_wait(door, session.user, came, keys)
    user = door.records.user(session.user)
    if user is None or user.disabled_at or not _takes(door, user, code):
        door.count_failure(keys)
        door.write(session.user, came.origin, "code refused")
        raise Refused("That is not the code that the phone shows now, nor a recovery code that is left.")
    door.records.succeeded(keys[:2])
    door.records.end_sessions(user.name, only=session.id)
    return _open(door, user, came, whole=True)


def by_organisation(door: Door, issuer: str, subject: str, name: str, came: Came) -> Opened:
    """A session for whom the organisation's own sign-in vouches for.

    The first time the account is found by the name that the organisation gives; from then on by the subject alone.

    Raises:
        Refused: nobody made an account of that name, or it is another's.
    """
    user = door.records.user_of(issuer, subject) or _first_time(door, issuer, subject, name)
    if user is None or user.disabled_at:
        door.write(as_name(name) or "", came.origin, "sign-in refused", f"vouched for by {issuer}")
        raise Refused(
            "Your organisation knows you, but you have no account here. Whoever looks after Monitor can make one."
        )
    return _open(door, user, came, whole=True)


def open_for(door: Door, user: User, came: Came) -> Opened:
    """A session for a user who is known by other means."""
    return _open(door, user, came, whole=True)


def who(door: Door, key: str) -> tuple[User, Session] | None:
    """Whose request carries this key of a session; None when nobody's, or it is over."""
    session = door.records.session(door.secrets.fingerprint(key))
    now = door.clock()
    if session is None or not door.lifetimes.lives(session, now):
        return None
    user = door.records.user(session.user)
    if user is None or user.disabled_at:
        return None
    if (now - session.seen_at).total_seconds() >= SEEN_EVERY_SECONDS:
        door.records.see_session(session.id, now)
    return user, session


def which_program(door: Door, key: str) -> User | None:
    """Whose program carries this key; None when nobody's, or it is over."""
    token = door.records.token(door.secrets.fingerprint(key))
    now = door.clock()
    if token is None or not token.lives(now):
        return None
    if token.seen_at is None or (now - token.seen_at).total_seconds() >= SEEN_EVERY_SECONDS:
        door.records.save_token(replace(token, seen_at=now))
    user = door.records.user(token.user)
    return user if user and not user.disabled_at else None


def sign_out(door: Door, session: Session, came: Came) -> None:
    """End a session."""
    door.records.end_sessions(session.user, only=session.id)
    door.write(session.user, came.origin, "signed out")


def _must_not_wait(door: Door, name: str, came: Came, keys: tuple[str, ...]) -> None:
    until = waits_until(door.records.tries(keys), door.clock())
    if until:
        door.write(name, came.origin, "sign-in put off")
        raise Refused("Too much was tried, and failed.", again_at=until)


def _may_enter(user: User, now: datetime) -> bool:
    """Whether the account is in use, and its password not one that was given out too long ago."""
    if user.disabled_at or user.password_at is None:
        return False
    return not user.must_change or now < user.password_at + FIRST_PASSWORD_DAYS


def _takes(door: Door, user: User, code: str) -> bool:
    step = door.secrets.code_step(user.code_secret, code, door.clock()) if user.code_secret else None
    if step is not None:
        return door.records.take_code(user.name, step)
    return door.records.take_recovery(user.name, door.secrets.fingerprint(code.strip().lower()))


def _first_time(door: Door, issuer: str, subject: str, name: str) -> User | None:
    given = as_name(name)
    user = door.records.user(given) if given else None
    if user is None or user.subject or user.password:
        return None
    user = replace(user, issuer=issuer, subject=subject)
    door.records.save_user(user)
    return user


def _open(door: Door, user: User, came: Came, *, whole: bool) -> Opened:
    now, key = door.clock(), door.secrets.make_key()
    door.records.forget_sessions(now - door.lifetimes.whole)
    session = Session(
        door.secrets.fingerprint(key), user.name, door.secrets.make_key(), whole, now, now, came.origin, came.agent
    )
    door.records.open_session(session)
    door.write(user.name, came.origin, "signed in" if whole else "password right, code asked for")
    return Opened(key, session, user)
