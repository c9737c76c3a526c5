"""`monitor articles`: bringing an archive in."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor.app import import_file, open_workspace, plan_file, read_library
from monitor.cli.options import HERE, AsJson, Home
from monitor.cli.output import count, finish, print_json, say, table, tell
from monitor.cli.progress import Bar
from monitor.core.fault import Fault
from monitor.core.json import Json
from monitor.errors import InputError
from monitor.jobs.import_articles import ImportPlan, ImportReport

app = typer.Typer(help="Articles: import an archive.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _group() -> None:
    """Articles: import an archive."""


@app.command("import")
def import_(
    file: Annotated[
        str, typer.Argument(help="JSON lines or CSV, one article each, NewsML-G2 or NITF; may be gzipped.")
    ],
    column: Annotated[
        list[str] | None,
        typer.Option("--map", help="OUR_FIELD=COLUMN, such as headline=title; what is not said is guessed."),
    ] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", help="Outlet id of every article in the file.")] = None,
    first_seen_now: Annotated[
        bool, typer.Option("--first-seen-now", help="Reckon them as seen now, not when they were published.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show how the file would be understood.")
    ] = False,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Import an archive, as from a vendor that you leave. Running it again goes on where it stopped."""
    library = read_library(home)
    plan = plan_file(file, library, wanted=_mapping(column), outlet=outlet, first_seen_now=first_seen_now)
    if not as_json:
        _tell_plan(plan)
    if dry_run:
        if as_json:
            print_json({"columns": dict(plan.fields)})
        return
    with open_workspace(home) as workspace:
        report = import_file(workspace, library, file, plan, Bar(quiet=as_json))
    if as_json:
        print_json(_report_json(report))
    else:
        _tell_report(report)
    more = report.fault_count - len(report.faults)
    finish([*report.faults, *([Fault(file, f"{more} more faults of the same kinds")] if more else [])])


def _mapping(said: list[str] | None) -> dict[str, str]:
    pairs = [one.partition("=") for one in said or ()]
    wrong = [f"{a}{eq}{b}" for a, eq, b in pairs if not (a and b)]
    if wrong:
        raise InputError(f"--map {wrong[0]}: write OUR_FIELD=COLUMN, such as headline=title")
    return {ours: theirs for ours, _, theirs in pairs}


def _tell_plan(plan: ImportPlan) -> None:
    said = ", ".join(f"{ours} from {theirs}" for ours, theirs in plan.fields.items())
    say(f"reading {said}")


def _tell_report(report: ImportReport) -> None:
    new = count(report.new, "new article")
    tell(f"{count(report.items, 'item')}: {new}, {report.known} known, {report.skipped} not usable")
    if report.unknown_outlets:
        table(("no outlet of sources/ is", "articles"), list(report.unknown_outlets.items())[:20])


def _report_json(report: ImportReport) -> Json:
    return {
        "columns": dict(report.plan.fields),
        "items": report.items,
        "new": report.new,
        "known": report.known,
        "skipped": report.skipped,
        "faults": report.fault_count,
        "unknown_outlets": dict(report.unknown_outlets),
    }
