"""See it before you save it: what an editor's draft gains and loses in a stretch of days, each with its proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from monitor.app import Preview, days_of
from monitor.core.coverage import spread
from monitor.core.dates import london_day
from monitor.core.edition import Window
from monitor.core.explanation.words import listed
from monitor.core.replay.by_section import Fate, come_and_gone, sums
from monitor.core.replay.outcome import Kind
from monitor.core.replay.sweep import thresholds_of
from monitor.web.access import Editor
from monitor.web.chart import Chart, label, pair_chart
from monitor.web.pages import count, page
from monitor.web.previews import STRETCHES, Look, Looked, Narrowed, known_of, said_of, waiting_page
from monitor.web.proving import FATES, Prover
from monitor.web.words import Pager

router = APIRouter()
PAGE = 50
Said = Annotated[str, Query(max_length=200)]


@router.get("/a/{agreement}/draft/preview")
def preview(
    request: Request,
    visitor: Editor,
    look: Looked,
    asked: Narrowed,
    at: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """What the draft changes; how far it is, while it is worked out; what is wrong with the days."""
    shared: dict[str, Any] = {"agreement": look.room.agreement, "look": look, "stretches": STRETCHES}
    if look.faults:
        return page(request, "preview.html.j2", 422, found=None, **shared)
    known = known_of(look, asked)
    found = known.found
    if found is None:
        return waiting_page(request, look, known.piece, "What the draft changes", known.what)
    chosen = asked.of(found.seen)
    typed = (*look.typed, *((name, value) for name, value in asked.typed if value))
    pager = Pager(len(chosen), at, PAGE, look.path, typed)
    prover = Prover(look.room, found.draft.old, found.draft.new)
    return page(
        request,
        "preview.html.j2",
        found=found,
        prover=prover,
        asked=asked,
        choices=choices(found, prover),
        lead=lead(found),
        fates=[FATES[fate] for fate in fates_known(found)],
        sums=[
            (prover.title(one.section), *(one.of(fate) for fate in fates_known(found)))
            for one in sums(found.seen, found.draft.new.agreement.order)
        ],
        by_time=by_time(look, found, asked.section),
        swept=[p for p in found.draft.new.agreement.profiles if thresholds_of(p)],
        proofs=prover.seen(chosen[pager.skip : pager.skip + PAGE]),
        pager=pager,
        **shared,
    )


@router.get("/a/{agreement}/draft/preview/progress")
def progress(visitor: Editor, look: Looked, what: Said = "preview") -> Response:
    """How far it is, for a script: `{"done", "said"}`."""
    piece = look.known(what)
    if piece is None:
        raise HTTPException(404)
    return JSONResponse({"done": piece.future.done(), "said": said_of(piece)})


def fates_known(found: Preview) -> list[Fate]:
    """What can be told to become of articles: not yet, where many are concerned, that they have another proof."""
    return [fate for fate in Fate if found.report.proofs or fate is not Fate.PROOF]


def lead(found: Preview) -> str:
    """What the draft changes, in a sentence."""
    kinds = Counter(difference.kind for difference in found.report.differences)
    told = [
        f"{count(kinds[kind], 'article')} {verb if kinds[kind] == 1 else many}"
        for kind, verb, many in (
            (Kind.GAINED, "comes", "come"),
            (Kind.LOST, "goes", "go"),
            (Kind.MOVED, "changes its sections", "change their sections"),
        )
        if kinds[kind]
    ]
    return f"{listed(told)}." if told else "No article of these days comes, goes or changes its section."


# --------------------------------------------------------------- what is listed


@dataclass(frozen=True, slots=True)
class Choices:
    """What the list can be narrowed to: value and label."""

    sections: Sequence[tuple[str, str]]
    fates: Sequence[tuple[str, str]]
    terms: Sequence[tuple[str, str]]


def choices(found: Preview, prover: Prover) -> Choices:
    """The sections and terms by which anything changed, and what can become of an article."""
    sections = [(s.section, prover.title(s.section)) for s in sums(found.seen, found.draft.new.agreement.order)]
    terms = sorted({term for one in found.seen for term in one.terms}, key=str.casefold)
    fates = [("", "Whatever moves"), *((str(fate), said) for fate, said in FATES.items())]
    return Choices([("", "All sections"), *sections], fates, [("", "All terms"), *((t, t) for t in terms)])


# --------------------------------------------------------------- by time


@dataclass(frozen=True, slots=True)
class ByTime:
    """How many articles match by day, week or month, drawn and in numbers."""

    unit: str
    rows: Sequence[tuple[str, int, int, int, int]]
    """Label, before, after, gained, lost."""
    chart: Chart | None


def by_time(look: Look, found: Preview, section: str) -> ByTime:
    """The days of the window, or the weeks or months where there are many, in one section or in all."""
    asked = [section] if section else []
    days = days_of(look.room.workspace, found.report, look.room.agreement.id, asked)
    moved = come_and_gone(one for one in found.seen if section in ("", one.section))
    numbers: tuple[dict[date, int], ...] = (
        {one.day: one.before for one in days},
        {one.day: one.after for one in days},
        {day: came for day, (came, _) in moved.items()},
        {day: went for day, (_, went) in moved.items()},
    )
    columns = [_spread(found.report.window, counts) for counts in numbers]
    unit, when = columns[0][0], [day for day, _ in columns[0][1]]
    before, after, came, went = ([number for _, number in counts] for _, counts in columns)
    rows = list(zip([label(unit, day) for day in when], before, after, came, went, strict=True))
    return ByTime(unit, rows, pair_chart(unit, list(zip(when, before, after, strict=True))))


def _spread(window: Window, counts: dict[date, int]) -> tuple[str, tuple[tuple[date, int], ...]]:
    """The counts over the whole window: so that all columns have the same rows."""
    ends = (london_day(window.start), london_day(window.end - window.end.resolution))
    return spread(sorted({**dict.fromkeys(ends, 0), **counts}.items()))
