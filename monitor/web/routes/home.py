"""The first page."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from monitor.web.access import SignedIn
from monitor.web.pages import page

router = APIRouter()


@router.get("/")
def home(request: Request, visitor: SignedIn) -> Response:
    """The first page."""
    return page(request, "home.html.j2")
