"""`monitor replay`: what a change of the profiles would have gained and lost, before it is published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from monitor import app
from monitor.cli.options import HERE, AgreementId, AsJson, Home, period
from monitor.cli.output import count, finish, print_json, table, tell
from monitor.cli.progress import Bar
from monitor.core.dates import LONDON
from monitor.core.edition import Window
from monitor.core.explanation import explain
from monitor.core.json import Json
from monitor.core.match import Judgement
from monitor.core.replay.changes import Change
from monitor.core.replay.outcome import Day, Difference, Kind
from monitor.core.replay.sweep import Sweep
from monitor.core.source import Sources
from monitor.errors import InputError
from monitor.jobs.replay import ReplayReport

DAYS = 30
WIDEST_BAR = 40
MOST_DAYS = 62
"""Rows of the table by day; what is longer is shown by month."""
Days = Annotated[
    int | None, typer.Option("--days", help="The last so many days.", show_default=str(DAYS), min=1, max=36_500)
]
Processes = Annotated[
    int | None,
    typer.Option(
        "--processes", help="How many judge; 0: one for each core; else as monitor.toml says.", min=0, max=256
    ),
]
_SIGNS = {Kind.GAINED: "+", Kind.LOST: "-", Kind.MOVED: ">", Kind.PROOF: "="}
_HEADS = {
    Kind.GAINED: "Gained",
    Kind.LOST: "Lost",
    Kind.MOVED: "Moved: filed elsewhere, or in other sections besides",
    Kind.PROOF: "Filed as before, with another proof",
}


def replay(
    days: Days = None,
    since: Annotated[
        str | None, typer.Option("--since", help="First day, such as 2026-11-01 (Europe/London).")
    ] = None,
    until: Annotated[str | None, typer.Option("--until", help="Last day, itself included.")] = None,
    section: Annotated[
        str | None, typer.Option("--section", help="Only this section's draft; the others as they are in force.")
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option("--against", help="Compare with this agreement's folder, not with what is in force."),
    ] = None,
    editor: Annotated[
        str | None, typer.Option("--draft", help="This editor's draft, made on pages, in place of the files.")
    ] = None,
    agreement: AgreementId = None,
    sweep: Annotated[
        str | None,
        typer.Option("--sweep", help="What other thresholds of this section would let in, by the files."),
    ] = None,
    proofs: Annotated[
        bool, typer.Option("--proofs", help="Also list what is filed as before, with another proof.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Judge every article, without the index: slow, and the same answer.")
    ] = False,
    processes: Processes = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Show what the profiles as they stand in the files would gain and lose, before they are published.

    Judges stored articles by the files (a draft) and by the revision in force, and stores nothing. Only articles
    are judged that hold a word which the change is about; where these are very many, those that may come, go or
    move, and the others with --proofs. Days are those on which we first saw an article.
    """
    if sweep and (section or against or proofs or everything):
        raise InputError("--sweep looks at one section by itself: leave out --section, --against, --proofs, --all")
    with app.open_workspace(home) as workspace:
        window = _window(workspace, days, since, until)
        draft = _compared(workspace, agreement, against, editor)
        bar = Bar(quiet=as_json)
        if sweep:
            swept = app.sweep_draft(workspace, draft, sweep, window, bar).sweep
            print_json(_sweep_json(swept, window)) if as_json else _tell_sweep(swept, window)
            finish((*draft.faults, *swept.faults))
        _must_be_a_section(section, draft)
        report = app.replay_draft(
            workspace,
            draft,
            window,
            bar,
            section=section,
            everything=everything,
            proofs=proofs or as_json,
            processes=workspace.settings.processes if processes is None else processes,
        )
    print_json(_to_json(report)) if as_json else _tell(report, draft.new.sources, proofs=proofs)
    finish((*draft.faults, *report.faults))


def _must_be_a_section(section: str | None, draft: app.Draft) -> None:
    known = dict.fromkeys((*draft.old.agreement.order, *draft.new.agreement.order))
    if section and section not in known:
        raise InputError(f"there is no section {section!r}: one of {', '.join(known)}")


def _compared(
    workspace: app.Workspace, agreement: str | None, against: Path | None, editor: str | None
) -> app.Draft:
    if editor and against:
        raise InputError("--draft and --against: give one of them")
    if editor:
        return app.draft_by(workspace, agreement, editor)
    return app.draft(workspace, agreement, against=against)


def _window(workspace: app.Workspace, days: int | None, since: str | None, until: str | None) -> Window:
    if days is not None and since is not None:
        raise InputError("--days and --since: give one of them")
    return Window(*period(since, until, workspace.clock(), timedelta(days=days or DAYS)))


# --------------------------------------------------------------- for a person


def _tell(report: ReplayReport, sources: Sources, *, proofs: bool) -> None:
    window = report.window
    tell(f"{_shown(window.start)} to {_shown(window.end)}")
    if not report.changes:
        tell("Nothing changed that articles are judged by.")
    for change in report.changes:
        tell(f"  {_said(change)}")
    for kind, head in _HEADS.items():
        found = [d for d in report.differences if d.kind is kind]
        if found and (kind is not Kind.PROOF or proofs):
            tell(f"\n{head}: {count(len(found), 'article')}")
            for difference in found:
                _tell_difference(difference, sources)
    _tell_terms(report)
    _tell_days(report)
    _tell_counts(report)


def _shown(instant: object) -> str:
    return f"{instant.astimezone(LONDON):%a %d %b %Y %H:%M}"  # type: ignore[attr-defined]


def _said(change: Change) -> str:
    said = f"{change.section}: {change.what}" if change.section else change.what
    return f"{said} (every article is looked at: {change.why})" if change.why else said


def _tell_difference(difference: Difference, sources: Sources) -> None:
    article = difference.article
    seen = f"{article.first_seen.astimezone(LONDON):%d %b %H:%M}" if article.first_seen else ""
    tell(f"{_SIGNS[difference.kind]} {seen}  {article.outlet or 'no outlet'}  {article.headline or article.url}")
    tell(f"    {_filed(difference.before)} -> {_filed(difference.after)}  ({article.id})")
    for section in _sections(difference):
        tell(f"    {section}: {_proof(difference, section, sources)}")


def _filed(judgement: Judgement) -> str:
    if not judgement.sections:
        return judgement.primary or "no section"
    first, *also = judgement.sections
    return f"{first} (also {', '.join(also)})" if also else first


def _sections(difference: Difference) -> list[str]:
    """The sections whose verdict changed, those that gain or lose it first."""
    filed = [*difference.gained, *difference.lost]
    if filed:
        return filed
    judged = dict.fromkeys(v.section for j in (difference.after, difference.before) for v in j.verdicts)
    return [s for s in judged if difference.before.verdict(s) != difference.after.verdict(s)]


def _proof(difference: Difference, section: str, sources: Sources) -> str:
    after = difference.after.verdict(section)
    return explain(after, sources) if after else "Out: no term of the section stands in it any more."


def _tell_terms(report: ReplayReport) -> None:
    if report.terms:
        tell()
        rows = [(t.section, t.term, t.gained, t.lost) for t in report.terms]
        table(("section", "term", "gained", "lost"), rows)


def _tell_days(report: ReplayReport) -> None:
    if not any(d.before != d.after for d in report.days):
        return
    tell()
    by = "%a %d %b" if len(report.days) <= MOST_DAYS else "%b %Y"
    rows = _summed(report.days, by)
    most = max(max(before, after) for _, before, after in rows)
    table(
        ("day" if len(report.days) <= MOST_DAYS else "month", "before", "after", ""),
        [(when, before, after, _bar(before, after, most)) for when, before, after in rows],
        title="Articles that match (= before and after, + gained, - lost)",
    )
    if report.otherwise:
        tell(f"{count(report.otherwise, 'article')} of these were judged by an earlier revision.")


def _summed(days: Iterable[Day], by: str) -> list[tuple[str, int, int]]:
    sums: dict[str, tuple[int, int]] = {}
    for one in days:
        before, after = sums.get(name := one.day.strftime(by), (0, 0))
        sums[name] = before + one.before, after + one.after
    return [(name, before, after) for name, (before, after) in sums.items()]


def _bar(before: int, after: int, most: int) -> str:
    wide = [round(WIDEST_BAR * n / most) if most > WIDEST_BAR else n for n in (before, after)]
    sign = "+" if after > before else "-"
    return "=" * min(wide) + sign * abs(wide[0] - wide[1])


def _tell_sweep(sweep: Sweep, window: Window) -> None:
    tell(f"{_shown(window.start)} to {_shown(window.end)}")
    if not sweep.thresholds:
        tell(f"{sweep.section} has no threshold: neither subject_of nor significance.")
    for threshold in sweep.thresholds:
        now = sweep.needed.of(threshold)
        rows = [
            (f"{step.value}{' (now)' * (step.value == now)}", step.count, step.more, step.fewer)
            for step in sweep.steps(threshold)
        ]
        tell()
        table((str(threshold), "in", "would come", "would go"), rows)
    if sweep.purged:
        tell(f"{count(sweep.purged, 'article')} more with its terms have no text any more: nobody can judge them")


def _tell_counts(report: ReplayReport) -> None:
    kinds = _counts(report)
    said = "{gained} gained, {lost} lost, {moved} moved"
    proof = (
        "{proof} with another proof" if report.proofs else "what has another proof was not looked for (--proofs)"
    )
    tell(f"\n{said}, {proof}".format(**kinds))
    tell(
        f"{count(report.articles, 'article')} in all, {report.could_change} could have changed, "
        f"{report.looked_at} looked at"
    )
    if report.purged:
        tell(
            f"{report.purged} of those that could have changed have no text any more: nobody can judge them again"
        )


def _counts(report: ReplayReport) -> dict[str, Json]:
    return {str(kind): sum(d.kind is kind for d in report.differences) for kind in Kind}


# --------------------------------------------------------------- for a program


def _to_json(report: ReplayReport) -> Json:
    return {
        "since": report.window.start.isoformat(),
        "until": report.window.end.isoformat(),
        "changes": _changes_json(report.changes),
        "counts": _counts(report),
        "articles": report.articles,
        "could_change": report.could_change,
        "looked_at": report.looked_at,
        "purged": report.purged,
        "judged_by_another_revision": report.otherwise,
        "terms": [
            {"section": t.section, "term": t.term, "gained": t.gained, "lost": t.lost} for t in report.terms
        ],
        "days": [{"day": d.day.isoformat(), "before": d.before, "after": d.after} for d in report.days],
        "differences": [d.to_json() for d in report.differences],
    }


def _sweep_json(sweep: Sweep, window: Window) -> Json:
    return {"since": window.start.isoformat(), "until": window.end.isoformat(), **sweep.to_json()}


def _changes_json(changes: Sequence[Change]) -> list[Json]:
    return [{"section": c.section, "what": c.what, "term": c.term, "looks_at_all": c.why} for c in changes]
