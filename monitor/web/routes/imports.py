"""Agreements coming in: a document is handed in, its draft corrected beside it, an agreement made of it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from monitor.app import Workspace, draft_files, founder, importer, receive_agreement
from monitor.core.drafting import Received, learn
from monitor.core.drafting.correcting import At, Change, rename, without_undecided
from monitor.core.drafting.marked import pieces
from monitor.core.drafting.signs import words_of
from monitor.core.profile import Kind, Standing
from monitor.errors import InputError, LibraryError, RevisionConflict
from monitor.jobs.found_agreement import found_agreement, still_to_fill_in
from monitor.jobs.import_agreement import correct
from monitor.jobs.ports import LibraryRead
from monitor.web.access import EditorOfAll, Visitor, workspace_of, write_act
from monitor.web.corrections import of_people, of_source, of_term
from monitor.web.forms import file_name
from monitor.web.pages import WRONG, page, status_of
from monitor.web.words import capital

router = APIRouter()
Line = Annotated[str, Form(max_length=1000)]
Faults = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Tray:
    """What the pages of imports work with."""

    workspace: Workspace
    library: LibraryRead


def tray_of(request: Request) -> Tray:
    """The workspace and its library; one without any agreement yet will do."""
    workspace = workspace_of(request)
    return Tray(workspace, workspace.read())


InTray = Annotated[Tray, Depends(tray_of)]


@router.get("/import")
def imports(request: Request, visitor: EditorOfAll, tray: InTray, dropped: str = "") -> Response:
    """The form to hand in a document, and the drafts that are being worked on."""
    return _list_page(request, tray, dropped=dropped)


@router.post("/import")
def hand_in(
    request: Request,
    visitor: EditorOfAll,
    tray: InTray,
    document: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Read a document; its draft, or what is wrong with it."""
    body = document.file.read() if document else b""
    if document is None or not body:
        chosen = document.filename if document else ""
        wrong = f"{chosen} is empty: choose another file" if chosen else "Choose the file of the agreement"
        return _list_page(request, tray, [("document", wrong)])
    name = file_name(document)
    try:
        received = receive_agreement(tray.workspace, tray.library, name, body, visitor.user.name)
    except InputError as error:
        return _list_page(request, tray, [("document", str(error))])
    write_act(request, visitor, "agreement handed in", f"{received.id}: {name}")
    return RedirectResponse(f"/import/{received.id}", 303)


@router.get("/import/{ident}")
def draft(request: Request, visitor: EditorOfAll, tray: InTray, ident: str, done: str = "") -> Response:
    """The document beside its draft."""
    return _draft_page(request, tray, tray.workspace.store.received(ident), done=done)


@router.get("/import/{ident}/files.zip")
def files(request: Request, visitor: EditorOfAll, tray: InTray, ident: str) -> Response:
    """The draft as the files of an agreement's folder, with the page to review them by."""
    received = tray.workspace.store.received(ident)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, text in draft_files(tray.workspace, tray.library, received).items():
            folder.writestr(f"{_short_name(received)}/{name}", text)
    write_act(request, visitor, "draft files taken out", ident)
    headers = {"Content-Disposition": f'attachment; filename="{_short_name(received)}.zip"'}
    return Response(packed.getvalue(), media_type="application/zip", headers=headers)


@router.post("/import/{ident}/terms")
def say_of_term(
    request: Request,
    visitor: EditorOfAll,
    tray: InTray,
    ident: str,
    version: Annotated[int, Form()],
    section: Line,
    number: Annotated[int, Form()],
    act: Line,
    kind: Line = "",
) -> Response:
    """Split, join, confirm, leave out or take in a term, or call it of another kind."""
    what, _, value = act.partition(" ")

    def read() -> Change:
        return of_term(what, At(section, number), value or kind, learn(tray.library.agreements))

    stays = f"{section}-{number}"
    return _corrected(request, visitor, tray, ident, version, read, stays, onwards=what == "confirm")


@router.post("/import/{ident}/sources")
def say_of_source(
    request: Request,
    visitor: EditorOfAll,
    tray: InTray,
    ident: str,
    version: Annotated[int, Form()],
    section: Line,
    name: Line,
    means: Line = "",
) -> Response:
    """Say which group or outlet a name means that is in no file of sources."""

    def read() -> Change:
        return of_source(section, name, means, tray.library.sources)

    return _corrected(request, visitor, tray, ident, version, read, f"{section}-sources")


@router.post("/import/{ident}/people")
def say_of_people(
    request: Request,
    visitor: EditorOfAll,
    tray: InTray,
    ident: str,
    version: Annotated[int, Form()],
    who: Annotated[list[str] | None, Form()] = None,
    standing: Annotated[list[str] | None, Form()] = None,
    role: Annotated[list[str] | None, Form()] = None,
    purpose: Line = "",
    approved_by: Line = "",
    second_approval: Line = "",
    review_by: Line = "",
) -> Response:
    """Record who decided to look for these persons, and why."""
    each = zip(who or (), standing or (), role or (), strict=False)
    named = [(*_section_and_number(name), of, in_role) for name, of, in_role in each]
    decision = purpose, approved_by, second_approval, review_by
    change, faults = of_people(named, decision, tray.workspace.clock().date())
    if change is None:
        asked = {"decision": decision, "roles": {f"{s}-{n}": (of, said) for s, n, of, said in named}}
        return _draft_page(request, tray, tray.workspace.store.received(ident), faults, asked=asked)
    return _corrected(request, visitor, tray, ident, version, lambda: change, "people")


@router.post("/import/{ident}/save")
def save(
    request: Request,
    visitor: EditorOfAll,
    tray: InTray,
    ident: str,
    version: Annotated[int, Form()],
    client: Line = "",
    name: Line = "",
    short_name: Line = "",
    reason: Line = "",
) -> Response:
    """Make an agreement of the draft; what is wrong with it, and nothing made, else."""
    of = founder(tray.workspace, tray.library)
    asked = {"client": client, "name": name, "short_name": short_name, "reason": reason}
    faults = [(field, f"Say {what}") for field, what in _NAMES if not asked[field].strip()]
    if faults:
        return _draft_page(request, tray, tray.workspace.store.received(ident), faults, asked=asked)
    try:
        with_names = importer(tray.workspace, visitor.user.name)
        received = correct(with_names, ident, version, lambda made: rename(made, client, name))
        found_agreement(of, received, short_name.strip(), visitor.user.name, reason)
    except (InputError, LibraryError, RevisionConflict) as error:
        status = status_of(error)
        faults = [("short_name", said.strip()) for said in capital(error).splitlines()]
        received = tray.workspace.store.received(ident)
        return _draft_page(request, tray, received, faults, asked=asked, status=status)
    write_act(request, visitor, "agreement published", f"{short_name.strip()}: {reason.strip()}")
    return RedirectResponse(f"/a/{short_name.strip()}?founded=1", 303)


@router.post("/import/{ident}/drop")
def drop(request: Request, visitor: EditorOfAll, tray: InTray, ident: str) -> Response:
    """Forget a draft; an agreement that was made of it stays."""
    received = tray.workspace.store.received(ident)
    tray.workspace.store.drop_received(ident)
    write_act(request, visitor, "draft dropped", f"{ident}: {received.file}")
    return RedirectResponse("/import?dropped=1", 303)


# --------------------------------------------------------------- the pages

_NAMES = (
    ("client", "who is served"),
    ("name", "what the agreement is called"),
    ("short_name", "by which short name it goes in addresses"),
    ("reason", "why, for whoever asks later"),
)
"""What a new agreement needs, besides a draft without faults."""


def _list_page(request: Request, tray: Tray, faults: Faults | None = None, dropped: str = "") -> Response:
    drafts = tray.workspace.store.received_agreements()
    status = WRONG if faults else 200
    return page(request, "imports.html.j2", status, drafts=drafts, faults=faults or [], dropped=dropped)


def _draft_page(
    request: Request,
    tray: Tray,
    received: Received,
    faults: Faults | None = None,
    *,
    asked: dict[str, Any] | None = None,
    status: int = WRONG,
    done: str = "",
) -> Response:
    of, made, sources = founder(tray.workspace, tray.library), received.draft, tray.library.sources
    groups = [(group.id, group.name) for group in sources.groups.values()]
    outlets = sorted(((o.id, o.name) for o in sources.outlets.values()), key=lambda pair: pair[1].casefold())
    terms = [(s, n, term) for s in made.sections for n, term in enumerate(s.terms, start=1)]
    return page(
        request,
        "import.html.j2",
        status if faults else 200,
        received=received,
        draft=made,
        pieces=pieces,
        names=dict(groups + outlets),
        choices=[("none", "none of ours: leave it out"), *groups, *outlets],
        doubtful=[(s, n, term) for s, n, term in terms if term.doubtful],
        people=[(s, n, term) for s, n, term in terms if term.kind is Kind.PERSON and term.written],
        words=lambda s, term: [w.text for w in words_of(s.lines[term.line].text[term.start : term.end])],
        kinds=list(Kind),
        standings=list(Standing),
        lacking=() if received.became else still_to_fill_in(of, without_undecided(made)),
        short_name=_short_name(received),
        faults=faults or [],
        asked=asked or {},
        done=done,
    )


def _corrected(
    request: Request,
    visitor: Visitor,
    tray: Tray,
    ident: str,
    version: int,
    read: Callable[[], Change],
    stays: str,
    *,
    onwards: bool = False,
) -> Response:
    """The page with the correction that is read, at the place where it was made, or at the next doubtful one."""
    try:
        received = correct(importer(tray.workspace, visitor.user.name), ident, version, read())
    except (InputError, RevisionConflict) as error:
        status = status_of(error)
        current = tray.workspace.store.received(ident)
        return _draft_page(request, tray, current, [("terms", capital(error))], status=status)
    place = _next_doubtful(received, stays) if onwards else stays
    return RedirectResponse(f"/import/{ident}#{place}", 303)


def _next_doubtful(received: Received, place: str) -> str:
    """Where the next doubtful term stands, behind a place, then from the start; the place, if there is none."""
    terms = [(f"{s.id}-{n}", t.doubtful) for s in received.draft.sections for n, t in enumerate(s.terms, start=1)]
    here = next((at for at, (name, _) in enumerate(terms) if name == place), 0)
    return next((name for name, doubtful in terms[here:] + terms[:here] if doubtful), place)


def _section_and_number(name: str) -> tuple[str, int]:
    section, _, number = name.rpartition("-")
    return section, int(number) if number.isdigit() else 0


def _short_name(received: Received) -> str:
    """A short name for the agreement, of its client's."""
    plain = re.sub(r"[^a-z0-9]+", "-", (received.draft.client or received.file).lower()).strip("-")
    return (plain if plain[:1].isalpha() else f"agreement-{plain}").strip("-")[:40].rstrip("-")
