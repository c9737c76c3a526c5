"""The jobs on recipients."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from monitor.app.workspace import Workspace
from monitor.core.fault import Fault
from monitor.core.recipient import RecipientAct, RecipientVerb
from monitor.jobs.ports import LibraryRead
from monitor.jobs.recipients import Listed, decide, listed


def recipients_of(workspace: Workspace, library: LibraryRead) -> tuple[list[Listed], Sequence[Fault]]:
    """Every address with what is known of it, and the faults of the file they stand in."""
    known = workspace.recipients(library)
    return listed(workspace.store, known.addresses, known.people, workspace.clock), known.faults


def decide_on_recipient(
    workspace: Workspace,
    verb: RecipientVerb,
    address: str,
    author: str,
    reason: str,
    *,
    digest: str = "",
    until: datetime | None = None,
) -> RecipientAct:
    """Remember an editor's word on an address.

    Raises:
        InputError: it is no address, is not signed, or changes nothing.
    """
    return decide(workspace.store, verb, address, author, reason, workspace.clock, digest=digest, until=until)
