"""Places that sections ask for, as press officers change them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.exceptions import HTTPException

from monitor.core.editing.values import Values
from monitor.web import agreement_form as forms
from monitor.web.access import Editor
from monitor.web.digest_form import id_for
from monitor.web.forms import MEANWHILE, InForm
from monitor.web.shared_pages import PLACES, Faults, called, drafted, going_by, shared_page
from monitor.web.sheets import InAgreement, Sheet, seal

router = APIRouter()
Name = Annotated[str, Query(max_length=200)]


@router.get("/a/{agreement}/agreement/places")
def places(request: Request, visitor: Editor, sheet: InAgreement) -> Response:
    """The places that sections ask for."""
    rows = [(name, list(going_by(sheet, PLACES, name))) for name in forms.named(sheet.values, PLACES)]
    return shared_page(request, sheet, "places", rows=rows)


@router.get("/a/{agreement}/agreement/place")
def place(request: Request, visitor: Editor, sheet: InAgreement, name: Name = "") -> Response:
    """What proves a place; nothing of a new one, which has no name yet."""
    had = _place(sheet, name)
    return _place_page(request, sheet, name, forms.place_fields(had), seal(had))


@router.post("/a/{agreement}/agreement/place")
def change_place(request: Request, visitor: Editor, sheet: InAgreement, form: InForm) -> Response:
    """Change a place, add one, or take it away as long as no section asks for it."""
    name = form.text("name")
    had = _place(sheet, name)
    made = forms.place_of(form, had)
    fields = forms.place_fields(made)
    if form.text("seen") != seal(had):
        return _place_page(request, sheet, name, forms.place_fields(had), seal(had), [("area", MEANWHILE)])
    gone = bool(name) and form.text("act") == "remove"
    if gone and (users := list(going_by(sheet, PLACES, name))):
        what = f"{', '.join(users)} asks for this place: take that rule away first"
        return _place_page(request, sheet, name, fields, seal(had), [("area", what)])
    title = form.text("title")
    if not name and not title:
        return _place_page(request, sheet, name, fields, seal(had), [("title", "Write what the place is called")])
    key = name or id_for(title, forms.named(sheet.values, PLACES), "place")
    values = forms.with_named(sheet.values, PLACES, key, None if gone else made)
    if wrong := sheet.drafted(values, f"{PLACES}.{key}", ["area", *forms.PLACE]):
        return _place_page(request, sheet, name, fields, seal(had), wrong, title)
    did = "taken away" if gone else "changed" if name else "added"
    return drafted(request, sheet, "/places", f"“{title or called(key)}” is {did} in your draft")


def _place(sheet: Sheet, name: str) -> Values:
    found = forms.named(sheet.values, PLACES).get(name, {})
    if not isinstance(found, dict) or (name and not found):
        raise HTTPException(404)
    return found


def _place_page(
    request: Request,
    sheet: Sheet,
    name: str,
    fields: dict[str, Any],
    seen: str,
    faults: Faults | None = None,
    title: str = "",
) -> Response:
    areas = sorted({one.area for one in sheet.room.sources.outlets.values()})
    return shared_page(
        request, sheet, "place", faults, name=name, of=fields, seen=seen, areas=areas, title=title or called(name)
    )
