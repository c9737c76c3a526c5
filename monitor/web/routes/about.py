"""Of the service itself: whether it is alive, and its accessibility statement."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from monitor.app import published_agreements
from monitor.errors import StoreError
from monitor.web.access import Perhaps, workspace_of
from monitor.web.pages import page
from monitor.web.problems import RETRY_SECONDS

router = APIRouter()


@router.get("/healthz")
def alive() -> Response:
    """That the process answers; says nothing of its database."""
    return PlainTextResponse("ok\n")


@router.get("/readyz")
def ready(request: Request) -> Response:
    """That the database can be written, by writing to it, or 503; and whether there is anything to do."""
    workspace = workspace_of(request)
    try:
        workspace.store.beat(workspace.clock())
        agreements = published_agreements(workspace.store)
    except StoreError as error:
        return PlainTextResponse(f"{error}\n", 503, {"Retry-After": RETRY_SECONDS})
    return PlainTextResponse("ready\n" if agreements else "ready: there is no agreement yet, and nothing to do\n")


@router.get("/accessibility")
def accessibility(request: Request, _: Perhaps) -> Response:
    """The accessibility statement."""
    return page(request, "accessibility.html.j2", contact=workspace_of(request).settings.web.contact)
