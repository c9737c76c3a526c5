"""The same as the pages, for programs: JSON, described by OpenAPI, asked with a key of `monitor users key`.

A browser that is signed in may ask, too. Nothing here changes anything but for what is written down; what does has
files of its own beside this one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Annotated, Any

from fastapi import Path, Query, Request
from fastapi.openapi.utils import get_openapi

from monitor import __version__
from monitor.app import coverage_records, due_in, health_now
from monitor.core.access import Right
from monitor.core.json import Json
from monitor.errors import InputError, UnknownRecord
from monitor.jobs.find_articles import find_articles, is_address
from monitor.web.access import Administrator, Answerer, Reader, SignedIn, workspace_of, write_act
from monitor.web.agreements import InRoom, agreements_of
from monitor.web.asked import Asked, asked_editions, notes
from monitor.web.described import api_router
from monitor.web.pages import source_state
from monitor.web.telling import explanation_json, explanation_of

ABOUT = (
    "The same as the pages, for programs: JSON, asked with a key of `monitor users key`. A browser that is "
    "signed in may ask, too; what changes anything then needs the key of its forms in `X-Form-Key`."
)
PAGE = 100
LONGEST = 2000
YEARS = 9999
"""Before this one any moment can be put into UTC."""


router = api_router()
PageNumber = Annotated[int, Query(alias="page", ge=1, le=100_000)]
Name = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]+$", max_length=100)]


@dataclass(frozen=True, slots=True)
class Named:
    """A section or a digest of an agreement."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement that the key's user may read."""

    id: str
    name: str
    client: str
    sections: list[Named]
    digests: list[Named]


@router.get("/agreements")
def agreements(request: Request, visitor: SignedIn) -> list[AgreementLine]:
    """The agreements that may be read."""
    return [
        AgreementLine(
            one.id,
            one.name,
            one.client,
            [Named(profile.section, profile.title) for profile in one.profiles],
            [Named(digest.id, digest.title) for digest in one.digests],
        )
        for one in agreements_of(request)
        if visitor.user.may(Right.READ, one.id)
    ]


@dataclass(frozen=True, slots=True)
class DueLine:
    """An edition that is owed or to come, or a day that has none."""

    digest: str
    day: str
    goes_out: datetime | None
    owed: bool
    why: str


@router.get("/agreements/{agreement}/due")
def due(visitor: Reader, room: InRoom, days: Annotated[int, Query(ge=1, le=366)] = 14) -> list[DueLine]:
    """The editions that are owed, and those to come."""
    found = due_in(room.workspace, room.library, days)
    mine = (one for one in found if one.agreement == room.agreement.id)
    return [DueLine(one.digest, one.day.isoformat(), one.slot, one.owed, one.why) for one in mine]


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition of the archive."""

    edition: str
    digest: str
    since: datetime
    until: datetime
    made_at: datetime
    subject: str


@dataclass(frozen=True, slots=True)
class EditionLines:
    """A part of the archive."""

    total: int
    page: int
    editions: list[EditionLine]


@router.get("/agreements/{agreement}/editions")
def editions(
    visitor: Reader,
    room: InRoom,
    words: Annotated[str, Query(max_length=200)] = "",
    digest: str = "",
    since: str = "",
    until: str = "",
    page: PageNumber = 1,
) -> EditionLines:
    """The editions that were made, the newest first, 100 a page; by the words in them and their days."""
    asked = {"words": words, "digest": digest, "since": since, "until": until}
    question, faults = asked_editions(room, asked)
    _must_be_sound(faults)
    found = room.workspace.store.shelved(question, (page - 1) * PAGE, PAGE)
    lines = [EditionLine(o.id, o.digest, o.window.start, o.window.end, o.made_at, o.subject) for o in found]
    return EditionLines(room.workspace.store.count_shelved(question), page, lines)


@dataclass(frozen=True, slots=True)
class EditionAsSent:
    """An edition, to the letter."""

    edition: str
    digest: str
    since: datetime
    until: datetime
    made_at: datetime
    judged_with: str
    subject: str
    text: str
    html: str


@router.get("/agreements/{agreement}/editions/{digest}/{stamp}")
def edition(visitor: Reader, room: InRoom, digest: Name, stamp: Name) -> EditionAsSent:
    """One edition as it was sent."""
    found = room.workspace.store.edition(f"{room.agreement.id}/{digest}/{stamp}")
    mail, window = found.mail, found.window
    told = (found.id, found.digest, window.start, window.end, found.made_at, found.fingerprint)
    return EditionAsSent(*told, mail.subject, mail.text, mail.html)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """How a source is heard."""

    source: str
    outlet: str
    outlet_name: str
    last_heard: datetime | None
    last_new: datetime | None
    alarms: list[str]
    said: str


@router.get("/agreements/{agreement}/sources")
def sources(visitor: Reader, room: InRoom) -> list[SourceLine]:
    """How every source is heard now."""
    return [
        SourceLine(
            row.source.id,
            row.outlet.id,
            row.outlet.name,
            row.state.last_heard,
            row.state.last_new,
            [str(alarm.kind) for alarm in row.alarms],
            source_state(row),
        )
        for row in health_now(room.workspace, room.library)
    ]


@router.get("/agreements/{agreement}/why")
def why(
    request: Request,
    visitor: Reader,
    room: InRoom,
    article: Annotated[str, Query(min_length=1, max_length=LONGEST, description="Id, address or headline.")],
) -> dict[str, Any]:
    """Why an article is in or not: the whole chain; or the articles that may be meant, as `choices`."""
    said = article.strip()
    found = find_articles(said, room.workspace.store, room.workspace.clock)
    if found.article is None and not is_address(said):
        if not found.others:
            raise UnknownRecord("nothing that is stored has all of these words")
        choices: list[Json] = [{"article": a.id, "headline": a.headline, "outlet": a.outlet} for a in found.others]
        return {"choices": choices, "more": found.more}
    if found.article is None:
        write_act(request, visitor, "address looked up", said)
    return explanation_json(explanation_of(room, found, said), room)


@dataclass(frozen=True, slots=True)
class CoverageLines:
    """A part of an answer."""

    total: int
    page: int
    notes: list[str]
    """What is to be said beside it."""
    rows: list[dict[str, Any]]


@router.get("/agreements/{agreement}/coverage")
def coverage(
    request: Request, visitor: Answerer, room: InRoom, asked: Asked, page: PageNumber = 1
) -> CoverageLines:
    """The matched articles with their proof, 100 a page, in the columns of docs/for-foi.md."""
    _must_be_sound(asked.faults)
    total = room.workspace.store.coverage_counts(asked.question).rows
    skip = (page - 1) * PAGE
    rows = islice(room.workspace.store.coverage(asked.question), skip, skip + PAGE) if skip < total else ()
    records = list(coverage_records(room.workspace, asked.question, room.agreement, room.sources, rows))
    write_act(request, visitor, "coverage taken out", f"{room.agreement.id}, {len(records)} rows by the API")
    return CoverageLines(total, page, notes(room, asked), records)


@dataclass(frozen=True, slots=True)
class CountLine:
    """How many articles there are of something."""

    of: str
    articles: int


@dataclass(frozen=True, slots=True)
class Counts:
    """An answer in numbers."""

    articles: int
    rows: int
    sections: list[CountLine]
    outlets: list[CountLine]
    terms: list[CountLine]
    days: list[CountLine]
    notes: list[str]


@router.get("/agreements/{agreement}/coverage/counts")
def coverage_counts(visitor: Answerer, room: InRoom, asked: Asked) -> Counts:
    """How many there are, by section, outlet, term and day."""
    _must_be_sound(asked.faults)
    found = room.workspace.store.coverage_counts(asked.question)
    return Counts(
        found.articles,
        found.rows,
        sections=_lines(found.sections),
        outlets=_lines(found.outlets),
        terms=_lines(found.terms),
        days=_lines((day.isoformat(), number) for day, number in found.days),
        notes=notes(room, asked),
    )


def _lines(counts: Iterable[tuple[str, int]]) -> list[CountLine]:
    return [CountLine(name, number) for name, number in counts]


def _must_be_sound(faults: Iterable[tuple[str, str]]) -> None:
    """Nothing, when nothing is wrong with the question.

    Raises:
        InputError: with all that is.
    """
    if said := "; ".join(f"{field}: {what}" for field, what in faults):
        raise InputError(said)


@router.get("/users")
def users(request: Request, visitor: Administrator) -> list[dict[str, Any]]:
    """Everybody with an account, with their roles; for administrators."""
    return [user.to_json() for user in workspace_of(request).store.users()]


@router.get("/acts")
def acts(
    request: Request, visitor: Administrator, since: datetime, until: datetime, user: str | None = None
) -> list[dict[str, Any]]:
    """What was done in a stretch of time, the latest first, 1000 at most; for administrators."""
    sound = all(moment.tzinfo and 1 < moment.year < YEARS for moment in (since, until))
    _must_be_sound([] if sound else [("since, until", "write moments with their offset: 2026-11-26T07:00:00Z")])
    return [act.to_json() for act in workspace_of(request).store.acts(since, until, user)]


@router.get("/openapi.json", include_in_schema=False)
def description(request: Request) -> dict[str, Any]:
    """The API, described, with what the other files of it answer."""
    routes = request.app.state.api
    return get_openapi(title="Monitor", version=__version__, routes=routes, description=ABOUT)
