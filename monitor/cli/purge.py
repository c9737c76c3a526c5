"""`monitor purge`: take out the texts that the outlets' rights no longer let us keep."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor import app
from monitor.cli.options import HERE, AsJson, Home
from monitor.cli.output import count, finish, print_json, say, table, tell
from monitor.cli.progress import Bar
from monitor.core.dates import in_london
from monitor.core.json import Json
from monitor.core.source import Rights, Sources
from monitor.jobs.purge import FilesDue, PurgeLine, PurgeReport


def purge(
    yes: Annotated[
        bool, typer.Option("--yes", help="Take them out; without it, only show what would go.")
    ] = False,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Show the texts that the outlets' rights no longer let us keep and, with --yes, take them out for good.

    What goes is standfirst and text, and the files that brought them into watched folders. Headline, address,
    dates, verdicts with their proof, editions and the article's id stay. `monitor serve` does the same by itself.
    """
    with app.open_workspace(home) as workspace:
        library = app.usable(workspace.publish().read)
        lines = app.plan_purge_all(workspace, library)
        files = app.plan_purge_files(workspace, library)
        done = app.purge_all(workspace, library, Bar(quiet=as_json)) if yes else None
    if as_json:
        print_json(_to_json(lines, files, done, library.sources))
    else:
        _tell(lines, files, done, library.sources)
    finish(library.faults)


def _tell(
    lines: tuple[PurgeLine, ...], files: tuple[FilesDue, ...], done: PurgeReport | None, sources: Sources
) -> None:
    if lines:
        table(
            (
                "outlet",
                "full text",
                "days kept",
                "texts due",
                "never judged",
                "oldest stored (London)",
                "words stay",
            ),
            [_row(line, sources) for line in lines],
        )
    if files:
        table(("watched folder of", "files due"), [(due.source, due.files) for due in files])
    if done is None:
        texts = count(sum(line.due.articles for line in lines), "text")
        total = " and ".join([texts, *([count(sum(due.files for due in files), "file")] if files else [])])
        due = bool(lines or files)
        tell(f"{total} would go; nothing was taken out: --yes does that" if due else "no text is due to go")
        return
    deleted = f", {count(done.files, 'file')} of watched folders deleted" if done.files else ""
    tell(f"{count(done.articles, 'text')} taken out for good{deleted}")
    if not done.wiped:
        say("the database's log may still hold some of it, as another process reads: the next purge empties it")


def _row(line: PurgeLine, sources: Sources) -> tuple[object, ...]:
    rights = _rights(line, sources)
    return (
        line.term.outlet or "(no known outlet)",
        "may be stored" if rights.store_text else "may not be stored",
        rights.keep_days,
        line.due.articles,
        line.due.unjudged,
        in_london(line.due.oldest),
        "yes" if line.term.keep_words else "no",
    )


def _rights(line: PurgeLine, sources: Sources) -> Rights:
    outlet = sources.outlets.get(line.term.outlet or "")
    return outlet.rights if outlet else Rights()


def _to_json(
    lines: tuple[PurgeLine, ...], files: tuple[FilesDue, ...], done: PurgeReport | None, sources: Sources
) -> Json:
    return {
        "due": [
            {
                "outlet": line.term.outlet,
                "store_text": _rights(line, sources).store_text,
                "keep_days": _rights(line, sources).keep_days,
                "keep_words": line.term.keep_words,
                "texts": line.due.articles,
                "never_judged": line.due.unjudged,
                "oldest": line.due.oldest.isoformat() if line.due.oldest else None,
            }
            for line in lines
        ],
        "files_due": [{"source": due.source, "files": due.files} for due in files],
        "purged": done.articles if done else 0,
        "files_deleted": done.files if done else 0,
        "wiped": done.wiped if done else None,
    }
