"""The register of individuals in profiles, as of any day, and whether what is said of them is true."""

from __future__ import annotations

import io
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from monitor.adapters.exports import write_table
from monitor.core.agreement import Agreement
from monitor.core.people import COLUMNS, check, register
from monitor.errors import InputError
from monitor.web.access import Answerer, write_act
from monitor.web.agreements import InRoom, Room
from monitor.web.pages import page
from monitor.web.words import read_day

router = APIRouter()
AsOf = Annotated[str, Query(alias="as_of", max_length=20)]


@router.get("/a/{agreement}/people")
def people(request: Request, visitor: Answerer, room: InRoom, as_of: AsOf = "") -> Response:
    """Every individual that sections name, and the agreement's claims with the terms that decide."""
    shared: dict[str, Any] = {"agreement": room.agreement, "as_of": as_of, "faults": ()}
    try:
        then = _at(room, as_of)
    except InputError as fault:
        shared["faults"] = (("as_of", str(fault)),)
        return page(request, "people.html.j2", 422, entries=None, claims=(), **shared)
    return page(request, "people.html.j2", entries=register(then), claims=check(then), **shared)


@router.get("/a/{agreement}/people.csv")
def as_csv(request: Request, visitor: Answerer, room: InRoom, as_of: AsOf = "") -> Response:
    """The register as CSV, formulas made text."""
    entries = register(_at(room, as_of))
    text = io.StringIO()
    write_table(COLUMNS, (entry.record() for entry in entries), text)
    day = as_of.strip() or f"{room.workspace.clock():%Y-%m-%d}"
    write_act(request, visitor, "register taken out", f"{room.agreement.id}, {len(entries)} names as of {day}")
    headers = {"Content-Disposition": f'attachment; filename="people-{room.agreement.id}-{day}.csv"'}
    return Response(text.getvalue().encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)


def _at(room: Room, as_of: str) -> Agreement:
    """The agreement as it was in force at the end of a day; as its files say now, when none is given.

    Raises:
        InputError: that is no date, or nothing of it was in force then.
    """
    try:
        moment = read_day(as_of, end=True)
    except ValueError:
        raise InputError(f"{as_of} is no date: write it as 2026-11-23") from None
    if moment is None:
        return room.agreement
    found = [a for a in room.workspace.read_at(moment).agreements if a.id == room.agreement.id]
    if not found:
        raise InputError(f"Nothing was in force on {as_of}: the first profiles were published later")
    return found[0]
