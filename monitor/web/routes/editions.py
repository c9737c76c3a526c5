"""The archive: every edition that was made, found by the words in it, each as it was sent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse

from monitor.core.edition import Edition
from monitor.core.replay.words import words_in
from monitor.errors import UnknownRecord
from monitor.jobs.ports import Shelved
from monitor.web.access import Reader
from monitor.web.agreements import InRoom, Room
from monitor.web.asked import asked_editions
from monitor.web.pages import page
from monitor.web.words import Pager

router = APIRouter()
PAGE = 20
MOST_SHOWN = 6
"""Headlines of an edition that are shown under a search; the others are counted."""
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""Of a mail shown in its frame: its own styles, no script, nothing loaded, no form."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A story of an edition in which the words that were asked for stand."""

    headline: str
    outlet: str
    section: str


@dataclass(frozen=True, slots=True)
class Line:
    """An edition in the list, with what was found in it."""

    edition: Shelved
    hits: tuple[Hit, ...]
    more: int


@router.get("/a/{agreement}/editions")
def archive(
    request: Request,
    visitor: Reader,
    room: InRoom,
    words: Annotated[str, Query(max_length=200)] = "",
    digest: str = "",
    since: str = "",
    until: str = "",
    at: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """The editions, the newest first."""
    asked = {"words": words, "digest": digest, "since": since, "until": until}
    question, faults = asked_editions(room, asked)
    total = room.workspace.store.count_shelved(question) if not faults else 0
    said = tuple((key, value) for key, value in asked.items() if value)
    pager = Pager(total, at, PAGE, f"{room.path}/editions", said)
    found = room.workspace.store.shelved(question, pager.skip, PAGE) if not faults else []
    lines = [_line(room, one, words) for one in found]
    status = 422 if faults else 200
    return page(
        request,
        "editions.html.j2",
        status,
        agreement=room.agreement,
        lines=lines,
        pager=pager,
        asked=asked,
        faults=faults,
    )


@router.get("/a/{agreement}/editions/{digest}/{stamp}")
def edition(request: Request, visitor: Reader, room: InRoom, digest: str, stamp: str) -> Response:
    """One edition: what it was, whom it reached, and the mail itself."""
    found = edition_of(room, digest, stamp)
    deliveries = room.workspace.store.deliveries(found.id)
    states = {state: sum(d.state == state for d in deliveries) for state in sorted({d.state for d in deliveries})}
    return page(request, "edition.html.j2", agreement=room.agreement, edition=found, states=states)


@router.get("/a/{agreement}/editions/{digest}/{stamp}/mail")
def mail(request: Request, visitor: Reader, room: InRoom, digest: str, stamp: str) -> Response:
    """The mail's page as it was sent, byte for byte but for its pictures, which are in it here."""
    html = edition_of(room, digest, stamp).mail.page
    return HTMLResponse(html, headers={"Content-Security-Policy": MAIL_POLICY})


@router.get("/a/{agreement}/editions/{digest}/{stamp}/text")
def text(request: Request, visitor: Reader, room: InRoom, digest: str, stamp: str) -> Response:
    """The mail's text as it was sent."""
    return PlainTextResponse(edition_of(room, digest, stamp).mail.text)


def edition_of(room: Room, digest: str, stamp: str) -> Edition:
    """The edition in the address.

    Raises:
        UnknownRecord: there is none in this agreement.
    """
    found = room.workspace.store.edition(f"{room.agreement.id}/{digest}/{stamp}")
    if found.agreement != room.agreement.id:
        raise UnknownRecord(f"no edition {found.id}")
    return found


def _line(room: Room, shelved: Shelved, words: str) -> Line:
    if not words.strip():
        return Line(shelved, (), 0)
    hits = list(_hits(room.workspace.store.edition(shelved.id), words))
    return Line(shelved, tuple(hits[:MOST_SHOWN]), max(0, len(hits) - MOST_SHOWN))


def _hits(edition: Edition, words: str) -> Iterator[Hit]:
    """Its stories with any of the words in headline, outlet or extract."""
    asked = words_in(words)
    for part in json.loads(edition.content).get("sections", []):
        for item in part["items"]:
            if asked & words_in(_shown(item)):
                yield Hit(item["headline"], item["outlet"], part["title"])


def _shown(item: Mapping[str, Any]) -> str:
    extract = "".join(piece["text"] for piece in item.get("extract", ()))
    return " ".join((item["headline"], item["outlet"], extract))
