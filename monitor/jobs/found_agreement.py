"""Found an agreement: a corrected draft becomes files of the library, published under a name and a reason."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.core.article import fingerprint
from monitor.core.drafting import Dictionary, Draft, Received
from monitor.core.drafting.received import superseded
from monitor.core.fault import Fault
from monitor.core.revision import Revision
from monitor.errors import LibraryError
from monitor.jobs.ports import Clock, Revisions
from monitor.jobs.ports.importing import DraftFiles, NewAgreements, ReceivedAgreements
from monitor.jobs.signing import must_be_signed

STAND_IN = "new-agreement"
"""The short name a draft is looked at by before anybody gave it one."""


@dataclass(frozen=True, slots=True)
class Founder:
    """What founding needs."""

    records: ReceivedAgreements
    library: NewAgreements
    files: DraftFiles
    dictionary: Dictionary
    revisions: Revisions
    clock: Clock


def still_to_fill_in(founder: Founder, draft: Draft) -> tuple[Fault, ...]:
    """What the draft lacks before it can be published."""
    return founder.library.faults(STAND_IN, founder.files(draft, founder.dictionary))


def found_agreement(
    founder: Founder, received: Received, agreement: str, author: str, reason: str
) -> tuple[Revision, ...]:
    """The draft as an agreement of that id: its files are written, and each is the revision in force.

    The files come first, all or none. Should we end before their revisions are stored, the next run publishes them
    as it does any file.

    Raises:
        InputError: nobody signs, the id cannot be one or is taken, or the draft became an agreement already.
        LibraryError: the files have faults, all of which are told; nothing was written.
        RevisionConflict: the draft was corrected meanwhile.
    """
    must_be_signed(author, reason)
    texts = founder.files(received.draft, founder.dictionary)
    if faults := founder.library.faults(agreement, texts):
        told = "\n".join(f"  {fault}" for fault in faults)
        raise LibraryError(f"something is still to be filled in, nothing was published\n{told}")
    current = founder.records.received(received.id)
    current.must_be(received.version)
    founder.library.write(agreement, texts)
    if not founder.records.keep_received(current.made(agreement)):
        raise superseded()
    now, signed = founder.clock(), (author.strip(), reason.strip())
    made = [Revision(agreement, file, fingerprint(text), text, *signed, now) for file, text in texts.items()]
    return tuple(revision for revision in made if founder.revisions.publish(revision, over=""))
