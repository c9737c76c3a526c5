"""Profiles, for programs: a section's values, drafted, tried, published with a reason, merged, taken back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any

from fastapi import Query, Request

from monitor.app import (
    drafter,
    explain_text,
    overtaken_files,
    publish_draft_of,
    restore_revision,
    yields_now,
)
from monitor.core.article import Article
from monitor.core.editing.merging import Side
from monitor.core.revision import Revision
from monitor.errors import InputError, LibraryError, RevisionConflict, UnknownRecord
from monitor.jobs.drafts import draft_of, drop, drop_file, take_in
from monitor.jobs.revise import Place, Signed
from monitor.jobs.revise import history as history_of
from monitor.web.access import Editor, write_act
from monitor.web.agreements import InRoom, Room
from monitor.web.described import api_router, must_be_sound
from monitor.web.sheets import InSheet
from monitor.web.states import DraftState, SectionState, draft_state, section_state
from monitor.web.telling import explanation_json

router = api_router()


@router.get("/agreements/{agreement}/profiles/{section}")
def section(visitor: Editor, sheet: InSheet) -> SectionState:
    """A section's values, and what each term brought."""
    return section_state(sheet)


@dataclass(frozen=True, slots=True)
class NewValues:
    """A section as it is to be drafted: all of its values."""

    version: str
    values: dict[str, Any]


@router.put("/agreements/{agreement}/profiles/{section}")
def draft_section(request: Request, visitor: Editor, sheet: InSheet, said: NewValues) -> SectionState:
    """Draft a section's values; nothing is stored where they have a fault, and all faults are told."""
    if said.version != sheet.file.fingerprint:
        raise RevisionConflict(f"{sheet.section} is not what you saw any more: ask for it, and change that")
    must_be_sound(sheet.change(said.values))
    write_act(request, visitor, "draft: values changed", f"{sheet.room.agreement.id}/{sheet.section}")
    return section_state(sheet.again())


@dataclass(frozen=True, slots=True)
class TextToTry:
    """An invented article."""

    headline: str = ""
    text: str = ""
    outlet: str = ""
    """Its id; without one, sources are not judged."""


@router.post("/agreements/{agreement}/profiles/{section}/try")
def try_text(visitor: Editor, sheet: InSheet, said: TextToTry) -> dict[str, Any]:
    """What each section of the draft says of a text; stores nothing."""
    room = sheet.as_drafted()
    if not (said.headline.strip() or said.text.strip()):
        raise InputError("there is nothing to try")
    now = sheet.room.workspace.clock()
    article = Article("", said.headline, body=said.text, outlet=said.outlet or None, first_seen=now)
    told = explain_text(room.library, room.agreement.id, article)
    return explanation_json(told, room, own_text=True)


# --------------------------------------------------------------- the draft


@router.get("/agreements/{agreement}/draft")
def draft(visitor: Editor, room: InRoom) -> DraftState:
    """What the key's user has drafted."""
    return draft_state(room, visitor)


@router.delete("/agreements/{agreement}/draft")
def drop_draft(
    request: Request,
    visitor: Editor,
    room: InRoom,
    file: Annotated[str, Query(max_length=200, description="One file; without it, all.")] = "",
) -> DraftState:
    """Drop a file of the draft, or all of it."""
    of = room.agreement.id, visitor.user.name
    gone = drop_file(drafter(room.workspace), *of, file) if file else drop(room.workspace.store, *of)
    write_act(request, visitor, "draft dropped", f"{room.agreement.id}: {', '.join(gone)}")
    return draft_state(room, visitor)


@dataclass(frozen=True, slots=True)
class Merging:
    """What is taken into the draft, and whose word counts where both changed the same."""

    file: str
    revision: str
    choices: dict[str, Side] = field(default_factory=dict)


@router.post("/agreements/{agreement}/draft/merge")
def merge(request: Request, visitor: Editor, room: InRoom, said: Merging) -> DraftState:
    """Take in what somebody else published meanwhile."""
    mine = draft_of(room.workspace.store, room.agreement.id, visitor.user.name).of(said.file)
    if mine is None:
        raise UnknownRecord(f"{said.file} is not in the draft")
    found = overtaken_files(room.workspace, [mine], said.choices)
    if found and found[0].theirs.fingerprint != said.revision:
        raise RevisionConflict("somebody published once more meanwhile: look at the draft again")
    if found:
        take_in(drafter(room.workspace), found[0])
        write_act(request, visitor, "draft merged", f"{room.agreement.id}: {said.file}")
    return draft_state(room, visitor)


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """A published state of a file."""

    file: str
    number: int
    revision: str
    author: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Why:
    """Why it is right."""

    reason: str


@router.post("/agreements/{agreement}/draft/publish")
def publish(request: Request, visitor: Editor, room: InRoom, said: Why) -> list[RevisionLine]:
    """Publish the draft, all of its files or none."""
    try:
        signed = Signed(visitor.user.name, said.reason)
        made = publish_draft_of(room.workspace, room.agreement.id, visitor.user.name, signed)
    except LibraryError as error:
        raise InputError(str(error)) from error
    write_act(request, visitor, "draft published", f"{room.agreement.id}: {', '.join(one.file for one in made)}")
    return [_line(room, one) for one in made]


# --------------------------------------------------------------- what terms brought


@dataclass(frozen=True, slots=True)
class YieldLine:
    """What a term brought in the last days."""

    section: str
    term: str
    kept: int
    excluded: int
    near_misses: int
    last_kept: datetime | None
    said: str
    """`dead`, `noisy`, `too broad` or nothing."""
    remedy: str


@router.get("/agreements/{agreement}/yield")
def yields(
    visitor: Editor, room: InRoom, days: Annotated[int, Query(ge=1, le=3660, description="How far back.")] = 30
) -> list[YieldLine]:
    """Every term of the agreement with what it brought, and what to do about the dead and the noisy."""
    report = yields_now(room.workspace, room.agreement, days)
    return [
        YieldLine(
            *(y.section, y.term, y.kept, y.excluded, y.near_misses, y.last_kept),
            said=str(report.said(y)),
            remedy=report.remedy(y),
        )
        for y in report.yields
    ]


# --------------------------------------------------------------- history


@router.get("/agreements/{agreement}/history/{file}")
def history(visitor: Editor, room: InRoom, file: str) -> list[RevisionLine]:
    """Every revision of a file, the oldest first."""
    return [
        RevisionLine(file, one.number, r.fingerprint, r.author, r.reason, r.at)
        for one in history_of(room.workspace.store, Place(room.agreement.id, file))
        for r in (one.revision,)
    ]


@dataclass(frozen=True, slots=True)
class GoBack:
    """Which revision is to be in force again, and why."""

    number: int
    reason: str


@router.post("/agreements/{agreement}/history/{file}")
def go_back(request: Request, visitor: Editor, room: InRoom, file: str, said: GoBack) -> RevisionLine:
    """Bring a revision of the file back into force, as a new one."""
    try:
        signed = Signed(visitor.user.name, said.reason)
        made = restore_revision(room.workspace, Place(room.agreement.id, file), said.number, signed)
    except LibraryError as error:
        raise InputError(str(error)) from error
    write_act(request, visitor, "revision restored", f"{room.agreement.id}/{file}: {said.number}")
    return _line(room, made)


def _line(room: Room, made: Revision) -> RevisionLine:
    past = history_of(room.workspace.store, Place(made.agreement, made.file))
    number = next(one.number for one in reversed(past) if one.revision == made)
    return RevisionLine(made.file, number, made.fingerprint, made.author, made.reason, made.at)
