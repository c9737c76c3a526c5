"""Answer for what was looked for on a day: the state of the library that was in force then."""

from __future__ import annotations

from datetime import datetime

from monitor.core.revision import Revision
from monitor.jobs.ports import Revisions


def in_force_at(moment: datetime, revisions: Revisions) -> tuple[Revision, ...]:
    """The revision of every file that was in force at a moment; none before the first was published.

    A file that its agreement did not list any more by then has its last revision here all the same.
    """
    owners = dict.fromkeys(revision.agreement for revision in revisions.revisions_in_force())
    latest: dict[tuple[str, str], Revision] = {}
    for revision in (revision for owner in owners for revision in revisions.revisions(owner)):
        if revision.at < moment:
            latest[revision.agreement, revision.file] = revision
    return tuple(latest.values())
