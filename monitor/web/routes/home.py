"""The first page, and each agreement's own: the last edition, what was heard, the next edition."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from monitor.app import due_in, health_now
from monitor.core.access import Right
from monitor.core.edition import Edition
from monitor.jobs.due import DueEdition
from monitor.jobs.ports import ShelfQuestion, Shelved
from monitor.web.access import Reader, SignedIn
from monitor.web.agreements import InRoom, Room, agreements_of
from monitor.web.pages import page, source_state

router = APIRouter()
DAYS_AHEAD = 10


@router.get("/")
def home(request: Request, visitor: SignedIn) -> Response:
    """The agreements that the visitor may read; of one alone its own page.

    Before the first, how it is made.
    """
    agreements = agreements_of(request)
    mine = [a for a in agreements if visitor.user.may(Right.READ, a.id)]
    if len(mine) == 1:
        return RedirectResponse(f"/a/{mine[0].id}", 303)
    return page(request, "home.html.j2", agreements=mine, is_first=not agreements)


@dataclass(frozen=True, slots=True)
class Heard:
    """How the sources of an agreement are heard now."""

    sources: int
    heard: int
    amiss: tuple[tuple[str, tuple[str, ...]], ...]
    """What is wrong, in a sentence, and the outlets it is true of: those with an alarm, in a gap, or failing."""


@dataclass(frozen=True, slots=True)
class DigestNow:
    """One digest of an agreement as it stands."""

    title: str
    last: Shelved | None
    sections: tuple[tuple[str, int, int], ...]
    """Of the last edition: title, stories, of these major."""
    stories: int
    coming: DueEdition | None
    """The edition that is owed, or the next."""


@router.get("/a/{agreement}")
def today(request: Request, visitor: Reader, room: InRoom, founded: str = "") -> Response:
    """What there is to know this morning."""
    due = [one for one in due_in(room.workspace, room.library, DAYS_AHEAD) if one.agreement == room.agreement.id]
    digests = [_now(room, digest.id, digest.title, due) for digest in room.agreement.digests]
    shown: dict[str, Any] = {"digests": digests, "heard": heard(room), "founded": founded}
    return page(request, "today.html.j2", agreement=room.agreement, room=room, **shown)


def heard(room: Room) -> Heard:
    """How the sources are heard now."""
    rows = health_now(room.workspace, room.library)
    amiss: dict[str, list[str]] = {}
    for row in rows:
        if row.alarms or row.gap or row.state.error:
            amiss.setdefault(source_state(row), []).append(row.outlet.name)
    well = sum(not (row.gap or row.state.error) and row.state.last_heard is not None for row in rows)
    return Heard(len(rows), well, tuple((said, tuple(dict.fromkeys(names))) for said, names in amiss.items()))


def _now(room: Room, digest: str, title: str, due: Iterable[DueEdition]) -> DigestNow:
    store = room.workspace.store
    last = next(iter(store.shelved(ShelfQuestion(room.agreement.id, digest=digest), limit=1)), None)
    parts = _parts(store.edition(last.id)) if last else []
    sections = tuple((part["title"], part["count"], part["major"]) for part in parts if part["count"])
    stories = sum(len(part["items"]) + len(part.get("cut", ())) + part.get("unnamed", 0) for part in parts)
    coming = next((one for one in due if one.digest == digest and one.slot), None)
    return DigestNow(title, last, sections, stories, coming)


def _parts(edition: Edition) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = json.loads(edition.content).get("sections", [])
    return parts
