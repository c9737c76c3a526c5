"""`monitor`: all commands joined, and what happens when one cannot be done."""

from __future__ import annotations

import os
import sys
import traceback
from typing import Annotated

import typer

from monitor import __version__
from monitor.cli import (
    agreements,
    aliases,
    articles,
    askings,
    audit,
    coverage,
    demo,
    desk,
    digest,
    doctor,
    explain,
    feeds,
    health,
    init,
    match,
    metrics,
    new_sources,
    people,
    profiles,
    purge,
    queries,
    recipients,
    replay,
    revisions,
    run,
    sources,
    stories,
    users,
    yields,
)
from monitor.cli.output import Exit, say, speak_utf8
from monitor.errors import FetchError, MonitorError

app = typer.Typer(
    name="monitor",
    help="Media monitoring in the open: keyword profiles in, a proven and complete morning digest out.",
    epilog="Exit status: 0 done, 1 done with faults (listed on standard error), 2 not done.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        from monitor.core.matching.native import BUILT  # loads numpy, which no other command has to wait for

        typer.echo(f"monitor {__version__} ({'compiled' if BUILT else 'Python'} core)")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Media monitoring in the open: keyword profiles in, a proven and complete morning digest out."""


app.command("init")(init.init)
app.command("demo")(demo.demo)
app.command("run")(run.run)
app.command("serve")(run.serve)
app.command("ingest")(run.ingest)
app.command("match")(match.match)
app.command("explain")(explain.explain)
app.command("coverage")(coverage.coverage)
app.command("audit")(audit.audit)
app.command("doctor")(doctor.doctor)
app.command("purge")(purge.purge)
app.command("metrics")(metrics.metrics)
sources.app.command("health")(health.health)
sources.app.command("report")(health.report)
app.command("replay")(replay.replay)
app.add_typer(digest.app, name="digest")
app.add_typer(desk.app, name="desk")
profiles.app.command("yield")(yields.yield_)
profiles.app.command("proposals")(yields.proposals)
app.add_typer(feeds.app, name="feeds")
profiles.app.command("history")(revisions.history)
profiles.app.command("publish")(revisions.publish)
profiles.app.command("restore")(revisions.restore)
profiles.app.command("asked")(askings.asked)
profiles.app.command("confirm")(askings.confirm)
profiles.app.command("refuse")(askings.refuse)
profiles.app.command("withdraw")(askings.withdraw)
profiles.app.command("people")(people.people)
profiles.app.command("claims")(people.claims)
profiles.app.command("import")(agreements.import_)
profiles.app.command("print")(agreements.print_)
profiles.app.command("aliases")(aliases.aliases)
profiles.app.command("import-query")(queries.import_query)
profiles.app.command("export-query")(queries.export_query)
app.add_typer(profiles.app, name="profiles")
sources.app.command("add")(new_sources.add)
sources.app.command("import")(new_sources.import_)
sources.app.command("export")(new_sources.export)
app.add_typer(sources.app, name="sources")
app.add_typer(recipients.app, name="recipients")
app.add_typer(stories.app, name="stories")
app.add_typer(articles.app, name="articles")
app.add_typer(users.app, name="users")


def main() -> None:
    """Run a command; an error of ours is said in a sentence, and the status is 2."""
    speak_utf8()
    try:
        app()
    except FetchError as error:
        say(f"monitor: {error.url}: {error}")
        sys.exit(Exit.NOT_DONE)
    except MonitorError as error:
        say(f"monitor: {error}")
        sys.exit(Exit.NOT_DONE)
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Exit.NOT_DONE)
    except OSError as error:  # a file that may not be written, a full disk
        where = f"{error.filename}: " if error.filename else ""
        say(f"monitor: {where}{error.strerror or error}: see that the folder is there and may be written to")
        sys.exit(Exit.NOT_DONE)
    except Exception:  # noqa: BLE001 - a mistake of ours; Python's own status for it would say: done with faults
        traceback.print_exc()
        sys.exit(Exit.NOT_DONE)
