"""What an editor says at the desk, by its page or by the API: one word on one story."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from monitor.app import act_on, desk_of
from monitor.core.agreement import Digest
from monitor.core.curation import PAST, Act, Curation
from monitor.errors import FetchError, InputError
from monitor.jobs import desk as job
from monitor.jobs.desk import Request, Seen
from monitor.web.agreements import Room

BRINGS = (Act.MOVE, Act.ADD)
"""Acts that name a section."""


@dataclass(frozen=True, slots=True)
class Word:
    """What is said."""

    what: str
    """An act of `core.curation`, or `include`."""
    name: str
    """The article's id; of an undo the act's number; of an addition it may be an address."""
    reason: str
    section: str = ""
    text: str = ""
    seen: Seen | None = None
    """The desk that it was said at."""


def digest_of(room: Room, digest: str) -> Digest:
    """The digest of that id, the first when none is named.

    Raises:
        HTTPException: there is none (404).
    """
    found = next((d for d in room.agreement.digests if digest in ("", d.id)), None)
    if found is None:
        raise HTTPException(404)
    return found


def say(room: Room, digest: Digest, author: str, word: Word) -> list[Curation]:
    """The acts that it came to.

    Raises:
        InputError: it cannot be said, or the address of an addition gives no page.
        RevisionConflict: the story, or the desk, is not what was seen any more.
    """
    desk = desk_of(room.workspace, room.library, room.agreement, digest)
    if word.what == "undo":
        return [job.undo(desk, int(word.name) if word.name.isdecimal() else 0, author, word.reason)]
    if word.what == "include":
        return job.include(desk, word.name, author, word.reason, word.seen)
    if word.what not in PAST:
        raise InputError(f"{word.what} is nothing that can be done here")
    act = Act(word.what)
    section = word.section if act in BRINGS else ""
    request = Request(act, (word.name,), author, word.reason, section, word.text, seen=word.seen)
    try:
        return act_on(room.workspace, room.library, desk, request)
    except FetchError as error:
        raise InputError(str(error)) from error


def said(room: Room, acts: list[Curation]) -> str:
    """What was done, in a few words: `Excluded: “Ferry late” (act 3)`."""
    act = acts[-1]
    if act.act is Act.UNDO:
        return f"Act {act.undoes} counts no longer"
    article = room.workspace.store.texts(act.line)[-1]
    past = PAST[act.act]
    return f"{past[:1].upper()}{past[1:]}: “{article.headline or article.url}” (act {act.no})"
