"""A draft of the profiles, replayed over the archive: see it before it is published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from monitor.adapters.cluster import Sieve, copies
from monitor.adapters.library import Library, read_published
from monitor.app.crews import crews_of
from monitor.app.library import chosen, read_agreement, usable
from monitor.app.workspace import Workspace
from monitor.core.agreement import Agreement
from monitor.core.edition import Window
from monitor.core.fault import Fault
from monitor.core.replay.changes import State
from monitor.core.replay.settling import with_draft_of
from monitor.errors import InputError
from monitor.jobs.drafts import draft_of, drafts_of
from monitor.jobs.index_words import index_words as index
from monitor.jobs.ports import LibraryRead, Progress
from monitor.jobs.replay import ReplayReport, replay

SOON = 500
"""Articles that are judged at once for whatever a change does to them; of more, those first that may move."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the files say, and what it is compared with."""

    old: State
    new: State
    faults: tuple[Fault, ...]
    """Of the files on both sides; a section at fault is compared as it is in force."""


def index_words(workspace: Workspace, progress: Progress) -> int:
    """Index what was stored before there was an index of words; how many articles."""
    return index(workspace.store, progress)


def draft(workspace: Workspace, agreement: str | None, *, against: Path | None = None) -> Draft:
    """The working files of an agreement beside their revisions in force, or beside an agreement's folder.

    Raises:
        InputError: which agreement is not clear, nothing of it is in force, or the folder holds none.
        LibraryError: faults leave nothing of it.
    """
    in_force = workspace.store.revisions_in_force()
    files = usable(Library(workspace.home).read(in_force))
    new = chosen(files, agreement)
    if against:
        past = read_agreement(against, workspace.home / "sources")
        old = past.agreements[0]
    else:
        past = read_published(in_force)
        old = _in_force(past, new.id)
    return Draft(State(old, past.sources), State(new, files.sources), _once(files.faults, past.faults))


def draft_by(workspace: Workspace, agreement: str | None, editor: str) -> Draft:
    """An editor's draft of an agreement beside what is in force.

    Raises:
        InputError: the editor has none, or which agreement is not clear.
        LibraryError: faults leave nothing of it.
    """
    named = chosen(usable(workspace.read()), agreement).id
    texts = draft_of(workspace.store, named, editor).texts
    if not texts:
        known = ", ".join(one.author for one in drafts_of(workspace.store, named)) or "nobody"
        raise InputError(f"{editor} has no draft of {named}: {known} has one")
    return draft_of_texts(workspace, named, texts)


def draft_of_texts(workspace: Workspace, agreement: str, texts: Mapping[tuple[str, str], str]) -> Draft:
    """An editor's texts of files beside what is in force; whatever else the files say meanwhile is left out.

    Raises:
        InputError: nothing of the agreement is in force, or nothing is left of it.
        LibraryError: faults leave no agreement at all.
    """
    in_force = workspace.store.revisions_in_force()
    past = read_published(in_force)
    published = {(r.agreement, r.file): r.content for r in in_force}
    drafted = usable(Library(workspace.home).read(in_force, {**published, **texts}))
    old, new = _in_force(past, agreement), chosen(drafted, agreement)
    return Draft(State(old, past.sources), State(new, drafted.sources), _once(drafted.faults, past.faults))


def _in_force(past: LibraryRead, agreement: str) -> Agreement:
    for one in past.agreements:
        if one.id == agreement:
            return one
    raise InputError(
        f"nothing of {agreement} is in force yet, so there is nothing to compare with: "
        "`monitor run` or `monitor coverage` publishes it; or name a folder: --against"
    )


def _once(files: Iterable[Fault], past: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(dict.fromkeys((*files, *past)))


def replay_draft(
    workspace: Workspace,
    of: Draft,
    window: Window,
    progress: Progress,
    *,
    section: str | None = None,
    everything: bool = False,
    proofs: bool = True,
    processes: int = 1,
) -> ReplayReport:
    """What publishing the draft, or one section of it, would have changed in the window; publishes nothing.

    Without `proofs` what only has another proof is looked for where few articles hold words of the changes.
    """
    index_words(workspace, progress)
    new = with_draft_of(of.old, of.new, section) if section else of.new
    return replay(
        of.old,
        new,
        window,
        workspace.store,
        copies,
        progress,
        sieve=Sieve(),
        crews=crews_of(processes),
        sections=(section,) if section else (),
        everything=everything,
        proofs_up_to=None if proofs else SOON,
    )
