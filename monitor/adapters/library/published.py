"""The library as it was last published: revisions read as if they were files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from monitor.adapters.library.read import read_shelf
from monitor.adapters.library.shelf import Shelf, path_of
from monitor.core.agreement import Agreement
from monitor.core.fault import Fault
from monitor.core.revision import Revision
from monitor.jobs.ports import LibraryRead


def read_published(in_force: Iterable[Revision]) -> LibraryRead:
    """What the revisions in force say. Faults are of what a newer Monitor would not publish any more.

    A file that its agreement does not list any more keeps its last revision, and is not looked at.
    """
    in_force = tuple(in_force)
    shelf = Shelf.of({path_of(r.agreement, r.file): r.content for r in in_force})
    read = read_shelf(shelf, in_force)
    used = {f"profiles/{a.id}/{s}.yaml" for a in read.agreements for s in a.sections}
    return replace(read, faults=tuple(f for f in read.faults if _is_used(f, used, read.agreements)))


def _is_used(fault: Fault, used: set[str], agreements: Iterable[Agreement]) -> bool:
    """Whether the faulty file is one that counts: not a section's file that nobody lists."""
    section_files = any(fault.where.startswith(f"profiles/{a.id}/") for a in agreements)
    head = fault.where.endswith(("/agreement.yaml", "/digests.yaml"))
    return not section_files or head or fault.where in used
