"""`monitor sources`: what we read, and whether it answers."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Annotated

import typer

from monitor.app import check_all, read_library, source_states
from monitor.cli.options import HERE, AsJson, Home
from monitor.cli.output import count, finish, print_json, table, tell
from monitor.cli.progress import Bar
from monitor.config import load
from monitor.core.dates import in_london
from monitor.core.fault import Fault
from monitor.core.json import Json
from monitor.core.polling import has_moved
from monitor.core.source import Outlet, Source, SourceState, Trouble
from monitor.jobs.check_sources import SourceCheck

app = typer.Typer(
    help="Outlets and the addresses we poll: list, check, add, import and export.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list")
def list_(
    group: Annotated[str | None, typer.Option("--group", help="Only the outlets of this group.")] = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """List outlets and their sources, with when each was last heard; one without an address says so."""
    library = read_library(home)
    known = library.sources
    states = source_states(home, known)
    if group is not None and group not in known.groups:
        finish(
            [
                *library.faults,
                Fault("--group", f"there is no group {group!r}", f"one of {', '.join(known.groups)}"),
            ]
        )
    outlets = known.outlets.values() if group is None else known.members(group)
    pairs = [(o, s) for o in outlets for s in (o.sources or (None,))]
    if as_json:
        for outlet, source in pairs:
            print_json(_row_json(outlet, source, states))
    else:
        table(
            ("outlet", "owner", "area", "tier", "address", "last heard", "next"),
            [
                (o.name, o.owner, o.area, o.tier, _address(s), _heard(s, states), _next(s, states))
                for o, s in pairs
            ],
        )
        addresses = sum(s is not None and s.polled for _, s in pairs)
        tell(f"{count(len({o.id for o, _ in pairs}), 'outlet')}, {addresses} with an address")
    finish(library.faults)


@app.command()
def check(
    insist: Annotated[bool, typer.Option("--insist", help="Also ask the hosts that asked us to wait.")] = False,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Try every address once and say what is wrong, what to do and when it is asked next; stores no article.

    A host that asked us to wait is left alone until then; its sources say so.
    """
    library = read_library(home)
    states = source_states(home, library.sources)
    rows = asyncio.run(check_all(home, load(home), library.sources, Bar(quiet=as_json), insist=insist))
    if as_json:
        for row in rows:
            print_json(_check_json(row, states))
    else:
        table(
            ("source", "outlet", "entries", "newest", "fault", "what to do", "next"),
            [_check_row(row, states) for row in rows],
        )
        tried = [row for row in rows if row.source.polled]
        silent = f"; {len(rows) - len(tried)} have no known address" if len(tried) < len(rows) else ""
        tell(f"{sum(row.ok for row in tried)} of {len(tried)} answer as they should{silent}")
    failed = [Fault(r.source.id, r.fault, r.remedy) for r in rows if not r.ok and r.source.polled]
    finish([*library.faults, *failed])


def _check_row(row: SourceCheck, states: dict[str, SourceState]) -> tuple[object, ...]:
    said = (row.source.id, row.outlet.name, row.entries, _minute(row.newest), row.fault, row.remedy)
    return (*said, _next(row.source, states))


def _address(source: Source | None) -> str:
    return (source.place if source else "") or "no known address"


def _heard(source: Source | None, states: dict[str, SourceState]) -> str:
    state = states.get(source.id) if source else None
    if state is None or state.last_tried is None:
        return "never tried" if source and source.polled else ""
    return f"{_minute(state.last_heard) or 'never'}{f' ({state.error})' if state.error else ''}"


def _next(source: Source | None, states: dict[str, SourceState]) -> str:
    """When it is asked next, and why then."""
    state = states.get(source.id) if source else None
    if state is None:
        return ""
    when = "never" if state.trouble is Trouble.GONE else _minute(state.next_due) or "now"
    moved = f"; asked at {state.moved_to}" if has_moved(state) else ""
    return f"{when}{f': {state.due_why}' if state.due_why else ''}{moved}"


def _minute(when: datetime | None) -> str:
    return in_london(when)


def _row_json(outlet: Outlet, source: Source | None, states: dict[str, SourceState]) -> Json:
    state = states.get(source.id) if source else None
    return {
        "outlet": outlet.id,
        "name": outlet.name,
        "owner": outlet.owner,
        "area": outlet.area,
        "tier": outlet.tier,
        "medium": str(outlet.medium),
        "groups": list(outlet.groups),
        "source": source.id if source else None,
        "kind": str(source.kind) if source else None,
        "url": source.url if source and source.polled else None,
        "folder": source.folder if source and source.folder else None,
        "note": source.note if source else "",
        "last_heard": _iso(state.last_heard) if state else None,
        "error": state.error if state else "",
        "trouble": str(state.trouble) if state else "",
        "failing_since": _iso(state.failing_since) if state else None,
        **_next_json(state),
    }


def _next_json(state: SourceState | None) -> dict[str, Json]:
    return {
        "next_due": _iso(state.next_due) if state else None,
        "due_why": state.due_why if state else "",
        "moved_to": state.moved_to if state and has_moved(state) else None,
    }


def _iso(when: datetime | None) -> str | None:
    return when.isoformat() if when else None


def _check_json(row: SourceCheck, states: dict[str, SourceState]) -> Json:
    return {
        "source": row.source.id,
        "outlet": row.outlet.id,
        "url": row.source.url,
        "ok": row.ok,
        "entries": row.entries,
        "newest": row.newest.isoformat() if row.newest else None,
        "fault": row.fault,
        "remedy": row.remedy,
        **_next_json(states.get(row.source.id)),
    }
