"""Digests as press officers change them: when each goes out, what is in it, for whom. All goes into a draft."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.exceptions import HTTPException

from monitor.app import due_in
from monitor.core.editing.values import Values
from monitor.errors import InputError
from monitor.jobs.due import DueEdition
from monitor.web import digest_form
from monitor.web.access import Editor, write_act
from monitor.web.forms import MEANWHILE, InForm, opened_groups
from monitor.web.pages import WRONG
from monitor.web.said import then_said
from monitor.web.sheets import InDigests, Sheet, seal, sheet_page, titles_of

router = APIRouter()
Name = Annotated[str, Query(max_length=200)]
DAYS_TOLD = 10
"""How far ahead the page says when editions go out: over any weekend with its holidays."""


@router.get("/a/{agreement}/digests")
def digests(request: Request, visitor: Editor, sheet: InDigests) -> Response:
    """Every digest in a sentence, and when it would go out next by the draft."""
    coming = _coming(sheet)
    rows = [
        {
            "name": name,
            "title": of.get("title") or name,
            "said": digest_form.sentence(of, titles_of(sheet.visitor, sheet.room)),
            "next": coming.get(name),
        }
        for name, of in _digests(sheet).items()
    ]
    return sheet_page(request, sheet, "all", rows=rows, faults=[])


@router.get("/a/{agreement}/digests/digest")
def digest(request: Request, visitor: Editor, sheet: InDigests, name: Name = "") -> Response:
    """A digest with its options; a new one without a name."""
    had = _digest(sheet, name)
    return _digest_page(request, sheet, name, digest_form.fields_of(had), seal(had))


@router.post("/a/{agreement}/digests/digest")
def change_digest(request: Request, visitor: Editor, sheet: InDigests, form: InForm) -> Response:
    """Change a digest, add one, or take it away; what is wrong stands beside its field."""
    name = form.text("name")
    had, everything = _digest(sheet, name), _digests(sheet)
    made = digest_form.digest_of(form, had)
    fields = digest_form.fields_of(made)
    if form.text("seen") != seal(had):
        return _digest_page(request, sheet, name, digest_form.fields_of(had), seal(had), [("title", MEANWHILE)])
    gone = bool(name) and form.text("act") == "remove"
    key = name or digest_form.id_for(form.text("title"), everything)
    values: Values = {
        **{k: v for k, v in everything.items() if k != key or not gone},
        **({} if gone else {key: made}),
    }
    wrong = sheet.drafted(values, key, _ids(fields))
    if wrong:
        return _digest_page(request, sheet, name, fields, seal(had), wrong)
    title = str(had.get("title") or made.get("title") or key)
    did = "taken away" if gone else "changed" if name else "added"
    write_act(request, visitor, f"draft: digest {did}", f"{sheet.room.agreement.id}: {key}")
    return then_said(request, sheet.path, f"“{title}” is {did} in your draft")


def _digest_page(
    request: Request,
    sheet: Sheet,
    name: str,
    fields: dict[str, Any],
    seen: str,
    faults: list[tuple[str, str]] | None = None,
) -> Response:
    known = sorted(sheet.room.workspace.recipients(sheet.room.library).addresses)
    return sheet_page(
        request,
        sheet,
        "one",
        WRONG if faults else 200,
        name=name,
        of=fields,
        seen=seen,
        faults=faults or [],
        recipients=[*known, *(one for one in fields["to"] if one not in known)],
        sections=list(titles_of(sheet.visitor, sheet.room).items()),
        days=digest_form.DAYS,
        layouts=digest_form.LAYOUTS,
        holidays=digest_form.HOLIDAYS,
        opened=opened_groups(digest_form.GROUPS, fields, digest_form.fields_of({}), faults or []),
    )


def _ids(fields: dict[str, Any]) -> list[str]:
    """The fields of the form by their ids, the first of them for what concerns the whole."""
    return [name for name in fields if name != "sections.of"]


def _digests(sheet: Sheet) -> dict[str, Values]:
    return {name: of for name, of in sheet.values.items() if isinstance(of, dict)}


def _digest(sheet: Sheet, name: str) -> Values:
    """What a digest says; nothing of a new one.

    Raises:
        HTTPException: there is none of that name (404).
    """
    found = _digests(sheet).get(name, {})
    if name and not found:
        raise HTTPException(404)
    return found


def _coming(sheet: Sheet) -> dict[str, DueEdition]:
    """The next edition of each digest, as the draft would have it."""
    try:
        sheet.as_drafted()
    except InputError:
        return {}
    found = due_in(sheet.room.workspace, sheet.library, DAYS_TOLD)
    mine = [one for one in found if one.agreement == sheet.room.agreement.id and one.slot]
    return {one.digest: one for one in reversed(mine)}
