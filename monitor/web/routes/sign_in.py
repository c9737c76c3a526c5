"""Signing in and out: a password, then a phone's code where one is asked for."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from monitor.core.access import Granted, Role, Session
from monitor.jobs.sign_in import Opened, Refused, by_code, by_password, open_for, sign_out
from monitor.jobs.users import add_user, known
from monitor.web.access import (
    SignedIn,
    came,
    door_of,
    from_a_page_of_ours,
    hand_over,
    is_own_demo,
    on_this_site,
    session_of,
    take_back,
    workspace_of,
)
from monitor.web.pages import clock, page

router = APIRouter()
DEMO_USER = "demo-editor"
WRONG, WAITS = 401, 429
Ours = Depends(from_a_page_of_ours)


@router.get("/sign-in")
def ask(request: Request, after: str = "/") -> Response:
    """The form; a demo on this machine's own browser opens at once."""
    if is_own_demo(request):
        return hand_over(request, _next(after), _demo(request))
    return page(request, "sign_in.html.j2", after=on_this_site(after), name="", faults=[])


@router.post("/sign-in", dependencies=[Ours])
def take(
    request: Request,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    after: Annotated[str, Form()] = "/",
) -> Response:
    """A session, or half a one where a code is asked for."""
    empty = [(field, said) for field, value, said in _missing(name, password) if not value]
    if empty:
        return page(request, "sign_in.html.j2", 422, after=on_this_site(after), name=name, faults=empty)
    try:
        opened = by_password(door_of(request), name, password, came(request))
    except Refused as refused:
        faults = [("name", _said(refused))]
        told = page(
            request, "sign_in.html.j2", _status(refused), after=on_this_site(after), name=name, faults=faults
        )
        return _retry(request, told, refused)
    goes = after if opened.session.whole else f"/sign-in/code?{urlencode({'after': on_this_site(after)})}"
    return hand_over(request, _next(goes), opened)


@router.get("/sign-in/code")
def ask_code(request: Request, after: str = "/") -> Response:
    """The form for the phone's code."""
    if _half(request) is None:
        return _next("/sign-in")
    return page(request, "sign_in_code.html.j2", after=on_this_site(after), faults=[])


@router.post("/sign-in/code", dependencies=[Ours])
def take_code(
    request: Request, code: Annotated[str, Form()] = "", after: Annotated[str, Form()] = "/"
) -> Response:
    """The whole session."""
    session = _half(request)
    if session is None:
        return _next("/sign-in")
    try:
        opened = by_code(door_of(request), session, code, came(request))
    except Refused as refused:
        faults = [("code", _said(refused))]
        told = page(request, "sign_in_code.html.j2", _status(refused), after=on_this_site(after), faults=faults)
        return _retry(request, told, refused)
    return hand_over(request, _next(after), opened)


@router.post("/sign-out")
def leave(request: Request, visitor: SignedIn) -> Response:
    """End the session."""
    if visitor.session:
        sign_out(door_of(request), visitor.session, came(request))
    return take_back(request, _next("/signed-out"))


@router.get("/signed-out")
def left(request: Request) -> Response:
    """That the session is over."""
    return page(request, "signed_out.html.j2")


def _demo(request: Request) -> Opened:
    """A session for the demo's editor."""
    workspace, door = workspace_of(request), door_of(request)
    user = workspace.store.user(DEMO_USER)
    if user is None:
        accounts = workspace.accounts(DEMO_USER, came(request).origin)
        add_user(accounts, DEMO_USER, [Granted(Role.EDITOR)], "Demo editor", elsewhere=True)
        user = known(accounts, DEMO_USER)
    return open_for(door, user, came(request))


def _half(request: Request) -> Session | None:
    """The session whose password was right, and whose code is still to come."""
    found = session_of(request)
    return found[1] if found and not found[1].whole else None


def _missing(name: str, password: str) -> tuple[tuple[str, str, str], ...]:
    return ("name", name.strip(), "Enter your name"), ("password", password, "Enter your password")


def _next(after: str) -> RedirectResponse:
    return RedirectResponse(on_this_site(after), 303)


def _status(refused: Refused) -> int:
    return WAITS if refused.again_at else WRONG


def _said(refused: Refused) -> str:
    again = f" Try again at {clock(refused.again_at, seconds=True)}." if refused.again_at else ""
    return f"{refused}{again}"


def _retry(request: Request, told: Response, refused: Refused) -> Response:
    if refused.again_at:
        waits = refused.again_at - workspace_of(request).clock()
        told.headers["Retry-After"] = str(max(1, round(waits.total_seconds())))
    return told
