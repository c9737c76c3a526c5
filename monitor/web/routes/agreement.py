"""What all sections share, as press officers change it: name, order, word lists, places, sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.exceptions import HTTPException

from monitor.core.editing.values import Values
from monitor.core.json import Json
from monitor.web import agreement_form as forms
from monitor.web.access import Editor, write_act
from monitor.web.digest_form import id_for
from monitor.web.forms import MEANWHILE, InForm, at_first
from monitor.web.pages import WRONG
from monitor.web.said import then_said
from monitor.web.sheets import YAML, InAgreement, Sheet, open_sheet, seal, sheet_page
from monitor.web.term_form import CASES, CLASSES

router = APIRouter()
Name = Annotated[str, Query(max_length=200)]
Faults = list[tuple[str, str]]
LISTS, PLACES = "context_lists", "places"


# --------------------------------------------------------------- name, sections, who decides


@router.get("/a/{agreement}/agreement")
def head(request: Request, visitor: Editor, sheet: InAgreement) -> Response:
    """The agreement's name, the order of its sections, and who decides."""
    return _head_page(request, sheet, forms.head_fields(sheet.values))


@router.post("/a/{agreement}/agreement")
def change_head(request: Request, visitor: Editor, sheet: InAgreement, form: InForm) -> Response:
    """Change them; what is wrong stands beside its field."""
    fields = forms.head_fields(sheet.values)
    if form.text("seen") != seal(list(fields.values())):
        return _head_page(request, sheet, fields, [("name", MEANWHILE)])
    values = forms.head_of(form, sheet.values)
    if wrong := sheet.drafted(values, "", ["name", *fields]):
        return _head_page(request, sheet, forms.head_fields(values), wrong)
    return _drafted(request, sheet, "", "The agreement is changed in your draft")


def _head_page(request: Request, sheet: Sheet, fields: dict[str, Any], faults: Faults | None = None) -> Response:
    seen = seal(list(forms.head_fields(sheet.values).values()))
    titles = [(one, sheet.room.title(one)) for one in fields["sections"]]
    return _page(request, sheet, "head", faults, of=fields, seen=seen, titles=titles)


# --------------------------------------------------------------- lists of context words


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
    name = id_for(title, forms.named(sheet.values, LISTS))
    values = forms.with_named(sheet.values, LISTS, name, words)
    if wrong := missing or sheet.drafted(values, f"{LISTS}.{name}", ["words"]):
        return _lists_page(request, sheet, wrong, title, form.whole("words"))
    return _drafted(request, sheet, "/lists", f"The list “{name}” is added to your draft")


def _lists_page(
    request: Request, sheet: Sheet, faults: Faults | None = None, title: str = "", words: str = ""
) -> Response:
    rows = [
        (name, forms.words_said(said if isinstance(said, list) else []), list(_users(sheet, LISTS, name)))
        for name, said in forms.named(sheet.values, LISTS).items()
    ]
    return _page(request, sheet, "lists", faults, rows=rows, title=title, words=words)


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
    if gone and (users := list(_users(sheet, LISTS, name))):
        what = f"{', '.join(users)} goes by this list: give it other words under Rules first"
        return _list_page(request, sheet, name, had, [("more", what)])
    made = forms.words_of(form, had)
    values = forms.with_named(sheet.values, LISTS, name, None if gone else made)
    known = ("", ".word", ".also", ".blockers", ".case")
    ids = ["more", *(f"[{n}]{key}" for n in range(len(had)) for key in known)]
    if wrong := sheet.drafted(values, f"{LISTS}.{name}", ids):
        return _list_page(request, sheet, name, made, at_first(wrong, "word"))
    return _drafted(request, sheet, "/lists", f"“{name}” is {'taken away' if gone else 'changed'} in your draft")


def _words(sheet: Sheet, name: str) -> list[Json]:
    found = forms.named(sheet.values, LISTS).get(name)
    if not isinstance(found, list):
        raise HTTPException(404)
    return found


def _list_page(
    request: Request, sheet: Sheet, name: str, words: list[Json], faults: Faults | None = None
) -> Response:
    return _page(
        request,
        sheet,
        "list",
        faults,
        name=name,
        words=[forms.word_fields(word) for word in words],
        seen=seal(_words(sheet, name)),
        cases=CASES,
    )


# --------------------------------------------------------------- places


@router.get("/a/{agreement}/agreement/places")
def places(request: Request, visitor: Editor, sheet: InAgreement) -> Response:
    """The places that sections ask for."""
    rows = [(name, list(_users(sheet, PLACES, name))) for name in forms.named(sheet.values, PLACES)]
    return _page(request, sheet, "places", rows=rows)


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
    if gone and (users := list(_users(sheet, PLACES, name))):
        what = f"{', '.join(users)} asks for this place: take that rule away first"
        return _place_page(request, sheet, name, fields, seal(had), [("area", what)])
    title = form.text("title")
    if not name and not title:
        return _place_page(request, sheet, name, fields, seal(had), [("title", "Write what the place is called")])
    key = name or id_for(title, forms.named(sheet.values, PLACES))
    values = forms.with_named(sheet.values, PLACES, key, None if gone else made)
    if wrong := sheet.drafted(values, f"{PLACES}.{key}", ["area", *forms.PLACE]):
        return _place_page(request, sheet, name, fields, seal(had), wrong, title)
    did = "taken away" if gone else "changed" if name else "added"
    return _drafted(request, sheet, "/places", f"“{title or called(key)}” is {did} in your draft")


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
    return _page(
        request, sheet, "place", faults, name=name, of=fields, seen=seen, areas=areas, title=title or called(name)
    )


# --------------------------------------------------------------- what counts nowhere, and what must stay true


@router.get("/a/{agreement}/agreement/left-out")
def left_out(request: Request, visitor: Editor, sheet: InAgreement) -> Response:
    """Phrases that count in no section; letters, listings and the like."""
    return _left_out_page(request, sheet, forms.left_out_fields(sheet.values))


@router.post("/a/{agreement}/agreement/left-out")
def change_left_out(request: Request, visitor: Editor, sheet: InAgreement, form: InForm) -> Response:
    """Change them."""
    fields = forms.left_out_fields(sheet.values)
    if form.text("seen") != seal(list(fields.values())):
        return _left_out_page(request, sheet, fields, [("blockers", MEANWHILE)])
    values = forms.left_out_of(form, sheet.values)
    if wrong := sheet.drafted(values, "", list(fields)):
        return _left_out_page(request, sheet, forms.left_out_fields(values), wrong)
    return _drafted(request, sheet, "/left-out", "What counts nowhere is changed in your draft")


def _left_out_page(
    request: Request, sheet: Sheet, fields: dict[str, Any], faults: Faults | None = None
) -> Response:
    seen = seal(list(forms.left_out_fields(sheet.values).values()))
    return _page(request, sheet, "left_out", faults, of=fields, seen=seen)


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
    return _drafted(request, sheet, "/sentences", "The sentences are changed in your draft")


def _sentences_page(
    request: Request, sheet: Sheet, fields: list[dict[str, Any]], faults: Faults | None = None
) -> Response:
    seen = seal(sheet.values.get("claims"))
    return _page(request, sheet, "sentences", faults, of=fields, seen=seen, classes=CLASSES)


# --------------------------------------------------------------- what they share


def _page(request: Request, sheet: Sheet, tab: str, faults: Faults | None = None, **values: Any) -> Response:
    return sheet_page(request, sheet, tab, WRONG if faults else 200, faults=faults or [], called=called, **values)


def _drafted(request: Request, sheet: Sheet, below: str, done: str) -> Response:
    write_act(request, sheet.visitor, "draft: agreement changed", f"{sheet.room.agreement.id}: {done}")
    return then_said(request, f"{sheet.path}{below}", done)


def called(name: str) -> str:
    """A list or place as a page calls it."""
    return name.replace("_", " ").capitalize()


def _users(sheet: Sheet, key: str, name: str) -> Iterator[str]:
    """The titles of the sections that go by a list or place, as the editor has them."""
    for section in sheet.room.agreement.sections:
        rules = open_sheet(sheet.visitor, sheet.room, f"{section}{YAML}").values.get("oicw")
        if any(_goes_by(rule, key, name) for rule in (rules if isinstance(rules, list) else [])):
            yield sheet.room.title(section)


def _goes_by(rule: Json, key: str, name: str) -> bool:
    of = rule if isinstance(rule, dict) else {}
    words = of.get("any")
    return of.get("place") == name if key == PLACES else isinstance(words, dict) and words.get("list") == name
