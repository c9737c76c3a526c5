"""Lists of feeds: from a feed reader's OPML into `sources/`, and out of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from monitor.adapters import opml
from monitor.adapters.library.writing import SourcesWriter, Written
from monitor.adapters.opml import OpmlRead, Outline
from monitor.app.new_sources import ADDED, AREA, TIER, Wanted, check, refuse_unused
from monitor.app.source_lines import free, is_shared, outlet_id, outlet_values, site, source_id, source_values
from monitor.core.accounts import is_account
from monitor.core.address import canonical_url
from monitor.core.source import Medium, Outlet, Source, SourceKind, Sources
from monitor.jobs.import_articles.outlets import Outlets


@dataclass(frozen=True, slots=True)
class Planned:
    """What of a list of feeds would be added."""

    sources: tuple[tuple[Outline, Source], ...]
    """Each with the outlet it goes to."""
    new: tuple[Outlet, ...]
    """Outlets that are made, their sources in them."""
    known: tuple[Outline, ...]
    """Polled already."""
    repeated: tuple[Outline, ...] = ()
    """In the list more than once: the second and later times."""


def plan_outlines(outlines: Iterable[Outline], sources: Sources, wanted: Wanted) -> Planned:
    """What of the feeds is new, and where it goes: to the outlet whose site it is, or to a new one for each site.

    Raises:
        InputError: what is wanted does not exist.
    """
    check(wanted, sources)
    if wanted.outlet is not None and wanted.outlet in sources.outlets:
        refuse_unused(wanted, sources.outlets[wanted.outlet])
    outlets, seen = (
        Outlets(sources),
        {canonical_url(s.url) for o in sources.outlets.values() for s in o.sources if s.url},
    )
    taken = {source.id for outlet in sources.outlets.values() for source in outlet.sources}
    new: dict[str, Outlet] = {}
    added: list[tuple[Outline, Source]] = []
    known: list[Outline] = []
    repeated: list[Outline] = []
    listed: set[str] = set()
    for one in outlines:
        address = canonical_url(one.url)
        if address in listed or address in seen:
            (repeated if address in listed else known).append(one)
            listed.add(address)
            continue
        listed.add(address)
        account = is_account(one.url) or (is_shared(one.url) and not one.homepage)
        there = wanted.outlet or (None if account else outlets.find("", one.homepage or one.url))
        if there is None:
            home = one.url if account else one.homepage or site(one.url)
            key = canonical_url(home if account else site(home))
            outlet = new.setdefault(
                key, _new_outlet(one, home, {*sources.outlets, *(o.id for o in new.values())}, wanted)
            )
            there = outlet.id
        source = Source(free(source_id(there, one.url), taken), there, SourceKind.FEED, one.url)
        taken.add(source.id)
        added.append((one, source))
    made = tuple(replace(o, sources=tuple(s for _, s in added if s.outlet == o.id)) for o in new.values())
    return Planned(tuple(added), made, tuple(known), tuple(repeated))


def save_outlines(home: Path, planned: Planned, wanted: Wanted, where: str) -> list[Written]:
    """Write what was planned into `sources/`; `where` is the list they come from.

    Raises:
        InputError: a file cannot be written, or would have a fault; those written before stay.
    """
    writer, made = SourcesWriter(home / "sources"), {outlet.id for outlet in planned.new}
    notes = {source.id: _note(outline, where) for outline, source in planned.sources}
    written = [
        writer.add_source(source.outlet, source_values(replace(source, note=notes[source.id])))
        for _, source in planned.sources
        if source.outlet not in made
    ]
    outlets = [
        outlet_values(outlet, [source_values(replace(s, note=notes[s.id])) for s in outlet.sources])
        for outlet in planned.new
    ]
    return [
        *written,
        *([writer.add_outlets(wanted.file or ADDED, outlets, f"Outlets of {where}.")] if outlets else []),
    ]


def read_opml(path: str) -> OpmlRead:
    """The feeds of an OPML file.

    Raises:
        InputError: it cannot be read, or is no OPML.
    """
    return opml.read(path)


def as_opml(outlines: Iterable[Outline]) -> str:
    """Feeds as an OPML document."""
    return opml.written(outlines, "Sources of Monitor")


def outlines_of(sources: Sources) -> Iterator[Outline]:
    """The feeds that are polled, under the name of the first group of their outlet."""
    rows = [(_heading(outlet, sources), outlet) for outlet in sources.outlets.values()]
    for heading, outlet in sorted(rows, key=lambda row: row[0]):
        for source in outlet.sources:
            if source.kind is SourceKind.FEED and source.url:
                alone = sum(s.kind is SourceKind.FEED for s in outlet.sources) == 1
                title = outlet.name if alone else f"{outlet.name}: {source.id.removeprefix(outlet.id).strip('_')}"
                yield Outline(source.url, title, outlet.homepage, (heading,))


def _heading(outlet: Outlet, sources: Sources) -> str:
    named = [sources.groups[group].name for group in outlet.groups if group in sources.groups]
    return named[0] if named else "Others"


def _new_outlet(one: Outline, home: str, taken: Collection[str], wanted: Wanted) -> Outlet:
    account = is_account(one.url)
    name = one.title or urlsplit(home).netloc
    return Outlet(
        id=free(outlet_id(home, account=account or is_shared(home)), taken),
        name=name,
        owner=wanted.owner or name,
        area=wanted.area or AREA,
        tier=wanted.tier or TIER,
        medium=Medium.SOCIAL if account else Medium.WEB,
        homepage=home,
        groups=wanted.groups,
    )


def _note(outline: Outline, where: str) -> str:
    under = f", under {' / '.join(outline.folder)}" if outline.folder else ""
    return f"From {where}{under}; not tried: monitor sources check does."
