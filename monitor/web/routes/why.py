"""Why an article is in, or not: the whole chain of `monitor explain`, in plain words."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from monitor.core.explanation.words import outlet_name
from monitor.jobs.find_articles import find_articles, is_address
from monitor.web.access import Reader, write_act
from monitor.web.agreements import InRoom
from monitor.web.pages import page
from monitor.web.telling import explanation_of, told_by

router = APIRouter()
LONGEST = 2000


@router.get("/a/{agreement}/why")
def why(
    request: Request, visitor: Reader, room: InRoom, article: Annotated[str, Query(max_length=LONGEST)] = ""
) -> Response:
    """The explanation; a choice, where several articles may be meant; the form, where nothing is asked."""
    said = article.strip()
    shared: dict[str, Any] = {"agreement": room.agreement, "room": room, "asked_why": said}
    if not said:
        return page(request, "why.html.j2", found=None, explanation=None, **shared)
    found = find_articles(said, room.workspace.store, room.workspace.clock)
    if found.article is None and not is_address(said):
        status = 200 if found.others else 404
        return page(request, "why.html.j2", status, found=found, explanation=None, **shared)
    if found.article is None:
        write_act(request, visitor, "address looked up", said)
    told = explanation_of(room, found, said)
    shared["asked_why"] = said if is_address(said) else told.article.headline or said
    loud, silent = told_by(told, room)
    outlet = outlet_name(told.article.outlet, room.sources) if told.article.outlet else "no outlet of ours"
    return page(
        request, "why.html.j2", found=found, explanation=told, loud=loud, silent=silent, outlet=outlet, **shared
    )
