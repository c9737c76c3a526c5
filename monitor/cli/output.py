"""How every command speaks: results on standard output, all else on standard error, and the exit status."""

from __future__ import annotations

import io
import json
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NoReturn

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.core.fault import Fault
from monitor.core.json import Json

UNSEEN_WIDTH = 240
"""Columns of a table that goes into a file or a pipe, where nobody has a window."""
MOST_COLUMNS = 100
"""Longer lines are hard to read, however wide the window is."""
out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else UNSEEN_WIDTH)
err = Console(stderr=True, highlight=False, soft_wrap=True)


class Exit(IntEnum):
    """Exit status, the same for every command."""

    DONE = 0
    WITH_FAULTS = 1
    NOT_DONE = 2


def speak_utf8() -> None:
    r"""Write UTF-8 whatever the locale, and a lone surrogate as `\ud800`, which is how JSON writes it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def print_json(document: Json) -> None:
    """One JSON document (or line) on standard output."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")


def say(message: str) -> None:
    """A line for a person, on standard error."""
    err.print(Text(message))


def tell(message: str = "") -> None:
    """A line of the result, on standard output."""
    out.print(Text(message))


def tell_wrapped(message: str, indent: int = 0, hang: int = 0, style: str = "") -> None:
    """The same within the window's width (80 where there is none), later lines `hang` further in."""
    width = min(MOST_COLUMNS, shutil.get_terminal_size().columns)
    first, later = " " * indent, " " * (indent + hang)
    lines = textwrap.wrap(
        message,
        max(width, MOST_COLUMNS // 4),
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )
    out.print(Text("\n".join(lines), style=style))


def count(number: int, noun: str, several: str = "") -> str:
    """`1 fault`, `2 faults`; a noun whose plural takes more than an s gives it: `2 stories`."""
    return f"{number} {noun if number == 1 else several or f'{noun}s'}"


def table(headings: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """A table on standard output; numbers to the right."""
    shown = Table(title=title or None, title_justify="left", title_style="bold", header_style="bold")
    rows = [tuple(row) for row in rows]
    for column, heading in enumerate(headings):
        numbers = bool(rows) and all(isinstance(row[column], int) for row in rows)
        shown.add_column(heading, justify="right" if numbers else "left", overflow="fold")
    for row in rows:
        shown.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    out.print(shown)


def report(faults: Iterable[Fault]) -> bool:
    """Print faults on standard error; whether there were any."""
    faults = list(faults)
    for fault in faults:
        say(f"fault: {fault}")
    return bool(faults)


def finish(faults: Iterable[Fault] = ()) -> NoReturn:
    """Print the faults and leave: status 0, or 1 when there were any."""
    raise typer.Exit(Exit.WITH_FAULTS if report(faults) else Exit.DONE)
