"""The morning desk: the next edition as it will go, and what an editor does with it. Works without scripts."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException

from monitor.app import act_on, desk_of, show_desk
from monitor.core.agreement import Digest
from monitor.core.curation import PAST, Act
from monitor.core.digest import Standing
from monitor.errors import FetchError, InputError, ParseError
from monitor.jobs import desk as job
from monitor.jobs.desk import Request as Asked
from monitor.web.access import Editor, Visitor, write_act
from monitor.web.agreements import InRoom, Room
from monitor.web.pages import page

router = APIRouter()
WRONG = 422
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""Of the mail shown in its frame: its own styles, no script, nothing loaded, no form."""
BESIDE = (
    (Standing.AGAIN, "Told again", "Stories of earlier editions that more publishers carry now."),
    (Standing.HELD_OVER, "Held for the next edition", ""),
    (Standing.EXCLUDED, "Excluded", ""),
    (Standing.MINOR, "Not major", "They matched, and their sections ask for major stories."),
    (Standing.UNASSIGNED, "Unassigned", "By journalists of the list; they fit no section."),
    (Standing.NEAR, "Near misses", "A term stands in them, and a rule of the section failed."),
)


@router.get("/a/{agreement}/desk")
def desk(request: Request, visitor: Editor, room: InRoom, digest: str = "", done: str = "") -> Response:
    """The desk of a digest, of the first when none is named."""
    return _desk_page(request, room, _digest(room, digest), done=done)


@router.get("/a/{agreement}/desk/mail")
def mail(request: Request, visitor: Editor, room: InRoom, digest: str = "") -> Response:
    """The mail as it would go now."""
    _, draft = show_desk(room.workspace, room.library, room.agreement, _digest(room, digest))
    return HTMLResponse(draft.mail.html, headers={"Content-Security-Policy": MAIL_POLICY})


@router.post("/a/{agreement}/desk")
def act(
    request: Request,
    visitor: Editor,
    room: InRoom,
    what: Annotated[str, Form(alias="act")],
    name: Annotated[str, Form(max_length=2000)] = "",
    reason: Annotated[str, Form(max_length=1000)] = "",
    section: Annotated[str, Form()] = "",
    text: Annotated[str, Form(max_length=1000)] = "",
    digest: Annotated[str, Form()] = "",
) -> Response:
    """Say so of a story, and look at the desk again; what cannot be said is told above it."""
    of = _digest(room, digest)
    try:
        said = _said(visitor, room, of, (what, name.strip(), reason, section, text))
    except (InputError, FetchError, ParseError) as error:
        asked = {"name": name, "reason": reason, "section": section}
        return _desk_page(request, room, of, faults=[("desk", _capital(str(error)))], asked=asked)
    write_act(request, visitor, f"desk: {what}", f"{of.id} {name}".strip())
    return RedirectResponse(f"{room.path}/desk?{urlencode({'digest': of.id, 'done': said})}", 303)


def _said(visitor: Visitor, room: Room, digest: Digest, asked: tuple[str, str, str, str, str]) -> str:
    """What was done, in a few words."""
    what, name, reason, section, text = asked
    of, author = desk_of(room.workspace, room.library, room.agreement, digest), visitor.user.name
    if what == "undo":
        job.undo(of, int(name) if name.isdigit() else 0, author, reason)
        return f"Act {name} counts no longer"
    if what == "include":
        job.include(of, name, author, reason)
        return f"{name} is back"
    if what not in PAST:
        raise InputError(f"{what} is nothing that can be done here")
    kind = Act(what)
    brings = section if kind in (Act.MOVE, Act.ADD) else ""
    acts = act_on(room.workspace, room.library, of, Asked(kind, (name,), author, reason, brings, text))
    return f"{_capital(PAST[kind])}: {name} (act {acts[0].no})"


def _desk_page(
    request: Request,
    room: Room,
    digest: Digest,
    *,
    done: str = "",
    faults: list[tuple[str, str]] | None = None,
    asked: dict[str, str] | None = None,
) -> Response:
    view, draft = show_desk(room.workspace, room.library, room.agreement, digest)
    shown = view.standing(Standing.SHOWN)
    order = dict.fromkeys(item.section for item in shown)
    log = job.log(desk_of(room.workspace, room.library, room.agreement, digest))
    return page(
        request,
        "desk.html.j2",
        WRONG if faults else 200,
        agreement=room.agreement,
        digest=digest,
        view=view,
        mail=draft.mail,
        sections=[(room.title(s), [i for i in shown if i.section == s]) for s in order],
        beside=[(title, said, items) for of, title, said in BESIDE if (items := view.standing(of))],
        choices=[
            (s, room.title(s)) for s in desk_of(room.workspace, room.library, room.agreement, digest).sections
        ],
        log=[(a, PAST[a.act], next((u.no for u in log if u.undoes == a.no), None)) for a in reversed(log[-30:])],
        done=done,
        faults=faults or [],
        asked=asked or {},
    )


def _digest(room: Room, digest: str) -> Digest:
    found = next((d for d in room.agreement.digests if digest in ("", d.id)), None)
    if found is None:
        raise HTTPException(404)
    return found


def _capital(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}"
