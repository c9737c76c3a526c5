"""How each source is heard."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from monitor.app import health_now
from monitor.jobs.health import SourceHealth
from monitor.web.access import Reader
from monitor.web.agreements import InRoom
from monitor.web.pages import page, source_state

router = APIRouter()


@router.get("/a/{agreement}/sources")
def sources(request: Request, visitor: Reader, room: InRoom) -> Response:
    """Every source that is polled: those with something amiss first."""
    rows = sorted(health_now(room.workspace, room.library), key=lambda row: (is_well(row), row.outlet.name))
    lines = [(row, is_well(row), source_state(row)) for row in rows]
    return page(request, "sources.html.j2", agreement=room.agreement, lines=lines)


def is_well(row: SourceHealth) -> bool:
    """Whether nothing is amiss with it."""
    return not (row.alarms or row.gap or row.state.error or row.state.last_heard is None)
