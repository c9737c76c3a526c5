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
from monitor.web.pages import WRONG
from monitor.web.sheets import InSheet, SectionSheet, sheet_page
from monitor.web.telling import told_by
from monitor.web.words import capital

router = APIRouter()
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
        return _page(request, sheet, asked, [("address" if asked["address"] else "text", capital(error))])
    return _page(request, sheet, asked, told=told)


def _judged(request: Request, visitor: Visitor, sheet: SectionSheet, form: Posted) -> tuple[Explanation, Room]:
    room = sheet.as_drafted()
    if address := form.text("address"):
        if not is_address(address):
            raise InputError(f"{address} is no web address: write it in full, with https://")
        found = find_articles(address, room.workspace.store, room.workspace.clock)
        if found.article is not None:
            return explain_text(room.library, room.agreement.id, found.article), room
        write_act(request, visitor, "address looked up", address)
        return explain_address(room.workspace, room.library, room.agreement, address, Asked()), room
    article = Article(
        url="",
        headline=form.text("headline"),
        body=form.whole("text"),
        outlet=form.text("outlet") or None,
        first_seen=room.workspace.clock(),
    )
    if not (article.headline or article.body):
        raise InputError("there is nothing to try: write or paste a text, or give an address")
    return explain_text(room.library, room.agreement.id, article), room


def _page(
    request: Request,
    sheet: SectionSheet,
    asked: dict[str, str],
    faults: list[tuple[str, str]] | None = None,
    told: tuple[Explanation, Room] | None = None,
) -> Response:
    found: dict[str, Any] = {"told": None, "loud": [], "silent": {}}
    if told:
        loud, silent = told_by(*told, own_text=not told[0].article.url)
        loud.sort(key=lambda one: one.account.section != sheet.section)
        found = {"told": told[0], "loud": loud, "silent": silent}
    return sheet_page(
        request,
        sheet,
        "try",
        WRONG if faults else 200,
        asked=asked,
        faults=faults or [],
        outlets=sheet.room.outlet_choices,
        **found,
    )
