"""Purge: take out the texts that the outlets' rights no longer let us keep; nothing else is touched.

May be killed at any moment: what was purged stays purged, and the next purge goes on with the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.core.agreement import Agreement
from monitor.core.retention import Term, files_before, term_of
from monitor.core.source import Source, Sources
from monitor.jobs.ports import ArrivalFolders, Clock, DueTexts, Progress, Texts

BATCH = 500
"""Texts taken in one transaction: other writers wait no longer than that takes."""


@dataclass(frozen=True, slots=True)
class PurgeLine:
    """What is due of one outlet."""

    term: Term
    due: DueTexts


@dataclass(frozen=True, slots=True)
class FilesDue:
    """What is due of the files that arrived for a source."""

    source: str
    files: int


@dataclass(frozen=True, slots=True)
class PurgeReport:
    """What one purge took."""

    articles: int = 0
    files: int = 0
    """Of the folders that are watched: files that were taken or set aside."""
    wiped: bool = True
    """Whether the database has let go of the bytes; False: another process was reading, the next purge does."""


def plan_purge(
    sources: Sources, agreements: Sequence[Agreement], texts: Texts, clock: Clock
) -> tuple[PurgeLine, ...]:
    """What a purge would take now, outlet by outlet, those with nothing due left out; takes nothing."""
    ids = [agreement.id for agreement in agreements]
    lines = (PurgeLine(term, texts.due_texts(term, ids)) for term in _terms(sources, texts, clock))
    return tuple(line for line in lines if line.due.articles)


def plan_files(sources: Sources, folders: ArrivalFolders, clock: Clock) -> tuple[FilesDue, ...]:
    """Which files a purge would delete now, source by source, those with nothing due left out; deletes nothing.

    Raises:
        InputError: a folder cannot be looked into.
    """
    due = (FilesDue(s.id, _purge_files(s, sources, folders, clock, only_look=True)) for s in _folders(sources))
    return tuple(one for one in due if one.files)


def purge(
    sources: Sources, texts: Texts, folders: ArrivalFolders, clock: Clock, progress: Progress
) -> PurgeReport:
    """Empty every text whose days are over, batch by batch, then delete the files that brought such texts.

    Running it again finds nothing.

    Raises:
        StoreError: the database refused; what was purged until then is purged.
        InputError: a file cannot be deleted; all texts are purged.
    """
    gone = 0
    progress.start("purge", None)
    try:
        for term in _terms(sources, texts, clock):
            while taken := texts.purge_texts(term, BATCH, clock()):
                gone += taken
                progress.advance(taken, articles=gone)
    finally:
        progress.finish()
    wiped = texts.wipe_freed() if gone else True
    files = sum(_purge_files(s, sources, folders, clock, only_look=False) for s in _folders(sources))
    return PurgeReport(gone, files, wiped)


def _folders(sources: Sources) -> list[Source]:
    return [source for source in sources.polled() if source.folder]


def _purge_files(
    source: Source, sources: Sources, folders: ArrivalFolders, clock: Clock, *, only_look: bool
) -> int:
    rights = sources.outlets[source.outlet].rights
    return folders.purge(source, files_before(rights, clock()), only_look=only_look)


def _terms(sources: Sources, texts: Texts, clock: Clock) -> Iterable[Term]:
    now = clock()
    return [term_of(outlet, sources, now) for outlet in texts.outlets_with_text()]
