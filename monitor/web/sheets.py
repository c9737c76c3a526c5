"""A file of an agreement as one editor has it: drafted, or as it is in force; and what becomes of a change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from starlette.exceptions import HTTPException

from monitor.app import drafter
from monitor.core.article import fingerprint
from monitor.core.draft import Draft, DraftFile
from monitor.core.editing.changes import changes
from monitor.core.editing.saying import Change
from monitor.core.editing.sections import AGREEMENT, DIGESTS, YAML, file_of, listed, section_of
from monitor.core.editing.values import Values, item_name
from monitor.core.fault import Fault
from monitor.core.json import Json
from monitor.errors import InputError, RevisionConflict
from monitor.jobs.ask import Asked
from monitor.jobs.drafts import change, draft_of, drafts_of, made_from, opened
from monitor.jobs.ports import LibraryRead
from monitor.web.access import Editor, Visitor
from monitor.web.agreements import InRoom, Room
from monitor.web.forms import beside
from monitor.web.pages import page
from monitor.web.said import said_before
from monitor.web.words import capital


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the pages of a file work with."""

    room: Room
    visitor: Visitor
    file: DraftFile
    values: Values

    @property
    def path(self) -> str:
        """The address of the file's pages: of a section `/a/x/profiles/benefits`, of the others `/a/x/digests`."""
        return path_of(self.room, self.file.file)

    @property
    def draft(self) -> Draft:
        """All that its editor would change."""
        return draft_of(self.room.workspace.store, self.room.agreement.id, self.file.author)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What the draft changes in this file."""
        return changes_of(self.room, self.file)

    @property
    def library(self) -> LibraryRead:
        """Everything as it would be by the draft."""
        return self.room.workspace.read(self.draft.texts)

    def as_drafted(self) -> Room:
        """The agreement as it would be by the draft, to judge texts by.

        Raises:
            InputError: the draft leaves nothing of it.
        """
        library = self.library
        agreement = next((one for one in library.agreements if one.id == self.room.agreement.id), None)
        if agreement is None:
            raise InputError("the draft leaves nothing of the agreement: mend its faults first")
        return Room(self.room.workspace, library, agreement)

    def change(self, values: Values) -> tuple[Fault, ...]:
        """Draft these values; the faults that keep them from being drafted.

        Raises:
            InputError: they are there already, or the file is written in a way that we do not change.
            RevisionConflict: the editor changed it meanwhile, in another window.
        """
        return change(drafter(self.room.workspace), self.file, values).faults

    def drafted(self, values: Values, part: str, known: Sequence[str]) -> list[tuple[str, str]]:
        """Draft the values; what is wrong with them beside its field, by `forms.beside`."""
        try:
            return beside(self.change(values), part, known)
        except (InputError, RevisionConflict) as error:
            return [(known[0], capital(error))]


@dataclass(frozen=True, slots=True)
class SectionSheet(Sheet):
    """What the pages of a section work with."""

    @property
    def section(self) -> str:
        """Its id."""
        return self.file.file.removesuffix(YAML)

    @property
    def title(self) -> str:
        """As the agreement prints it."""
        return str(self.values.get("title") or self.section)

    @property
    def terms(self) -> list[Json]:
        """Names, or names with options, in the order of the file."""
        found = self.values.get("terms")
        return found if isinstance(found, list) else []

    def term(self, name: str) -> tuple[int, Json]:
        """Where a term stands, and what it says.

        Raises:
            HTTPException: the section has none of that name (404).
        """
        for number, term in enumerate(self.terms):
            if item_name(term) == name:
                return number, term
        raise HTTPException(404)

    def again(self) -> SectionSheet:
        """The section as it is by now."""
        return _section(self.visitor, self.room, self.section)


def sheet_of(visitor: Editor, room: InRoom, section: str) -> SectionSheet:
    """The section in the address, as the visitor has it; one that is new in their draft, too.

    Raises:
        HTTPException: the agreement has no such section (404).
    """
    if section not in room.agreement.sections and section not in sections_of(visitor, room):
        raise HTTPException(404)
    return _section(visitor, room, section)


def _section(visitor: Visitor, room: Room, section: str) -> SectionSheet:
    return SectionSheet(room, visitor, *_opened(visitor, room, file_of(section)))


def open_sheet(visitor: Visitor, room: Room, file: str) -> Sheet:
    """A file of the agreement as the visitor has it now.

    Raises:
        InputError: it cannot be read as keys and values.
    """
    return Sheet(room, visitor, *_opened(visitor, room, file))


def _opened(visitor: Visitor, room: Room, file: str) -> tuple[DraftFile, Values]:
    tools = drafter(room.workspace)
    found = opened(tools, room.agreement.id, file, visitor.user.name)
    return found, tools.library.values(found.content)


def sections_of(visitor: Visitor, room: Room) -> tuple[str, ...]:
    """The sections of the agreement in their order, as the visitor has them."""
    return listed(open_sheet(visitor, room, AGREEMENT).values)


def titles_of(visitor: Visitor, room: Room) -> dict[str, str]:
    """The same sections by id, as they are printed."""
    known = room.titles
    return {one: known.get(one) or _section(visitor, room, one).title for one in sections_of(visitor, room)}


def agreement_sheet(visitor: Editor, room: InRoom) -> Sheet:
    """What all sections share, as the visitor has it."""
    return open_sheet(visitor, room, AGREEMENT)


def digests_sheet(visitor: Editor, room: InRoom) -> Sheet:
    """The digests, as the visitor has them."""
    return open_sheet(visitor, room, DIGESTS)


InSheet = Annotated[SectionSheet, Depends(sheet_of)]
"""What a route below `/a/{agreement}/profiles/{section}` asks for: `sheet: InSheet`."""
InAgreement = Annotated[Sheet, Depends(agreement_sheet)]
InDigests = Annotated[Sheet, Depends(digests_sheet)]


def changes_of(room: Room, file: DraftFile) -> tuple[Change, ...]:
    """What a drafted file changes in the revision that it was made from."""
    base = made_from(room.workspace.store, file)
    library = drafter(room.workspace).library
    return changes(library.values(base) if base else {}, library.values(file.content), file.file)


def seal(value: Json | Sequence[Json]) -> str:
    """What a form carries along, to tell whether what it shows is still what is there."""
    return fingerprint(repr(value))[:16]


def title_of(room: Room, file: str, content: str = "") -> str:
    """What a file is of, as an editor knows it; of a section that is new or gone, as its content says."""
    if (section := section_of(file)) in room.agreement.sections:
        return room.title(section)
    if section and content:
        return str(drafter(room.workspace).library.values(content).get("title") or file)
    return {AGREEMENT: "What sections share", DIGESTS: "Digests"}.get(file, file)


def path_of(room: Room, file: str) -> str:
    """The address of the pages of a file."""
    below = {AGREEMENT: "agreement", DIGESTS: "digests"}.get(file)
    return f"{room.path}/{below or f'profiles/{file.removesuffix(YAML)}'}"


def waiting_for(asked: Iterable[Asked], visitor: Visitor) -> tuple[Asked, ...]:
    """What other editors asked to have published, and waits for a second person."""
    return tuple(one for one in asked if one.stands and one.asking.author != visitor.user.name)


def sheet_page(request: Request, sheet: Sheet, tab: str, status: int = 200, **values: Any) -> Response:
    """One of the pages of a file."""
    kind = {AGREEMENT: "agreement", DIGESTS: "digests"}.get(sheet.file.file, "profile")
    return page(
        request,
        f"{kind}_{tab}.html.j2",
        status,
        agreement=sheet.room.agreement,
        sheet=sheet,
        tab=tab,
        changes=sheet.changes,
        done=said_before(request),
        **values,
    )


def others(room: Room, author: str) -> tuple[Draft, ...]:
    """Drafts of other editors."""
    return tuple(draft for draft in drafts_of(room.workspace.store, room.agreement.id) if draft.author != author)
