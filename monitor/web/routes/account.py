"""A person's own account: their password, their phone's codes, where they are signed in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from monitor.errors import InputError
from monitor.jobs.sign_in import Refused, confirm
from monitor.jobs.users import ask_for_codes, choose_password
from monitor.web.access import SignedIn, Visitor, accounts_for, came, door_of, workspace_of, write_act
from monitor.web.pages import clock, page
from monitor.web.qr import square
from monitor.web.shown_once import keep_for, taken

router = APIRouter()
HERE, RECOVERY, WRONG = "/account", "/account/codes/recovery", 422


@router.get("/account")
def account(request: Request, visitor: SignedIn) -> Response:
    """What is known of the visitor, and where they are signed in."""
    door = door_of(request)
    now = door.clock()
    sessions = [s for s in door.records.sessions_of(visitor.user.name) if s.whole and door.lifetimes.lives(s, now)]
    return page(request, "account.html.j2", sessions=sessions, changed=request.query_params.get("changed", ""))


@router.post("/account/sessions/end")
def end_session(request: Request, visitor: SignedIn, session: Annotated[str, Form()]) -> Response:
    """End a session of the visitor's own that is open elsewhere."""
    if workspace_of(request).store.end_sessions(visitor.user.name, only=session):
        write_act(request, visitor, "session ended", session[:10])
    return RedirectResponse(f"{HERE}?changed=session", 303)


@router.get("/account/password")
def ask_password(request: Request, visitor: SignedIn) -> Response:
    """The form for another password."""
    return page(request, "account_password.html.j2", faults=[])


@router.post("/account/password")
def take_password(
    request: Request,
    visitor: SignedIn,
    old: Annotated[str, Form()] = "",
    new: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """Another password; what is open elsewhere is ended."""
    faults = _not_confirmed(request, visitor, "old", old)
    if new != again:
        faults.append(("again", "The two are not the same"))
    if not faults:
        try:
            here = visitor.session.id if visitor.session else ""
            choose_password(accounts_for(request, visitor), visitor.user, new, here)
        except InputError as error:
            faults.append(("new", f"Choose another: {error}"))
    if faults:
        return page(request, "account_password.html.j2", WRONG, faults=faults)
    return RedirectResponse(f"{HERE}?changed=password", 303)


@router.get("/account/codes")
def ask_codes(request: Request, visitor: SignedIn) -> Response:
    """What a phone needs to make codes."""
    return _codes_form(request, visitor, workspace_of(request).door().secrets.make_code_secret(), [])


@router.post("/account/codes")
def take_codes(
    request: Request,
    visitor: SignedIn,
    secret: Annotated[str, Form(pattern=r"^[A-Z2-7]{32}$")],
    code: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
) -> Response:
    """Ask for codes from now on, once the phone's first code was right; leads to the recovery codes."""
    faults = _not_confirmed(request, visitor, "password", password)
    if faults:
        return _codes_form(request, visitor, secret, faults)
    try:
        codes = ask_for_codes(accounts_for(request, visitor), visitor.user.name, secret, code)
    except InputError as error:
        return _codes_form(request, visitor, secret, [("code", f"{error}".capitalize())])
    keep_for(request, visitor, RECOVERY, codes)
    return RedirectResponse(RECOVERY, 303)


@router.get(RECOVERY)
def recovery(request: Request, visitor: SignedIn) -> Response:
    """The recovery codes that were just made; after that, that they were shown."""
    return page(request, "account_recovery.html.j2", codes=taken(request, visitor))


def _not_confirmed(request: Request, visitor: Visitor, field: str, password: str) -> list[tuple[str, str]]:
    """What is wrong with the password that was asked for once more; nothing when it is right."""
    try:
        confirm(door_of(request), visitor.user, password, came(request))
    except Refused as refused:
        again = f" Try again at {clock(refused.again_at, seconds=True)}." if refused.again_at else ""
        return [(field, f"{refused}{again}")]
    return []


def _codes_form(request: Request, visitor: Visitor, secret: str, faults: list[tuple[str, str]]) -> Response:
    address = workspace_of(request).door().secrets.code_address(secret, visitor.user.name)
    picture = square(address, "The square for your phone to read")
    status = WRONG if faults else 200
    return page(request, "account_codes.html.j2", status, secret=secret, picture=picture, faults=faults)
