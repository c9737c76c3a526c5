"""`monitor sources add`, `import` and `export`: sources found on the web, and lists of feeds in and out."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from monitor.app import feed_lists, new_sources, now, read_library
from monitor.app.feed_lists import Planned
from monitor.app.new_sources import ADDED, AREA, TIER, Offer, Wanted
from monitor.cli.options import HERE, AsJson, Home
from monitor.cli.output import count, finish, print_json, say, table, tell
from monitor.config import load
from monitor.core.dates import in_london
from monitor.core.digest.words import line
from monitor.core.fault import Fault
from monitor.core.json import Json
from monitor.core.polling import said
from monitor.core.source import SourceKind
from monitor.errors import InputError
from monitor.jobs.add_source import NothingFound
from monitor.jobs.check_sources import STALE
from monitor.jobs.ports import LibraryRead

SHOWN = 5
"""Of the latest entries."""
WORDS = ("in", "near_miss", "source")
KINDS = (SourceKind.FEED, SourceKind.SITEMAP, SourceKind.LISTING, SourceKind.WORDPRESS)

Owner = Annotated[str, typer.Option("--owner", help="The company that owns a new outlet; its name, if not given.")]
Area = Annotated[str, typer.Option("--area", help="Area of a new outlet: Scotland, UK ...", show_default=AREA)]
Tier = Annotated[
    int | None,
    typer.Option("--tier", min=1, max=3, help="Tier of a new outlet: 1, 2 or 3.", show_default=str(TIER)),
]
Groups = Annotated[list[str] | None, typer.Option("--group", help="A group of a new outlet; may be repeated.")]
File = Annotated[
    str, typer.Option("--file", help="The file of sources/ that new outlets go into.", show_default=ADDED)
]


def add(
    url: Annotated[str, typer.Argument(help="A page, site, feed, sitemap or social account.")],
    kind: Annotated[
        str | None, typer.Option("--kind", help=f"Take the address as it is: {', '.join(KINDS)}.")
    ] = None,
    selector: Annotated[
        str, typer.Option("--selector", help="Of --kind listing: which links lead to articles, as CSS.")
    ] = "",
    outlet: Annotated[str | None, typer.Option("--outlet", help="The id of the outlet it is of.")] = None,
    name: Annotated[str, typer.Option("--name", help="The name of a new outlet.")] = "",
    owner: Owner = "",
    area: Area = "",
    tier: Tier = None,
    group: Groups = None,
    file: File = "",
    yes: Annotated[bool, typer.Option("--yes", help="Save without asking.")] = False,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Find what can be polled at an address, show what it would bring, and save it if you say so."""
    wanted = Wanted(_kind(kind), selector, outlet, name, owner, area, tier, tuple(group or ()), file)
    library = read_library(home)
    try:
        offered = asyncio.run(new_sources.offer(home, load(home), library, url, wanted))
    except NothingFound as error:
        for tried in error.tried:
            say(f"tried {tried.url}: {tried.why}")
        raise
    if not as_json:
        _tell_offer(offered, library)
    saved = yes or (not as_json and sys.stdin.isatty() and typer.confirm("Save it?"))
    written = new_sources.save(home, offered) if saved else None
    if as_json:
        print_json(_offer_json(offered, written.file if written else None))
    elif written:
        tell(f"saved into {written.file}:\n{written.lines.rstrip()}")
    else:
        tell("nothing was saved; --yes saves it")
    finish(library.faults)


def import_(
    file: Annotated[str, typer.Argument(help="An OPML file, as feed readers export it.")],
    outlet: Annotated[str | None, typer.Option("--outlet", help="Every feed is of this outlet.")] = None,
    owner: Owner = "",
    area: Area = "",
    tier: Tier = None,
    group: Groups = None,
    into: File = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be added.")] = False,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Add the feeds of an OPML file that are not polled yet; nothing is fetched."""
    read = feed_lists.read_opml(file)
    library = read_library(home)
    wanted = Wanted(outlet=outlet, owner=owner, area=area, tier=tier, groups=tuple(group or ()), file=into)
    planned = feed_lists.plan_outlines(read.outlines, library.sources, wanted)
    if as_json:
        print_json(_planned_json(planned))
    else:
        _tell_planned(planned, dry_run=dry_run)
    if not dry_run:
        for written in feed_lists.save_outlines(home, planned, wanted, Path(file).name):
            say(f"wrote {written.file}")
    finish([*library.faults, *(Fault(file, what, "it is left out", line=number) for number, what in read.faults)])


def export(
    output: Annotated[Path | None, typer.Option("--output", help="The file to write; none: print it.")] = None,
    home: Home = HERE,
) -> None:
    """Write the feeds that are polled as OPML, for a feed reader."""
    library = read_library(home)
    outlines = list(feed_lists.outlines_of(library.sources))
    text = feed_lists.as_opml(outlines)
    if output is None:
        sys.stdout.write(text)
    else:
        try:
            output.write_text(text, "utf-8")
        except OSError as error:
            raise InputError(f"--output: {output} cannot be written: {error.strerror}") from error
    others = sum(source.kind is not SourceKind.FEED for source in library.sources.polled())
    left = f"; {count(others, 'source')} of other kinds, which OPML has no word for, are not" if others else ""
    say(f"{count(len(outlines), 'feed')} in it{left}")
    finish(library.faults)


def _kind(said_kind: str | None) -> SourceKind | None:
    if said_kind is None:
        return None
    if said_kind not in KINDS:
        raise typer.BadParameter(f"{said_kind!r} is none of {', '.join(KINDS)}", param_hint="--kind")
    return SourceKind(said_kind)


# --------------------------------------------------------------- what would be added


def _tell_offer(offered: Offer, library: LibraryRead) -> None:
    found, entries = offered.found, offered.found.entries
    for tried in found.tried:
        tell(f"tried {tried.url}: {tried.why}")
    tell(f"{found.url}: {found.kind}, {found.how}")
    dates = [entry.published_at for entry in entries if entry.published_at]
    ages = f", the newest {_age(max(dates))} old, the oldest {_age(min(dates))}" if dates else ", without dates"
    tell(f"{count(len(entries), 'entry', 'entries')}{ages}")
    if dates and max(dates) < now() - STALE:
        tell(
            "Its newest entry is so old that it may be dead: see whether the publisher's site names another feed."
        )
    for article in offered.taste.articles[:SHOWN]:
        when = in_london(article.published_at)
        tell(f"  {when:16}  {line(article.headline) or article.url}")
    for address in found.named:
        tell(f"The page names {address} too; add it by its own address.")
    if found.listed.left_out:
        tell(found.listed.left_out)
    _tell_taste(offered, library)
    outlet = offered.outlet
    known = "a new outlet" if offered.is_new else "an outlet we have"
    where = f"{outlet.name} ({outlet.id}, {outlet.area}, tier {outlet.tier})"
    tell(f"It would be {offered.source.id}, of {where}: {known}")


def _tell_taste(offered: Offer, library: LibraryRead) -> None:
    tasted = offered.taste
    failed = f", {count(tasted.pages_failed, 'page')} not to be had" if tasted.pages_failed else ""
    tell(f"\nWhat the latest {len(tasted.articles)} would have come to, significance left aside{failed}:")
    titles = {(a.id, p.section): p.title for a in library.agreements for p in a.profiles}
    counts = tasted.sections
    rows = [(of[0], title, *(counts[of].get(w, 0) for w in WORDS)) for of, title in titles.items() if of in counts]
    if rows:
        table(("agreement", "section", "in", "near miss", "outlet not taken"), rows)
    else:
        tell("  no term of any section stands in them")


def _age(when: datetime) -> str:
    return said(max(now() - when, now() - now()))


def _offer_json(offered: Offer, saved: Path | None) -> Json:
    found, dates = offered.found, [e.published_at for e in offered.found.entries if e.published_at]
    return {
        "url": found.url,
        "kind": str(found.kind),
        "how": found.how,
        "entries": len(found.entries),
        "newest": max(dates).isoformat() if dates else None,
        "oldest": min(dates).isoformat() if dates else None,
        "latest": [{"headline": a.headline, "url": a.url} for a in offered.taste.articles],
        "sections": [
            {"agreement": of, "section": section, **dict(counts)}
            for (of, section), counts in offered.taste.sections.items()
        ],
        "named": list(found.named),
        "tried": [{"url": tried.url, "why": tried.why} for tried in found.tried],
        "outlet": offered.outlet.id,
        "new_outlet": offered.is_new,
        "source": offered.source.id,
        "saved": str(saved) if saved else None,
    }


def _tell_planned(planned: Planned, *, dry_run: bool) -> None:
    table(("source", "outlet", "address"), [(s.id, s.outlet, s.url) for _, s in planned.sources])
    verb = "would be added" if dry_run else "added"
    known = f", {len(planned.known)} polled already" if planned.known else ""
    known += f", {len(planned.repeated)} more than once in the list" if planned.repeated else ""
    tell(f"{count(len(planned.sources), 'source')} {verb}, of {count(len(planned.new), 'new outlet')}{known}")


def _planned_json(planned: Planned) -> Json:
    return {
        "added": [{"source": s.id, "outlet": s.outlet, "url": s.url} for _, s in planned.sources],
        "new_outlets": [outlet.id for outlet in planned.new],
        "known": [outline.url for outline in planned.known],
        "repeated": [outline.url for outline in planned.repeated],
    }
