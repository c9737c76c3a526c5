"""Terms by what they brought: the dead, the noisy and the too broad, each with what to do."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from monitor.app import yields_now
from monitor.core.term_yield import LONG_ENOUGH, Word
from monitor.web.access import Editor
from monitor.web.agreements import InRoom
from monitor.web.pages import page

router = APIRouter()
STRETCHES = (("30", "30 days"), ("90", "90 days"), ("365", "a year"))
HEADS = ((Word.NOISY, "Noisy"), (Word.BROAD, "Too broad"), (Word.DEAD, "Dead"))
Days = Annotated[int, Query(ge=1, le=3660)]


@router.get("/a/{agreement}/yield")
def yields(request: Request, visitor: Editor, room: InRoom, days: Days = 30) -> Response:
    """The terms that something is to be said of, by what it is and by section."""
    report = yields_now(room.workspace, room.agreement, days)
    found = [
        (head, [(one, report.remedy(one)) for one in report.yields if report.said(one) is of])
        for of, head in HEADS
    ]
    return page(
        request,
        "yields.html.j2",
        agreement=room.agreement,
        report=report,
        enough=LONG_ENOUGH.days,
        found=[(head, lines) for head, lines in found if lines],
        days=str(days),
        stretches=STRETCHES,
    )
