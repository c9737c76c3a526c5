"""Advice on profiles: as they are now, as an editor's draft would have them, of what was just published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from monitor.adapters.library import Library, read_published
from monitor.app.copies import lines_around
from monitor.app.workspace import Workspace
from monitor.core.agreement import Agreement
from monitor.core.dates import london_day
from monitor.core.draft import Draft
from monitor.core.editing.sections import file_of
from monitor.core.lint import Advice, lint, lint_yields
from monitor.core.term_yield import YieldReport
from monitor.jobs.ports import LibraryRead
from monitor.jobs.revise import Place
from monitor.jobs.weigh_terms import weigh_quickly

CHECKED_DAYS = 30
"""Over which terms are weighed when nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class DraftAdvice:
    """What there is to say of the sections that a draft changes, as they would be."""

    new: tuple[Advice, ...] = ()
    """What comes with the draft."""
    before: tuple[Advice, ...] = ()
    """What was to be said already of what is in force, and the draft leaves so."""


def advice_now(workspace: Workspace) -> Mapping[str, tuple[Advice, ...]]:
    """What there is to say of each agreement, by its id."""
    return _advice_of_all(workspace, workspace.read())


def yields_now(workspace: Workspace, agreement: Agreement, days: int = CHECKED_DAYS) -> YieldReport:
    """What each term of an agreement brought in the last days, from counts that lie ready."""
    now = workspace.clock()
    return weigh_quickly(agreement, workspace.store, now - timedelta(days=days), now, lines_around(workspace))


def advice_of_the_week(workspace: Workspace) -> Mapping[str, tuple[Advice, ...]]:
    """The same, with which terms are dead or noisy by what they brought in 30 days."""
    library = workspace.read()
    found = _advice_of_all(workspace, library)
    for agreement in library.agreements:
        report = yields_now(workspace, agreement)
        said = lint_yields(report)
        found[agreement.id] = (*found[agreement.id], *said)
    return found


def advice_on_draft(workspace: Workspace, draft: Draft) -> DraftAdvice:
    """What there is to say of a draft before it is published; nothing of what it does not touch."""
    in_force, files = workspace.store.revisions_in_force(), {one.file for one in draft.files}
    drafted, published = Library(workspace.home).read(in_force, draft.texts), read_published(in_force)
    then = _on(_advice(workspace, drafted, draft.agreement), files)
    now = set(_on(_advice(workspace, published, draft.agreement), files))
    new, before = (tuple(one for one in then if (one in now) is known) for known in (False, True))
    return DraftAdvice(new, before)


def advice_on_file(workspace: Workspace, place: Place) -> tuple[Advice, ...]:
    """What there is to say of a section, as its file is now; nothing of other files."""
    return _on(_advice(workspace, workspace.read(), place.agreement), {place.file})


def _on(advice: tuple[Advice, ...], files: set[str]) -> tuple[Advice, ...]:
    return tuple(one for one in advice if file_of(one.section) in files)


def _advice_of_all(workspace: Workspace, library: LibraryRead) -> dict[str, tuple[Advice, ...]]:
    return {of.id: _advice(workspace, library, of.id) for of in library.agreements}


def _advice(workspace: Workspace, library: LibraryRead, agreement: str) -> tuple[Advice, ...]:
    """Of one agreement; nothing where the library has none of that id."""
    of = next((one for one in library.agreements if one.id == agreement), None)
    return lint(of, library.sources, london_day(workspace.clock())) if of else ()
