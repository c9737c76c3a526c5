"""Publish: what the library's files say now becomes the revisions in force; the database is the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.core.article import fingerprint
from monitor.core.revision import CHANGED_ON_DISK, FIRST_SEEN, FROM_FILE, Revision
from monitor.jobs.ports import Clock, Library, LibraryRead, Revisions


@dataclass(frozen=True, slots=True)
class Published:
    """What was read, and which files became new revisions."""

    read: LibraryRead
    changed: tuple[str, ...]
    """`<agreement>/<file>` of each file that differs from its revision in force."""


def publish(library: Library, revisions: Revisions, clock: Clock) -> Published:
    """Read the library and publish each file without faults that has changed.

    A file with faults changes nothing: its last revision stays in force, and the fault is reported. What somebody
    publishes while we read stands: our words would be the older ones.
    """
    in_force = revisions.revisions_in_force()
    read = library.read(in_force)
    known = {(r.agreement, r.file): r.fingerprint for r in in_force}
    changed = []
    for agreement, file, content in read.files:
        before = known.get((agreement, file), "")
        reason = CHANGED_ON_DISK if before else FIRST_SEEN
        revision = Revision(agreement, file, fingerprint(content), content, FROM_FILE, reason, clock())
        if revisions.publish(revision, over=before):
            changed.append(f"{agreement}/{file}")
    return Published(read, tuple(changed))
