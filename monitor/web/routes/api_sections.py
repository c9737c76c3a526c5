"""Sections, for programs: added, taken away, brought back, all in the draft of the key's user."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from fastapi import Request

from monitor.app import drafter
from monitor.jobs.drafts import NewSection, add_section, bring_back, take_section_away
from monitor.web.access import Editor, write_act
from monitor.web.agreements import InRoom
from monitor.web.described import api_router, must_be_sound
from monitor.web.sheets import sheet_of
from monitor.web.states import DraftState, SectionState, draft_state, section_state

router = api_router()


@dataclass(frozen=True, slots=True)
class SectionToAdd:
    """A section that is to be drafted."""

    section: str
    """Its short name: the name of its file."""
    values: dict[str, Any]
    """As in a section's file: docs/for-editors.md."""
    place: int | None = None
    """In the order of the sections, from 1; without one, at the end."""
    digests: list[str] = field(default_factory=list)
    """Ids of the digests that name their sections, and are to carry it."""


@router.post("/agreements/{agreement}/profiles")
def add(request: Request, visitor: Editor, room: InRoom, said: SectionToAdd) -> SectionState:
    """Draft a section that is new; nothing is stored where it has a fault, and all faults are told."""
    new = NewSection(said.section, said.values, said.place, tuple(said.digests))
    must_be_sound(add_section(drafter(room.workspace), room.agreement.id, visitor.user.name, new))
    write_act(request, visitor, "draft: section added", f"{room.agreement.id}/{said.section}")
    return section_state(sheet_of(visitor, room, said.section))


@router.delete("/agreements/{agreement}/profiles/{section}")
def take_away(request: Request, visitor: Editor, room: InRoom, section: str) -> DraftState:
    """Draft the agreement without a section; its history and what was found under it stay."""
    must_be_sound(take_section_away(drafter(room.workspace), room.agreement.id, visitor.user.name, section))
    write_act(request, visitor, "draft: section taken away", f"{room.agreement.id}/{section}")
    return draft_state(room, visitor)


@router.post("/agreements/{agreement}/profiles/{section}/back")
def back(request: Request, visitor: Editor, room: InRoom, section: str) -> SectionState:
    """Draft a section that was taken away, as it was last published, at the end of the order."""
    must_be_sound(bring_back(drafter(room.workspace), room.agreement.id, visitor.user.name, section))
    write_act(request, visitor, "draft: section brought back", f"{room.agreement.id}/{section}")
    return section_state(sheet_of(visitor, room, section))
