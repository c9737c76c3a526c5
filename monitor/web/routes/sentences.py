"""Sentences that must stay true of the profiles, as press officers change them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from monitor.web import agreement_form as forms
from monitor.web.access import Editor
from monitor.web.forms import MEANWHILE, InForm, at_first
from monitor.web.shared_pages import Faults, drafted, shared_page
from monitor.web.sheets import InAgreement, Sheet, seal
from monitor.web.term_form import CLASSES

router = APIRouter()


@router.get("/a/{agreement}/agreement/sentences")
def sentences(request: Request, visitor: Editor, sheet: InAgreement) -> Response:
    """Sentences that are said of the profiles in public, and what makes each true."""
    return _sentences_page(request, sheet, forms.claim_fields(sheet.values))


@router.post("/a/{agreement}/agreement/sentences")
def change_sentences(request: Request, visitor: Editor, sheet: InAgreement, form: InForm) -> Response:
    """Change them, add one, take some away."""
    before = forms.claim_fields(sheet.values)
    if form.text("seen") != seal(sheet.values.get("claims")):
        return _sentences_page(request, sheet, before, [("claims[0].says", MEANWHILE)])
    values = forms.claims_of(form, sheet.values)
    fields = forms.claim_fields(values)
    known = ("", ".says", ".no_names_of", ".terms_for")
    wrong = sheet.drafted(values, "", [f"claims[{n}]{key}" for n in range(len(fields)) for key in known])
    if wrong:
        return _sentences_page(request, sheet, fields, at_first(wrong, "says"))
    return drafted(request, sheet, "/sentences", "The sentences are changed in your draft")


def _sentences_page(
    request: Request, sheet: Sheet, fields: list[dict[str, Any]], faults: Faults | None = None
) -> Response:
    seen = seal(sheet.values.get("claims"))
    return shared_page(request, sheet, "sentences", faults, of=fields, seen=seen, classes=CLASSES)
