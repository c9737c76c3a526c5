"""Lists of context words that sections share, as press officers change them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.exceptions import HTTPException

from monitor.core.json import Json
from monitor.web import agreement_form as forms
from monitor.web.access import Editor
from monitor.web.digest_form import id_for
from monitor.web.forms import MEANWHILE, InForm, at_first
from monitor.web.shared_pages import LISTS, Faults, drafted, going_by, shared_page
from monitor.web.sheets import InAgreement, Sheet, seal
from monitor.web.term_form import CASES

router = APIRouter()
Name = Annotated[str, Query(max_length=200)]


@router.get("/a/{agreement}/agreement/lists")
def lists(request: Request, visitor: Editor, sheet: InAgreement) -> Response:
    """The lists of words that sections share, and which sections do."""
    return _lists_page(request, sheet)


@router.post("/a/{agreement}/agreement/lists")
def add_list(request: Request, visitor: Editor, sheet: InAgreement, form: InForm) -> Response:
    """Add a list."""
    title, words = form.text("title"), form.lines("words")
    missing = [("title", "Write what the list is called")] if not title else []
    missing += [("words", "Write at least one word")] if not words else []
    name = id_for(title, forms.named(sheet.values, LISTS), "list")
    values = forms.with_named(sheet.values, LISTS, name, words)
    if wrong := missing or sheet.drafted(values, f"{LISTS}.{name}", ["words"]):
        return _lists_page(request, sheet, wrong, title, form.whole("words"))
    return drafted(request, sheet, "/lists", f"The list “{name}” is added to your draft")


def _lists_page(
    request: Request, sheet: Sheet, faults: Faults | None = None, title: str = "", words: str = ""
) -> Response:
    rows = [
        (name, forms.words_said(said if isinstance(said, list) else []), list(going_by(sheet, LISTS, name)))
        for name, said in forms.named(sheet.values, LISTS).items()
    ]
    return shared_page(request, sheet, "lists", faults, rows=rows, title=title, words=words)


@router.get("/a/{agreement}/agreement/list")
def one_list(request: Request, visitor: Editor, sheet: InAgreement, name: Name = "") -> Response:
    """The words of a list, each with its options."""
    return _list_page(request, sheet, name, _words(sheet, name))


@router.post("/a/{agreement}/agreement/list")
def change_list(request: Request, visitor: Editor, sheet: InAgreement, form: InForm) -> Response:
    """Change a list, or take it away as long as no section uses it."""
    name = form.text("name")
    had = _words(sheet, name)
    if form.text("seen") != seal(had):
        return _list_page(request, sheet, name, had, [("more", MEANWHILE)])
    gone = form.text("act") == "remove"
    if gone and (users := list(going_by(sheet, LISTS, name))):
        what = f"{', '.join(users)} goes by this list: give it other words under Rules first"
        return _list_page(request, sheet, name, had, [("more", what)])
    made = forms.words_of(form, had)
    values = forms.with_named(sheet.values, LISTS, name, None if gone else made)
    known = ("", ".word", ".also", ".blockers", ".case")
    ids = ["more", *(f"[{n}]{key}" for n in range(len(had)) for key in known)]
    if wrong := sheet.drafted(values, f"{LISTS}.{name}", ids):
        return _list_page(request, sheet, name, made, at_first(wrong, "word"))
    return drafted(request, sheet, "/lists", f"“{name}” is {'taken away' if gone else 'changed'} in your draft")


def _words(sheet: Sheet, name: str) -> list[Json]:
    found = forms.named(sheet.values, LISTS).get(name)
    if not isinstance(found, list):
        raise HTTPException(404)
    return found


def _list_page(
    request: Request, sheet: Sheet, name: str, words: list[Json], faults: Faults | None = None
) -> Response:
    return shared_page(
        request,
        sheet,
        "list",
        faults,
        name=name,
        words=[forms.word_fields(word) for word in words],
        seen=seal(_words(sheet, name)),
        cases=CASES,
    )
