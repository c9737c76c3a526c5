"""What mail leads back to: a reader who leaves a list, and mail that bounced. Nobody has signed in for either."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from hmac import compare_digest
from typing import Annotated

from fastapi import APIRouter, Form, Header, Request, Response
from fastapi.responses import JSONResponse

from monitor.app import bounces_posted, leaver
from monitor.core.bounce import Bounce, bounces_of
from monitor.core.dates import instant, london_day
from monitor.core.ways_back import NOBODYS
from monitor.core.webhook import signature
from monitor.errors import InputError, UnknownRecord
from monitor.jobs.leave import OwnList, own_list, pause, resume, unsubscribe
from monitor.web.access import workspace_of
from monitor.web.pages import WRONG, page

router = APIRouter()
"""RFC 8058: no cookie is asked for or looked at; the token in the address is all there is."""
FIVE_MINUTES = 300
"""So far off may be the time that a bounce is signed with."""


LEAVING = "/unsubscribe/{agreement}/{digest}/{token}"


@router.get(LEAVING)
def ask(request: Request, agreement: str, digest: str, token: str) -> Response:
    """A page with buttons: what only looks at addresses, as scanners of mail do, changes nothing."""
    return _answered(
        request, token, lambda: own_list(leaver(workspace_of(request)), f"{agreement}/{digest}", token)
    )


@router.post(LEAVING)
def leave(
    request: Request,
    agreement: str,
    digest: str,
    token: str,
    said: Annotated[str, Form(alias="List-Unsubscribe")] = "",
) -> Response:
    """The reader gets nothing more of the list; a mail reader posts the same as the button does."""
    if said != "One-Click":
        answer = ask(request, agreement, digest, token)
        return answer if answer.status_code != 200 else page(request, "unsubscribe.html.j2", 400, state="unclear")
    by, listed = leaver(workspace_of(request)), f"{agreement}/{digest}"
    return _answered(request, token, lambda: unsubscribe(by, listed, token))


@router.post(LEAVING + "/pause")
def be_away(
    request: Request, agreement: str, digest: str, token: str, back: Annotated[str, Form(max_length=60)] = ""
) -> Response:
    """Nothing is sent to the reader before the day they are back."""
    by, listed = leaver(workspace_of(request)), f"{agreement}/{digest}"

    def paused() -> OwnList:
        when = instant(back)
        if when is None:
            raise InputError("give the day as 24/12/2026")
        return pause(by, listed, token, london_day(when))

    try:
        return _answered(request, token, paused, done="paused")
    except InputError as error:
        faults = [("back", str(error))]
        return _answered(request, token, lambda: own_list(by, listed, token), WRONG, faults=faults, said=back)


@router.post(LEAVING + "/resume")
def be_back(request: Request, agreement: str, digest: str, token: str) -> Response:
    """The reader is written to again."""
    by, listed = leaver(workspace_of(request)), f"{agreement}/{digest}"
    return _answered(request, token, lambda: resume(by, listed, token), done="resumed")


def _answered(
    request: Request,
    token: str,
    act: Callable[[], OwnList],
    status: int = 200,
    *,
    done: str = "",
    faults: Sequence[tuple[str, str]] = (),
    said: str = "",
) -> Response:
    """The page of the reader's list after an act; the same for everybody whose link is nobody's."""
    try:
        own = act()
    except UnknownRecord:
        state = "nobodys" if token == NOBODYS else "unknown"
        return page(request, "unsubscribe.html.j2", 404, state=state)
    state = "left" if own.stopped else "asked"
    here = f"/unsubscribe/{own.listed}/{token}"
    return page(
        request,
        "unsubscribe.html.j2",
        status,
        state=state,
        own=own,
        here=here,
        done=done,
        faults=faults,
        said=said,
    )


@router.post("/bounces")
async def take(
    request: Request,
    number: Annotated[str, Header(alias="webhook-id")] = "",
    seconds: Annotated[str, Header(alias="webhook-timestamp")] = "",
    signed: Annotated[str, Header(alias="webhook-signature")] = "",
) -> Response:
    """A bounce: a notification as it came (`message/rfc822`), or JSON; signed as Standard Webhooks says."""
    workspace, body = workspace_of(request), await request.body()
    secret, now = workspace.settings.mail.bounce_secret, workspace.clock()
    if not secret:
        return _said(404, "bounces are not taken here: mail.bounce_secret is not set")
    if not (seconds.isascii() and seconds.isdigit() and abs(now.timestamp() - int(seconds[:12])) <= FIVE_MINUTES):
        return _said(401, "webhook-timestamp is missing or more than five minutes off")
    expected = signature(secret, number, int(seconds), body)["webhook-signature"]
    if not any(compare_digest(expected.encode(), one.encode()) for one in signed.split()):
        return _said(401, "webhook-signature does not fit")
    bounces = _bounces(request.headers.get("content-type", ""), body)
    if isinstance(bounces, str):
        return _said(422, bounces)
    report = bounces_posted(workspace, bounces)
    counts = {"suppressed": len(report.suppressed), "passing": len(report.passing)}
    return JSONResponse({**counts, "known": report.known, "strange": report.strange})


def _bounces(kind: str, body: bytes) -> list[Bounce] | str:
    """What was posted, or what is wrong with it."""
    if not kind.startswith("application/json"):
        return bounces_of(body)
    try:
        given = json.loads(body)
        texts = [given[key] for key in ("message_id", "status", "reason")]
    except (ValueError, KeyError, TypeError):
        return 'write {"message_id": "<...>", "status": "5.1.1", "reason": "..."}'
    if not all(isinstance(text, str) for text in texts):
        return "message_id, status and reason are texts"
    return [Bounce(*texts)]


def _said(status: int, words: str) -> JSONResponse:
    return JSONResponse({"error": words}, status)
