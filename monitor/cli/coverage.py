"""`monitor coverage`: what was found, by section, dates, term, outlet and text."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Annotated

import typer

from monitor import app
from monitor.adapters.exports import write_csv
from monitor.cli.options import HERE, Home, day
from monitor.cli.output import finish, print_json, say, table
from monitor.cli.progress import Bar
from monitor.core.agreement import Agreement
from monitor.core.coverage import CoverageQuestion
from monitor.core.dates import in_london
from monitor.core.fault import Fault
from monitor.core.json import Json
from monitor.errors import InputError

Asked = tuple[list[str] | None, Iterable[str], str]
"""Names that were said, those of today, and what they are names of."""


def coverage(
    section: Annotated[list[str] | None, typer.Option("--section", help="Section id; may be repeated.")] = None,
    since: Annotated[
        str | None, typer.Option("--since", help="First day, such as 2026-11-01 (Europe/London).")
    ] = None,
    until: Annotated[str | None, typer.Option("--until", help="Last day, itself included.")] = None,
    term: Annotated[list[str] | None, typer.Option("--term", help="Term as the agreement writes it.")] = None,
    outlet: Annotated[list[str] | None, typer.Option("--outlet", help="Outlet id; may be repeated.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="Words that stand in the article.")] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="What would have been answered at the end of this day.")
    ] = None,
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
    if as_csv and as_json:
        raise InputError("--csv and --json: give one of them")
    with app.open_workspace(home) as workspace:
        library = app.usable(workspace.publish().read)
        chosen = app.chosen(library, agreement)
        app.match_all(workspace, library, Bar(quiet=as_csv or as_json), workspace.settings.processes)
        if text:
            app.index_words(workspace, Bar(quiet=as_csv or as_json))
        question = CoverageQuestion(
            chosen.id,
            since=day(since, "--since"),
            until=day(until, "--until", end=True),
            sections=_spelt(section, chosen.order),
            outlets=_spelt(outlet, library.sources.outlets),
            terms=_spelt(term, _terms(chosen)),
            text=_words(text),
            as_of=day(as_of, "--as-of", end=True),
            near_misses=near_misses,
        )
        _must_make_sense(question)
        asked = ((section, chosen.order, "section"), (outlet, library.sources.outlets, "outlet"))
        faults = _not_today(workspace, chosen, [*asked, (term, _terms(chosen), "term")])
        count = _show(
            app.coverage_records(workspace, question, chosen, library.sources), as_csv=as_csv, as_json=as_json
        )
        unsearched = workspace.store.without_words(question) if question.text else 0
        lossy = app.lossy_gaps(workspace, question, library.sources)
    _say_beside(count, lossy, unsearched)
    finish([*library.faults, *faults])


def _say_beside(count: int, lossy: int, unsearched: int) -> None:
    """What must be said beside the answer, for it to be true."""
    say(f"{count} found")
    if lossy:
        plural = "" if lossy == 1 else "s"
        say(f"after {lossy} coverage gap{plural} of this period articles may be missing: monitor sources report")
    if unsearched:
        say(f"{unsearched} of these articles were searched by their headline alone: text and words are purged")


def _show(records: Iterator[dict[str, Json]], *, as_csv: bool, as_json: bool) -> int:
    if as_csv:
        return write_csv(records, sys.stdout)
    if as_json:
        count = 0
        for count, record in enumerate(records, 1):  # noqa: B007 (the last one is the answer)
            print_json(record)
        return count
    rows = [(_seen(r), r["section"], r["outlet"], r["headline"], r["terms"]) for r in records]
    table(("first seen (London)", "section", "outlet", "headline", "terms"), rows)
    return len(rows)


def _seen(record: dict[str, Json]) -> str:
    return in_london(datetime.fromisoformat(str(record["first_seen"])))


def _terms(agreement: Agreement) -> tuple[str, ...]:
    return tuple(name for p in agreement.profiles for name in p.sought)


def _spelt(said: list[str] | None, known: Iterable[str]) -> tuple[str, ...]:
    """What was asked for, spelt as we know it."""
    folded = {name.casefold(): name for name in known}
    return tuple(folded.get(name.casefold(), name) for name in said or ())


def _not_today(workspace: app.Workspace, agreement: Agreement, asked: Sequence[Asked]) -> list[Fault]:
    """A fault for each name that is none of today's, and that something was found under once.

    Raises:
        InputError: names under which nothing can ever have been found.
    """
    unknown = [(name, known, noun) for said, known, noun in asked for name in _unknown(said, known)]
    if not unknown:
        return []
    ever = workspace.store.names_found(agreement.id)
    never = [_refusal(name, known, noun) for name, known, noun in unknown if name not in ever]
    if never:
        raise InputError("\n".join(never))
    return [
        Fault(f"--{noun}", f"there is no {noun} {name!r} today", "what was found under it earlier is listed")
        for name, _, noun in unknown
    ]


def _unknown(said: list[str] | None, known: Iterable[str]) -> list[str]:
    folded = {name.casefold() for name in known}
    return [name for name in said or () if name.casefold() not in folded]


def _refusal(name: str, known: Iterable[str], noun: str) -> str:
    folded = {one.casefold(): one for one in known}
    near = [folded[n] for n in difflib.get_close_matches(name.casefold(), folded, 3)]
    guess = f": did you mean {' or '.join(near)}?" if near else ""
    return f"--{noun}: there is no {noun} {name!r}, and never was{guess}\n  known: {', '.join(folded.values())}"


def _words(text: str | None) -> str:
    if text is not None and not any(c.isalnum() for c in text):
        raise InputError(f"--text {text!r}: there is no word in it: give words that stand in the article")
    return text or ""


def _must_make_sense(question: CoverageQuestion) -> None:
    """A period that ends before it begins holds nothing, and "0 found" would sound like an answer."""
    if question.since and question.until and question.since >= question.until:
        raise InputError("--since is later than --until: swap them")
