"""An editor's draft: what it changes, what somebody else published meanwhile, and publishing it with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from monitor.app import (
    Answer,
    advice_on_draft,
    ask_for_draft,
    asked_of,
    changed_on_disk,
    confirm,
    drafter,
    overtaken_files,
    publish_draft_of,
    publish_from_disk,
    refuse_asked,
    wants_second_person,
)
from monitor.core.draft import Draft, DraftFile
from monitor.core.editing.changes import LISTS
from monitor.core.editing.merging import GONE, Clash, Side
from monitor.core.editing.saying import Change, label, plain
from monitor.core.editing.sections import section_of
from monitor.errors import InputError, LibraryError, RevisionConflict, UnknownRecord
from monitor.jobs.drafts import Overtaken, draft_of, drop, drop_file, put_back_in_draft, take_in
from monitor.jobs.revise import Signed
from monitor.jobs.vetting import faults_of
from monitor.web.access import Editor, Visitor, write_act
from monitor.web.agreements import InRoom, Room
from monitor.web.forms import InForm
from monitor.web.pages import CONFLICT, WRONG, page, status_of
from monitor.web.said import said_before, then_said
from monitor.web.sheets import changes_of, others, path_of, seal, title_of, waiting_for
from monitor.web.words import capital

router = APIRouter()
Reason = Annotated[str, Form(max_length=1000)]
File = Annotated[str, Form(max_length=200)]
Name = Annotated[str, Form(max_length=200)]
Seal = Annotated[str, Form(max_length=64)]
SECTIONS, ID = "sections", ("section",)
"""Ways to the list of sections, and to the short name of one, which is told by its heading."""


@router.get("/a/{agreement}/draft")
def draft(request: Request, visitor: Editor, room: InRoom, of: str = "", reason: str = "") -> Response:
    """What a draft changes: the visitor's own, or that of another editor, to look at."""
    # A reason that was typed before somebody's publication was taken in; no other link types for anybody.
    return _draft_page(request, visitor, room, of=of, reason=reason if said_before(request) else "")


@router.post("/a/{agreement}/draft/publish")
def publish(request: Request, visitor: Editor, room: InRoom, reason: Reason = "") -> Response:
    """Publish the visitor's draft with a reason, or ask a second person; who was overtaken is shown by what."""
    try:
        signed = Signed(visitor.user.name, reason)
        if wants_second_person(room.workspace, room.agreement.id):
            ask_for_draft(room.workspace, room.agreement.id, signed, visitor.origin)
            return _to(
                request, room, "/draft", "Asked for publication: in force when another editor has confirmed it."
            )
        made = publish_draft_of(room.workspace, room.agreement.id, visitor.user.name, signed)
    except (InputError, LibraryError, RevisionConflict) as error:
        return _draft_page(request, visitor, room, status_of(error), [("reason", _reason(error))], reason=reason)
    names = ", ".join(one.file for one in made)
    write_act(request, visitor, "draft published", f"{room.agreement.id}: {names}")
    return _to(request, room, "/profiles", f"Published: {names}. What comes in from now on is judged by it.")


@router.post("/a/{agreement}/draft/confirm")
def confirm_asked(request: Request, visitor: Editor, room: InRoom, author: Name = "", seal: Seal = "") -> Response:
    """Confirm what another editor asked to have published: exactly what was looked at."""
    answer = Answer(room.agreement.id, author, seal, visitor.user.name, visitor.origin)
    try:
        made = confirm(room.workspace, answer)
    except (InputError, LibraryError, RevisionConflict) as error:
        return _draft_page(request, visitor, room, status_of(error), [("main", _reason(error))], of=author)
    names = ", ".join(one.file for one in made)
    return _to(
        request, room, "/profiles", f"Published: {names}, as {author} asked. What comes in is judged by it."
    )


@router.post("/a/{agreement}/draft/refuse")
def refuse(
    request: Request, visitor: Editor, room: InRoom, author: Name = "", seal: Seal = "", refusal: Reason = ""
) -> Response:
    """Refuse what another editor asked to have published, with a reason."""
    answer = Answer(room.agreement.id, author, seal, visitor.user.name, visitor.origin)
    try:
        refuse_asked(room.workspace, answer, refusal)
    except (InputError, RevisionConflict) as error:
        wrong = [("refusal", _reason(error))]
        return _draft_page(request, visitor, room, status_of(error), wrong, of=author, reason=refusal)
    return _to(request, room, "/profiles", f"Refused. {author} reads why, and what is in force has not changed.")


@router.post("/a/{agreement}/draft/drop")
def give_up(request: Request, visitor: Editor, room: InRoom, file: File = "") -> Response:
    """Drop a file of the visitor's draft, or all of it."""
    of = room.agreement.id, visitor.user.name
    try:
        gone = drop_file(drafter(room.workspace), *of, file) if file else drop(room.workspace.store, *of)
    except InputError as error:
        return _draft_page(request, visitor, room, WRONG, [("main", capital(error))])
    write_act(request, visitor, "draft dropped", f"{room.agreement.id}: {', '.join(gone)}")
    return _to(
        request,
        room,
        "/profiles",
        f"Dropped from your draft: {', '.join(gone)}. What is in force has not changed.",
    )


@router.post("/a/{agreement}/draft/put-back")
def put_one_back(request: Request, visitor: Editor, room: InRoom, form: InForm) -> Response:
    """Put one change of the visitor's draft back; the others stay."""
    mine = draft_of(room.workspace.store, room.agreement.id, visitor.user.name).of(form.text("file"))
    told = (
        next((one for one in changes_of(room, mine) if seal(one.way) == form.text("way")), None) if mine else None
    )
    if mine is None or told is None:
        return _draft_page(request, visitor, room, CONFLICT, [("main", "That is not in your draft any more")])
    try:
        wrong = put_back_in_draft(drafter(room.workspace), mine, told.way).faults
    except (InputError, RevisionConflict) as error:
        return _draft_page(request, visitor, room, status_of(error), [("main", capital(error))])
    if wrong:
        said = [f"“{told.what}” cannot be put back by itself. {capital(one.what)}" for one in wrong]
        return _draft_page(request, visitor, room, WRONG, [("main", one) for one in said])
    write_act(request, visitor, "draft: change put back", f"{room.agreement.id}/{mine.file}: {told.what}")
    return _to(request, room, "/draft", f"Put back: {told.what}. It is as it is in force.")


@router.post("/a/{agreement}/draft/merge")
def merge(request: Request, visitor: Editor, room: InRoom, form: InForm) -> Response:
    """Take in what somebody else published meanwhile; where both changed the same, by the visitor's choice."""
    mine = draft_of(room.workspace.store, room.agreement.id, visitor.user.name).of(form.text("file"))
    if mine is None:
        raise UnknownRecord("that is not in your draft any more")
    choices = _choices(form.fields)
    merged = overtaken_files(room.workspace, [mine], choices)
    if not merged:
        return _to(request, room, "/draft", f"{mine.file}: your draft is made from what is in force already.")
    if form.text("theirs") != merged[0].theirs.fingerprint:
        wrong = [("merge", "Somebody published once more meanwhile: look at it, and choose again")]
        return _draft_page(request, visitor, room, CONFLICT, wrong, choices=choices, reason=form.text("reason"))
    try:
        take_in(drafter(room.workspace), merged[0])
    except (InputError, RevisionConflict) as error:
        return _draft_page(
            request, visitor, room, WRONG, [("merge", capital(error))], choices=choices, reason=form.text("reason")
        )
    write_act(request, visitor, "draft merged", f"{room.agreement.id}: {mine.file}")
    done = f"{mine.file}: your draft now goes on from what {merged[0].theirs.author} published."
    return _to(request, room, "/draft", done, **({"reason": form.text("reason")} if form.text("reason") else {}))


@router.post("/a/{agreement}/draft/from-disk")
def from_disk(request: Request, visitor: Editor, room: InRoom, file: File = "", reason: Reason = "") -> Response:
    """Publish what somebody wrote into a file on the machine, so that the draft can go on from it."""
    mine = draft_of(room.workspace.store, room.agreement.id, visitor.user.name)
    place = next((p for p in changed_on_disk(room.workspace, mine.files) if p.file == file), None)
    if place is None:
        raise UnknownRecord("that file was not changed on disk, or was published meanwhile")
    try:
        publish_from_disk(room.workspace, place, Signed(visitor.user.name, reason))
    except (InputError, LibraryError, RevisionConflict) as error:
        return _draft_page(request, visitor, room, WRONG, [("disk-reason", _reason(error))])
    write_act(request, visitor, "file published", str(place))
    return _to(request, room, "/draft", f"{file}: what stood on disk is published; take it into your draft.")


# --------------------------------------------------------------- the page


def _draft_page(
    request: Request,
    visitor: Visitor,
    room: Room,
    status: int = 200,
    faults: list[tuple[str, str]] | None = None,
    *,
    of: str = "",
    reason: str = "",
    choices: Mapping[str, Side] | None = None,
) -> Response:
    author = of or visitor.user.name
    found = draft_of(room.workspace.store, room.agreement.id, author)
    meanwhile = overtaken_files(room.workspace, found.files, {})
    titles = {**room.titles, **{section_of(f.file): title_of(room, f.file, f.content) for f in found.files}}
    asked = asked_of(room.workspace, room.agreement.id)
    # With somebody's publication to take in first there is no reason to be typed.
    told = [("merge" if meanwhile and at == "reason" else at, what) for at, what in faults or ()]
    return page(
        request,
        "draft.html.j2",
        status,
        agreement=room.agreement,
        draft=found,
        own=author == visitor.user.name,
        files=[_told(room, found, one, titles) for one in found.files],
        overtaken=[_overtaken(room, one) for one in meanwhile],
        on_disk=changed_on_disk(room.workspace, found.files),
        others=others(room, author),
        second_person=wants_second_person(room.workspace, room.agreement.id),
        asked=next((one for one in asked if one.asking.author == author), None),
        waiting=waiting_for(asked, visitor),
        advice=advice_on_draft(room.workspace, found),
        titles=titles,
        reason=reason,
        chosen=choices or {},
        done=said_before(request),
        faults=told,
    )


def _told(room: Room, draft: Draft, one: DraftFile, titles: Mapping[str, str]) -> dict[str, Any]:
    tools = drafter(room.workspace)
    wrong = faults_of(tools.library, tools.records, (one.agreement, one.file), one.content, draft.texts)
    told = [(_by_title(change, titles), seal(change.way)) for change in changes_of(room, one) if change.way != ID]
    return {
        "file": one,
        "title": title_of(room, one.file, one.content),
        "path": path_of(room, one.file),
        "changes": told,
        "faults": wrong,
    }


def _by_title(change: Change, titles: Mapping[str, str]) -> Change:
    """A section that comes or goes by its heading."""
    key, *name = change.way
    title = titles.get(name[0]) if key == SECTIONS and name else None
    return replace(change, what=f"Section “{title}”") if title else change


def _overtaken(room: Room, one: Overtaken) -> dict[str, Any]:
    clashes = [_clash(clash) for clash in one.merged.clashes]
    return {"one": one, "clashes": clashes, "title": title_of(room, one.mine.file, one.mine.content)}


def _clash(clash: Clash) -> dict[str, str]:
    first, *rest = clash.way
    about = ": ".join([LISTS.get(first, label(first)), *(label(step) for step in rest)])
    states = {"mine": clash.mine, "theirs": clash.theirs, "base": clash.base}
    told = {name: "not there" if value is GONE else plain(value) or "nothing" for name, value in states.items()}
    return {"name": clash.name, "about": capital(about), **told}


def _choices(fields: Mapping[str, tuple[str, ...]]) -> dict[str, Side]:
    """What was chosen: `choice:terms / B / case` is `mine` or `theirs`."""
    said = {
        name.removeprefix("choice:"): values[0] for name, values in fields.items() if name.startswith("choice:")
    }
    return {name: Side(value) for name, value in said.items() if value in list(Side)}


def _to(request: Request, room: Room, below: str, done: str, **more: str) -> Response:
    return then_said(request, f"{room.path}{below}", done, **more)


def _reason(error: InputError | LibraryError | RevisionConflict) -> str:
    """What the job says, with what a page calls its fields."""
    return capital(error)
