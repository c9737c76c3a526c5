"""Whose request it is, and whether they may: every route names the right that it needs, or is open to all.

A page that needs a right leads to the sign-in; the API answers 401. A form is taken only from a page of ours.
"""

from __future__ import annotations

import hmac
import ipaddress
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import Depends, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from monitor.app import Workspace
from monitor.core.access import Act, Right, Session, User
from monitor.jobs.sign_in import Came, Door, Opened, which_program, who
from monitor.jobs.users import Accounts

SAFE = ("GET", "HEAD", "OPTIONS")
MOST_OF_AN_AGENT = 200
STALE = "The form is too old, or was not sent from a page of ours. Nothing was done."
PASSWORD_PAGE = "/account/password"  # noqa: S105 (a page)


class SignInFirst(Exception):
    """Nobody is signed in, and the page is for those who are."""


class StaleForm(Exception):
    """The form is of a page of ours, and of another session than the one that sends it."""


class ChooseFirst(Exception):
    """The password was given out by somebody else: another must be chosen first."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is signed in, or a program of theirs."""

    user: User
    origin: str
    session: Session | None = None
    """None: a program, by its key."""


def workspace_of(request: Request) -> Workspace:
    """The workspace that is served."""
    workspace: Workspace = request.app.state.workspace
    return workspace


def door_of(request: Request) -> Door:
    """What people sign in with."""
    return workspace_of(request).door()


def came(request: Request) -> Came:
    """From where, and with what."""
    return Came(origin_of(request), request.headers.get("user-agent", "")[:MOST_OF_AN_AGENT])


def origin_of(request: Request) -> str:
    """The address a request comes from: the peer's or, where that is a proxy of ours, the one it names."""
    peer = request.client.host if request.client else ""
    proxies = workspace_of(request).settings.web.proxies
    named = request.headers.get("x-forwarded-for", "").split(",")
    while peer in proxies and named and named[-1].strip():
        peer = named.pop().strip()
    return peer


# --------------------------------------------------------------- the cookie


def cookie_name(request: Request) -> str:
    """`__Host-`, where TLS lets it be: no other site, no other path, no plain HTTP can set it."""
    return "__Host-monitor" if is_tls(request) else "monitor"


def hand_over(request: Request, response: Response, opened: Opened) -> Response:
    """The response, with the session's key for the browser."""
    response.set_cookie(
        cookie_name(request), opened.key, path="/", secure=is_tls(request), httponly=True, samesite="lax"
    )
    return response


def take_back(request: Request, response: Response) -> Response:
    """The response, with the browser's key taken away."""
    response.delete_cookie(cookie_name(request), path="/", secure=is_tls(request), httponly=True, samesite="lax")
    return response


def is_tls(request: Request) -> bool:
    """Whether people reach us by TLS."""
    return workspace_of(request).settings.web.address.startswith("https://")


# --------------------------------------------------------------- who


def session_of(request: Request) -> tuple[User, Session] | None:
    """Whose session the request carries, whole or half; None when nobody's."""
    key = request.cookies.get(cookie_name(request))
    return who(door_of(request), key) if key else None


def visitor_of(request: Request) -> Visitor | None:
    """Who is signed in; a key of a program counts below `/api` alone."""
    found = session_of(request)
    if found and found[1].whole:
        visitor = Visitor(found[0], origin_of(request), found[1])
    elif key := _bearer(request):
        user = which_program(door_of(request), key)
        if user is None:
            return None
        visitor = Visitor(user, origin_of(request))
    else:
        return None
    request.state.visitor = visitor
    return visitor


def _bearer(request: Request) -> str:
    kind, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() if kind.lower() == "bearer" and request.url.path.startswith("/api/") else ""


Perhaps = Annotated[Visitor | None, Depends(visitor_of)]


async def from_a_page_of_ours(request: Request, visitor: Perhaps) -> None:
    """Nothing, for a request that changes nothing or comes from a page of ours; any other is refused (403)."""
    if request.method in SAFE or (visitor and visitor.session is None):
        return
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise HTTPException(403, "The form was sent from another site. Nothing was done.")
    if visitor and visitor.session:
        form = await request.form()
        given = form.get("form_key") or request.headers.get("x-form-key") or ""
        if not hmac.compare_digest(str(given).encode(), visitor.session.form_key.encode()):
            raise StaleForm if origin is not None else HTTPException(403, STALE)


@dataclass(frozen=True)
class Needs:
    """A dependency: the visitor, if they have the right in the agreement that the address names, or in any."""

    right: Right | None
    """None: whoever is signed in."""
    everywhere: bool = False
    """Whether they must have it in all agreements: what is of none."""

    def __call__(
        self, request: Request, visitor: Perhaps, _: Annotated[None, Depends(from_a_page_of_ours)]
    ) -> Visitor:
        """Who is there.

        Raises:
            SignInFirst: nobody is.
            ChooseFirst: they must choose a password before anything else.
            HTTPException: they may not (403).
        """
        if visitor is None:
            raise SignInFirst
        if visitor.user.must_change and not request.url.path.startswith((PASSWORD_PAGE, "/sign-out")):
            raise ChooseFirst
        if self.right and not self._has(visitor.user, request.path_params.get("agreement")):
            raise HTTPException(403)
        return visitor

    def _has(self, user: User, agreement: str | None) -> bool:
        assert self.right
        return user.everywhere(self.right) if self.everywhere else user.may(self.right, agreement)


SignedIn = Annotated[Visitor, Depends(Needs(None))]
Reader = Annotated[Visitor, Depends(Needs(Right.READ))]
Answerer = Annotated[Visitor, Depends(Needs(Right.ANSWER))]
Editor = Annotated[Visitor, Depends(Needs(Right.EDIT))]
EditorOfAll = Annotated[Visitor, Depends(Needs(Right.EDIT, everywhere=True))]
Administrator = Annotated[Visitor, Depends(Needs(Right.ADMINISTER, everywhere=True))]
"""What a route asks for its visitor: `visitor: Reader`."""


def accounts_for(request: Request, visitor: Visitor) -> Accounts:
    """What looks after accounts, in the visitor's name."""
    return workspace_of(request).accounts(visitor.user.name, visitor.origin)


def write_act(request: Request, visitor: Visitor, what: str, about: str = "") -> None:
    """Write down what the visitor did."""
    workspace = workspace_of(request)
    workspace.store.write_act(Act(workspace.clock(), visitor.user.name, visitor.origin, what, about))


# --------------------------------------------------------------- where to go next


def sign_in_page(request: Request) -> str:
    """The sign-in, which leads back to the page that was asked for."""
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return "/sign-in" if request.method not in SAFE or asked == "/" else f"/sign-in?after={quote(asked, safe='')}"


def on_this_site(after: str) -> str:
    """The page to go to afterwards; the first page, when what was asked for may be another site's."""
    parts = urlsplit(after)
    fits = after.startswith("/") and not after.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return after if fits and after.isprintable() and "\\" not in after else "/"


def is_own_demo(request: Request) -> bool:
    """Whether this is a demo, and asked for by this machine's own browser, with nobody in between."""
    workspace = workspace_of(request)
    between = {"x-forwarded-for", "forwarded", "via", "x-real-ip"} & set(request.headers)
    return (
        workspace.is_demo
        and not workspace.settings.web.address
        and not between
        and request.client is not None
        and ipaddress.ip_address(request.client.host).is_loopback
    )
