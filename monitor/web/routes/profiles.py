"""Profiles as press officers change them: sections, their terms, rules, sources. Everything goes into a draft."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from monitor.app import advice_on_draft, asked_of, counted_from, glance_at_terms, wants_second_person
from monitor.core.draft import Draft
from monitor.core.editing.renaming import with_hits_of
from monitor.core.editing.sections import file_of
from monitor.core.editing.values import Values, item_name, joined_order
from monitor.core.json import Json
from monitor.core.lint import Weight
from monitor.core.revision import Revision
from monitor.core.term_yield import LONG_ENOUGH, TermYield
from monitor.jobs.drafts import draft_of
from monitor.web import term_form
from monitor.web.access import Editor, Visitor, write_act
from monitor.web.agreements import InRoom, Room
from monitor.web.forms import REACHES, InForm, opened_groups
from monitor.web.pages import WRONG, page
from monitor.web.said import said_before, then_said
from monitor.web.sheets import (
    InSheet,
    SectionSheet,
    others,
    seal,
    sections_of,
    sheet_of,
    sheet_page,
    waiting_for,
)

router = APIRouter()
Name = Annotated[str, Query(max_length=500)]
GIVE_OPTIONS = "Is it to be searched in some other way? Give it options."


@router.get("/a/{agreement}/profiles")
def profiles(request: Request, visitor: Editor, room: InRoom) -> Response:
    """The sections with their terms, who has drafted what, and what was published last."""
    draft = draft_of(room.workspace.store, room.agreement.id, visitor.user.name)
    last = {one.file: one for one in room.workspace.store.revisions(room.agreement.id)}
    drafted = sections_of(visitor, room)
    there = joined_order(list(drafted), list(room.agreement.sections))
    sections = [_section_row(visitor, room, section, draft, drafted, last) for section in there]
    return page(
        request,
        "profiles.html.j2",
        agreement=room.agreement,
        sections=sections,
        draft=draft,
        others=others(room, visitor.user.name),
        waiting=waiting_for(asked_of(room.workspace, room.agreement.id), visitor),
        second_person=wants_second_person(room.workspace, room.agreement.id),
        done=said_before(request),
    )


def _section_row(
    visitor: Visitor,
    room: Room,
    section: str,
    draft: Draft,
    drafted: Collection[str],
    last: Mapping[str, Revision],
) -> dict[str, Any]:
    """What the list says of a section: one in force, one that is new in the draft, or one that it takes away."""
    file = file_of(section)
    new = section not in room.agreement.sections
    sheet = sheet_of(visitor, room, section) if new else None
    return {
        "id": section,
        "title": sheet.title if sheet else room.title(section),
        "profile": room.agreement.profile(section) if section in room.agreement.order else None,
        "last": last.get(file),
        "mine": draft.of(file) is not None,
        "new": new,
        "away": section not in drafted,
        "terms": len(sheet.terms) if sheet else 0,
    }


# --------------------------------------------------------------- terms


@router.get("/a/{agreement}/profiles/{section}")
def terms(request: Request, visitor: Editor, sheet: InSheet) -> Response:
    """The terms of a section, each with what it brought in the last 30 days."""
    return _terms_page(request, sheet)


@router.post("/a/{agreement}/profiles/{section}")
def add_term(request: Request, visitor: Editor, sheet: InSheet, form: InForm) -> Response:
    """Add a term by its name."""
    name = form.text("term")
    if not name:
        return _terms_page(request, sheet, [("term", "Write the word or phrase to look for")], name)
    number = len(sheet.terms)
    wrong = sheet.drafted({**sheet.values, "terms": [*sheet.terms, name]}, f"terms[{number}]", ["term"])
    if wrong:
        return _terms_page(request, sheet, wrong, name)
    write_act(request, visitor, "draft: term added", f"{sheet.room.agreement.id}/{sheet.section}: {name}")
    return _to(
        request,
        sheet,
        f"“{name}” is added to your draft. {_worth_a_look(sheet, name) or GIVE_OPTIONS}",
    )


def _worth_a_look(sheet: SectionSheet, term: str) -> str:
    """What an editor should mind of a term that was just drafted, in a sentence; '' where there is nothing."""
    again = sheet.again()
    said = [one for one in advice_on_draft(sheet.room.workspace, again.draft).new if one.weight is Weight.CHECK]
    found = [one.plainly for one in said if (one.section, one.term) == (sheet.section, term)]
    return f"Worth a look: {'; '.join(found)}." if found else ""


def _terms_page(
    request: Request, sheet: SectionSheet, faults: list[tuple[str, str]] | None = None, typed: str = ""
) -> Response:
    workspace, agreement = sheet.room.workspace, sheet.room.agreement.id
    glance, since = glance_at_terms(workspace, agreement), counted_from(workspace, agreement)
    nothing = TermYield(sheet.section, "")
    rows = [
        {
            "name": item_name(term),
            "options": term_form.options_of(term),
            "brought": glance.get((sheet.section, item_name(term)), nothing),
        }
        for term in sheet.terms
    ]
    status = WRONG if faults else 200
    short = since is not None and workspace.clock() - since < LONG_ENOUGH
    return sheet_page(
        request, sheet, "terms", status, rows=rows, since=since, short=short, typed=typed, faults=faults or []
    )


# --------------------------------------------------------------- one term


@router.get("/a/{agreement}/profiles/{section}/term")
def term(request: Request, visitor: Editor, sheet: InSheet, name: Name = "") -> Response:
    """A term with its options."""
    _, found = sheet.term(name)
    return _term_page(request, sheet, name, term_form.fields_of(found), seal(found))


@router.post("/a/{agreement}/profiles/{section}/term")
def change_term(request: Request, visitor: Editor, sheet: InSheet, form: InForm) -> Response:
    """Change a term, or take it away; what is wrong stands beside its field."""
    name = form.text("name")
    number, had = sheet.term(name)
    fields, known = term_form.sent(form), term_form.names(term_form.sent(form))
    if form.text("seen") != seal(had):
        what = "This term was changed meanwhile, in another window: save again to put yours in the place of that"
        return _term_page(request, sheet, name, fields, seal(had), [("term", what)], now=had)
    gone = form.text("act") == "remove"
    made = [] if gone else [term_form.as_written(term_form.term_of(form, had))]
    new = "" if gone else item_name(made[0])
    values = _without_lost_names(
        {**sheet.values, "terms": [*sheet.terms[:number], *made, *sheet.terms[number + 1 :]]}, name, new
    )
    wrong = sheet.drafted(values, f"terms[{number}]", known)
    if wrong:
        return _term_page(request, sheet, name, fields, seal(had), wrong)
    did = "taken away" if gone else "changed"
    write_act(request, visitor, f"draft: term {did}", f"{sheet.room.agreement.id}/{sheet.section}: {name}")
    told = _worth_a_look(sheet, new) if new else ""
    return _to(request, sheet, f"“{name}” is {did} in your draft{f'. {told}' if told else ''}")


def _term_page(
    request: Request,
    sheet: SectionSheet,
    name: str,
    fields: dict[str, Any],
    seen: str,
    faults: list[tuple[str, str]] | None = None,
    now: Json = None,
) -> Response:
    return sheet_page(
        request,
        sheet,
        "term",
        WRONG if faults else 200,
        name=name,
        of=fields,
        seen=seen,
        faults=faults or [],
        now=now,
        kinds=term_form.KINDS,
        cases=term_form.CASES,
        classes=term_form.CLASSES,
        reaches=REACHES,
        opened=opened_groups(term_form.GROUPS, fields, term_form.fields_of(name), faults or []),
        any_option=bool(faults) or fields != term_form.fields_of(name),
    )


def _without_lost_names(values: Values, name: str, new: str) -> Values:
    """Examples that name a term are renamed with it; those of one that is taken away go with it."""
    if new:
        return with_hits_of(values, {name: new})
    examples = values.get("examples")
    if not isinstance(examples, list):
        return values
    kept = [one for one in examples if name not in _hits_of(one)]
    return {**values, "examples": kept} if kept else {k: v for k, v in values.items() if k != "examples"}


def _hits_of(example: Json) -> list[Json]:
    hits = example.get("hits") if isinstance(example, dict) else None
    return hits if isinstance(hits, list) else []


# --------------------------------------------------------------- what they share


def _to(request: Request, sheet: SectionSheet, done: str) -> Response:
    return then_said(request, sheet.path, done)
