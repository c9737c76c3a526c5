"""Editions by other ways than mail, to whoever holds a token: it stands in the address, and in no log."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from monitor.app import chosen, give, giver
from monitor.jobs.give_out import holder
from monitor.web.access import workspace_of

router = APIRouter()
FRESH = "private, max-age=300"
"""Seconds after which a reader asks again: editions come a few times a day."""

_STYLES = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


@router.get("/feeds/{token}/{name:path}")
def feed(request: Request, token: str, name: str) -> Response:
    """What is given out under that name; 304 when the reader has it, 404 for whoever has no token in force."""
    workspace = workspace_of(request)
    held = holder(giver(workspace), token)
    if held is None:
        raise HTTPException(404)
    library = workspace.read()
    address = f"{workspace.settings.web.address.rstrip('/')}{request.url.path}"
    given = give(workspace, library, chosen(library, held.agreement), name, address)
    if given is None:
        raise HTTPException(404)
    tag = f'"{sha256(given.content).hexdigest()[:32]}"'
    kept = {"ETag": tag, "Cache-Control": FRESH, "Referrer-Policy": "no-referrer", **_policy(given.content)}
    if tag in [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=kept)
    return Response(given.content, media_type=given.media, headers=kept)


def _policy(content: bytes) -> dict[str, str]:
    """The policy of a page to print: its own styles and no others. Nothing for a feed."""
    styles = [b64encode(sha256(style).digest()).decode() for style in _STYLES.findall(content)]
    allowed = " ".join(f"'sha256-{style}'" for style in styles)
    policy = f"default-src 'none'; style-src {allowed}; frame-ancestors 'none'; base-uri 'none'"
    return {"Content-Security-Policy": policy} if styles else {}
