"""`monitor profiles import`, `print`: a document becomes drafts, profiles become the agreement's own table."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from monitor import app
from monitor.cli.options import HERE, AgreementId, AsJson, Home
from monitor.cli.output import Exit, count, finish, print_json, say, table, tell
from monitor.config import load
from monitor.core.drafting import Draft, DraftSection

DRAFTS = Path("drafts")
"""Where drafts go that nobody gave a folder for, below the workspace."""


class PrintAs(StrEnum):
    """What an agreement's table is printed as."""

    HTML = "html"
    DOCX = "docx"


def import_(
    file: Annotated[Path, typer.Argument(help="The agreement as it was received: DOCX, PDF, HTML or text.")],
    into: Annotated[
        Path | None,
        typer.Option("--into", help="The folder to write into, new or empty; otherwise below drafts/."),
    ] = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Make draft profiles of an agreement, each cut with how sure it is; publishes nothing.

    Sections, terms, rules and sources are read also where the line breaks are lost. review.html shows the document
    beside the draft. Status 1: something is in no file of sources, or belongs to no section.
    """
    library = app.read_library(home)
    folder = into or home / DRAFTS / file.stem
    imported = app.import_agreement_file(home, load(home), library, file, folder)
    if as_json:
        print_json({**imported.draft.to_json(), "files": [str(file) for file in imported.files]})
    else:
        _tell(imported.draft)
    for section, term in imported.draft.doubtful:
        say(f"doubtful: {section.title}: {term.name} ({term.percent} % sure, {term.how})")
    for fault in imported.faults:
        say(f"to fill in: {fault}")
    say(f"written: {folder}/, with review.html to read it beside the document")
    if _unread(imported.draft):
        raise typer.Exit(Exit.WITH_FAULTS)


def print_(
    as_what: Annotated[PrintAs, typer.Option("--to", help="What to print.")] = PrintAs.HTML,
    output: Annotated[
        Path | None, typer.Option("--output", help="The file to write; without it, HTML is printed.")
    ] = None,
    home: Home = HERE,
    agreement: AgreementId = None,
) -> None:
    """Print an agreement as its own table of sections, terms, rules and sources, for the contract file.

    `monitor profiles import` reads the table back.
    """
    library = app.usable(app.read_library(home))
    of = app.chosen(library, agreement)
    if output is None and as_what is PrintAs.DOCX:
        output = Path(f"{of.id}.docx")
    printed = app.printed_agreement(load(home), of, library.sources, as_what)
    if output is None:
        sys.stdout.write(printed.decode())
    else:
        output.write_bytes(printed)
        say(f"written: {output}")
    finish(library.faults)


def _tell(draft: Draft) -> None:
    rows = [
        (
            section.id,
            section.title,
            len(section.terms),
            sum(term.doubtful for term in section.terms),
            ", ".join(_rules(section)),
            len(section.sources.groups),
            len(section.sources.plus),
        )
        for section in draft.sections
    ]
    headings = ("section", "title", "terms", "doubtful", "rules", "groups", "plus")
    table(headings, rows, title=f"{draft.client}: {draft.name}")
    terms = sum(len(section.terms) for section in draft.sections)
    tell(f"{count(len(draft.sections), 'section')}, {count(terms, 'term')}, {len(draft.doubtful)} doubtful")
    for line in _unread(draft):
        say(f"fault: {line}")


def _unread(draft: Draft) -> list[str]:
    unknown = [
        f"{section.title}: {name!r} is in no file of sources: add it there, or call it what they do"
        for section in draft.sections
        for name in section.sources.unknown
    ]
    return unknown + [f"in no section: {line}" for line in draft.unread]


def _rules(section: DraftSection) -> list[str]:
    rules = section.rules
    said = [f"OICW one of {len(words)} words" for words in rules.context]
    said += [f"OICW {place}" for place in rules.places]
    said += ["Subject of"] if rules.subject else []
    said += ["Major Significant Stories ONLY"] if rules.major else []
    return said + (["recategorised"] if rules.recategorise else [])
