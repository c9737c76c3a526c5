"""Imports of agreements, for programs: hand in a document, correct its draft, make an agreement of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import File, Request, UploadFile

from monitor.app import founder, importer, receive_agreement
from monitor.core.drafting import Received, learn
from monitor.core.drafting.correcting import At
from monitor.jobs.found_agreement import found_agreement, still_to_fill_in
from monitor.jobs.import_agreement import correct
from monitor.web.access import EditorOfAll, workspace_of, write_act
from monitor.web.corrections import of_term
from monitor.web.described import api_router
from monitor.web.forms import file_name

router = api_router()


@dataclass(frozen=True, slots=True)
class ImportLine:
    """A document that was handed in."""

    id: str
    file: str
    by: str
    at: datetime
    version: int
    """Say which one you saw with every correction."""
    became: str
    """The agreement that was made of it; empty: none yet."""
    doubtful: int
    """Terms whose cut somebody should look at."""


@dataclass(frozen=True, slots=True)
class ImportedDraft(ImportLine):
    """The same with its draft."""

    lacking: list[str]
    """What is to be filled in before it can be published."""
    draft: dict[str, Any]


@router.get("/imports")
def imports(request: Request, visitor: EditorOfAll) -> list[ImportLine]:
    """The documents that were handed in, the latest first."""
    return [ImportLine(*_line(one)) for one in workspace_of(request).store.received_agreements()]


@router.post("/imports")
def hand_in(
    request: Request,
    visitor: EditorOfAll,
    document: Annotated[UploadFile, File(description="DOCX, PDF, HTML, text")],
) -> ImportedDraft:
    """Hand in a document, and get its draft."""
    workspace = workspace_of(request)
    name = file_name(document)
    received = receive_agreement(workspace, workspace.read(), name, document.file.read(), visitor.user.name)
    write_act(request, visitor, "agreement handed in", f"{received.id}: {name}")
    return _told(request, received)


@router.get("/imports/{ident}")
def imported(request: Request, visitor: EditorOfAll, ident: str) -> ImportedDraft:
    """A draft as it is by now."""
    return _told(request, workspace_of(request).store.received(ident))


@dataclass(frozen=True, slots=True)
class Correction:
    """What is said of a term."""

    version: int
    section: str
    number: int
    """Of the term in its section, from 1."""
    act: str
    """`split`, `join` (with the next), `confirm`, `leave_out`, `take_in` or `call`."""
    value: str = ""
    """Of `split`: after how many words; of `call`: the kind."""


@router.post("/imports/{ident}/corrections")
def correction(request: Request, visitor: EditorOfAll, ident: str, said: Correction) -> ImportedDraft:
    """Correct a draft."""
    workspace = workspace_of(request)
    dictionary = learn(workspace.read().agreements)
    change = of_term(said.act, At(said.section, said.number), said.value, dictionary)
    return _told(request, correct(importer(workspace, visitor.user.name), ident, said.version, change))


@dataclass(frozen=True, slots=True)
class NewAgreement:
    """An agreement to be made of a draft."""

    version: int
    agreement: str
    """Its short name, as in addresses."""
    reason: str


@dataclass(frozen=True, slots=True)
class Published:
    """What was published."""

    agreement: str
    files: list[str]


@router.post("/imports/{ident}/agreement")
def agreement(request: Request, visitor: EditorOfAll, ident: str, said: NewAgreement) -> Published:
    """Make an agreement of a draft, once nothing lacks."""
    workspace = workspace_of(request)
    received = workspace.store.received(ident)
    received.must_be(said.version)
    made = found_agreement(
        founder(workspace, workspace.read()), received, said.agreement, visitor.user.name, said.reason
    )
    write_act(request, visitor, "agreement published", f"{said.agreement}: {said.reason}")
    return Published(said.agreement, [revision.file for revision in made])


def _line(one: Received) -> tuple[str, str, str, datetime, int, str, int]:
    return one.id, one.file, one.by, one.at, one.version, one.became, len(one.draft.doubtful)


def _told(request: Request, one: Received) -> ImportedDraft:
    workspace = workspace_of(request)
    lacking = () if one.became else still_to_fill_in(founder(workspace, workspace.read()), one.draft)
    return ImportedDraft(*_line(one), [str(fault) for fault in lacking], one.draft.to_json())
