"""`monitor articles`: bringing an archive in, and what became of an article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated

import typer

from monitor.app import chosen, import_file, open_workspace, plan_file, read_library, usable
from monitor.cli.options import HERE, AgreementId, AsJson, Home, Since, Until, period
from monitor.cli.output import count, finish, print_json, say, table, tell, tell_wrapped
from monitor.cli.progress import Bar
from monitor.core.article import Article, Evidence
from monitor.core.dates import in_london
from monitor.core.difference import Difference, sentences
from monitor.core.digest import shortened
from monitor.core.explanation.words import told
from monitor.core.fault import Fault
from monitor.core.json import Json
from monitor.core.source import Rights
from monitor.errors import InputError
from monitor.jobs.days import day_by_day
from monitor.jobs.history import Stage
from monitor.jobs.history import history as make_history
from monitor.jobs.import_articles import ImportPlan, ImportReport

app = typer.Typer(
    help="Articles: list what is stored; import an archive; the texts of one.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


_ON = {Evidence.FULL: "full text", Evidence.SUMMARY: "summary alone", Evidence.HEADLINE: "headline alone"}


@app.callback()
def _group() -> None:
    """Articles: list what is stored; import an archive; the texts of one."""


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


@app.command("list")
def list_(
    since: Since = None,
    until: Until = None,
    outlet: Annotated[str | None, typer.Option("--outlet", help="Those of one outlet alone, by its id.")] = None,
    evidence: Annotated[
        list[Evidence] | None, typer.Option("--evidence", help="Judged on no more than this; may be given twice.")
    ] = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """List stored articles: on how much of each it was judged, and why not on its full text.

    `--evidence summary --evidence headline` are those whose text is not there: pages that could not be read, or
    gave a paywall, a menu or nothing.
    """
    if outlet and outlet not in read_library(home).sources.outlets:
        raise InputError(f"--outlet: there is no outlet {outlet!r}: `monitor sources list` names them")
    found: dict[str, dict[str, Json]] = {}
    with open_workspace(home) as workspace:
        first, last = period(since, until, workspace.clock())
        for articles in day_by_day(workspace.store, first, last):
            for article in articles:
                found.pop(article.line, None)
                if (not evidence or article.evidence in evidence) and outlet in (None, article.outlet):
                    found[article.line] = _stored(article)
    for row in found.values():
        if as_json:
            print_json(row)
        else:
            _tell_stored(row)
    say(f"{count(len(found), 'article')} first seen from {told(first)} to {told(last)}")


def _stored(article: Article) -> dict[str, Json]:
    return {
        **article.named(),
        "evidence": str(article.evidence),
        "shortfall": article.shortfall,
        "purged": article.purged,
    }


def _tell_stored(row: Mapping[str, Json]) -> None:
    seen = in_london(datetime.fromisoformat(str(row["first_seen"])), "%a %d %b %Y %H:%M")
    tell_wrapped(f"{seen} · {row['outlet'] or 'no outlet'} · {row['headline']}", 0, 2)
    tell(f"  {row['url']}")
    why = f": {row['shortfall']}" if row["shortfall"] else ""
    known = "its text was purged" if row["purged"] else f"judged on its {_ON[Evidence(str(row['evidence']))]}"
    tell_wrapped(f"{str(row['article'])[:10]} · {known}{why}", 2, 2)


@app.command()
def history(
    article: Annotated[str, typer.Argument(help="The beginning of an article's id, or its address.")],
    agreement: AgreementId = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Show every text that a stored article has had: when, what it changed, what editions made of it."""
    with open_workspace(home) as workspace:
        library = usable(workspace.publish().read)
        wanted = chosen(library, agreement)
        found = workspace.store.find_article(article)
        if found is None:
            raise InputError(f"{article}: no such article is stored: give the beginning of its id, or its address")
        stages = make_history(found, wanted, workspace.store)
    if as_json:
        for stage in stages:
            print_json(_stage_json(stage))
        finish(library.faults)
    outlet = library.sources.outlets.get(found.outlet or "")
    rights = outlet.rights if outlet else Rights()
    titles = {p.section: p.title for p in wanted.profiles}
    tell(f"{outlet.name if outlet else found.outlet or 'no outlet'} · {found.url}")
    for number, stage in enumerate(stages, 1):
        _tell_stage(stage, number, titles, rights.extract_chars)
    finish(library.faults)


def _tell_stage(stage: Stage, number: int, titles: Mapping[str, str], most: int) -> None:
    article = stage.article
    seen = in_london(article.first_seen, "%a %d %b %Y %H:%M")
    tell(f"\n{number}. {seen} · {article.id} · {'purged' if article.purged else article.evidence}")
    tell(f"   {article.headline}")
    if stage.judgement is None:
        tell("   not judged yet")
    else:
        sections = ", ".join(titles.get(s, s) for s in stage.judgement.sections)
        tell(f"   in: {sections or 'no section'}")
    for said in sentences(stage.difference, titles) if stage.difference else []:
        tell(f"   {said}")
    for mark, paragraph in _paragraphs(stage.difference, most):
        tell(f"     {mark} {paragraph}")
    for edition, item in stage.editions:
        tell(f"   {item.state} in {edition} under {titles.get(item.section, item.section)}")


def _paragraphs(found: Difference | None, most: int) -> Iterator[tuple[str, str]]:
    """Paragraphs taken out (-) and added (+), no more of each than the outlet's rights let be shown."""
    if found is None or not most:
        return
    taken = [("-", p) for p in found.removed] + [m for a, b in found.changed for m in (("-", a), ("+", b))]
    for mark, paragraph in [*taken, *(("+", p) for p in found.added)]:
        yield mark, shortened(" ".join(paragraph.split()), most)


def _stage_json(stage: Stage) -> Json:
    article = stage.article
    return {
        "article": article.id,
        "first_seen": article.first_seen.isoformat() if article.first_seen else None,
        "headline": article.headline,
        "evidence": "purged" if article.purged else str(article.evidence),
        "sections": list(stage.judgement.sections) if stage.judgement else None,
        "changed": stage.difference.to_json() if stage.difference else None,
        "editions": [{"edition": e, "section": i.section, "state": str(i.state)} for e, i in stage.editions],
    }


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
