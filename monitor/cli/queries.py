"""`monitor profiles import-query`, `export-query`: Boolean queries from other tools, and sections as such."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from monitor.app import chosen, read_library, usable
from monitor.cli.options import HERE, AgreementId, AsJson, Home
from monitor.cli.output import Exit, finish, print_json, say, tell
from monitor.core.exchange import Dialect, Exported, Translated, export, translate
from monitor.errors import InputError


def import_query(
    dialect: Annotated[Dialect, typer.Option("--from", help="The tool it comes from.", case_sensitive=False)],
    file: Annotated[str, typer.Argument(help="A text file with one query; - for standard input.")] = "-",
    as_json: AsJson = False,
) -> None:
    """Put another tool's Boolean query into our words, for `query:` in a section's file.

    What has no word of ours is told with its place, and stands between « and »: such a query is not published.
    The status is then 1, and 2 when the query could not be read at all.
    """
    translated = translate(_text(file), dialect)
    if as_json:
        print_json(translated.to_json())
    else:
        _tell_translated(translated)
    if translated.untranslated:
        raise typer.Exit(Exit.WITH_FAULTS if translated.text else Exit.NOT_DONE)


def export_query(
    sections: Annotated[
        list[str] | None, typer.Argument(help="Section ids; without one, every section.", show_default=False)
    ] = None,
    home: Home = HERE,
    agreement: AgreementId = None,
    as_json: AsJson = False,
) -> None:
    """Print sections as plain Boolean, and what Boolean cannot say of them.

    For checking a section against a vendor's search. `query:` in a section's file takes the same words.
    """
    library = usable(read_library(home))
    of = chosen(library, agreement)
    for section in sections or ():
        if section not in of.order:
            raise InputError(f"there is no section {section!r}: one of {', '.join(of.order)}")
    for section in sections or of.order:
        exported = export(of.profile(section), of.blockers)
        if as_json:
            print_json(exported.to_json())
        else:
            _tell_exported(exported, headed=len(sections or of.order) > 1)
    finish(library.faults)


def _text(file: str) -> str:
    """The text of a file or of standard input."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig").strip()
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}: give a text file, or - for standard input") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: not UTF-8: save the query as UTF-8 text") from error


def _tell_translated(translated: Translated) -> None:
    if translated.text:
        tell(translated.text)
    for fault in translated.untranslated:
        say(f"not translated: {fault}")
    for note in translated.notes:
        say(f"note: {note}")


def _tell_exported(exported: Exported, *, headed: bool) -> None:
    if headed:
        tell(f"{exported.section}:")
    tell(exported.text or "(nothing to look for)")
    for note in exported.notes:
        say(f"note: {exported.section}: {note}")
