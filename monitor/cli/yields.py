"""`monitor profiles yield`, `proposals`: what terms brought, and what would spare an editor's exclusions."""

from __future__ import annotations

from datetime import datetime

from monitor import app
from monitor.cli.options import HERE, AgreementId, AsJson, Home, Since, Until, period
from monitor.cli.output import count, finish, print_json, say, table, tell, tell_wrapped
from monitor.cli.progress import Bar
from monitor.core.dates import LONDON
from monitor.core.explanation.words import told
from monitor.core.json import Json
from monitor.core.term_yield import LONG_ENOUGH, TermYield, YieldReport
from monitor.jobs.weigh_terms import Tried

TOO_SHORT = "The record is too short to call a term dead: that takes"


def yield_(
    since: Since = None,
    until: Until = None,
    agreement: AgreementId = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """List what each term brought in a period: kept, excluded, near misses, out; dead and noisy ones are marked.

    Articles count as they were judged. Of a dead term other spellings are looked for that do stand in articles.
    """
    with app.open_workspace(home) as workspace:
        library = app.usable(workspace.publish().read)
        of = app.chosen(library, agreement)
        first, last = period(since, until, workspace.clock())
        app.match_all(workspace, library, Bar(quiet=as_json), workspace.settings.processes)
        app.index_words(workspace, Bar(quiet=as_json))
        report = app.weigh_terms_of(workspace, of, first, last, Bar(quiet=as_json))
    if as_json:
        for one in report.yields:
            print_json(_to_json(one, report))
    else:
        _tell(report)
    say(f"{count(report.looked_at, 'article')} judged, first seen from {told(first)} to {told(last)}")
    finish(library.faults)


def proposals(
    since: Since = None,
    until: Until = None,
    agreement: AgreementId = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """List what would have spared an editor's exclusions: the smallest blocker or guard, with its replay.

    Nothing is changed: write the line below the term yourself, when you agree.
    """
    with app.open_workspace(home) as workspace:
        library = app.usable(workspace.publish().read)
        of = app.chosen(library, agreement)
        first, last = period(since, until, workspace.clock())
        app.match_all(workspace, library, Bar(quiet=as_json), workspace.settings.processes)
        found = app.proposals_of(workspace, library, of, first, last, Bar(quiet=as_json))
    for tried in found:
        if as_json:
            print_json(_tried_json(tried))
        else:
            _tell_tried(tried)
    if not found:
        say("no proposal: fewer than two exclusions of one term have anything in common that what was kept lacks")
    finish((*library.faults, *dict.fromkeys(fault for tried in found for fault in tried.faults)))


def _tell(report: YieldReport) -> None:
    rows = [
        (
            y.section,
            y.term,
            y.kept,
            y.excluded,
            y.near_misses,
            y.out,
            _day(y.last_kept),
            str(report.said(y)),
        )
        for y in report.yields
    ]
    table(("section", "term", "kept", "excluded", "near", "out", "last kept", ""), rows)
    for one in report.yields:
        if remark := report.remedy(one):
            tell_wrapped(f"{one.section}: {one.term}: {remark}", 0, 2)
    if report.too_short:
        tell_wrapped(f"{TOO_SHORT} {LONG_ENOUGH.days} days of articles.", 0, 2)


def _day(at: datetime | None) -> str:
    return f"{at.astimezone(LONDON):%Y-%m-%d}" if at else ""


def _to_json(one: TermYield, report: YieldReport) -> dict[str, Json]:
    return {
        **one.to_json(),
        "said": str(report.said(one)),
        "remark": report.remedy(one),
        "near_spellings": [
            {"spelling": spelling, "articles": number} for spelling, number in report.spellings(one)
        ],
        "looked_at": report.looked_at,
    }


def _tell_tried(tried: Tried) -> None:
    tell_wrapped(f"{tried.proposal.section}: {tried.proposal.term}", style="bold")
    tell(f"    {tried.proposal.line}")
    tell_wrapped(
        f"would have kept out {len(tried.spared)} of {count(tried.excluded, 'excluded article')} and "
        f"{len(tried.lost)} of {tried.kept} that were kept",
        2,
        2,
    )
    for mark, articles in (("-", tried.spared), ("lost:", tried.lost)):
        for article in articles:
            tell_wrapped(f"{mark} {article.headline}", 2, 2)
            tell(f"    {article.url}")


def _tried_json(tried: Tried) -> Json:
    return {
        **tried.proposal.to_json(),
        "excluded": tried.excluded,
        "kept": tried.kept,
        "spared": [article.id for article in tried.spared],
        "lost": [article.id for article in tried.lost],
    }
