"""Editions given out by other ways than mail: feeds, a page to print, a calendar; as files, or for a token."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from monitor.adapters.agenda import ICALENDAR, Appointment, icalendar
from monitor.adapters.syndication import ATOM, JSON_FEED, atom, json_feed
from monitor.adapters.whole_file import put_whole
from monitor.app.workspace import Workspace, credentials, holidays_of
from monitor.core.agreement import Agreement, Digest
from monitor.core.curation import hours
from monitor.core.outward import sections_out
from monitor.errors import InputError
from monitor.jobs.due import due
from monitor.jobs.give_out import Giver, feed, latest
from monitor.jobs.ports import LibraryRead

HTML = "text/html; charset=utf-8"
DAYS_AHEAD = 60
CALENDAR = "editions.ics"


@dataclass(frozen=True, slots=True)
class Given:
    """What is given out under a name."""

    media: str
    content: bytes


def giver(workspace: Workspace) -> Giver:
    """What giving out needs."""
    return Giver(workspace.store, workspace.store, credentials(), workspace.clock, workspace.mail_domain)


def names_out(agreement: Agreement) -> list[str]:
    """The names of everything that is given out.

    `editions.ics`; of each digest `morning.atom`, `.json` and `.html`; of each of its sections
    `morning/benefits.atom` and `.json`.
    """
    return [CALENDAR, *_makers(agreement)]


def give(
    workspace: Workspace, library: LibraryRead, agreement: Agreement, name: str, address: str = ""
) -> Given | None:
    """What is given out under that name; None when nothing is. `address` is where it was asked for.

    Raises:
        RenderError: the template of the page to print is at fault.
    """
    if name == CALENDAR:
        return Given(ICALENDAR, _calendar(workspace, library, agreement))
    make = _makers(agreement).get(name)
    return make(workspace, library, address) if make else None


def write_out(workspace: Workspace, library: LibraryRead, agreement: Agreement, folder: Path) -> Iterator[Path]:
    """Everything that is given out, as files; each is there whole or not at all.

    Raises:
        InputError: there is a file of that name, or the folder cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file: give a folder, or a name that is not there yet")
    for name in names_out(agreement):
        given = give(workspace, library, agreement, name)
        if given:
            path = folder / name
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                put_whole(path, given.content)
            except OSError as error:
                raise InputError(f"{path}: it cannot be written: {error.strerror}") from error
            yield path


_Maker = Callable[[Workspace, LibraryRead, str], Given | None]


def _makers(agreement: Agreement) -> dict[str, _Maker]:
    """How each feed and page is made, by its name."""
    found: dict[str, _Maker] = {}
    for digest in agreement.digests:
        found[f"{digest.id}.html"] = _sheet(agreement, digest)
        for section in ("", *sections_out(agreement, digest)):
            name = f"{digest.id}/{section}" if section else digest.id
            found[f"{name}.atom"] = _feed(agreement, digest, section, ATOM)
            found[f"{name}.json"] = _feed(agreement, digest, section, JSON_FEED)
    return found


def _feed(agreement: Agreement, digest: Digest, section: str, media: str) -> _Maker:
    write = atom if media == ATOM else json_feed
    return lambda workspace, _, address: Given(
        media, write(feed(giver(workspace), agreement, digest, section), address)
    )


def _sheet(agreement: Agreement, digest: Digest) -> _Maker:
    """The latest edition as a page to print; nothing while there is none."""

    def make(workspace: Workspace, library: LibraryRead, _: str) -> Given | None:
        content = latest(giver(workspace), agreement, digest)
        renderer = workspace.look(library)[0]
        return Given(HTML, renderer.sheet(content).encode()) if content else None

    return make


def _calendar(workspace: Workspace, library: LibraryRead, agreement: Agreement) -> bytes:
    """The editions of the days to come, and the hours in which editors may look at them."""
    digests = {digest.id: digest for digest in agreement.digests}
    planned = due(workspace.store, agreement, holidays_of(library), workspace.clock, DAYS_AHEAD)
    found = []
    for one in planned:
        if one.slot is None:
            continue
        digest = digests[one.digest]
        uid = f"{agreement.id}/{digest.id}/{one.slot:%Y%m%dT%H%MZ}"
        found.append(Appointment(f"{uid}@{workspace.mail_domain}", digest.title, one.slot, text=one.why))
        if theirs := hours(digest, one.slot):
            title = f"{digest.title}: the editors' desk is open"
            found.append(Appointment(f"{uid}/desk@{workspace.mail_domain}", title, theirs.opens, theirs.closes))
    return icalendar(f"Editions, {agreement.client}", found, workspace.clock())
