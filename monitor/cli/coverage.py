"""`monitor coverage`: what was found, by section, dates, term, outlet and text."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from monitor import app
from monitor.adapters.exports import coverage_record, write_csv
from monitor.cli.options import HERE, Home
from monitor.cli.output import finish, print_json, say, table
from monitor.cli.progress import Bar
from monitor.core.agreement import Agreement
from monitor.core.coverage import CoverageQuestion
from monitor.core.explanation import explain
from monitor.core.fault import Fault
from monitor.core.json import Json
from monitor.errors import InputError

LONDON = ZoneInfo("Europe/London")
FORMATS = ("table", "csv", "json")


def coverage(
    section: Annotated[list[str] | None, typer.Option("--section", help="Section id; may be repeated.")] = None,
    since: Annotated[
        str | None, typer.Option("--since", help="First day, such as 2026-11-01 (Europe/London).")
    ] = None,
    until: Annotated[str | None, typer.Option("--until", help="Last day, itself included.")] = None,
    term: Annotated[list[str] | None, typer.Option("--term", help="Term as the agreement writes it.")] = None,
    outlet: Annotated[list[str] | None, typer.Option("--outlet", help="Outlet id; may be repeated.")] = None,
    text: Annotated[str, typer.Option("--text", help="Words that stand in the article.")] = "",
    near_misses: Annotated[bool, typer.Option("--near-misses", help="Also what was near; for editors.")] = False,
    agreement: Annotated[
        str | None, typer.Option("--agreement", help="Which agreement, where there are several.")
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV on standard output.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines on standard output.")] = False,
    home: Home = HERE,
) -> None:
    """List the articles of sections in a period, each with its proof: the answer to an FOI question.

    What is stored and not judged yet, such as an imported archive, is judged first. Significance is judged when
    an edition is made: coverage has what matched, and the column `editions` tells which editions showed it.
    Dates are those on which we first saw an article.
    """
    with app.open_workspace(home) as workspace:
        library = app.usable(workspace.publish().read)
        chosen = app.chosen(library, agreement)
        app.match_all(workspace, library, Bar(quiet=as_csv or as_json))
        question = CoverageQuestion(
            chosen.id,
            since=_day(since, "--since"),
            until=_day(until, "--until", end=True),
            sections=_known(section, chosen.order, "--section"),
            outlets=_known(outlet, tuple(library.sources.outlets), "--outlet"),
            terms=_known(term, _terms(chosen), "--term"),
            text=text,
            near_misses=near_misses,
        )
        records = _records(workspace, question, chosen)
        count = _show(records, as_csv=as_csv, as_json=as_json)
    say(f"{count} found")
    finish(library.faults)


def _records(
    workspace: app.Workspace, question: CoverageQuestion, agreement: Agreement
) -> Iterator[dict[str, Json]]:
    for row in workspace.store.coverage(question):
        title = agreement.profile(row.verdict.section).title if row.verdict.section in agreement.order else ""
        yield coverage_record(row, title or row.verdict.section, explain(row.verdict))


def _show(records: Iterator[dict[str, Json]], *, as_csv: bool, as_json: bool) -> int:
    if as_csv:
        return write_csv(records, sys.stdout)
    if as_json:
        count = 0
        for count, record in enumerate(records, 1):  # noqa: B007 (the last one is the answer)
            print_json(record)
        return count
    rows = [(str(r["first_seen"])[:16], r["section"], r["outlet"], r["headline"], r["terms"]) for r in records]
    table(("first seen (UTC)", "section", "outlet", "headline", "terms"), rows)
    return len(rows)


def _day(said: str | None, option: str, *, end: bool = False) -> datetime | None:
    """The start of a day in London, or of the day after for an end that is included."""
    if said is None:
        return None
    try:
        day = datetime.strptime(said, "%Y-%m-%d").date()  # noqa: DTZ007 (a day has no zone; London's is given below)
    except ValueError as error:
        raise InputError(f"{option}: {said!r} is no date: write it as 2026-11-23") from error
    day = day.fromordinal(day.toordinal() + end)
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def _terms(agreement: Agreement) -> tuple[str, ...]:
    return tuple(t.name for p in agreement.profiles for t in p.terms)


def _known(said: list[str] | None, known: tuple[str, ...], option: str) -> tuple[str, ...]:
    """What was asked for, spelt as we know it; a question about nothing would look like an answer."""
    folded = {name.casefold(): name for name in known}
    unknown = [name for name in said or () if name.casefold() not in folded]
    if unknown:
        fault = Fault(option, f"there is no {unknown[0]!r}", f"one of: {', '.join(dict.fromkeys(known))}")
        raise InputError(str(fault))
    return tuple(folded[name.casefold()] for name in said or ())
