"""Import an agreement: the document that was received becomes draft profiles, for a person to read and publish."""

from __future__ import annotations

from monitor.core.drafting import Dictionary, Draft, draft, learn
from monitor.errors import InputError
from monitor.jobs.ports import DocumentReader, LibraryRead


def import_agreement(
    body: bytes, name: str, read: DocumentReader, library: LibraryRead
) -> tuple[Draft, Dictionary]:
    """The draft of a document, and what was known of names before: those that the library's profiles use.

    Raises:
        InputError: the file cannot be read, or nothing in it announces a section.
        ParseError: it breaks its parser, or takes more time or memory than it may.
    """
    dictionary = learn(library.agreements)
    document = read(body, url=name)
    made = draft(document, library.sources, dictionary)
    if not made.sections:
        raise InputError(
            "no section was found in it: each needs a heading and, under it, a line that says SEARCH TERMS: "
            "(or Keywords:, Terms:), and one that says SOURCES:"
        )
    return made, dictionary
