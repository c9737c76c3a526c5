"""A draft seen before it is saved, for programs: what it gains and loses, and what other thresholds would let in.

What takes long is answered with how far it is (202): ask again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Query
from fastapi.responses import JSONResponse

from monitor.app import days_of
from monitor.core.replay.by_section import SectionSum, sums
from monitor.errors import InputError
from monitor.web.access import Editor
from monitor.web.background import Piece
from monitor.web.described import api_router
from monitor.web.previews import Look, Looked, Narrowed, known_of, said_of, waited
from monitor.web.proving import Prover

router = api_router()
PAGE = 100
NOT_YET = 202
PageNumber = Annotated[int, Query(alias="page", ge=1, le=100_000)]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is."""

    said: str
    done: int
    total: int | None


WAITS: dict[int | str, dict[str, Any]] = {
    NOT_YET: {"model": Progress, "description": "It takes longer; ask again"}
}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One difference between the draft and what is in force."""

    section: str
    what: str
    term: str


@dataclass(frozen=True, slots=True)
class SectionLine:
    """How many articles come to a section and go from it."""

    section: str
    gained: int
    lost: int
    taken: int
    given: int
    proof: int | None
    """Null: nobody looked (`proofs`)."""


@dataclass(frozen=True, slots=True)
class TermLine:
    """What one term brings, and what goes with it."""

    section: str
    term: str
    gained: int
    lost: int


@dataclass(frozen=True, slots=True)
class DayLine:
    """How many articles match on a day."""

    day: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class PreviewLines:
    """What a draft changes, and a part of the articles."""

    author: str
    """Whose draft; empty: what the files say."""
    since: datetime
    until: datetime
    at: datetime
    faults: list[str]
    changes: list[ChangeLine]
    sections: list[SectionLine]
    terms: list[TermLine]
    days: list[DayLine]
    articles: int
    could_change: int
    proofs: bool
    """Whether what only has another proof was looked for: where articles are few, or `fate` is `proof`."""
    purged: int
    total: int
    page: int
    rows: list[dict[str, Any]]


@router.get("/agreements/{agreement}/draft/preview", response_model=PreviewLines, responses=WAITS)
def preview(visitor: Editor, look: Looked, narrowed: Narrowed, page: PageNumber = 1) -> Any:
    """What a draft gains and loses over a stretch of days, 100 articles a page, each with its proof."""
    known = known_of(_of_sound(look), narrowed)
    found = known.found
    if found is None:
        return _not_yet(known.piece)
    report, new = found.report, found.draft.new
    by_section = sums(found.seen, new.agreement.order)
    chosen = narrowed.of(found.seen)
    listed = chosen[(page - 1) * PAGE : page * PAGE]
    proofs = Prover(look.room, found.draft.old, new).seen(listed)
    sections = [narrowed.section] if narrowed.section else []
    days = days_of(look.room.workspace, report, look.room.agreement.id, sections)
    return PreviewLines(
        look.author,
        report.window.start,
        report.window.end,
        found.at,
        [str(fault) for fault in (*found.draft.faults, *report.faults)],
        [ChangeLine(change.section, change.what, change.term) for change in report.changes],
        [_section_line(one, proofs=report.proofs) for one in by_section],
        [TermLine(one.section, one.term, one.gained, one.lost) for one in report.terms],
        [DayLine(one.day.isoformat(), one.before, one.after) for one in days],
        report.articles,
        report.could_change,
        report.proofs,
        report.purged,
        len(chosen),
        page,
        [{**one.to_json(), **proof.to_json()} for one, proof in zip(listed, proofs, strict=True)],
    )


def _section_line(one: SectionSum, *, proofs: bool) -> SectionLine:
    gained, lost, taken, given, proof = (number for _, number in one.fates)
    return SectionLine(one.section, gained, lost, taken, given, proof if proofs else None)


@dataclass(frozen=True, slots=True)
class StepLine:
    """One value of a threshold, the others as they are."""

    value: int
    articles: int
    would_come: int
    would_go: int


@dataclass(frozen=True, slots=True)
class SweepLines:
    """What other thresholds of a section would let in."""

    author: str
    since: datetime
    until: datetime
    at: datetime
    faults: list[str]
    section: str
    needed: dict[str, int]
    thresholds: dict[str, list[StepLine]]
    purged: int
    total: int
    page: int
    rows: list[dict[str, Any]]
    """Every article that is in by the other rules, with its points."""


@router.get("/agreements/{agreement}/draft/threshold", response_model=SweepLines, responses=WAITS)
def threshold(
    visitor: Editor, look: Looked, section: Annotated[str, Query(max_length=200)], page: PageNumber = 1
) -> Any:
    """What each value of a section's thresholds would let in, and its articles with their points, 100 a page."""
    piece = _of_sound(look).sweep(section)
    found = waited(piece)
    if found is None:
        return _not_yet(piece)
    swept = found.sweep
    listed = swept.articles[(page - 1) * PAGE : page * PAGE]
    proofs = Prover(look.room, found.draft.old, found.draft.new).swept(listed, section)
    return SweepLines(
        look.author,
        look.window.start,
        look.window.end,
        found.at,
        [str(fault) for fault in (*found.draft.faults, *swept.faults)],
        section,
        {str(name): swept.needed.of(name) for name in swept.thresholds},
        {
            str(name): [StepLine(one.value, one.count, one.more, one.fewer) for one in swept.steps(name)]
            for name in swept.thresholds
        },
        swept.purged,
        len(swept.articles),
        page,
        [{**one.to_json(swept.thresholds), **proof.to_json()} for one, proof in zip(listed, proofs, strict=True)],
    )


def _of_sound(look: Look) -> Look:
    """The look, when nothing is wrong with its days.

    Raises:
        InputError: with all that is.
    """
    if look.faults:
        raise InputError("; ".join(f"{field}: {said}" for field, said in look.faults))
    return look


def _not_yet(piece: Piece[Any]) -> JSONResponse:
    watch = piece.watch
    return JSONResponse({"said": said_of(piece), "done": watch.done, "total": watch.total}, NOT_YET)
