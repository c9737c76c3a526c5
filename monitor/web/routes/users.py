"""Accounts, for administrators: who there is, what they may, what programs act for them, and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from monitor.core.access import EVERY_AGREEMENT, FIRST_PASSWORD_DAYS, Granted, Role, User
from monitor.errors import InputError, UnknownRecord
from monitor.jobs import users as job
from monitor.jobs.users import Accounts
from monitor.web.access import Administrator, Visitor, accounts_for, workspace_of
from monitor.web.pages import WRONG, page
from monitor.web.shown_once import keep_for, taken
from monitor.web.words import Pager, capital, read_days

router = APIRouter()
ACTS_ON_A_PAGE = 50
MOST_PAGES = 200
DAYS = 30
"""Of the log, where no day is asked for."""
Line = Annotated[str, Form(max_length=200)]
Asked = Annotated[str, Query(max_length=200)]
Faults = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A secret that is shown once, on the page that its form leads to."""

    what: str
    secret: str
    note: str


@router.get("/users")
def users(request: Request, visitor: Administrator) -> Response:
    """Everybody with an account, and the form for another."""
    return _list_page(request, accounts_for(request, visitor))


@router.post("/users")
def add(
    request: Request,
    visitor: Administrator,
    name: Line = "",
    full_name: Line = "",
    elsewhere: bool = Form(False),
    agreement: Annotated[list[str] | None, Form()] = None,
    role: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Make an account; its first password is shown once."""
    accounts = accounts_for(request, visitor)
    try:
        roles = _granted(request, agreement or (), role or ())
        password = job.add_user(accounts, name, roles, full_name, elsewhere=elsewhere)
    except InputError as error:
        asked = {"name": name, "full_name": full_name, "elsewhere": elsewhere}
        return _list_page(request, accounts, [("name", capital(error))], asked=asked)
    if not password:
        return _back(name, "added")
    shown = Shown(f"The first password of {name.strip().lower()}", password, FIRST_PASSWORD)
    return _show(request, visitor, name, shown)


@router.get("/log")
def log(
    request: Request,
    visitor: Administrator,
    user: Asked = "",
    words: Asked = "",
    since: Asked = "",
    until: Asked = "",
    number: Annotated[int, Query(alias="page", ge=1, le=MOST_PAGES)] = 1,
) -> Response:
    """What was done: who, when, what, from where; the latest first."""
    accounts = accounts_for(request, visitor)
    days, faults = read_days(since, until)
    end = days["until"] or accounts.clock() + timedelta(seconds=1)
    start = days["since"] or end - timedelta(days=DAYS)
    named, found = user.strip().lower() or None, []
    if not faults:
        found = accounts.records.acts(start, end, named, number * ACTS_ON_A_PAGE + 1)
    if named and not found and not faults:
        try:
            job.must_be_known_or_written_of(accounts, named)
        except InputError as error:
            faults.append(("user", capital(error)))
    asked = {"user": user, "since": since, "until": until}
    pager = Pager(len(found), number, ACTS_ON_A_PAGE, "/log", tuple(asked.items()))
    return page(
        request,
        "log.html.j2",
        WRONG if faults else 200,
        acts=found[pager.skip : pager.skip + ACTS_ON_A_PAGE],
        skip=pager.skip,
        later=pager.link(number - 1) if number > 1 else "",
        earlier=pager.link(number + 1) if number < pager.pages and number < MOST_PAGES else "",
        more=number == MOST_PAGES < pager.pages,
        asked=asked,
        faults=faults,
    )


@router.get("/users/{name}")
def user(request: Request, visitor: Administrator, name: str, done: Asked = "") -> Response:
    """One account."""
    shown = taken(request, visitor)
    said = "" if shown else DONE.get(done, "")
    return _user_page(request, accounts_for(request, visitor), name, shown=shown, done=said)


@router.post("/users/{name}/roles")
def give_roles(
    request: Request,
    visitor: Administrator,
    name: str,
    agreement: Annotated[list[str] | None, Form()] = None,
    role: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Give these roles and no others."""
    accounts = accounts_for(request, visitor)
    try:
        job.give_roles(accounts, name, _granted(request, agreement or (), role or (), _known(accounts, name)))
    except InputError as error:
        return _user_page(request, accounts, name, [("role-0", capital(error))])
    return _back(name, "roles")


@router.post("/users/{name}")
def act(request: Request, visitor: Administrator, name: str, what: Annotated[str, Form(alias="act")]) -> Response:
    """Disable or enable, reset the password, or ask for no codes any more."""
    accounts = accounts_for(request, visitor)
    _known(accounts, name)
    if what not in ("reset", *ACTS):
        return _user_page(request, accounts, name, [("acts", f"{what!r} is nothing that can be done here")])
    try:
        if what == "reset":
            shown = Shown(f"The new password of {name}", job.reset(accounts, name), FIRST_PASSWORD)
            return _show(request, visitor, name, shown)
        ACTS[what](accounts, name)
    except InputError as error:
        return _user_page(request, accounts, name, [("acts", capital(error))])
    return _back(name, what)


@router.post("/users/{name}/keys")
def make_key(request: Request, visitor: Administrator, name: str, label: Line = "", days: Line = "90") -> Response:
    """Make a key for a program; it is shown once."""
    accounts = accounts_for(request, visitor)
    _known(accounts, name)
    if not days.strip().isdigit():
        return _user_page(request, accounts, name, [("days", "Say for how many days, in figures")])
    try:
        made = job.make_token(accounts, name, label, int(days))
    except InputError as error:
        return _user_page(request, accounts, name, [("label", capital(error))])
    return _show(request, visitor, name, Shown(f"The key for {label.strip()}", made, KEY))


@router.post("/users/{name}/keys/end")
def end_key(request: Request, visitor: Administrator, name: str, key: Line) -> Response:
    """Take a program's key back."""
    accounts = accounts_for(request, visitor)
    _known(accounts, name)
    try:
        job.end_token(accounts, name, key)
    except InputError as error:
        return _user_page(request, accounts, name, [("keys", capital(error))])
    return _back(name, "key")


# --------------------------------------------------------------- the pages

FIRST_PASSWORD = (
    f"It lets in once, within {FIRST_PASSWORD_DAYS.days} days, to choose another. Tell it by telephone or in "
    "person; it is not shown again."
)
KEY = "A program sends it as Authorization: Bearer KEY. It is not shown again."
ACTS = {"disable": job.disable, "enable": job.enable, "no_codes": job.take_codes_away}
DONE = {
    "added": "The account is made. They sign in by your organisation.",
    "roles": "The roles are given, from their next page on.",
    "disable": "The account is disabled, and what was open is ended.",
    "enable": "They may sign in again.",
    "no_codes": "No codes are asked for any more, and what was open is ended.",
    "key": "The key is taken back.",
    "shown": "What was made for this account was shown once, and holds. Only if it is lost, make another below.",
}


def _list_page(
    request: Request, accounts: Accounts, faults: Faults | None = None, asked: dict[str, object] | None = None
) -> Response:
    found = accounts.records.users()
    shown = {"users": found, "agreements": _agreements(request), "roles": list(Role)}
    return page(
        request, "users.html.j2", WRONG if faults else 200, faults=faults or [], asked=asked or {}, **shown
    )


def _user_page(
    request: Request,
    accounts: Accounts,
    name: str,
    faults: Faults | None = None,
    *,
    shown: object | None = None,
    done: str = "",
) -> Response:
    of = _known(accounts, name)
    gone = {granted.agreement for granted in of.roles} - {id_ for id_, _ in _agreements(request)}
    now = accounts.clock()
    return page(
        request,
        "user.html.j2",
        WRONG if faults else 200,
        user=of,
        agreements=[*_agreements(request), *((one, f"{one} (gone)") for one in sorted(gone))],
        roles=list(Role),
        keys=[(key, key.state(now), key.lives(now)) for key in accounts.records.tokens_of(of.name)],
        shown=shown,
        faults=faults or [],
        done=done,
    )


def _back(name: str, done: str) -> Response:
    return RedirectResponse(f"/users/{quote(name.strip().lower())}?done={done}", 303)


def _show(request: Request, visitor: Visitor, name: str, shown: Shown) -> Response:
    keep_for(request, visitor, f"/users/{name.strip().lower()}", shown)
    return _back(name, "shown")


def _known(accounts: Accounts, name: str) -> User:
    """The user in the address.

    Raises:
        UnknownRecord: there is none.
    """
    try:
        return job.known(accounts, name)
    except InputError as error:
        raise UnknownRecord(f"there is no user {name}") from error


def _agreements(request: Request) -> list[tuple[str, str]]:
    """All agreements, as where a role holds; first everywhere."""
    known = workspace_of(request).read().agreements
    return [(EVERY_AGREEMENT, "All agreements"), *((one.id, one.name) for one in known)]


def _granted(
    request: Request, agreements: Sequence[str], roles: Sequence[str], of: User | None = None
) -> list[Granted]:
    """The roles that a form gives: one, or none, for each agreement.

    Raises:
        InputError: there is no such agreement or role.
    """
    known = {id_ for id_, _ in _agreements(request)} | {g.agreement for g in (of.roles if of else ())}
    for agreement, role in zip(agreements, roles, strict=False):
        if agreement not in known:
            raise InputError(f"there is no agreement {agreement}")
        if role and role not in list(Role):
            raise InputError(f"there is no role {role}: take one of {', '.join(Role)}")
    return [Granted(Role(role), where) for where, role in zip(agreements, roles, strict=False) if role]
