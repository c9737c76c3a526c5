"""Import an agreement: the document that was received becomes draft profiles, for a person to read and correct."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from monitor.core.drafting import Dictionary, Draft, Received, draft
from monitor.core.drafting.received import superseded
from monitor.core.source import Sources
from monitor.errors import InputError
from monitor.jobs.ports import Clock, DocumentReader
from monitor.jobs.ports.importing import ReceivedAgreements

MOST_TERMS = 3000
"""Of a draft that is corrected on a page; what was agreed with an agency has some hundreds."""


def import_agreement(
    body: bytes, name: str, read: DocumentReader, sources: Sources, dictionary: Dictionary
) -> Draft:
    """The draft of a document, by what was known of names before.

    Raises:
        InputError: the file cannot be read, or nothing in it announces a section.
        ParseError: it breaks its parser, or takes more time or memory than it may.
    """
    made = draft(read(body, url=name), sources, dictionary)
    if not made.sections:
        raise InputError(
            "no section was found in it: each needs a heading and, under it, a line that says SEARCH TERMS: "
            "(or Keywords:, Terms:), and one that says SOURCES:"
        )
    return made


@dataclass(frozen=True, slots=True)
class Importer:
    """What an agreement is imported with, step by step."""

    records: ReceivedAgreements
    clock: Clock
    by: str


def receive(importer: Importer, body: bytes, name: str, made: Draft) -> Received:
    """The draft of a document, kept from now on; the document itself is not.

    Raises:
        InputError: it has more terms than a page can hold, each with its form.
    """
    terms = sum(len(section.terms) for section in made.sections)
    if terms > MOST_TERMS:
        raise InputError(
            f"{name}: {terms:,} terms were found in it, and a page holds {MOST_TERMS:,}: hand it in by parts, "
            "or have it made into files with monitor profiles import"
        )
    now = importer.clock()
    mark = sha256(body).hexdigest()
    received = Received(f"{now:%Y%m%d%H%M%S%f}-{mark[:8]}", name, mark, importer.by, now, made)
    importer.records.keep_received(received)
    return received


def correct(importer: Importer, ident: str, seen: int, change: Callable[[Draft], Draft]) -> Received:
    """The draft with one correction, made to the version that was seen.

    Raises:
        InputError: the draft has no such place, or became an agreement already.
        RevisionConflict: somebody corrected it meanwhile.
        UnknownRecord: there is none of that id.
    """
    received = importer.records.received(ident)
    received.must_be(seen)
    corrected = received.corrected(change(received.draft))
    if not importer.records.keep_received(corrected):
        raise superseded()
    return corrected
