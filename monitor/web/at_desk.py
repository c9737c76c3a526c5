"""What an editor says at the desk, by its page or by the API: of one story, and of what is one story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from starlette.exceptions import HTTPException

from monitor.app import act_on, desk_of
from monitor.core.agreement import Digest
from monitor.core.article import Article
from monitor.core.curation import PAST, Act, Curation
from monitor.errors import FetchError, InputError
from monitor.jobs import curate
from monitor.jobs import desk as job
from monitor.jobs.curate import Shown
from monitor.jobs.desk import BRINGS, Request, Seen
from monitor.jobs.signing import must_be_signed
from monitor.web.agreements import Room
from monitor.web.words import capital


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
        raise InputError(
            f"the page {word.name} was not added: {error}. "
            "See whether it opens in your browser, and copy its address from there"
        ) from error


def said(room: Room, acts: list[Curation]) -> str:
    """What was done, in a few words: `Excluded: “Ferry late” (act 3)`."""
    act = acts[-1]
    if act.act is Act.UNDO:
        return f"Act {act.undoes} counts no longer"
    article = room.workspace.store.texts(act.line)[-1]
    return f"{capital(PAST[act.act])}: “{article.headline or article.url}” (act {act.no})"


def unsigned(reason: str) -> str:
    """What is wrong with a reason; '' when nothing is."""
    try:
        must_be_signed("somebody", reason)
    except InputError as error:
        return capital(error)
    return ""


# --------------------------------------------------------------- what is one story


@dataclass(frozen=True, slots=True)
class StoryWord:
    """What is said of articles being one story."""

    what: str
    """`join`, `split` or `undo`."""
    names: tuple[str, ...]
    """Ids or addresses of stored articles; a split and an undo are of the first."""
    reason: str
    looked: datetime | None = None
    """When the editor had the story before them."""
    at: datetime | None = None
    """Of an undo: the moment of what is undone."""


def decide(room: Room, author: str, word: StoryWord) -> Shown:
    """The story as it is then.

    Raises:
        InputError: it cannot be said.
        RevisionConflict: the story is not what was seen any more.
    """
    if any(moment and not moment.tzinfo for moment in (word.looked, word.at)):
        raise InputError("write moments with their offset: 2026-11-26T07:00:00Z")
    curator = room.workspace.curator()
    articles = [stored(room, name) for name in word.names if name]
    if not articles:
        raise InputError("name an article, by its id or its address")
    if word.what == "join" and len(articles) == 1:
        raise InputError("choose what to join it with, or give the address of an article of the other story")
    if word.what == "join":
        return curate.join(curator, articles, author, word.reason, word.looked)
    if word.what == "split":
        return curate.split(curator, articles[0], author, word.reason, word.looked)
    if word.what == "undo" and word.at:
        return curate.undo(curator, articles[0], word.at, author, word.reason)
    raise InputError(f"{word.what} is nothing that can be done here")


def stored(room: Room, name: str) -> Article:
    """The stored article of that id or address.

    Raises:
        InputError: there is none.
    """
    found = room.workspace.store.find_article(name)
    if found is None:
        raise InputError(f"no such article is stored: {name}: give its id, or its address")
    return found
