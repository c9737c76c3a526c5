"""Signing in by an organisation's own accounts: there, and back."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from monitor.adapters.oidc import Begun, Organisation
from monitor.errors import VouchError
from monitor.jobs.sign_in import Refused, by_organisation
from monitor.web.access import came, cookie_name, door_of, hand_over, is_tls, on_this_site, workspace_of
from monitor.web.problems import Problem, answer

router = APIRouter()
KEPT_SECONDS = 600
"""How long a sign-in may take there."""


@router.get("/sign-in/organisation")
def there(request: Request, after: str = "/") -> Response:
    """Lead the browser to the organisation's sign-in, and let it keep what shows that it was here."""
    to, begun = _organisation(request).begin()
    kept = json.dumps({**asdict(begun), "after": on_this_site(after)})
    leads = RedirectResponse(to, 303)
    leads.set_cookie(
        _cookie(request),
        urlsafe_b64encode(kept.encode()).decode(),
        max_age=KEPT_SECONDS,
        path="/",
        secure=is_tls(request),
        httponly=True,
        samesite="lax",
    )
    return leads


@router.get("/sign-in/organisation/back")
def back(request: Request) -> Response:
    """A session for whom the organisation vouches for."""
    organisation, kept = _organisation(request), _kept(request)
    if kept is None:
        return _refused(request, "This sign-in was not begun in this browser, or too long ago: begin again.")
    begun, after = kept
    try:
        vouched = organisation.end(f"{organisation.back}?{request.url.query}", begun)
        opened = by_organisation(door_of(request), vouched.issuer, vouched.subject, vouched.name, came(request))
    except VouchError:
        write_refusal(request, f"{organisation.issuer} vouches for nobody")
        return _refused(request, "Your organisation's sign-in did not say who you are: begin again.")
    except Refused as refused:
        return _refused(request, str(refused))
    return _forget(request, hand_over(request, RedirectResponse(after, 303), opened))


def write_refusal(request: Request, why: str) -> None:
    """Write down that nobody was let in."""
    door_of(request).write("", came(request).origin, "sign-in refused", why)


def _organisation(request: Request) -> Organisation:
    """The one that settings name.

    Raises:
        HTTPException: they name none (404).
    """
    workspace = workspace_of(request)
    address = workspace.settings.web.address or f"http://{request.headers['host']}"
    organisation = workspace.organisation(address)
    if organisation is None:
        raise HTTPException(404)
    return organisation


def _kept(request: Request) -> tuple[Begun, str] | None:
    """The sign-in that this browser began, and the page it is to end at."""
    try:
        kept = json.loads(urlsafe_b64decode(request.cookies.get(_cookie(request), "")))
        return Begun(kept["state"], kept["nonce"], kept["verifier"]), on_this_site(kept["after"])
    except (ValueError, KeyError, TypeError):
        return None


def _refused(request: Request, said: str) -> Response:
    return _forget(request, answer(request, Problem(401, "You are not signed in", (said,))))


def _forget(request: Request, response: Response) -> Response:
    response.delete_cookie(_cookie(request), path="/", secure=is_tls(request), httponly=True, samesite="lax")
    return response


def _cookie(request: Request) -> str:
    return f"{cookie_name(request)}-there"
