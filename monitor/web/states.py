"""A section and a draft as the API tells of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monitor.app import counted_from, glance_at_terms, overtaken_files
from monitor.core.editing.saying import Change
from monitor.core.editing.values import item_name
from monitor.core.json import Json
from monitor.jobs.drafts import Overtaken, draft_of
from monitor.web.access import Visitor
from monitor.web.agreements import Room
from monitor.web.sheets import SectionSheet, changes_of


@dataclass(frozen=True, slots=True)
class TermLine:
    """What a term brought in the last 30 days, or since `counted_from`."""

    term: str
    kept: int
    excluded: int
    near_misses: int
    last_kept: datetime | None


@dataclass(frozen=True, slots=True)
class SectionState:
    """A section as the key's user has it: drafted, or as it is in force."""

    section: str
    version: str
    """Say which one you saw with every change."""
    drafted: bool
    values: dict[str, Any]
    """As in the section's file: docs/for-editors.md."""
    changes: list[str]
    """What the draft changes, in sentences."""
    terms: list[TermLine]
    counted_from: datetime | None
    """When the first of the articles that `terms` counts was seen; null: none was judged in the last 30 days."""


def section_state(sheet: SectionSheet) -> SectionState:
    """A section's values, and what each term brought."""
    glance = glance_at_terms(sheet.room.workspace, sheet.room.agreement.id)
    lines = []
    for name in map(item_name, sheet.terms):
        one = glance.get((sheet.section, name))
        counts = (one.kept, one.excluded, one.near_misses, one.last_kept) if one else (0, 0, 0, None)
        lines.append(TermLine(name, *counts))
    said = [change.sentence for change in sheet.changes]
    drafted = sheet.draft.of(sheet.file.file) is not None
    since = counted_from(sheet.room.workspace, sheet.room.agreement.id)
    return SectionState(sheet.section, sheet.file.fingerprint, drafted, dict(sheet.values), said, lines, since)


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """What both changed, to be settled by its name."""

    name: str
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What somebody else published since the draft was made."""

    revision: str
    author: str
    reason: str
    changes: list[str]
    clashes: list[ChoiceLine]


@dataclass(frozen=True, slots=True)
class DraftedFile:
    """A file of a draft."""

    file: str
    at: datetime
    changes: list[str]
    meanwhile: Meanwhile | None


@dataclass(frozen=True, slots=True)
class DraftState:
    """All that an editor would change."""

    author: str
    files: list[DraftedFile]


def draft_state(room: Room, visitor: Visitor) -> DraftState:
    """What a visitor has drafted, and what was published meanwhile."""
    found = draft_of(room.workspace.store, room.agreement.id, visitor.user.name)
    theirs = {one.mine.file: one for one in overtaken_files(room.workspace, found.files, {})}
    lines = [
        DraftedFile(one.file, one.at, _sentences(changes_of(room, one)), _meanwhile(theirs.get(one.file)))
        for one in found.files
    ]
    return DraftState(found.author, lines)


def _meanwhile(by: Overtaken | None) -> Meanwhile | None:
    if by is None:
        return None
    clashes = [ChoiceLine(one.name, _plain(one.mine), _plain(one.theirs)) for one in by.merged.clashes]
    theirs = by.theirs
    return Meanwhile(theirs.fingerprint, theirs.author, theirs.reason, _sentences(by.their_changes), clashes)


def _sentences(found: Iterable[Change]) -> list[str]:
    return [one.sentence for one in found]


def _plain(value: Any) -> Json:
    """A value of a clash; null where there is none any more."""
    return value if isinstance(value, bool | int | str | list | dict) else None
