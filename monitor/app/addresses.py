"""Who the names in digests are: from `recipients.yaml`, from the settings, and in the outbox nobody real."""

from __future__ import annotations

from pathlib import Path

from monitor.adapters.library.recipients import read_recipients
from monitor.config import Settings, load
from monitor.core.fault import Fault
from monitor.jobs.addressing import Recipients, nameless, names_in
from monitor.jobs.ports import LibraryRead

NO_ADDRESS = "recipients.invalid"
"""Where the outbox's mails are addressed to while nobody has an address; the domain can never exist."""


def recipients_in(home: Path, settings: Settings, library: LibraryRead) -> Recipients:
    """The addresses behind the names in a workspace's digests, and what is wrong with either.

    In the outbox a name without an address is written to nobody real: a trial needs no addresses. It is a fault as
    soon as any name has one, for then it is a slip of the pen.
    """
    sections = [section for a in library.agreements for section in a.sections]
    read = read_recipients(home, sections, settings.recipients)
    known = dict(settings.recipients) | dict(read.groups)
    faults = read.faults
    if known or settings.mail.sending == "smtp":
        faults += tuple(nameless(library.agreements, known, settings.webhooks))
    if settings.mail.sending == "outbox":
        names = {name for a in library.agreements for d in a.digests for name in names_in(d)}
        known = {name: (f"{name}@{NO_ADDRESS}",) for name in names} | known
    return Recipients(settings.mail.sender.rpartition("@")[2], known, read.people, faults)


def recipients_faults(home: Path, library: LibraryRead) -> tuple[Fault, ...]:
    """What is wrong with a workspace's recipients; no database is opened for it.

    Raises:
        SettingsError: `monitor.toml` or the environment is wrong.
    """
    return recipients_in(home, load(home), library).faults
