"""Who may see and change what: users, their roles in each agreement, sessions, and what is written down of them.

The rules follow OWASP's ASVS 4.0, level 2 (`docs/security.md` names the test for each line).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.core.dates import london_day
from monitor.core.json import Json

EVERY_AGREEMENT = "*"
"""Stands for all agreements, those to come included."""


class Right(StrEnum):
    """What a page or an act asks for."""

    READ = "read"
    """See editions, the archive, how sources are heard, and ask why an article is in or not."""
    ANSWER = "answer"
    """Ask for coverage and take it out: the answer to an FOI question."""
    EDIT = "edit"
    """Change profiles and editions, see near misses."""
    ADMINISTER = "administer"
    """See who has an account and what was done with it."""


class Role(StrEnum):
    """What a person does here."""

    READER = "reader"
    ANSWERER = "answerer"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.READER: frozenset({Right.READ}),
    Role.ANSWERER: frozenset({Right.READ, Right.ANSWER}),
    Role.EDITOR: frozenset({Right.READ, Right.ANSWER, Right.EDIT}),
    Role.ADMINISTRATOR: frozenset(Right),
}


@dataclass(frozen=True, slots=True)
class Granted:
    """A role in one agreement, or in all."""

    role: Role
    agreement: str = EVERY_AGREEMENT

    def __str__(self) -> str:
        """`editor`, or `editor of social-security-scotland`."""
        return str(self.role) if self.agreement == EVERY_AGREEMENT else f"{self.role} of {self.agreement}"


@dataclass(frozen=True, slots=True)
class User:
    """Somebody with an account."""

    name: str
    """What is typed to sign in; lower case."""
    made_at: datetime
    full_name: str = ""
    password: str = ""
    """Its argon2id hash; empty: this account signs in by its organisation alone."""
    must_change: bool = False
    """The password was given out by somebody else, and lets in once, to choose another."""
    password_at: datetime | None = None
    """Since when it is this one."""
    code_secret: str = ""
    """What a phone's codes are made from; empty: no codes are asked for."""
    code_step: int = 0
    """The 30 seconds of the last code that was taken; it and all before it are taken no more."""
    recovery: frozenset[str] = frozenset()
    """Fingerprints of the recovery codes that are left."""
    issuer: str = ""
    subject: str = ""
    """Who this is to the organisation's own sign-in; empty until they first came from there."""
    disabled_at: datetime | None = None
    roles: tuple[Granted, ...] = ()

    @property
    def shown_name(self) -> str:
        """What others read: the full name where there is one."""
        return self.full_name or self.name

    @property
    def signs_in_by(self) -> str:
        """With what, in words."""
        if not self.password:
            return "organisation"
        return "password and phone" if self.code_secret else "password"

    @property
    def state(self) -> str:
        """Whether the account is in use, in words."""
        if self.disabled_at:
            return f"disabled {london_day(self.disabled_at)}"
        return "never signed in" if self.must_change else "in use"

    def role_in(self, agreement: str) -> Role | None:
        """The role that was given in an agreement, or in all (`*`); of several the one that may most."""
        given = {granted.role for granted in self.roles if granted.agreement == agreement}
        return next((role for role in reversed(Role) if role in given), None)

    def to_json(self) -> dict[str, Json]:
        """The account as a JSON object; nothing secret."""
        return {
            "name": self.name,
            "full_name": self.full_name,
            "roles": [{"role": str(g.role), "agreement": g.agreement} for g in self.roles],
            "signs_in_by": self.signs_in_by,
            "made_at": self.made_at.isoformat(),
            "disabled_at": self.disabled_at.isoformat() if self.disabled_at else None,
        }

    def may(self, right: Right, agreement: str | None = None) -> bool:
        """Whether this is allowed in the agreement or, without one, in any."""
        if self.disabled_at:
            return False
        return any(
            right in RIGHTS[g.role] and (agreement is None or g.agreement in (agreement, EVERY_AGREEMENT))
            for g in self.roles
        )

    def everywhere(self, right: Right) -> bool:
        """Whether this is allowed in all agreements: what is of no agreement asks for that."""
        return self.may(right, EVERY_AGREEMENT)


NAME = re.compile(r"[a-z0-9](?:[a-z0-9._@+-]{0,98}[a-z0-9])?")
"""Of a user: a short name or a mail address."""


def as_name(said: str) -> str | None:
    """A user's name as it is kept; None when it cannot be one.

    >>> as_name(" Jo.Bloggs@Body.example ")
    'jo.bloggs@body.example'
    """
    name = said.strip().lower()
    return name if NAME.fullmatch(name) else None


# --------------------------------------------------------------- passwords

FEWEST_CHARACTERS, MOST_CHARACTERS = 12, 200
"""Of a password: ASVS 2.1.1, 2.1.2. It is not shortened, and may be of any characters (2.1.3, 2.1.9)."""
FIRST_PASSWORD_DAYS = timedelta(days=7)
"""How long a password that somebody else gave out lets its owner in."""


def too_short_or_long(password: str) -> str:
    """What is wrong with the length; '' when nothing is."""
    if len(password) < FEWEST_CHARACTERS:
        return f"use at least {FEWEST_CHARACTERS} characters; three or four words are easy to remember"
    if len(password) > MOST_CHARACTERS:
        return f"use at most {MOST_CHARACTERS} characters"
    return ""


# --------------------------------------------------------------- sessions


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody is signed in, or half way: the password was right, and the phone's code is still to come."""

    id: str
    """Fingerprint of what the browser holds."""
    user: str
    form_key: str
    """What every form of this session carries back, so that no other site can send one."""
    whole: bool
    """Whether nothing is still to come."""
    made_at: datetime
    seen_at: datetime
    origin: str
    """The address it was opened from."""
    agent: str = ""
    """What the browser calls itself."""


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long a session lasts."""

    whole: timedelta = timedelta(hours=12)
    idle: timedelta = timedelta(hours=1)
    half: timedelta = timedelta(minutes=10)

    def lives(self, session: Session, now: datetime) -> bool:
        """Whether it is still good."""
        longest = self.whole if session.whole else self.half
        return now < session.made_at + longest and now < session.seen_at + self.idle


@dataclass(frozen=True, slots=True)
class Token:
    """A key for programs: acts as its user through the API, and only there."""

    id: str
    """Fingerprint of the key itself, which is shown once and kept nowhere."""
    user: str
    label: str
    made_at: datetime
    ends_at: datetime
    seen_at: datetime | None = None
    ended_at: datetime | None = None
    """When it was taken back."""

    def lives(self, now: datetime) -> bool:
        """Whether it is still good."""
        return self.ended_at is None and now < self.ends_at

    def state(self, now: datetime) -> str:
        """Until when it is good, or since when no more, in words."""
        if self.ended_at:
            return f"taken back {london_day(self.ended_at)}"
        if not self.lives(now):
            return f"over since {london_day(self.ends_at)}"
        return f"until {london_day(self.ends_at)}" + (f", used {london_day(self.seen_at)}" if self.seen_at else "")


# --------------------------------------------------------------- failed tries


@dataclass(frozen=True, slots=True)
class Tries:
    """How often signing in failed in a row, for one key."""

    key: str
    number: int
    last_at: datetime


FREE_TRIES = {"user-at": 5, "user": 20, "origin": 50}
"""Failures that cost no waiting: of a name from one address, of a name from anywhere, of an address."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)


def tried_keys(user: str, origin: str) -> tuple[str, ...]:
    """The keys that a failure counts for. A stranger elsewhere hardly keeps the owner out."""
    return f"user-at {user} {origin}", f"user {user}", f"origin {origin}"


def waits_until(tries: Iterable[Tries], now: datetime) -> datetime | None:
    """Until when nothing is tried, right or wrong; None: go on.

    From the first failure that is not free a wait of 30 seconds, doubled with each, 15 minutes at most: nobody is
    locked out for good (ASVS 2.2.1).
    """
    ends = (one.last_at + _wait(one) for one in tries if now < one.last_at + FORGOTTEN_AFTER)
    return max((end for end in ends if end > now), default=None)


def _wait(tries: Tries) -> timedelta:
    over = tries.number - FREE_TRIES[tries.key.partition(" ")[0]]
    return min(FIRST_WAIT * 2 ** min(over, 10), LONGEST_WAIT) if over >= 0 else timedelta()


# --------------------------------------------------------------- the log of acts


@dataclass(frozen=True, slots=True)
class Act:
    """Something that somebody did, or tried: who, when, what, from where."""

    at: datetime
    user: str
    """The name that was given; '' when nobody was named."""
    origin: str
    what: str
    """Such as `signed in`, `sign-in refused`, `coverage exported`."""
    about: str = ""
    """What it was done to."""

    def to_json(self) -> dict[str, Json]:
        """The act as a JSON object."""
        return {
            "at": self.at.isoformat(),
            "user": self.user,
            "from": self.origin,
            "what": self.what,
            "about": self.about,
        }
