"""Advice on profiles: as they are now, as an editor's draft would have them, of what was just published."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.adapters.library import Library
from monitor.app.workspace import Workspace
from monitor.core.draft import Draft
from monitor.core.lint import Advice, lint
from monitor.jobs.ports import LibraryRead
from monitor.jobs.revise import Place

YAML = ".yaml"


def advice_now(workspace: Workspace) -> Mapping[str, tuple[Advice, ...]]:
    """What there is to say of each agreement, by its id."""
    return _advice(workspace, workspace.read())


def advice_on_draft(workspace: Workspace, draft: Draft) -> tuple[Advice, ...]:
    """What there is to say of the sections that a draft changes, as they would be."""
    read = Library(workspace.home).read(workspace.store.revisions_in_force(), draft.texts)
    return _on(_advice(workspace, read), draft.agreement, {one.file for one in draft.files})


def advice_on_file(workspace: Workspace, place: Place) -> tuple[Advice, ...]:
    """What there is to say of a section, as its file is now; nothing of other files."""
    return _on(advice_now(workspace), place.agreement, {place.file})


def _on(advice: Mapping[str, tuple[Advice, ...]], agreement: str, files: set[str]) -> tuple[Advice, ...]:
    return tuple(one for one in advice.get(agreement, ()) if f"{one.section}{YAML}" in files)


def _advice(workspace: Workspace, library: LibraryRead) -> dict[str, tuple[Advice, ...]]:
    today = workspace.clock().date()
    return {of.id: lint(of, library.sources, today) for of in library.agreements}
