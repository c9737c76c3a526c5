"""Agreements in and out: a document becomes drafts in a folder, an agreement in force its own table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from monitor.adapters.contract.html import contract_page, review_page
from monitor.adapters.library.drafts import draft_texts, write_draft
from monitor.adapters.library.founding import NewAgreements
from monitor.adapters.workers import Limits, Workers
from monitor.app.library import read_agreement
from monitor.app.workspace import Workspace
from monitor.config import ParsingSettings, Settings, shipped
from monitor.core.agreement import Agreement
from monitor.core.contract import contract
from monitor.core.drafting import Dictionary, Draft, Received, learn
from monitor.core.fault import Fault
from monitor.core.profile import PlaceList
from monitor.core.source import Sources
from monitor.errors import InputError, ParseError
from monitor.jobs.found_agreement import Founder, still_to_fill_in
from monitor.jobs.import_agreement import Importer, import_agreement, receive
from monitor.jobs.ports import LibraryRead

REVIEW = "review.html"
WALL = 6
"""Seconds by the clock for each of processor time."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A draft, and the files it became."""

    draft: Draft
    files: tuple[Path, ...]
    faults: tuple[Fault, ...]
    """What the files lack until somebody has filled it in."""


def import_agreement_file(
    home: Path, settings: Settings, library: LibraryRead, file: Path, into: Path
) -> Imported:
    """Read the document, and write the drafts and the page to review them into a folder; publishes nothing.

    Raises:
        InputError: the file cannot be read within the limits of `[parsing]`, has no section, or the folder cannot
            be written.
    """
    dictionary = _dictionary(library)
    made = _drafted(str(file), partial(_bytes, file), settings.parsing, library.sources, dictionary)
    files = write_draft(into, made, dictionary)
    faults = read_agreement(into, home / "sources").faults
    page = into / REVIEW
    page.write_text(review_page(_templates(settings), made, library.sources, faults, file.name), "utf-8")
    return Imported(made, (*files, page), faults)


def receive_agreement(workspace: Workspace, library: LibraryRead, name: str, body: bytes, by: str) -> Received:
    """Read a document that somebody hands in, and keep its draft for them to correct.

    Raises:
        InputError: it cannot be read within the limits of `[parsing]`, or has no section.
    """
    made = _drafted(name, lambda: body, workspace.settings.parsing, library.sources, _dictionary(library))
    return receive(importer(workspace, by), body, name, made)


def importer(workspace: Workspace, by: str) -> Importer:
    """What drafts are kept and corrected with, in somebody's name."""
    return Importer(workspace.store, workspace.clock, by)


def founder(workspace: Workspace, library: LibraryRead) -> Founder:
    """What a draft becomes an agreement with."""
    files = NewAgreements(workspace.home)
    dictionary = _dictionary(library)
    return Founder(workspace.store, files, draft_texts, dictionary, workspace.store, workspace.clock)


def _dictionary(library: LibraryRead) -> Dictionary:
    """What the library's profiles use; a place that none of them names is proven as in the agreement we ship."""
    learned = learn(library.agreements)
    return replace(learned, places={**_places_shipped(), **learned.places})


@cache
def _places_shipped() -> dict[str, PlaceList]:
    folders = sorted(path.parent for path in shipped("profiles").glob("*/agreement.yaml"))
    return learn(one for folder in folders for one in read_agreement(folder).agreements).places


def draft_files(workspace: Workspace, library: LibraryRead, received: Received) -> Mapping[str, str]:
    """The files of a draft with the page to review them by, for somebody to take out; by name."""
    of = founder(workspace, library)
    texts = of.files(received.draft, of.dictionary)
    faults = still_to_fill_in(of, received.draft)
    page = review_page(_templates(workspace.settings), received.draft, library.sources, faults, received.file)
    return {**texts, REVIEW: page}


def _drafted(
    name: str, body: Callable[[], bytes], parsing: ParsingSettings, sources: Sources, dictionary: Dictionary
) -> Draft:
    """The draft of a file, which is parsed where it can hurt nobody."""
    from monitor.adapters.documents import read_document  # readers of PDF and Word: no other command loads them

    limits = Limits(parsing.seconds, WALL * parsing.seconds, parsing.megabytes * 1_000_000)
    try:
        with Workers(read_document, limits=limits, count=1) as workers:
            read = workers.confined(read_document)
            return import_agreement(body(), Path(name).name, read, sources, dictionary)
    except (InputError, ParseError) as error:
        raise InputError(f"{name}: {error}") from error


def _bytes(file: Path) -> bytes:
    from monitor.adapters.documents import MOST_BYTES

    try:
        if file.stat().st_size > MOST_BYTES:
            raise InputError(f"it has more than {MOST_BYTES:,} bytes: no agreement is so large, it is not read")
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{error.strerror or error}: give a DOCX, PDF, HTML or text file") from error


def printed_agreement(settings: Settings, agreement: Agreement, sources: Sources, kind: str) -> bytes:
    """The agreement's table as `html` or `docx`."""
    table = contract(agreement, sources)
    if kind == "docx":
        from monitor.adapters.contract.docx import contract_document

        return contract_document(table)
    return contract_page(_templates(settings), table).encode()


def _templates(settings: Settings) -> Path:
    """Your own templates of these pages where there are any, else those we ship."""
    own = settings.templates / "agreement" if settings.templates else None
    return own if own and own.is_dir() else shipped("templates") / "agreement"
