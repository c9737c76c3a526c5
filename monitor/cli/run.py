"""`monitor run`, `ingest` and `serve`: the main job once, its first half, and for good."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from monitor import app
from monitor.cli.options import HERE, AsJson, Home
from monitor.cli.output import count, finish, print_json, say, tell
from monitor.cli.progress import Bar
from monitor.core.dates import in_london
from monitor.core.json import Json
from monitor.jobs.ingest import IngestReport

AllSources = Annotated[bool, typer.Option("--all-sources", help="Also ask the sources that are not due.")]


def run(home: Home = HERE, all_sources: AllSources = False, as_json: AsJson = False) -> None:
    """Read every source that is due, match, make the editions that are owed and send them; once."""
    with app.open_workspace(home) as workspace:
        report = app.run_once(workspace, Bar(quiet=as_json), all_sources=all_sources)
        faults = report.faults
        desks = app.lay_out_desks(workspace, report.published.read)
        if as_json:
            print_json({**_run_json(report), "desks": [desk.edition for desk in desks]})
        else:
            _tell_run(report, workspace)
            for desk in desks:
                tell(f"the desk is open for {desk.edition}: monitor desk show")
    finish(faults)


def ingest(home: Home = HERE, all_sources: AllSources = False, as_json: AsJson = False) -> None:
    """Read every source that is due and store what is new; matches and sends nothing."""
    with app.open_workspace(home) as workspace:
        library = app.usable(workspace.publish().read)
        read = app.ingest_all(workspace, library, Bar(quiet=as_json), all_sources=all_sources)
        report = asyncio.run(read)
    if as_json:
        print_json(_ingest_json(report))
    else:
        _tell_ingest(report)
    finish([*library.faults, *report.faults])


def serve(
    home: Home = HERE,
    quiet: Annotated[bool, typer.Option("--quiet", help="Only what went wrong.")] = False,
) -> None:
    """Keep it all going: read the sources, match, make and send the editions on time, answer with pages.

    Ends on SIGTERM.
    """
    from monitor import schedule, web  # half a second that no other command need spend

    if not quiet:
        say("monitor: serving; Ctrl-C or SIGTERM stops it cleanly")
    schedule.serve(home, web.served, quiet=quiet)


def _tell_run(report: app.RunReport, workspace: app.Workspace) -> None:
    for file in report.published.changed:
        tell(f"published {file}")
    _tell_ingest(report.ingest)
    for match in report.matches:
        alone = f" ({match.provisional} without their full text)" if match.provisional else ""
        judged = f"{count(match.judged, 'article')} judged{alone}"
        tell(f"{match.agreement}: {judged}, {match.matched} matched, {match.near_misses} near")
    made = [edition for composed in report.composed for edition in composed.made]
    for edition in made:
        tell(f"edition {edition.id}: {edition.mail.subject}")
    if not made:
        tell("no edition is owed")
    for alert in (edition for alerted in report.alerted for edition in alerted.made):
        tell(f"alert {alert.id}: {alert.mail.subject}")
    if report.sent.sent:
        where = f" into {workspace.outbox}" if workspace.settings.mail.sending == "outbox" else ""
        tell(f"{report.sent.sent} delivered{where}")


def _tell_ingest(report: IngestReport) -> None:
    pages = f", {count(report.pages_failed, 'page')} gave no text" if report.pages_failed else ""
    pages += f", {report.pages_refused} refused by robots.txt" if report.pages_refused else ""
    edited = f", {report.edited} edited" if report.edited else ""
    new = count(report.new, "new article")
    tell(f"{report.heard} of {len(report.outcomes)} sources heard, {new}{edited}{pages}")
    for outcome in report.outcomes:
        for what in outcome.left_out:
            tell(f"{outcome.source}: {what}")
        if outcome.outdated and not outcome.entries:
            old = count(outcome.outdated, "address", "addresses")
            tell(f"{outcome.source}: {old} passed over as old, and none is new")
    if report.not_due:
        first = f", the first at {in_london(report.next_due, '%H:%M')}" if report.next_due else ""
        failing = f", {report.failing} of them failing" if report.failing else ""
        tell(f"{count(report.not_due, 'source')} not due yet{failing}{first}; --all-sources asks them, too")
    for outcome in report.outcomes:
        if outcome.put_off:
            tell(f"{outcome.source}: not asked: {outcome.put_off}")
        if outcome.pages_owed:
            tell(f"{outcome.source}: {count(outcome.pages_owed, 'page')} left for the next runs")
    for outcome in report.moved:
        tell(f"{outcome.source}: moved for good to {outcome.moved_to}: write that into sources/")


def _ingest_json(report: IngestReport) -> Json:
    return {
        "sources": len(report.outcomes),
        "heard": report.heard,
        "articles": report.new,
        "edited": report.edited,
        "pages_failed": report.pages_failed,
        "left_out": [{"source": o.source, "what": what} for o in report.outcomes for what in o.left_out],
        "outdated": [{"source": o.source, "addresses": o.outdated} for o in report.outcomes if o.outdated],
        "set_aside": [{"source": o.source, "fault": str(fault)} for o in report.outcomes for fault in o.faults],
        "pages_owed": report.pages_owed,
        "pages_refused": report.pages_refused,
        "put_off": [{"source": o.source, "why": o.put_off} for o in report.put_off],
        "not_due": report.not_due,
        "not_due_failing": report.failing,
        "next_due": report.next_due.isoformat() if report.next_due else None,
        "moved": [{"source": o.source, "to": o.moved_to} for o in report.moved],
        "failed": [{"source": o.source, "error": o.error, "trouble": str(o.trouble)} for o in report.failures],
    }


def _run_json(report: app.RunReport) -> dict[str, Json]:
    return {
        "published": list(report.published.changed),
        "ingest": _ingest_json(report.ingest),
        "matches": [
            {
                "agreement": m.agreement,
                "judged": m.judged,
                "provisional": m.provisional,
                "matched": m.matched,
                "near_misses": m.near_misses,
                "faults": [fault.to_json() for fault in m.faults],
            }
            for m in report.matches
        ],
        "editions": [
            {"edition": e.id, "subject": e.mail.subject} for composed in report.composed for e in composed.made
        ],
        "alerts": [
            {"edition": e.id, "subject": e.mail.subject} for alerted in report.alerted for e in alerted.made
        ],
        "deliveries": {
            "sent": report.sent.sent,
            "failed": report.sent.failed,
            "expired": report.sent.expired,
            "unknown": report.sent.unknown,
            "pending": report.sent.pending,
            "withheld": report.sent.withheld,
            "suppressed": list(report.sent.suppressed),
            "unavailable": report.sent.unavailable,
        },
        "faults": [fault.to_json() for fault in report.faults],
    }
