"""The agreement that an address names, with the library as its files say now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from monitor.app import Workspace, founded
from monitor.core.agreement import Agreement
from monitor.core.source import Sources
from monitor.jobs.ports import LibraryRead
from monitor.web.access import workspace_of


@dataclass(frozen=True, slots=True)
class Room:
    """What a page of an agreement works with."""

    workspace: Workspace
    library: LibraryRead
    agreement: Agreement

    @property
    def sources(self) -> Sources:
        """All outlets and groups."""
        return self.library.sources

    @property
    def path(self) -> str:
        """The address of its pages."""
        return f"/a/{self.agreement.id}"

    def title(self, section: str) -> str:
        """A section as the agreement prints it, or its id when it is gone."""
        return self.agreement.title(section)

    @property
    def titles(self) -> dict[str, str]:
        """All sections by id."""
        return {section: self.title(section) for section in self.agreement.sections}

    @property
    def outlet_choices(self) -> list[tuple[str, str]]:
        """Id and name of every outlet, and first that a text is of none."""
        outlets = sorted(self.sources.outlets.values(), key=lambda one: one.name.casefold())
        return [("", "No outlet: sources are not judged"), *((one.id, one.name) for one in outlets)]

    def outlet(self, outlet: str) -> str:
        """The name readers know, or the id."""
        known = self.sources.outlets.get(outlet)
        return known.name if known else outlet or "no outlet of ours"


def agreements_of(request: Request) -> tuple[Agreement, ...]:
    """All agreements, whoever may read them; none before the first.

    Raises:
        LibraryError: there are, and none can be used.
    """
    workspace = workspace_of(request)
    library = founded(workspace.read(), workspace.store)
    return library.agreements if library else ()


def room_of(request: Request, agreement: str) -> Room:
    """The room of the agreement in the address.

    Raises:
        HTTPException: there is none of that id (404).
        LibraryError: no agreement can be used.
    """
    workspace = workspace_of(request)
    library = workspace.read()
    founded(library, workspace.store)
    found = next((a for a in library.agreements if a.id == agreement), None)
    if found is None:
        raise HTTPException(404)
    return Room(workspace, library, found)


InRoom = Annotated[Room, Depends(room_of)]
"""What a route below `/a/{agreement}` asks for: `room: InRoom`, after its visitor."""
