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
from monitor.errors import InputError
from monitor.jobs.bounces import BounceReport, take_bounces
from monitor.jobs.leave import Leaver
from monitor.jobs.ports import LibraryRead
from monitor.jobs.recipients import Listed, decide, listed


def recipients_of(workspace: Workspace, library: LibraryRead) -> tuple[list[Listed], Sequence[Fault]]:
    """Every address with what is known of it, and the faults of the file they stand in."""
    known, mail = workspace.recipients(library), workspace.settings.mail
    domains = mail.allowed_domains if mail.sending == "smtp" else None
    return listed(workspace.store, known.addresses, known.people, workspace.clock, domains), known.faults


def decide_on_recipient(
    workspace: Workspace,
    library: LibraryRead,
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
        InputError: it is no address that mail goes to, is not signed, or changes nothing.
    """
    there = [one for some in workspace.recipients(library).addresses.values() for one in some]
    return decide(
        workspace.store, verb, address, author, reason, workspace.clock, known=there, digest=digest, until=until
    )


def bounces_in(workspace: Workspace, path: Path) -> BounceReport:
    """Write down the bounces that are at a path.

    Raises:
        InputError: nothing can be read there.
    """
    return take_bounces(workspace.store, map(bounces_of, bounced_mails(path)), workspace.clock)


def read_bounces(workspace: Workspace) -> tuple[BounceReport, tuple[Fault, ...]]:
    """The same where settings say that bounces arrive, and why nothing can be read there; nothing without any."""
    where = workspace.settings.mail.bounces
    if where is None:
        return BounceReport(), ()
    try:
        return bounces_in(workspace, workspace.home / where), ()
    except InputError as error:
        return BounceReport(), (Fault("mail.bounces", str(error), "mend that, or the setting in monitor.toml"),)


def bounces_posted(workspace: Workspace, bounces: Iterable[Bounce]) -> BounceReport:
    """Write down bounces that somebody posted, who may."""
    return take_bounces(workspace.store, [list(bounces)], workspace.clock)


def leaver(workspace: Workspace) -> Leaver:
    """What readers leave their lists with."""
    return Leaver(workspace.store, workspace.settings.mail.secret, workspace.clock)
