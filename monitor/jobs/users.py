"""Accounts: made, given roles, disabled, given a new password; each act is written down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from monitor.core.access import Act, Granted, Right, Token, User, as_name, too_short_or_long
from monitor.errors import InputError
from monitor.jobs.ports import Clock
from monitor.jobs.ports.access import Access, Secrets

LONGEST_TOKEN_DAYS = 365


@dataclass(frozen=True, slots=True)
class Accounts:
    """What looking after accounts needs, and who does it from where."""

    records: Access
    secrets: Secrets
    clock: Clock
    by: str
    origin: str

    def write(self, what: str, about: str) -> None:
        """Write down what was done."""
        self.records.write_act(Act(self.clock(), self.by, self.origin, what, about))


def add_user(
    accounts: Accounts, name: str, roles: Iterable[Granted], full_name: str = "", *, elsewhere: bool = False
) -> str:
    """Make an account; the password it may sign in with once. None (''), where it signs in `elsewhere`.

    Raises:
        InputError: it cannot be a name, or there is such an account.
    """
    taken = as_name(name)
    if taken is None:
        raise InputError(
            f"{name!r} cannot be a user's name: take letters, digits and . _ @ + -, such as jo.bloggs@body.example"
        )
    password = "" if elsewhere else accounts.secrets.make_password()
    user = User(taken, accounts.clock(), full_name.strip(), roles=tuple(roles))
    if password:
        user = _with_password(accounts, user, password, must_change=True)
    if not accounts.records.add_user(user):
        raise InputError(f"there is a user {taken} already: monitor users list shows all")
    accounts.write("user added", f"{taken}: {_roles(user)}")
    return password


def give_roles(accounts: Accounts, name: str, roles: Iterable[Granted]) -> User:
    """Let a user have these roles and no others, from their next page on.

    Raises:
        InputError: there is no such user, or an administrator would shut themselves out.
    """
    user = replace(known(accounts, name), roles=tuple(roles))
    _must_not_shut_oneself_out(accounts, user)
    accounts.records.save_user(user)
    accounts.write("roles given", f"{user.name}: {_roles(user)}")
    return user


def disable(accounts: Accounts, name: str) -> User:
    """Let a user in no more, and end what they have open; the account stays, for what it did.

    Raises:
        InputError: there is no such user, or an administrator would shut themselves out.
    """
    user = replace(known(accounts, name), disabled_at=accounts.clock())
    _must_not_shut_oneself_out(accounts, user)
    accounts.records.save_user(user)
    accounts.records.end_sessions(user.name)
    accounts.write("user disabled", user.name)
    return user


def enable(accounts: Accounts, name: str) -> User:
    """Let a disabled user in again."""
    user = replace(known(accounts, name), disabled_at=None)
    accounts.records.save_user(user)
    accounts.write("user enabled", user.name)
    return user


def reset(accounts: Accounts, name: str) -> str:
    """Give a user a password for once, and end what they have open; the codes of their phone stay asked for.

    Raises:
        InputError: there is no such user, or the account is disabled: the password would let nobody in.
    """
    user = known(accounts, name)
    if user.disabled_at:
        raise InputError(
            f"{user.name} is disabled, and no password lets them in: let them in again first "
            f"(monitor users disable {user.name} --undo)"
        )
    password = accounts.secrets.make_password()
    user = _with_password(accounts, user, password, must_change=True)
    accounts.records.save_user(user)
    accounts.records.end_sessions(user.name)
    accounts.write("password reset", user.name)
    return password


def take_codes_away(accounts: Accounts, name: str) -> User:
    """Ask a user for no codes any more: their phone is lost, and so are their recovery codes."""
    user = replace(known(accounts, name), code_secret="", code_step=0, recovery=frozenset())
    accounts.records.save_user(user)
    accounts.records.end_sessions(user.name)
    accounts.write("codes taken away", user.name)
    return user


def choose_password(accounts: Accounts, user: User, password: str, session: str = "") -> User:
    """Give a user the password they chose, and end their other sessions.

    Raises:
        InputError: it would be guessed.
    """
    about = (user.name, *user.full_name.split(), "monitor")
    wrong = too_short_or_long(password) or accounts.secrets.weakness(password, about)
    if wrong:
        raise InputError(wrong)
    changed = _with_password(accounts, user, password, must_change=False)
    accounts.records.save_user(changed)
    accounts.records.end_sessions(user.name, but=session)
    accounts.write("password chosen", user.name)
    return changed


def ask_for_codes(accounts: Accounts, name: str, secret: str, code: str) -> list[str]:
    """Ask a user for a phone's codes from now on, once one was right; the recovery codes, shown once.

    Raises:
        InputError: the code is not of that secret.
    """
    user = known(accounts, name)
    step = accounts.secrets.code_step(secret, code, accounts.clock())
    if step is None:
        raise InputError("that is not the code that the phone shows now: wait for the next one and try again")
    codes = accounts.secrets.make_recovery()
    kept = frozenset(accounts.secrets.fingerprint(one) for one in codes)
    accounts.records.save_user(replace(user, code_secret=secret, code_step=step, recovery=kept))
    accounts.write("codes set up", user.name)
    return codes


def make_token(accounts: Accounts, name: str, label: str, days: int) -> str:
    """A key with which a program acts as a user, through the API, for so many days; shown once.

    Raises:
        InputError: it has no label, another good key of the user has that one, or it would last too long.
    """
    user, now = known(accounts, name), accounts.clock()
    if not label.strip():
        raise InputError("a key needs a label that says which program has it")
    labels = {t.label for t in accounts.records.tokens_of(user.name) if t.lives(now)}
    if label.strip() in labels:
        raise InputError(
            f"{user.name} has a key labelled {label.strip()} already: take that back, or label this one otherwise"
        )
    if not 0 < days <= LONGEST_TOKEN_DAYS:
        raise InputError(f"a key lasts 1 to {LONGEST_TOKEN_DAYS} days")
    key = accounts.secrets.make_key()
    ends = now + timedelta(days=days)
    accounts.records.add_token(Token(accounts.secrets.fingerprint(key), user.name, label.strip(), now, ends))
    accounts.write("key made", f"{user.name}: {label.strip()}")
    return key


def end_token(accounts: Accounts, name: str, token_id: str) -> Token:
    """Take a program's key back.

    Raises:
        InputError: the user has no such key.
    """
    mine = [t for t in accounts.records.tokens_of(name) if t.id.startswith(token_id)] if token_id else []
    if len(mine) != 1:
        raise InputError(f"{name} has no key {token_id}: monitor users keys shows all")
    ended = replace(mine[0], ended_at=mine[0].ended_at or accounts.clock())
    accounts.records.save_token(ended)
    accounts.write("key taken back", f"{name}: {ended.label}")
    return ended


def known(accounts: Accounts, name: str) -> User:
    """The user of that name.

    Raises:
        InputError: there is none.
    """
    user = accounts.records.user(name.strip().lower())
    if user is None:
        raise InputError(f"there is no user {name}: monitor users list shows all")
    return user


def must_be_known_or_written_of(accounts: Accounts, name: str) -> None:
    """Nothing, for the name of a user, or one that somebody once tried to sign in with.

    Raises:
        InputError: nobody ever bore or gave that name.
    """
    ever = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    if not accounts.records.user(name) and not accounts.records.acts(*ever, name, 1):
        raise InputError(f"there is no user {name}, and there never was an act by that name")


def _must_not_shut_oneself_out(accounts: Accounts, user: User) -> None:
    """Keep to that: who looks after accounts here is not to lose it by a slip of their own."""
    if user.name == accounts.by and not user.everywhere(Right.ADMINISTER):
        raise InputError("you would shut yourself out: another administrator can do that")


def _with_password(accounts: Accounts, user: User, password: str, *, must_change: bool) -> User:
    hashed = accounts.secrets.hash_password(password)
    return replace(user, password=hashed, password_at=accounts.clock(), must_change=must_change)


def _roles(user: User) -> str:
    return ", ".join(str(granted) for granted in user.roles) or "no role"
