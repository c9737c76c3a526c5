"""The rules of a section, as sentences with blanks, its sources, and taking it away. All goes into a draft."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from monitor.app import drafter
from monitor.core.editing.values import Values
from monitor.core.json import Json
from monitor.errors import InputError, RevisionConflict
from monitor.jobs.drafts import take_section_away
from monitor.web import rules_form
from monitor.web.access import Editor, write_act
from monitor.web.choices import rule_choices, source_choices
from monitor.web.forms import MEANWHILE, InForm
from monitor.web.pages import WRONG
from monitor.web.said import then_said
from monitor.web.sheets import InSheet, SectionSheet, seal, sheet_page
from monitor.web.words import capital

router = APIRouter()


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
    return then_said(request, sheet.path, "The rules are changed in your draft")


def _ruled(values: Values) -> Json:
    return {key: value for key, value in values.items() if key not in rules_form.KEPT}


def _rules_page(
    request: Request, sheet: SectionSheet, fields: dict[str, Any], faults: list[tuple[str, str]] | None = None
) -> Response:
    return sheet_page(
        request,
        sheet,
        "rules",
        WRONG if faults else 200,
        of=fields,
        faults=faults or [],
        seen=seal(_ruled(sheet.values)),
        followed=_followed(sheet),
        **rule_choices(sheet.visitor, sheet.room),
    )


def _followed(sheet: SectionSheet) -> int:
    bylines = sheet.values.get("bylines")
    return len(bylines) if isinstance(bylines, list) else 0


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
    return then_said(request, sheet.path, "The sources are changed in your draft")


def _sources_page(
    request: Request, sheet: SectionSheet, values: Values, faults: list[tuple[str, str]] | None = None
) -> Response:
    return sheet_page(
        request,
        sheet,
        "sources",
        WRONG if faults else 200,
        faults=faults or [],
        seen=seal(sheet.values.get("sources")),
        **source_choices(sheet.room, values),
    )


# --------------------------------------------------------------- the section as a whole


@router.post("/a/{agreement}/profiles/{section}/away")
def take_away(request: Request, visitor: Editor, sheet: InSheet) -> Response:
    """Take the section away; what was found under it stays, and so does its history."""
    room = sheet.room
    try:
        found = take_section_away(drafter(room.workspace), room.agreement.id, visitor.user.name, sheet.section)
        wrong = [fault.plainly for fault in found]
    except (InputError, RevisionConflict) as error:
        wrong = [str(error)]
    if wrong:
        faults = [("away", capital(one)) for one in wrong]
        return _rules_page(request, sheet, rules_form.fields_of(sheet.values), faults)
    write_act(request, visitor, "draft: section taken away", f"{room.agreement.id}/{sheet.section}")
    return then_said(request, f"{room.path}/profiles", f"{sheet.title} is taken away in your draft")
