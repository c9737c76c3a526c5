"""The jobs on recipients."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from monitor.adapters.bounces import bounced_mails
from monitor.app.workspace import Workspace
from monitor.core.bounce import Bounce, bounces_of
from monitor.core.fault import Fault
from monitor.core.recipient import RecipientAct, RecipientVerb
from monitor.jobs.bounces import BounceReport, take_bounces
from monitor.jobs.ports import LibraryRead
from monitor.jobs.recipients import Listed, decide, listed
from monitor.jobs.unsubscribe import unsubscribe, whose


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


def bounces_in(workspace: Workspace, path: Path) -> BounceReport:
    """Write down the bounces that are at a path.

    Raises:
        InputError: nothing can be read there.
    """
    found = (bounce for content in bounced_mails(path) for bounce in bounces_of(content))
    return take_bounces(workspace.store, found, workspace.clock)


def read_bounces(workspace: Workspace) -> BounceReport:
    """The same where settings say that bounces arrive; nothing when they do not."""
    where = workspace.settings.mail.bounces
    return bounces_in(workspace, workspace.home / where) if where else BounceReport()


def bounces_posted(workspace: Workspace, bounces: Iterable[Bounce]) -> BounceReport:
    """Write down bounces that somebody posted, who may."""
    return take_bounces(workspace.store, bounces, workspace.clock)


def whose_link(workspace: Workspace, listed: str, token: str) -> str:
    """The address that a link to unsubscribe from a list (`<agreement>/<digest>`) was made for.

    Raises:
        UnknownRecord: it is nobody's.
    """
    return whose(workspace.store, workspace.settings.mail.secret, listed, token)


def unsubscribe_by(workspace: Workspace, listed: str, token: str) -> str:
    """The address, which gets nothing more of the list.

    Raises:
        UnknownRecord: the link is nobody's.
    """
    return unsubscribe(workspace.store, workspace.settings.mail.secret, listed, token, workspace.clock)
