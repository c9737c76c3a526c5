"""Coverage for answerers: the matched articles of a period, counted, each with its proof, to take out."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Annotated, Any, BinaryIO
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from monitor.adapters.exports import write_csv, write_xlsx
from monitor.app import coverage_records
from monitor.core.access import Right
from monitor.core.coverage import CoverageQuestion, CoverageRow, spread
from monitor.core.edition import alert_of, closed_of
from monitor.core.json import Json
from monitor.errors import InputError
from monitor.web.access import Answerer, Visitor, write_act
from monitor.web.agreements import InRoom, Room
from monitor.web.asked import Asked, AskedCoverage, notes
from monitor.web.chart import chart, label
from monitor.web.pages import page, tail
from monitor.web.words import Pager

router = APIRouter()
PAGE = 50
CHUNK, IN_MEMORY = 65_536, 4_000_000
"""Bytes: of a piece that is sent, and of a file that is not put on the disk."""
MOST_NAMED = 15
"""Terms and outlets in the tables of counts; the others are counted together."""
Records = Iterator[dict[str, Json]]


@router.get("/a/{agreement}/coverage")
def coverage(
    request: Request,
    visitor: Answerer,
    room: InRoom,
    asked: Asked,
    at: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """The form, the counts and the articles, page by page."""
    shared: dict[str, Any] = {"agreement": room.agreement, "room": room, "asked": asked, "faults": asked.faults}
    shared["may_see_near"] = visitor.user.may(Right.EDIT, room.agreement.id)
    if asked.faults:
        return page(request, "coverage.html.j2", 422, counts=None, **shared)
    counts = room.workspace.store.coverage_counts(asked.question)
    pager = Pager(counts.rows, at, PAGE, f"{room.path}/coverage", asked.typed)
    rows = list(islice(room.workspace.store.coverage(asked.question), pager.skip, pager.skip + PAGE))
    records = coverage_records(room.workspace, asked.question, room.agreement, room.sources, rows)
    unit, spread_out = spread(counts.days)
    shown: dict[str, Any] = {
        "counts": counts,
        "pager": pager,
        "found": [(record, _shown_in(room, row)) for record, row in zip(records, rows, strict=True)],
        "chart": chart(unit, spread_out),
        "by_time": [(label(unit, day), number) for day, number in spread_out],
        "unit": unit,
        "sections": [(room.title(section), number) for section, number in counts.sections],
        "outlets": _named([(room.outlet(outlet), number) for outlet, number in counts.outlets]),
        "terms": _named(list(counts.terms)),
        "notes": notes(room, asked),
        "query": urlencode(asked.typed),
    }
    return page(request, "coverage.html.j2", 404 if pager.beyond else 200, **shown, **shared)


@dataclass(frozen=True, slots=True)
class Shown:
    """An edition that showed an article, as a person reads it."""

    digest: str
    """The title of the digest, or its id when it is gone."""
    closed: datetime
    at: str
    """The address of its page."""
    under: str
    """The title of the section it stood under."""


def _shown_in(room: Room, row: CoverageRow) -> list[Shown]:
    digests = room.agreement.digests
    titles = {d.id: d.title for d in digests} | {alert_of(d.id): f"alert of the {d.title}" for d in digests}
    found = []
    for showing in row.editions:
        digest, closed = closed_of(showing.edition)
        at = f"{room.path}/editions/{tail(showing.edition)}"
        found.append(Shown(titles.get(digest, digest), closed, at, room.title(showing.section)))
    return found


def _named(counts: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The most frequent, and how many times any of the others was counted."""
    rest = counts[MOST_NAMED:]
    return [
        *counts[:MOST_NAMED],
        *([(f"{len(rest)} others, each counted", sum(n for _, n in rest))] if rest else []),
    ]


# --------------------------------------------------------------- taken out


@router.get("/a/{agreement}/coverage.csv")
def as_csv(request: Request, visitor: Answerer, room: InRoom, asked: Asked) -> Response:
    """The answer as CSV, formulas made text."""

    def write(records: Records, file: BinaryIO) -> int:
        text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
        number = write_csv(records, text)
        text.detach()
        return number

    return _taken_out(request, visitor, room, asked, Form("csv", "text/csv; charset=utf-8", write))


@router.get("/a/{agreement}/coverage.xlsx")
def as_xlsx(request: Request, visitor: Answerer, room: InRoom, asked: Asked) -> Response:
    """The answer as a spreadsheet, nothing in it a formula or a link."""

    def write(records: Records, file: BinaryIO) -> int:
        return write_xlsx(records, file, f"Coverage of {room.agreement.name}", about(room, asked))

    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _taken_out(request, visitor, room, asked, Form("xlsx", kind, write))


@router.get("/a/{agreement}/coverage.json")
def as_json(request: Request, visitor: Answerer, room: InRoom, asked: Asked) -> Response:
    """The answer as one JSON document: what was asked, what is to be said beside it, the rows."""

    def write(records: Records, file: BinaryIO) -> int:
        head = json.dumps(
            {"asked": dict(_question(asked.question)), "notes": notes(room, asked)}, ensure_ascii=False
        )
        file.write(f'{head[:-1]}, "rows": ['.encode())
        number = 0
        for number, record in enumerate(records, 1):
            file.write(((",\n" if number > 1 else "\n") + json.dumps(record, ensure_ascii=False)).encode())
        file.write(b"\n]}\n")
        return number

    return _taken_out(request, visitor, room, asked, Form("json", "application/json", write))


@dataclass(frozen=True, slots=True)
class Form:
    """A form that an answer is taken out in."""

    ending: str
    kind: str
    write: Callable[[Records, BinaryIO], int]


def _taken_out(request: Request, visitor: Visitor, room: Room, asked: AskedCoverage, form: Form) -> Response:
    if asked.faults:
        raise InputError("; ".join(f"{field}: {said}" for field, said in asked.faults))
    records = coverage_records(room.workspace, asked.question, room.agreement, room.sources)
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed when it is sent)
    try:
        number = form.write(records, file)  # type: ignore[arg-type]
    except BaseException:
        file.close()
        raise
    what = f"{room.agreement.id}, {number} rows as {form.ending}: {urlencode(asked.typed)}"
    write_act(request, visitor, "coverage taken out", what)
    file.seek(0)
    name = f"coverage-{room.agreement.id}-{room.workspace.clock():%Y%m%d}.{form.ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(_pieces(file), media_type=form.kind, headers=headers)  # type: ignore[arg-type]


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(CHUNK):
            yield piece


def about(room: Room, asked: AskedCoverage) -> list[str]:
    """What was asked, when, and what is to be said beside the answer, in lines."""
    said = [f"{name}: {value}" for name, value in _question(asked.question)]
    return [f"taken out: {room.workspace.clock():%Y-%m-%d %H:%M} UTC", *said, *notes(room, asked)]


def _question(question: CoverageQuestion) -> Iterator[tuple[str, str]]:
    """What was asked, in the words of the columns; days are London's."""
    yield "agreement", question.agreement
    if question.since:
        yield "first seen from", question.since.isoformat()
    if question.until:
        yield "first seen before", question.until.isoformat()
    named = {"sections": question.sections, "outlets": question.outlets, "terms": question.terms}
    for name, values in named.items():
        if values:
            yield name, ", ".join(values)
    if question.text:
        yield "words", question.text
    yield "near misses", "also" if question.near_misses else "no"
