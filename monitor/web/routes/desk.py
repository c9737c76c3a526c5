"""The morning desk: the next edition as it will go, and what an editor does with it. Works without scripts."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse

from monitor.app import desk_of, show_desk
from monitor.core.agreement import Digest
from monitor.core.curation import PAST, Act, Curation
from monitor.core.digest import Standing
from monitor.errors import InputError, MonitorError, ParseError, RevisionConflict
from monitor.jobs import desk as job
from monitor.jobs.desk import Seen
from monitor.web.access import Editor, write_act
from monitor.web.agreements import InRoom, Room
from monitor.web.at_desk import Word, digest_of, said, say, unsigned
from monitor.web.pages import page, status_of
from monitor.web.said import said_before, then_said
from monitor.web.words import capital

router = APIRouter()
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""Of the mail shown in its frame: its own styles, no script, nothing loaded, no form."""
MOST_ACTS = 30
"""Of the log of who did what."""
BESIDE = (
    (Standing.AGAIN, "Told again", "Stories of earlier editions that more publishers carry now."),
    (Standing.HELD_OVER, "Held for the next edition", ""),
    (Standing.EXCLUDED, "Excluded", ""),
    (Standing.MINOR, "Not major", "They matched, and their sections ask for major stories."),
    (Standing.UNASSIGNED, "Unassigned", "By journalists of the list; they fit no section."),
    (Standing.NEAR, "Near misses", "A term stands in them, and a rule of the section failed."),
)


@router.get("/a/{agreement}/desk")
def desk(request: Request, visitor: Editor, room: InRoom, digest: str = "", of: str = "") -> Response:
    """The desk of a digest, of the first when none is named."""
    return _desk_page(request, room, digest_of(room, digest), done=(said_before(request), of))


@router.get("/a/{agreement}/desk/mail")
def mail(request: Request, visitor: Editor, room: InRoom, digest: str = "") -> Response:
    """The mail as it would go now."""
    _, draft = show_desk(room.workspace, room.library, room.agreement, digest_of(room, digest))
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
    edition: Annotated[str, Form()] = "",
    last_act: Annotated[int, Form(ge=0)] = 0,
) -> Response:
    """Say so of a story, and look at the desk again; what cannot be said is told above it."""
    of, seen = digest_of(room, digest), Seen(edition, last_act) if edition else None
    word = Word(what, name.strip(), reason, section, text, seen)
    try:
        acts = say(room, of, visitor.user.name, word)
    except (InputError, ParseError, RevisionConflict) as error:
        return _desk_page(request, room, of, fault=error, asked=word)
    write_act(request, visitor, f"desk: {what}", f"{of.id} {word.name}".strip())
    told = said(room, acts)
    return then_said(request, f"{room.path}/desk", told, place="done", digest=of.id, of=word.name)


def _desk_page(
    request: Request,
    room: Room,
    digest: Digest,
    *,
    done: tuple[str, str] = ("", ""),
    fault: MonitorError | None = None,
    asked: Word | None = None,
) -> Response:
    view, draft = show_desk(room.workspace, room.library, room.agreement, digest)
    shown = view.standing(Standing.SHOWN)
    order = dict.fromkeys(item.section for item in shown)
    desk = desk_of(room.workspace, room.library, room.agreement, digest)
    here = next((i for i in view.items if asked and i.article == asked.name), None)
    faults = _faults(fault, asked, here.no if here else 0) if fault and asked and view.is_open else []
    faults = faults or ([("desk", capital(fault))] if fault else [])
    return page(
        request,
        "desk.html.j2",
        status_of(fault),
        agreement=room.agreement,
        digest=digest,
        view=view,
        mail=draft.mail,
        sections=[(room.title(s), [i for i in shown if i.section == s]) for s in order],
        beside=[(title, said, items) for of, title, said in BESIDE if (items := view.standing(of))],
        choices=[(s, room.title(s)) for s in desk.sections],
        log=_told(room, job.log(desk)),
        done=done[0],
        done_of=next((i.no for i in view.items if i.article == done[1]), 0),
        faults=faults,
        asked=asked or Word("", "", ""),
        asked_of=here.no if here else 0,
    )


def _faults(fault: MonitorError, asked: Word, no: int) -> list[tuple[str, str]]:
    """What is wrong, by the field to mend: of the story's own form, or of the one that adds a missed article."""
    if no:
        return [(f"reason-{no}", capital(fault))]
    if asked.what != Act.ADD:
        return []
    nameless = "" if asked.name else "Give the address of the article"
    missing = [(field, what) for field, what in (("name", nameless), ("reason", unsigned(asked.reason))) if what]
    return missing or [("name", capital(fault))]


def _told(room: Room, log: list[Curation]) -> list[tuple[Curation, str, int | None, str]]:
    """The latest acts, the last first: each with what was done, what undid it, and the headline it is about."""
    latest, undone = log[-MOST_ACTS:][::-1], {act.undoes: act.no for act in log}
    lines = {act.line: room.workspace.store.texts(act.line) for act in latest if act.line}
    headlines = {line: texts[-1].headline for line, texts in lines.items() if texts}
    return [(act, PAST[act.act], undone.get(act.no), headlines.get(act.line, "")) for act in latest]
