"""What is said once for all sections: the agreement's name, their order, who decides; what counts nowhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from monitor.core.editing.values import Values
from monitor.web import agreement_form as forms
from monitor.web.access import Editor
from monitor.web.forms import MEANWHILE, InForm, Posted
from monitor.web.shared_pages import Faults, drafted, shared_page
from monitor.web.sheets import InAgreement, Sheet, seal, titles_of

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Subject:
    """A form over some keys of the file."""

    tab: str
    below: str
    """Its address below the agreement's."""
    first: str
    """The field beside which stands what is wrong with the whole."""
    fields: Callable[[Values], dict[str, Any]]
    made: Callable[[Posted, Values], Values]
    done: str


HEAD = Subject("head", "", "name", forms.head_fields, forms.head_of, "The agreement is changed in your draft")
LEFT_OUT = Subject(
    *("left_out", "/left-out", "blockers", forms.left_out_fields, forms.left_out_of),
    "What counts nowhere is changed in your draft",
)


@router.get("/a/{agreement}/agreement")
def head(request: Request, visitor: Editor, sheet: InAgreement) -> Response:
    """The agreement's name, the order of its sections, and who decides."""
    return _shown(request, sheet, HEAD, sheet.values)


@router.post("/a/{agreement}/agreement")
def change_head(request: Request, visitor: Editor, sheet: InAgreement, form: InForm) -> Response:
    """Change them; what is wrong stands beside its field."""
    return _changed(request, sheet, HEAD, form)


@router.get("/a/{agreement}/agreement/left-out")
def left_out(request: Request, visitor: Editor, sheet: InAgreement) -> Response:
    """Phrases that count in no section; letters, listings and the like."""
    return _shown(request, sheet, LEFT_OUT, sheet.values)


@router.post("/a/{agreement}/agreement/left-out")
def change_left_out(request: Request, visitor: Editor, sheet: InAgreement, form: InForm) -> Response:
    """Change them."""
    return _changed(request, sheet, LEFT_OUT, form)


def _changed(request: Request, sheet: Sheet, of: Subject, form: Posted) -> Response:
    if form.text("seen") != _seal(sheet, of):
        return _shown(request, sheet, of, sheet.values, [(of.first, MEANWHILE)])
    values = of.made(form, sheet.values)
    if wrong := sheet.drafted(values, "", [of.first, *of.fields(values)]):
        return _shown(request, sheet, of, values, wrong)
    return drafted(request, sheet, of.below, of.done)


def _shown(request: Request, sheet: Sheet, of: Subject, values: Values, faults: Faults | None = None) -> Response:
    known = titles_of(sheet.visitor, sheet.room)
    return shared_page(request, sheet, of.tab, faults, of=of.fields(values), seen=_seal(sheet, of), titles=known)


def _seal(sheet: Sheet, of: Subject) -> str:
    return seal(list(of.fields(sheet.values).values()))
