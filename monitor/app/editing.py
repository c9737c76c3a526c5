"""Profiles as editors change them: drafted, merged with what was published meanwhile, published, taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from monitor.adapters.library import Library
from monitor.app.copies import lines_around
from monitor.app.revising import reviser
from monitor.app.workspace import Workspace
from monitor.core.article import Article
from monitor.core.draft import DraftFile
from monitor.core.editing.merging import Side
from monitor.core.revision import Revision
from monitor.core.term_yield import TermYield
from monitor.jobs.drafts import Drafter, Overtaken, draft_of, overtaken
from monitor.jobs.explain import Explanation, explain_given
from monitor.jobs.ports import LibraryRead
from monitor.jobs.revise import Place, Signed, publish_drafted, publish_file, restore
from monitor.jobs.weigh_terms import at_a_glance

LOOKED_BACK = timedelta(days=30)
"""Over which the page of a section says what each term brought."""


def drafter(workspace: Workspace) -> Drafter:
    """What a workspace's files are drafted with."""
    return Drafter(Library(workspace.home), workspace.store, workspace.clock)


def glance_at_terms(workspace: Workspace, agreement: str) -> Mapping[tuple[str, str], TermYield]:
    """What each term brought in the last 30 days, by section and term; none that brought nothing."""
    now = workspace.clock()
    return at_a_glance(agreement, workspace.store, now - LOOKED_BACK, now, lines_around(workspace))


def counted_from(workspace: Workspace, agreement: str) -> datetime | None:
    """When the first of the articles that `glance_at_terms` counts was seen; None: none was judged in 30 days."""
    return workspace.store.first_judged(agreement, workspace.clock() - LOOKED_BACK)


def overtaken_files(
    workspace: Workspace, files: Iterable[DraftFile], choices: Mapping[str, Side]
) -> tuple[Overtaken, ...]:
    """Those drafted files that somebody else published meanwhile, each as it goes together with that."""
    library = Library(workspace.home)
    found = (overtaken(workspace.store, library, one, choices) for one in files)
    return tuple(one for one in found if one)


def changed_on_disk(workspace: Workspace, files: Iterable[DraftFile]) -> tuple[Place, ...]:
    """Those drafted files whose working copy says neither what is in force nor what is drafted."""
    in_force = {(r.agreement, r.file): r.content for r in workspace.store.revisions_in_force()}
    library = Library(workspace.home)
    return tuple(
        Place(one.agreement, one.file)
        for one in files
        if (content := in_force.get((one.agreement, one.file))) is not None
        and library.text(one.agreement, one.file) not in (None, content, one.content)
    )


def publish_draft_of(workspace: Workspace, agreement: str, author: str, signed: Signed) -> tuple[Revision, ...]:
    """An editor's draft becomes what is in force: the one place where a page or the API publishes.

    Raises:
        InputError: there is nothing to publish, or nobody says why.
        LibraryError: files have faults, all of which are told.
        RevisionConflict: somebody else published or wrote a file meanwhile.
    """
    draft = draft_of(workspace.store, agreement, author)
    return publish_drafted(reviser(workspace), workspace.store, draft, signed)


def publish_from_disk(workspace: Workspace, place: Place, signed: Signed) -> Revision:
    """What stands in a file now becomes the revision in force.

    Raises:
        InputError: there is no such file, or it says what is in force already.
        LibraryError: it has faults, all of which are told.
        RevisionConflict: somebody else published it meanwhile.
    """
    return publish_file(reviser(workspace), place, signed)


def restore_revision(workspace: Workspace, place: Place, number: int, signed: Signed) -> Revision:
    """An earlier revision's content in force again, as a new revision.

    Raises:
        InputError: it is in force.
        LibraryError: it has faults by today's rules, or beside today's other files.
        RevisionConflict: the file was changed on disk and not published.
        UnknownRecord: the file has no revision of that number.
    """
    return restore(reviser(workspace), place, number, signed)


def explain_text(library: LibraryRead, agreement: str, article: Article) -> Explanation:
    """What an agreement says of a text that somebody typed; stores nothing."""
    of = next(one for one in library.agreements if one.id == agreement)
    return explain_given(article, of, library.sources)
