"""A second person, for programs: a draft is asked to be published, looked at, confirmed, refused or withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.app import (
    Answer,
    ask_for_draft,
    ask_for_file,
    asked_of,
    confirm,
    refuse_asked,
    wants_second_person,
    withdraw,
)
from monitor.core.asking import Asking
from monitor.errors import InputError, LibraryError
from monitor.jobs.ask import Asked
from monitor.jobs.revise import Place, Signed, earlier
from monitor.web.access import Editor, Visitor
from monitor.web.agreements import InRoom, Room
from monitor.web.described import api_router
from monitor.web.sheets import changes_of

router = api_router()


@dataclass(frozen=True, slots=True)
class AskedFileState:
    """A file that waits with the others of its asking: all are confirmed together."""

    file: str
    changes: list[str]


@dataclass(frozen=True, slots=True)
class AskingState:
    """What an editor asks to have published."""

    author: str
    seal: str
    """Say it with the answer: it is of exactly these files, as they are now."""
    reason: str
    at: datetime
    state: str
    """`waits`, `refused`, or `withdrawn`: its draft was changed since."""
    files: list[AskedFileState]
    refused_by: str
    refusal: str


@router.get("/agreements/{agreement}/askings")
def askings(visitor: Editor, room: InRoom) -> list[AskingState]:
    """What waits for a second person, and what was refused or withdrawn, by its author."""
    return [_state(room, one) for one in asked_of(room.workspace, room.agreement.id)]


@dataclass(frozen=True, slots=True)
class Asks:
    """Why it is to be published; with a file and a number, that revision of the file in place of the draft."""

    reason: str
    file: str = ""
    number: int = 0


@router.post("/agreements/{agreement}/askings")
def ask(visitor: Editor, room: InRoom, said: Asks) -> AskingState:
    """Ask for all of the draft, or for an earlier revision of a file; in force once another editor confirms it."""
    if not wants_second_person(room.workspace, room.agreement.id):
        raise InputError(f"{room.agreement.id} asks for no second person: publish the draft")
    signed = Signed(visitor.user.name, said.reason)
    try:
        if said.file:
            place = Place(room.agreement.id, said.file)
            content, seen = earlier(room.workspace.store, place, said.number)
            made = ask_for_file(room.workspace, place, content, seen, signed, visitor.origin)
        else:
            made = ask_for_draft(room.workspace, room.agreement.id, signed, visitor.origin)
    except LibraryError as error:
        raise InputError(str(error)) from error
    return _of(room, made)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Which asking is confirmed."""

    author: str
    seal: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A file that is in force now."""

    file: str
    revision: str
    author: str
    confirmed_by: str
    reason: str
    at: datetime


@router.post("/agreements/{agreement}/askings/confirm")
def confirm_asked(visitor: Editor, room: InRoom, said: Confirmation) -> list[Confirmed]:
    """Confirm what another editor asks for: all of its files are in force, or none."""
    try:
        made = confirm(room.workspace, _answer(room, visitor, said.author, said.seal))
    except LibraryError as error:
        raise InputError(str(error)) from error
    return [Confirmed(r.file, r.fingerprint, r.author, r.confirmed_by, r.reason, r.at) for r in made]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Which asking is refused, and why."""

    author: str
    seal: str
    reason: str


@router.post("/agreements/{agreement}/askings/refuse")
def refuse(visitor: Editor, room: InRoom, said: Refusal) -> AskingState:
    """Refuse what another editor asks for; its author reads why, and keeps the draft."""
    refused = refuse_asked(room.workspace, _answer(room, visitor, said.author, said.seal), said.reason)
    return _of(room, refused)


@router.delete("/agreements/{agreement}/askings")
def take_back(visitor: Editor, room: InRoom) -> list[str]:
    """Withdraw what the key's user asks for: the draft is dropped with it; the files that were in it."""
    return list(withdraw(room.workspace, room.agreement.id, visitor.user.name, visitor.origin))


def _answer(room: Room, visitor: Visitor, author: str, seal: str) -> Answer:
    return Answer(room.agreement.id, author, seal, visitor.user.name, visitor.origin)


def _of(room: Room, asking: Asking) -> AskingState:
    """The asking as it is now."""
    known = asked_of(room.workspace, room.agreement.id)
    return next(_state(room, one) for one in known if one.asking.author == asking.author)


def _state(room: Room, one: Asked) -> AskingState:
    asking = one.asking
    state = "waits" if one.stands else "refused" if asking.refused_by else "withdrawn"
    files = [
        AskedFileState(name, [c.sentence for c in changes_of(room, drafted)] if drafted else [])
        for name in (asked.file for asked in asking.files)
        for drafted in (one.draft.of(name),)
    ]
    shown = (asking.author, asking.seal, asking.reason, asking.at)
    return AskingState(*shown, state, files, asking.refused_by, asking.refusal)
