"""Try a text, or an article by its address, against a draft: what each section says of it, its words marked."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from monitor.app import explain_address, explain_text
from monitor.core.article import Article
from monitor.errors import FetchError, InputError, ParseError
from monitor.jobs.explain import Asked, Explanation
from monitor.jobs.find_articles import find_articles, is_address
from monitor.web.access import Editor, Visitor, write_act
from monitor.web.agreements import Room
from monitor.web.forms import InForm, Posted
from monitor.web.pages import page
from monitor.web.sheets import InSheet, Sheet
from monitor.web.telling import told_by

router = APIRouter()
WRONG = 422
FIELDS = ("address", "headline", "text", "outlet")


@router.get("/a/{agreement}/profiles/{section}/try")
def ask(request: Request, visitor: Editor, sheet: InSheet) -> Response:
    """The form."""
    return _page(request, sheet, dict.fromkeys(FIELDS, ""))


@router.post("/a/{agreement}/profiles/{section}/try")
def tried(request: Request, visitor: Editor, sheet: InSheet, form: InForm) -> Response:
    """What the draft says of a text or an article; stores nothing."""
    asked = {"address": form.text("address"), "headline": form.text("headline"), "outlet": form.text("outlet")}
    asked["text"] = form.whole("text")
    try:
        told = _judged(request, visitor, sheet, form)
    except (InputError, FetchError, ParseError) as error:
        said = str(error)
        field = "address" if asked["address"] else "text"
        return _page(request, sheet, asked, [(field, f"{said[:1].upper()}{said[1:]}")])
    return _page(request, sheet, asked, told=told)


def _judged(request: Request, visitor: Visitor, sheet: Sheet, form: Posted) -> tuple[Explanation, Room]:
    library = sheet.library
    agreement = next((one for one in library.agreements if one.id == sheet.room.agreement.id), None)
    if agreement is None:
        raise InputError("the draft leaves nothing of the agreement: mend its faults first")
    room = Room(sheet.room.workspace, library, agreement)
    if address := form.text("address"):
        if not is_address(address):
            raise InputError(f"{address} is no web address: write it in full, with https://")
        found = find_articles(address, room.workspace.store, room.workspace.clock)
        if found.article is not None:
            return explain_text(library, agreement.id, found.article), room
        write_act(request, visitor, "address looked up", address)
        return explain_address(room.workspace, library, agreement, address, Asked()), room
    article = Article(
        url="",
        headline=form.text("headline"),
        body=form.whole("text"),
        outlet=form.text("outlet") or None,
        first_seen=room.workspace.clock(),
    )
    if not (article.headline or article.body):
        raise InputError("there is nothing to try: write or paste a text, or give an address")
    return explain_text(library, agreement.id, article), room


def _page(
    request: Request,
    sheet: Sheet,
    asked: dict[str, str],
    faults: list[tuple[str, str]] | None = None,
    told: tuple[Explanation, Room] | None = None,
) -> Response:
    found: dict[str, Any] = {"told": None, "loud": [], "silent": {}}
    if told:
        loud, silent = told_by(*told, own_text=not told[0].article.url)
        loud.sort(key=lambda one: one.account.section != sheet.section)
        found = {"told": told[0], "loud": loud, "silent": silent}
    outlets = sorted(sheet.room.sources.outlets.values(), key=lambda one: one.name.casefold())
    return page(
        request,
        "profile_try.html.j2",
        WRONG if faults else 200,
        agreement=sheet.room.agreement,
        sheet=sheet,
        tab="try",
        changes=sheet.changes,
        asked=asked,
        faults=faults or [],
        outlets=[("", "No outlet: sources are not judged"), *((one.id, one.name) for one in outlets)],
        done="",
        **found,
    )
