"""What was done, said on the page that comes next: sealed, so that no link of a stranger speaks in our voice."""

from __future__ import annotations

import hmac
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import RedirectResponse

MOST = 300
"""Characters of a message; a longer one is cut, so that an address holds it."""


def then_said(request: Request, path: str, said: str, *, place: str = "", **more: str) -> RedirectResponse:
    """Lead a visitor on to a page of ours (303), or to a place in it, which says what was done."""
    short = said if len(said) <= MOST else f"{said[: MOST - 1]}…"
    query = urlencode({"done": short, "seal": _seal(request, short), **more})
    return RedirectResponse(f"{path}?{query}{place and f'#{place}'}", 303)


def said_before(request: Request) -> str:
    """What the page before had to say; '' when nothing, or when it is not what we said to this visitor."""
    said, seal = (request.query_params.get(name, "") for name in ("done", "seal"))
    return said if hmac.compare_digest(seal.encode(), _seal(request, said).encode()) else ""


def _seal(request: Request, said: str) -> str:
    """With the key of the visitor's session, which no other site knows; the demo's visitor has none."""
    session = request.state.visitor.session
    return hmac.new((session.form_key if session else "").encode(), said.encode(), "sha256").hexdigest()[:32]
