"""What is wrong with a file of the library as it would be."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.core.fault import Fault
from monitor.jobs.ports import Library, Revisions


def faults_of(
    library: Library,
    revisions: Revisions,
    of: tuple[str, str],
    content: str,
    beside: Mapping[tuple[str, str], str] | None = None,
) -> list[Fault]:
    """What is wrong with the content as that file, by agreement and name; publishes nothing.

    `beside` are other files as they would be, too.
    """
    drafts = {**(beside or {}), of: content}
    read = library.read(revisions.revisions_in_force(), drafts)
    if (*of, content) in read.files:
        return []
    agreement, file = of
    place = f"{agreement}/{file}"
    names = (place, f"profiles/{place}", file)  # of sources, of an agreement, beside the two folders
    own = [fault for fault in read.faults if fault.where in names]
    return own or [Fault(place, "no agreement names this file", "list the section in agreement.yaml")]
