"""Publish: what the library's files say now becomes the revisions in force; the database is the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.core.article import fingerprint
from monitor.core.revision import Revision
from monitor.jobs.ports import Clock, Library, LibraryRead, Revisions

FROM_FILE = "file"
"""Author of what was changed on disk: who did it is git's to say."""


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
        reason = "changed on disk" if before else "first seen"
        revision = Revision(agreement, file, fingerprint(content), content, FROM_FILE, reason, clock())
        if revisions.publish(revision, over=before):
            changed.append(f"{agreement}/{file}")
    return Published(read, tuple(changed))
