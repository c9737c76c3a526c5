"""`monitor users`: who may sign in to the pages, and what was done there by whom."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from monitor import app as house
from monitor.cli.options import HERE, AsJson, Home, day
from monitor.cli.output import count, finish, print_json, say, table, tell
from monitor.core.access import EVERY_AGREEMENT, FIRST_PASSWORD_DAYS, Granted, Role
from monitor.core.dates import in_london
from monitor.errors import InputError
from monitor.jobs import users
from monitor.jobs.users import Accounts

app = typer.Typer(
    help="Accounts of the pages: add, list, role, disable, reset, totp, key, keys, log.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Name = Annotated[str, typer.Argument(help="The name that is typed to sign in: a short name or a mail address.")]
Roles = Annotated[
    list[str] | None,
    typer.Option(
        "--role",
        help="reader, answerer, editor or administrator; editor:AGREEMENT for one agreement. May be repeated.",
    ),
]
ORIGIN = "command line"
FIRST_DAY, LAST_DAY = "--since", "--until"


@app.callback()
def _group() -> None:
    """Accounts of the pages: add, list, role, disable, reset, totp, key, keys, log."""


@app.command()
def add(
    name: Name,
    role: Roles = None,
    full_name: Annotated[str, typer.Option("--full-name", help="What others read.")] = "",
    organisation: Annotated[
        bool, typer.Option("--organisation", help="They sign in by your organisation (OIDC): no password.")
    ] = False,
    home: Home = HERE,
) -> None:
    """Make an account, and print a password that lets its owner in once, to choose another."""
    with _accounts(home) as (accounts, workspace):
        roles = _granted(role, workspace) or (Granted(Role.READER),)
        password = users.add_user(accounts, name, roles, full_name, elsewhere=organisation)
    tell(f"added {name.strip().lower()}: {_listed(roles)}")
    _tell_password(password)


@app.command("list")
def list_(home: Home = HERE, as_json: AsJson = False) -> None:
    """List all accounts with their roles, how they sign in, and whether they are in use."""
    with _accounts(home) as (accounts, _):
        found = accounts.records.users()
    if as_json:
        for user in found:
            print_json(user.to_json())
    else:
        rows = [(u.name, u.full_name, _listed(u.roles), u.signs_in_by, u.state) for u in found]
        table(("name", "full name", "roles", "signs in by", "state"), rows)
    finish()


@app.command()
def role(name: Name, role: Roles = None, home: Home = HERE) -> None:
    """Give a user these roles and no others, from their next page on."""
    with _accounts(home) as (accounts, workspace):
        roles = _granted(role, workspace)
        if not roles:
            raise InputError(f"--role: give one or more of {', '.join(Role)}; or monitor users disable")
        user = users.give_roles(accounts, name, roles)
    tell(f"{user.name}: {_listed(user.roles)}")


@app.command()
def disable(
    name: Name,
    undo: Annotated[bool, typer.Option("--undo", help="Let them in again.")] = False,
    home: Home = HERE,
) -> None:
    """Let a user in no more, and end what they have open at once; what they did stays written down."""
    with _accounts(home) as (accounts, _):
        user = users.enable(accounts, name) if undo else users.disable(accounts, name)
    tell(f"{user.name}: {user.state}")


@app.command()
def reset(name: Name, home: Home = HERE) -> None:
    """Give a user a password that lets them in once, to choose another; end what they have open."""
    with _accounts(home) as (accounts, _):
        password = users.reset(accounts, name)
    _tell_password(password)


@app.command()
def totp(
    name: Name,
    remove: Annotated[
        bool, typer.Option("--remove", help="Ask for no codes any more: phone and recovery codes are lost.")
    ] = False,
    home: Home = HERE,
) -> None:
    """Ask a user for a phone's codes from now on: shows what the phone needs, and takes its first code.

    Users set it up for themselves on the page "Your account", with a picture for the phone to read.
    """
    with _accounts(home) as (accounts, _):
        if remove:
            tell(f"{users.take_codes_away(accounts, name).name}: no codes are asked for")
            return
        user = users.known(accounts, name)
        secret = accounts.secrets.make_code_secret()
        tell(f"Give this to an authenticator app: {secret}")
        tell(accounts.secrets.code_address(secret, user.name))
        codes = users.ask_for_codes(accounts, user.name, secret, typer.prompt("The code it shows", err=True))
    tell("Recovery codes, each good for once where there is no phone; they are not shown again:")
    for code in codes:
        tell(f"  {code}")


@app.command()
def key(
    name: Name,
    label: Annotated[str, typer.Option("--label", help="Which program has it.")] = "",
    days: Annotated[int, typer.Option("--days", help="How long it lasts.")] = 90,
    home: Home = HERE,
) -> None:
    """Make a key with which a program acts as this user, through the API; it is shown once."""
    with _accounts(home) as (accounts, _):
        made = users.make_token(accounts, name, label, days)
    tell(made)
    say("It is not shown again. A program sends it as: Authorization: Bearer KEY")


@app.command()
def keys(
    name: Name,
    end: Annotated[str | None, typer.Option("--end", help="Take back the key of this id.")] = None,
    home: Home = HERE,
) -> None:
    """List a user's keys for programs, or take one back."""
    with _accounts(home) as (accounts, workspace):
        user = users.known(accounts, name)
        if end:
            tell(f"taken back: {users.end_token(accounts, user.name, end).label}")
        found, now = accounts.records.tokens_of(user.name), workspace.clock()
    rows = [(t.id[:10], t.label, in_london(t.made_at, "%Y-%m-%d"), t.state(now)) for t in found]
    table(("key", "label", "made", "state"), rows)


@app.command()
def log(
    since: Annotated[str | None, typer.Option(FIRST_DAY, help="First day, such as 2026-11-01.")] = None,
    until: Annotated[str | None, typer.Option(LAST_DAY, help="Last day, itself included.")] = None,
    user: Annotated[str | None, typer.Option("--user", help="Of this user alone.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="So many of the latest.")] = 1000,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """List what was done: who, when, what, from where; the latest first, 30 days unless told otherwise."""
    with _accounts(home) as (accounts, workspace):
        end = day(until, LAST_DAY, end=True) or workspace.clock() + timedelta(seconds=1)
        start = day(since, FIRST_DAY) or end - timedelta(days=30)
        named = user.strip().lower() if user else None
        found = accounts.records.acts(start, end, named, limit + 1)
        if named and not found:
            users.must_be_known_or_written_of(accounts, named)
    shown = found[:limit]
    if as_json:
        for act in shown:
            print_json(act.to_json())
    else:
        rows = [(in_london(a.at, "%Y-%m-%d %H:%M:%S"), a.user, a.origin, a.what, a.about) for a in shown]
        table(("when (London)", "who", "from", "what", "about"), rows)
    if len(found) > limit:
        say(f"there are more than the {count(limit, 'act')} shown: --limit, or fewer days")


# --------------------------------------------------------------- what they share


@contextmanager
def _accounts(home: Path) -> Iterator[tuple[Accounts, house.Workspace]]:
    with house.open_workspace(home) as workspace:
        yield workspace.accounts(getpass.getuser(), ORIGIN), workspace


def _granted(said: Sequence[str] | None, workspace: house.Workspace) -> tuple[Granted, ...]:
    named = any(":" in one for one in said or ())
    agreements = [a.id for a in workspace.read().agreements] if named else []
    return tuple(_role(one, agreements) for one in said or ())


def _role(said: str, agreements: Sequence[str]) -> Granted:
    name, colon, agreement = said.strip().partition(":")
    if name not in list(Role):
        raise InputError(f"--role: there is no role {name!r}: take one of {', '.join(Role)}")
    if colon and agreement not in agreements:
        raise InputError(f"--role: there is no agreement {agreement!r}: take one of {', '.join(agreements)}")
    return Granted(Role(name), agreement or EVERY_AGREEMENT)


def _tell_password(password: str) -> None:
    if password:
        tell(f"password: {password}")
        say(f"It lets in once, within {FIRST_PASSWORD_DAYS.days} days, to choose another, and is not shown again.")


def _listed(roles: Sequence[Granted]) -> str:
    return ", ".join(str(granted) for granted in roles)
