"""`monitor audit`: is every match in one edition of each digest, or out of it for a reason?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated

import typer

from monitor import app
from monitor.cli.options import HERE, AgreementId, AsJson, Home, day
from monitor.cli.output import count, finish, print_json, table, tell
from monitor.cli.progress import Bar
from monitor.core.audit import MEANING, Located, Whereabouts
from monitor.core.fault import Fault
from monitor.core.json import Json
from monitor.errors import InputError
from monitor.jobs.audit import AuditReport, DigestAudit

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def audit(
    since: Annotated[
        str | None, typer.Option("--since", help="First day, such as 2026-11-01 (Europe/London).")
    ] = None,
    until: Annotated[str | None, typer.Option("--until", help="Last day, itself included.")] = None,
    digest: Annotated[str | None, typer.Option("--digest", help="Only this digest.")] = None,
    agreement: AgreementId = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Prove that every match is in exactly one edition of each digest that takes its section, or why it is not.

    Told from what was stored when it happened; nothing is judged again. Days are those on which a text was first
    seen. Exit status 1: something is lost, or is there twice; it is named.
    """
    first, after = day(since, "--since") or BEGINNING, day(until, "--until", end=True)
    if after and first >= after:
        raise InputError("--since is later than --until: swap them")
    with app.open_workspace(home) as workspace:
        library = app.usable(workspace.publish().read)
        of = app.chosen(library, agreement)
        app.must_be_a_digest(library, digest)
        until_now = after or workspace.clock()
        report = app.audit_of(workspace, library, of, first, until_now, Bar(quiet=as_json), digest)
    if as_json:
        print_json(_json(report))
    else:
        _tell(report)
    finish([*library.faults, *(fault for one in report.digests for fault in _faults(one))])


def _tell(report: AuditReport) -> None:
    archive = report.archive
    tell(f"{count(archive.texts, 'text')} first seen, {archive.judged} judged, {archive.matched} in a section;")
    there = report.in_no_digest - archive.unassigned
    tell(f"{archive.unassigned} unassigned, {there} in sections that no digest takes, the others in these:")
    places = [w for w in Whereabouts if any(d.counts.get(w) for d in report.digests)]
    rows = [(str(w), *(d.counts.get(w, 0) for d in report.digests), MEANING[w]) for w in places]
    total = ("all matches", *(d.matches for d in report.digests), "")
    table(("where it is", *(d.digest for d in report.digests), ""), [*rows, total])
    if report.sound:
        tell("Every match is accounted for, once.")


def _faults(audit: DigestAudit) -> Iterator[Fault]:
    """What is wrong, each with what to do next."""
    for one in audit.wrong:
        yield Fault(f"{audit.digest}: {one.match.article}", _said(one), "monitor explain tells its way")
    unnamed = sum(audit.counts.get(w, 0) for w in (Whereabouts.LOST, Whereabouts.TWICE)) - len(audit.wrong)
    if unnamed:
        yield Fault(
            audit.digest, f"{unnamed} more are lost or there twice", "audit a shorter time to have them named"
        )
    for line, number in audit.twice:
        yield Fault(
            f"{audit.digest}: {line}", f"{number} editions show it as new", "monitor explain tells its way"
        )
    if not audit.adds_up:
        what = f"{audit.matches} matches were looked at, and {audit.counted} are there"
        yield Fault(audit.digest, what, "audit again while nothing is matched; if they still differ, tell us")


def _said(one: Located) -> str:
    if one.where is Whereabouts.TWICE:
        return f"is in {' and '.join(one.editions)}"
    return f"is in no edition; {one.editions[0]} should have it" if one.editions else MEANING[one.where]


def _json(report: AuditReport) -> dict[str, Json]:
    return {
        "agreement": report.agreement,
        "since": report.since.isoformat(),
        "until": report.until.isoformat(),
        "texts": report.archive.texts,
        "judged": report.archive.judged,
        "matched": report.archive.matched,
        "unassigned": report.archive.unassigned,
        "in_no_digest": report.in_no_digest,
        "sound": report.sound,
        "digests": [
            {
                "digest": one.digest,
                "matches": one.matches,
                "counted": one.counted,
                "where": {str(where): one.counts.get(where, 0) for where in Whereabouts},
                "sound": one.sound,
                "wrong": [
                    {"article": w.match.article, "where": str(w.where), "editions": list(w.editions)}
                    for w in one.wrong
                ],
                "shown_twice": [{"line": line, "editions": number} for line, number in one.twice],
            }
            for one in report.digests
        ],
    }
