"""Profiles as press officers change them: sections, their terms, rules, sources. Everything goes into a draft."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from monitor.app import asked_of, glance_at_terms, wants_second_person
from monitor.core.editing.values import Values, item_name
from monitor.core.json import Json
from monitor.core.term_yield import TermYield
from monitor.jobs.drafts import draft_of
from monitor.web import rules_form, term_form
from monitor.web.access import Editor, write_act
from monitor.web.agreements import InRoom
from monitor.web.forms import MEANWHILE, REACHES, InForm, opened_groups
from monitor.web.pages import WRONG, page
from monitor.web.said import said_before, then_said
from monitor.web.sheets import AGREEMENT, InSheet, SectionSheet, open_sheet, others, seal, sheet_page, waiting_for

router = APIRouter()
Name = Annotated[str, Query(max_length=500)]


@router.get("/a/{agreement}/profiles")
def profiles(request: Request, visitor: Editor, room: InRoom) -> Response:
    """The sections with their terms, who has drafted what, and what was published last."""
    draft = draft_of(room.workspace.store, room.agreement.id, visitor.user.name)
    last = {one.file: one for one in room.workspace.store.revisions(room.agreement.id)}
    sections = [
        {
            "id": section,
            "title": room.title(section),
            "profile": room.agreement.profile(section) if section in room.agreement.order else None,
            "last": last.get(f"{section}.yaml"),
            "mine": draft.of(f"{section}.yaml") is not None,
        }
        for section in room.agreement.sections
    ]
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
        f"“{name}” is added to your draft. Is it to be searched in some other way? Give it options.",
    )


def _terms_page(
    request: Request, sheet: SectionSheet, faults: list[tuple[str, str]] | None = None, typed: str = ""
) -> Response:
    glance = glance_at_terms(sheet.room.workspace, sheet.room.agreement.id)
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
    return sheet_page(request, sheet, "terms", status, rows=rows, typed=typed, faults=faults or [])


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
    return _to(request, sheet, f"“{name}” is {did} in your draft")


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
    examples = values.get("examples")
    if name == new or not isinstance(examples, list):
        return values
    kept: list[Json] = []
    for one in examples:
        hits = one.get("hits") if isinstance(one, dict) else None
        if not isinstance(one, dict) or not isinstance(hits, list) or name not in hits:
            kept.append(one)
        elif new:
            kept.append({**one, "hits": [new if hit == name else hit for hit in hits]})
    return {**values, "examples": kept} if kept else {k: v for k, v in values.items() if k != "examples"}


# --------------------------------------------------------------- rules


@router.get("/a/{agreement}/profiles/{section}/rules")
def rules(request: Request, visitor: Editor, sheet: InSheet) -> Response:
    """The rules of a section, as sentences with blanks."""
    return _rules_page(request, sheet, rules_form.fields_of(sheet.values))


@router.post("/a/{agreement}/profiles/{section}/rules")
def change_rules(request: Request, visitor: Editor, sheet: InSheet, form: InForm) -> Response:
    """Change them; what is wrong stands beside its field."""
    if form.text("seen") != seal(_ruled(sheet.values)):
        return _rules_page(request, sheet, rules_form.fields_of(sheet.values), [("title", MEANWHILE)])
    values = rules_form.rules_of(form, sheet.values)
    fields = rules_form.fields_of(values)
    wrong = sheet.drafted(values, "", rules_form.names(fields))
    if wrong:
        return _rules_page(request, sheet, fields, wrong)
    write_act(request, visitor, "draft: rules changed", f"{sheet.room.agreement.id}/{sheet.section}")
    return _to(request, sheet, "The rules are changed in your draft")


def _ruled(values: Values) -> Json:
    return {key: value for key, value in values.items() if key not in rules_form.KEPT}


def _rules_page(
    request: Request, sheet: SectionSheet, fields: dict[str, Any], faults: list[tuple[str, str]] | None = None
) -> Response:
    shared = _agreement_values(sheet)
    return sheet_page(
        request,
        sheet,
        "rules",
        WRONG if faults else 200,
        of=fields,
        faults=faults or [],
        seen=seal(_ruled(sheet.values)),
        shared=[(name, _words(shared, name)) for name in _keys(shared, "context_lists")],
        lists=[(name, name.replace("_", " ")) for name in _keys(shared, "context_lists")],
        places=[(name, name.replace("_", " ").capitalize()) for name in _keys(shared, "places")],
        reaches=REACHES,
        followed=_followed(sheet),
    )


def _followed(sheet: SectionSheet) -> int:
    bylines = sheet.values.get("bylines")
    return len(bylines) if isinstance(bylines, list) else 0


def _agreement_values(sheet: SectionSheet) -> Values:
    """What agreement.yaml says, as the editor has it."""
    return open_sheet(sheet.visitor, sheet.room, AGREEMENT).values


def _words(values: Values, name: str) -> list[str]:
    lists = values.get("context_lists")
    words = lists.get(name) if isinstance(lists, dict) else None
    return [item_name(word) for word in words] if isinstance(words, list) else []


def _keys(values: Values, key: str) -> list[str]:
    found = values.get(key)
    return list(found) if isinstance(found, dict) else []


# --------------------------------------------------------------- sources


@router.get("/a/{agreement}/profiles/{section}/sources")
def sources(request: Request, visitor: Editor, sheet: InSheet) -> Response:
    """Whose articles a section takes: groups with their outlets, and outlets besides."""
    return _sources_page(request, sheet, sheet.values)


@router.post("/a/{agreement}/profiles/{section}/sources")
def change_sources(request: Request, visitor: Editor, sheet: InSheet, form: InForm) -> Response:
    """Change them."""
    if form.text("seen") != seal(sheet.values.get("sources")):
        return _sources_page(request, sheet, sheet.values, [("any_monitored", MEANWHILE)])
    values = rules_form.sources_of(form, sheet.values)
    wrong = sheet.drafted(values, "sources", ["any_monitored", "groups", "plus"])
    if wrong:
        return _sources_page(request, sheet, values, wrong)
    write_act(request, visitor, "draft: sources changed", f"{sheet.room.agreement.id}/{sheet.section}")
    return _to(request, sheet, "The sources are changed in your draft")


def _sources_page(
    request: Request, sheet: SectionSheet, values: Values, faults: list[tuple[str, str]] | None = None
) -> Response:
    said = values.get("sources")
    chosen = said if isinstance(said, dict) else {}
    known = sheet.room.sources
    groups = [
        {
            "id": group.id,
            "name": group.name,
            "outlets": sorted((o.name for o in known.outlets.values() if group.id in o.groups), key=str.casefold),
        }
        for group in known.groups.values()
    ]
    return sheet_page(
        request,
        sheet,
        "sources",
        WRONG if faults else 200,
        faults=faults or [],
        seen=seal(sheet.values.get("sources")),
        any_monitored=said == "any_monitored",
        groups=groups,
        outlets=sorted(known.outlets.values(), key=lambda one: one.name.casefold()),
        chosen={key: chosen.get(key) or [] for key in ("groups", "plus")},
    )


# --------------------------------------------------------------- what they share


def _to(request: Request, sheet: SectionSheet, done: str) -> Response:
    return then_said(request, sheet.path, done)
