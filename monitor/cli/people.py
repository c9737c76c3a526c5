"""`monitor profiles people`, `claims`: who is named in profiles, and whether what is said of them is true."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from monitor import app
from monitor.adapters.exports import write_table
from monitor.cli.options import HERE, AgreementId, AsJson, Home, day
from monitor.cli.output import Exit, count, finish, print_json, say, table, tell, tell_wrapped
from monitor.core.agreement import Agreement
from monitor.core.people import COLUMNS, Checked, Entry, check, register
from monitor.errors import InputError
from monitor.jobs.ports import LibraryRead

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", help="As it was in force at the end of this day, such as 2026-11-01; without it, now."
    ),
]
NOT_RECORDED = "not recorded"


def people(
    as_of: AsOf = None,
    agreement: AgreementId = None,
    home: Home = HERE,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV, safe to open in a spreadsheet.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print the register: every individual that profiles name, in which role, for what, by whose decision.

    From the files as they are, or from the revisions that were in force on a day.
    """
    if as_csv and as_json:
        raise InputError("--csv and --json: give one of them")
    library, of = _chosen(home, as_of, agreement)
    entries = register(of)
    if as_csv:
        write_table(COLUMNS, (entry.record() for entry in entries), sys.stdout)
    elif as_json:
        for entry in entries:
            print_json({"agreement": of.id, "as_of": as_of, **entry.to_json()})
    else:
        _tell(entries)
    (tell if not (as_csv or as_json) else say)(_summary(entries, of, as_of))
    finish(library.faults)


def claims(as_of: AsOf = None, agreement: AgreementId = None, home: Home = HERE, as_json: AsJson = False) -> None:
    """Check the sentences that agreement.yaml lists under `claims`, each with the terms that decide.

    Status 1: a sentence is not true.
    """
    _, of = _chosen(home, as_of, agreement)
    checked = check(of)
    for one in checked:
        if as_json:
            print_json({"agreement": of.id, "as_of": as_of, "fingerprint": of.fingerprint, **one.to_json()})
        else:
            _tell_checked(one)
    if not checked:
        say(f"agreement.yaml of {of.id} lists no claims")
    if not all(one.holds for one in checked):
        raise typer.Exit(Exit.WITH_FAULTS)


def _chosen(home: Path, as_of: str | None, agreement: str | None) -> tuple[LibraryRead, Agreement]:
    moment = day(as_of, "--as-of", end=True)
    library = app.usable(app.read_library(home) if moment is None else _at(home, moment, as_of or ""))
    return library, app.chosen(library, agreement)


def _at(home: Path, moment: datetime, said: str) -> LibraryRead:
    with app.open_workspace(home) as workspace:
        library = workspace.read_at(moment)
    if not library.agreements:
        raise InputError(f"nothing was in force on {said}: the first profiles were published later")
    return library


def _tell(entries: tuple[Entry, ...]) -> None:
    rows = [
        (
            e.title,
            e.person.name,
            *(_said(e, key) for key in ("class", "role", "purpose", "approved_by", "review_by")),
        )
        for e in entries
    ]
    if rows:
        table(("section", "name", "class", "role", "purpose", "approved by", "review by"), rows)


def _said(entry: Entry, key: str) -> str:
    said = entry.to_json()[key]
    return NOT_RECORDED if said is None else str(said).replace("_", " ")


def _summary(entries: tuple[Entry, ...], of: Agreement, as_of: str | None) -> str:
    when = f"as in force at the end of {as_of}" if as_of else "now"
    classes = [str(entry.person.standing or NOT_RECORDED).replace("_", " ") for entry in entries]
    by_class = ", ".join(f"{classes.count(one)} {one}" for one in dict.fromkeys(classes))
    what = f"{count(len(entries), 'name')}: {by_class}" if entries else "no individual is named"
    return f"{what} ({of.id}, {when}, fingerprint {of.fingerprint[:16]})"


def _tell_checked(checked: Checked) -> None:
    tell_wrapped(f"{'yes' if checked.holds else 'NO'}: {checked.claim.says}", 0, 4)
    for section, term in checked.proof:
        tell(f"    {section}: {term}")
    if checked.lacking:
        tell_wrapped(f"no term for: {', '.join(checked.lacking)}", 4, 2)
