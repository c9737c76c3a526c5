"""Why an article is in, or not: the whole chain of `monitor explain`, in plain words."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from monitor.core.access import Right
from monitor.core.explanation import outlet_said
from monitor.jobs.find_articles import find_articles, is_address
from monitor.web.access import Reader, SignedIn, write_act
from monitor.web.agreements import InRoom, agreements_of
from monitor.web.pages import WRONG, page
from monitor.web.telling import explanation_of, told_by

router = APIRouter()
LONGEST = 2000
"""Characters of what is asked: more is no address and no headline."""


@router.get("/why")
def why_where(request: Request, visitor: SignedIn, article: str = "") -> Response:
    """What is asked on a page of no agreement: in the one that the visitor may read, else a choice."""
    agreements = agreements_of(request)
    if not agreements:
        return RedirectResponse("/", 303)
    mine = [one for one in agreements if visitor.user.may(Right.READ, one.id)]
    if len(mine) == 1:
        return RedirectResponse(f"/a/{mine[0].id}/why?{urlencode({'article': article})}", 303)
    return page(request, "why_where.html.j2", agreements=mine, asked_why=article)


@router.get("/a/{agreement}/why")
def why(request: Request, visitor: Reader, room: InRoom, article: str = "") -> Response:
    """The explanation; a choice, where several articles may be meant; the form, where nothing is asked."""
    said = article.strip()
    shared: dict[str, Any] = {"agreement": room.agreement, "room": room, "asked_why": said}
    if not said or len(said) > LONGEST:
        shared["longest"] = LONGEST if said else 0
        return page(request, "why.html.j2", WRONG if said else 200, found=None, explanation=None, **shared)
    found = find_articles(said, room.workspace.store, room.workspace.clock)
    if found.article is None and not is_address(said):
        status = 200 if found.others else 404
        return page(request, "why.html.j2", status, found=found, explanation=None, **shared)
    if found.article is None:
        write_act(request, visitor, "address looked up", said)
    told = explanation_of(room, found, said)
    shared["asked_why"] = said if is_address(said) else told.article.headline or said
    loud, silent = told_by(told, room)
    outlet = outlet_said(told.article, told.unseen, room.sources)
    return page(
        request, "why.html.j2", found=found, explanation=told, loud=loud, silent=silent, outlet=outlet, **shared
    )
