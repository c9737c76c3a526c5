"""What mail leads back to: a reader who leaves a list, and mail that bounced. Nobody has signed in for either."""

from __future__ import annotations

import json
from hmac import compare_digest
from typing import Annotated

from fastapi import APIRouter, Form, Header, Request, Response
from fastapi.responses import JSONResponse

from monitor.app import bounces_posted, unsubscribe_by, whose_link
from monitor.core.bounce import Bounce, bounces_of
from monitor.core.webhook import signature
from monitor.errors import UnknownRecord
from monitor.web.access import workspace_of
from monitor.web.pages import page

router = APIRouter()
"""RFC 8058: no cookie is asked for or looked at; the token in the address is all there is."""
FIVE_MINUTES = 300
"""So far off may be the time that a bounce is signed with."""


@router.get("/unsubscribe/{agreement}/{digest}/{token}")
def ask(request: Request, agreement: str, digest: str, token: str) -> Response:
    """A page with a button: what only looks at addresses, as scanners of mail do, changes nothing."""
    try:
        whose_link(workspace_of(request), f"{agreement}/{digest}", token)
    except UnknownRecord:
        return page(request, "unsubscribe.html.j2", 404, state="unknown", digest=digest)
    return page(request, "unsubscribe.html.j2", state="asked", digest=digest)


@router.post("/unsubscribe/{agreement}/{digest}/{token}")
def leave(
    request: Request,
    agreement: str,
    digest: str,
    token: str,
    said: Annotated[str, Form(alias="List-Unsubscribe")] = "",
) -> Response:
    """The reader gets nothing more of the list; a mail reader posts the same as the button does."""
    if said != "One-Click":
        return page(request, "unsubscribe.html.j2", 400, state="asked", digest=digest)
    try:
        unsubscribe_by(workspace_of(request), f"{agreement}/{digest}", token)
    except UnknownRecord:
        return page(request, "unsubscribe.html.j2", 404, state="unknown", digest=digest)
    return page(request, "unsubscribe.html.j2", state="left", digest=digest)


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
