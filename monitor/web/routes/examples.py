"""A section's examples, each with whether it comes out as it says; the journalists that it follows."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from monitor.core.json import Json
from monitor.errors import InputError
from monitor.jobs.try_examples import try_examples
from monitor.web import example_form
from monitor.web.access import Editor, write_act
from monitor.web.forms import MEANWHILE, InForm, at_first
from monitor.web.pages import WRONG
from monitor.web.said import then_said
from monitor.web.sheets import InSheet, SectionSheet, seal, sheet_page
from monitor.web.words import capital

router = APIRouter()
Faults = list[tuple[str, str]]


@router.get("/a/{agreement}/profiles/{section}/examples")
def examples(request: Request, visitor: Editor, sheet: InSheet) -> Response:
    """Invented texts that prove the section's rules, each judged by the draft."""
    return _page(request, sheet)


@router.post("/a/{agreement}/profiles/{section}/examples")
def change_example(request: Request, visitor: Editor, sheet: InSheet, form: InForm) -> Response:
    """Change an example, add one, or take it away; what is wrong stands beside its field."""
    there = _examples(sheet)
    number = _number(form.text("number"), len(there))
    had = there[number] if number < len(there) else None
    before = had if isinstance(had, dict) else {}
    name = f"examples[{number}]"
    if form.text("seen") != seal(had):
        return _page(request, sheet, [(f"{name}.text", MEANWHILE)])
    gone = had is not None and form.text("act") == "remove"
    made = None if gone else example_form.example_of(form, name, before)
    ids = [f"{name}.text", *(f"{name}.{key}" for key in example_form.KEYS)]
    if wrong := sheet.drafted(example_form.with_example(sheet.values, number, made), "", ids):
        return _page(request, sheet, wrong, number, made)
    did = "taken away" if gone else "added" if had is None else "changed"
    write_act(request, visitor, f"draft: example {did}", f"{sheet.room.agreement.id}/{sheet.section}")
    return then_said(request, f"{sheet.path}/examples", f"Example {number + 1} is {did} in your draft")


def _page(
    request: Request, sheet: SectionSheet, faults: Faults | None = None, number: int = -1, typed: Json = None
) -> Response:
    there, results = _examples(sheet), _results(sheet)
    rows = [
        {
            "of": example_form.example_fields(typed if n == number and typed else one),
            "seen": seal(one),
            "wrong": results.get(n) if one is not None else None,
            "is_new": one is None,
            "opened": n == number,
        }
        for n, one in enumerate([*there, None])
    ]
    return sheet_page(
        request,
        sheet,
        "examples",
        WRONG if faults else 200,
        rows=rows,
        faults=faults or [],
        verdicts=example_form.VERDICTS,
        outlets=sheet.room.outlet_choices,
    )


def _examples(sheet: SectionSheet) -> list[Json]:
    found = sheet.values.get("examples")
    return found if isinstance(found, list) else []


def _results(sheet: SectionSheet) -> dict[int, list[str]]:
    """What did not come out as it says, by the example's place; nothing where the draft cannot be judged by."""
    try:
        room = sheet.as_drafted()
    except InputError:
        return {}
    tried = try_examples(room.agreement, room.sources)
    return {one.number - 1: [capital(said) for said in one.wrong] for one in tried if one.section == sheet.section}


def _number(said: str, there: int) -> int:
    """The place of an example; behind the last for one that is new.

    Raises:
        HTTPException: there is none (404).
    """
    if not said.isdigit() or int(said) > there:
        raise HTTPException(404)
    return int(said)


# --------------------------------------------------------------- journalists


@router.get("/a/{agreement}/profiles/{section}/journalists")
def journalists(request: Request, visitor: Editor, sheet: InSheet) -> Response:
    """Journalists whose articles the section follows, each with who decided it."""
    return _journalists_page(request, sheet, example_form.byline_fields(sheet.values))


@router.post("/a/{agreement}/profiles/{section}/journalists")
def change_journalists(request: Request, visitor: Editor, sheet: InSheet, form: InForm) -> Response:
    """Change them, add one, take some away."""
    if form.text("seen") != seal(sheet.values.get("bylines")):
        fields = example_form.byline_fields(sheet.values)
        return _journalists_page(request, sheet, fields, [("bylines[0].name", MEANWHILE)])
    values = example_form.bylines_of(form, sheet.values)
    fields = example_form.byline_fields(values)
    known = ("", *(f".{key}" for key in example_form.BYLINE))
    ids = [f"bylines[{n}]{key}" for n in range(len(fields)) for key in known]
    if wrong := sheet.drafted(values, "", ids):
        return _journalists_page(request, sheet, fields, at_first(wrong, "name"))
    write_act(request, visitor, "draft: journalists changed", f"{sheet.room.agreement.id}/{sheet.section}")
    return then_said(request, f"{sheet.path}/journalists", "The journalists followed are changed in your draft")


def _journalists_page(
    request: Request, sheet: SectionSheet, fields: list[dict[str, Any]], faults: Faults | None = None
) -> Response:
    seen = seal(sheet.values.get("bylines"))
    return sheet_page(
        request, sheet, "journalists", WRONG if faults else 200, of=fields, seen=seen, faults=faults or []
    )
