"""Agreements in and out: a document becomes drafts in a folder, an agreement in force its own table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from monitor.adapters.contract.docx import contract_document
from monitor.adapters.contract.html import contract_page, review_page
from monitor.adapters.documents import MOST_BYTES, read_document
from monitor.adapters.library.drafts import write_draft
from monitor.adapters.workers import Limits, Workers
from monitor.app.library import read_agreement
from monitor.config import ParsingSettings, Settings, shipped
from monitor.core.agreement import Agreement
from monitor.core.contract import contract
from monitor.core.drafting import Dictionary, Draft
from monitor.core.fault import Fault
from monitor.core.source import Sources
from monitor.errors import InputError, ParseError
from monitor.jobs.import_agreement import import_agreement
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
    made, dictionary = _drafted(file, settings.parsing, library)
    files = write_draft(into, made, dictionary)
    faults = read_agreement(into, home / "sources").faults
    page = into / REVIEW
    page.write_text(review_page(_templates(settings), made, library.sources, faults, file.name), "utf-8")
    return Imported(made, (*files, page), faults)


def _drafted(file: Path, parsing: ParsingSettings, library: LibraryRead) -> tuple[Draft, Dictionary]:
    """The draft of a file, which is parsed where it can hurt nobody."""
    limits = Limits(parsing.seconds, WALL * parsing.seconds, parsing.megabytes * 1_000_000)
    try:
        with Workers(read_document, limits=limits, count=1) as workers:
            return import_agreement(_bytes(file), file.name, workers.confined(read_document), library)
    except (InputError, ParseError) as error:
        raise InputError(f"{file}: {error}") from error


def _bytes(file: Path) -> bytes:
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
        return contract_document(table)
    return contract_page(_templates(settings), table).encode()


def _templates(settings: Settings) -> Path:
    """Your own templates of these pages where there are any, else those we ship."""
    own = settings.templates / "agreement" if settings.templates else None
    return own if own and own.is_dir() else shipped("templates") / "agreement"
