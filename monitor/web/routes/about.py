"""Of the service itself: whether it is alive, and its accessibility statement."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from monitor.web.pages import page

router = APIRouter()


@router.get("/healthz")
def alive() -> Response:
    """That the process answers; says nothing of its database."""
    return PlainTextResponse("ok\n")


@router.get("/accessibility")
def accessibility(request: Request) -> Response:
    """The accessibility statement."""
    return page(request, "accessibility.html.j2", contact=request.app.state.workspace.settings.web.contact)
