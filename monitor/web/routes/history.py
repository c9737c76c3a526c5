"""What was published, by whom and why, and the way back to any of it: as a new revision, nothing is erased."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from monitor.app import ask_for_file, drafter, restore_revision, wants_second_person
from monitor.core.editing.changes import changes
from monitor.core.editing.saying import Change
from monitor.core.editing.sections import file_of, section_of
from monitor.core.revision import Numbered, numbered
from monitor.errors import InputError, LibraryError, RevisionConflict
from monitor.jobs.revise import Place, Signed, earlier
from monitor.jobs.revise import history as history_of
from monitor.web.access import Editor, write_act
from monitor.web.agreements import InRoom, Room
from monitor.web.pages import WRONG, page
from monitor.web.said import said_before, then_said
from monitor.web.sheets import title_of
from monitor.web.words import Pager, capital

router = APIRouter()
SIZE = 25
PageNumber = Annotated[int, Query(alias="page", ge=1, le=100_000)]


@router.get("/a/{agreement}/history")
def history(request: Request, visitor: Editor, room: InRoom, number: PageNumber = 1) -> Response:
    """Every revision of the agreement's files, the latest first."""
    found = numbered(room.workspace.store.revisions(room.agreement.id))[::-1]
    pager = Pager(len(found), number, SIZE, request.url.path)
    shown = found[pager.skip : pager.skip + SIZE]
    return page(
        request, "history.html.j2", agreement=room.agreement, room=room, found=shown, pager=pager, titles=title_of
    )


@router.get("/a/{agreement}/history/{file}")
def history_of_file(request: Request, visitor: Editor, room: InRoom, file: str) -> Response:
    """Every revision of a file with what it changed, the latest first; a section's may go by its id alone."""
    if file in room.agreement.sections:
        return RedirectResponse(f"{room.path}/history/{file_of(file)}", 303)
    return _file_page(request, room, file)


@router.post("/a/{agreement}/history/{file}")
def go_back(
    request: Request,
    visitor: Editor,
    room: InRoom,
    file: str,
    revision: Annotated[str, Form(max_length=10)] = "",
    reason: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Bring a revision of the file back into force, as a new one, with a reason."""
    number = int(revision) if revision.isdigit() else 0
    place = Place(room.agreement.id, file)
    try:
        signed = Signed(visitor.user.name, reason)
        if wants_second_person(room.workspace, room.agreement.id):
            content, seen = earlier(room.workspace.store, place, number)
            ask_for_file(room.workspace, place, content, seen, signed, visitor.origin)
            done = f"Asked for revision {number}. It is in force when another editor has confirmed it."
            return then_said(request, f"{room.path}/draft", done)
        restore_revision(room.workspace, place, number, signed)
    except (InputError, LibraryError, RevisionConflict) as error:
        wrong = [(f"reason-{number}", capital(error))]
        return _file_page(request, room, file, wrong)
    write_act(request, visitor, "revision restored", f"{room.agreement.id}/{file}: {number}")
    done = f"Revision {number} of {file} is in force again."
    return then_said(request, request.url.path, done)


def _file_page(request: Request, room: Room, file: str, faults: list[tuple[str, str]] | None = None) -> Response:
    found = history_of(room.workspace.store, Place(room.agreement.id, file))[::-1]
    section = section_of(file)
    return page(
        request,
        "history_file.html.j2",
        WRONG if faults else 200,
        agreement=room.agreement,
        title=title_of(room, file, found[0].revision.content),
        gone="" if section in room.agreement.sections else section,
        file=file,
        found=[(one, changes_by(room, one)) for one in found],
        faults=faults or [],
        done=said_before(request),
    )


def changes_by(room: Room, one: Numbered) -> tuple[Change, ...]:
    """What a revision changed, in sentences; none where a state of it cannot be read as values any more."""
    library = drafter(room.workspace).library
    try:
        was = library.values(one.before) if one.before else {}
        return changes(was, library.values(one.revision.content), one.revision.file)
    except InputError:
        return ()
