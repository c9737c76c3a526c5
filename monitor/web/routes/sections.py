"""Sections as press officers add them and bring them back. Everything goes into a draft."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from monitor.app import drafter
from monitor.core.editing.sections import choosing, section_of
from monitor.core.editing.values import Values
from monitor.errors import InputError, RevisionConflict
from monitor.jobs.drafts import add_section, bring_back, gone_sections
from monitor.web import section_form
from monitor.web.access import Editor, Visitor, write_act
from monitor.web.agreements import InRoom, Room
from monitor.web.choices import rule_choices, source_choices
from monitor.web.forms import InForm, Posted, beside
from monitor.web.pages import WRONG, page
from monitor.web.said import then_said
from monitor.web.sheets import (
    digests_sheet,
    sections_of,
    sheet_of,
    title_of,
    titles_of,
)
from monitor.web.words import capital

router = APIRouter()
Faults = list[tuple[str, str]]
Name = Annotated[str, Form(max_length=100)]


@router.get("/a/{agreement}/sections/new")
def new(request: Request, visitor: Editor, room: InRoom) -> Response:
    """A form for a section that is to be added; those that were taken away."""
    return _new_page(request, visitor, room, Posted({}))


@router.post("/a/{agreement}/sections")
def add(request: Request, visitor: Editor, room: InRoom, form: InForm) -> Response:
    """Add a section; what is wrong stands beside its field."""
    if not form.text("title"):
        return _new_page(request, visitor, room, form, [("title", "Write the heading of the section")])
    published = (section_of(one.file) for one in room.workspace.store.revisions(room.agreement.id))
    taken = {*sections_of(visitor, room), *published}
    made = section_form.new_section(form, taken, digests_sheet(visitor, room).values)
    try:
        faults = add_section(drafter(room.workspace), room.agreement.id, visitor.user.name, made)
    except (InputError, RevisionConflict) as error:
        return _new_page(request, visitor, room, form, [("title", capital(error))])
    if faults:
        wrong = beside(faults, "", section_form.FIELDS)
        return _new_page(request, visitor, room, form, wrong)
    write_act(request, visitor, "draft: section added", f"{room.agreement.id}/{made.id}")
    done = f"{form.text('title')} is added to your draft. Give its terms options, then see what it would bring."
    return then_said(request, f"{room.path}/profiles/{made.id}", done)


@router.post("/a/{agreement}/sections/back")
def bring(request: Request, visitor: Editor, room: InRoom, section: Name = "") -> Response:
    """Bring a section back that was taken away, as it was last published."""
    try:
        faults = bring_back(drafter(room.workspace), room.agreement.id, visitor.user.name, section)
    except RevisionConflict as error:
        return _new_page(request, visitor, room, Posted({}), [("gone", capital(error))])
    if faults:
        wrong = [("gone", f"It cannot come back as it was. {capital(one.plainly)}") for one in faults]
        return _new_page(request, visitor, room, Posted({}), wrong)
    write_act(request, visitor, "draft: section brought back", f"{room.agreement.id}/{section}")
    done = f"{sheet_of(visitor, room, section).title} is back in your draft, at the end of the order"
    return then_said(request, f"{room.path}/profiles/{section}", done)


def _new_page(
    request: Request, visitor: Visitor, room: Room, form: Posted, faults: Faults | None = None
) -> Response:
    of = section_form.fields_of(form)
    typed: Values = section_form.values_of(form) if form.fields else {}
    titles = list(titles_of(visitor, room).values())
    digests = digests_sheet(visitor, room).values
    named: dict[str, Any] = {name: digests[name] for name in choosing(digests)}
    gone = [
        {"file": one.file, "section": section_of(one.file), "title": title_of(room, one.file, one.content)}
        for one in gone_sections(drafter(room.workspace), room.agreement.id, visitor.user.name)
    ]
    return page(
        request,
        "section_new.html.j2",
        WRONG if faults else 200,
        agreement=room.agreement,
        of=of,
        faults=faults or [],
        order=[("", "at the end"), *((str(n), f"before {title}") for n, title in enumerate(titles, 1))],
        digests=[(name, said.get("title") or name) for name, said in named.items()],
        gone=gone,
        rule_fields=section_form.RULE,
        **rule_choices(visitor, room),
        **source_choices(room, typed),
    )
