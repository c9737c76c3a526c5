"""Revisions of a workspace's files: what was published, signed publication, going back."""

from __future__ import annotations

from monitor.adapters.library import Library
from monitor.adapters.library.shelf import CALENDAR, HOLIDAYS, SOURCES
from monitor.app.workspace import Workspace
from monitor.core.editing.sections import YAML, file_of
from monitor.core.revision import Numbered, numbered
from monitor.errors import InputError
from monitor.jobs.revise import Place, Reviser


def reviser(workspace: Workspace) -> Reviser:
    """What a workspace's files are revised with."""
    return Reviser(Library(workspace.home), workspace.store, workspace.clock)


def place_of(workspace: Workspace, said: str, agreement: str | None) -> Place:
    """The file somebody means: `benefits`, `digests.yaml`, `sources/uk-nationals.yaml`, `holidays.yaml`.

    Raises:
        InputError: a section or an agreement's file, and which agreement is not clear.
    """
    folder, _, name = said.removeprefix("profiles/").rpartition("/")
    file = name if name.endswith(YAML) else file_of(name)
    if file == HOLIDAYS and not folder:
        return Place(CALENDAR, file)
    return Place(folder or agreement_of(workspace, agreement), file)


def published(workspace: Workspace, agreement: str | None) -> tuple[Numbered, ...]:
    """Every revision of an agreement's files and of the sources, the latest first."""
    named = agreement_of(workspace, agreement)
    store = workspace.store
    found = (n for owner in (named, SOURCES, CALENDAR) for n in numbered(store.revisions(owner)))
    return tuple(sorted(found, key=lambda n: n.revision.at, reverse=True))


def agreement_of(workspace: Workspace, agreement: str | None) -> str:
    """The agreement somebody means: the only one, unless they name it.

    Raises:
        InputError: it is not clear which, or nothing was published yet.
    """
    known = sorted({r.agreement for r in workspace.store.revisions_in_force()} - {SOURCES, CALENDAR})
    found = [a for a in known if agreement in (None, a)]
    if len(found) == 1:
        return found[0]
    if not known:
        raise InputError(
            "nothing was published yet: `monitor run` or `monitor coverage` publishes what the files say"
        )
    raise InputError(f"which agreement? --agreement takes one of: {', '.join(known)}")
