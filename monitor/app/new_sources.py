"""A new source: found on the web, shown, and written into `sources/`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from monitor.adapters.library.writing import SourcesWriter, Written
from monitor.app.parsing import parsers
from monitor.app.source_lines import free, outlet_id, outlet_values, site, source_id, source_values
from monitor.app.work import fetcher
from monitor.app.workspace import manners_of, now
from monitor.config import Settings
from monitor.core.address import canonical_url
from monitor.core.source import Medium, Outlet, Source, SourceKind, Sources
from monitor.errors import InputError
from monitor.jobs.add_source import Finder, Found, Taste, taste
from monitor.jobs.import_articles.outlets import Outlets
from monitor.jobs.ports import LibraryRead
from monitor.jobs.road import Road

ADDED = "added.yaml"
"""Where outlets go that nobody said a file for."""
ABOUT = "Outlets that were added."
RECENT = timedelta(days=30)
AREA, TIER = "UK", 3
"""Of a new outlet that nobody said these of."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says of a source to be added; what is not said is chosen."""

    kind: SourceKind | None = None
    selector: str = ""
    outlet: str | None = None
    name: str = ""
    owner: str = ""
    area: str = ""
    tier: int | None = None
    groups: tuple[str, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A source that could be added, and what it would bring."""

    found: Found
    source: Source
    outlet: Outlet
    """The outlet it would be of."""
    is_new: bool
    """The outlet is not there yet."""
    taste: Taste
    wanted: Wanted


async def offer(home: Path, settings: Settings, library: LibraryRead, url: str, wanted: Wanted) -> Offer:
    """What could be polled at an address, and what it would bring; nothing is stored.

    Raises:
        InputError: it is polled already, nothing can be polled there, or what is wanted does not exist.
    """
    sources = library.sources
    url = url if "://" in url else f"https://{url}"
    check(wanted, sources)
    refuse_twice(url, sources)
    with parsers(settings.parsing, home) as parse, manners_of(home) as known:
        pause = settings.fetch.pause_seconds
        async with (
            fetcher(settings.fetch) as fetches,
            Road(fetches, now, known.states, pause=pause, insist=True, claims=known.claims) as web,
        ):
            finder = Finder(web, parse.reader, parse.find_feeds, now() - RECENT)
            found = await (finder.exactly(url, wanted.kind, wanted.selector) if wanted.kind else finder.find(url))
            refuse_twice(found.url, sources)
            outlet, is_new = _outlet(url, found, wanted, sources)
            if not is_new:
                refuse_unused(wanted, outlet)
            source = _source(found, outlet, wanted, sources)
            tasted = await taste(found.entries, outlet, library.agreements, sources, web, parse.read_page)
    return Offer(found, source, outlet, is_new, tasted, wanted)


def save(home: Path, offered: Offer) -> Written:
    """Write the source, and its outlet where that is new, into `sources/`.

    Raises:
        InputError: the file cannot be written, or would have a fault.
    """
    entries = len(offered.found.entries)
    listed = "1 entry" if entries == 1 else f"{entries} entries"
    note = f"Added {now():%d %B %Y} ({offered.found.how}); {listed} then."
    writer, values = SourcesWriter(home / "sources"), source_values(replace(offered.source, note=note))
    if not offered.is_new:
        return writer.add_source(offered.outlet.id, values)
    return writer.add_outlets(
        offered.wanted.file or ADDED, [outlet_values(offered.outlet, [values])], "Outlets that were added."
    )


def check(wanted: Wanted, sources: Sources) -> None:
    """Nothing, when what is wanted exists and fits together.

    Raises:
        InputError: it does not.
    """
    if wanted.outlet is not None and wanted.outlet not in sources.outlets and not wanted.name:
        raise InputError(f"there is no outlet {wanted.outlet}: give a --name to make it, or one of sources list")
    for group in wanted.groups:
        if group not in sources.groups:
            raise InputError(f"there is no group {group}: one of {', '.join(sources.groups)}")
    if wanted.selector and wanted.kind is not SourceKind.LISTING:
        raise InputError("a selector is for --kind listing")
    if wanted.kind is SourceKind.LISTING and not wanted.selector:
        raise InputError("--kind listing needs a --selector: which links lead to articles, such as 'main h2 > a'")


def refuse_unused(wanted: Wanted, outlet: Outlet) -> None:
    """Nothing, unless something was said of a new outlet and the source is of one that is there.

    Raises:
        InputError: with every option that would come to nothing.
    """
    said = {
        "--name": wanted.name, "--owner": wanted.owner, "--area": wanted.area, "--tier": wanted.tier,
        "--group": wanted.groups, "--file": wanted.file,
    }  # fmt: skip
    unused = ", ".join(option for option, value in said.items() if value)
    if unused:
        raise InputError(
            f"{unused}: for new outlets only, and this is of {outlet.id} ({outlet.name}), which is there: leave "
            "them out and change its file in sources/, or give --outlet with another id to make one"
        )


def refuse_twice(url: str, sources: Sources) -> None:
    """Nothing, unless a source polls that address, however it is written.

    Raises:
        InputError: one does.
    """
    for outlet in sources.outlets.values():
        for source in outlet.sources:
            if source.url and canonical_url(source.url) == canonical_url(url):
                raise InputError(f"{url} is polled already: {source.id}, of {outlet.name}")


def _outlet(url: str, found: Found, wanted: Wanted, sources: Sources) -> tuple[Outlet, bool]:
    """The outlet that is named, or whose site it is, or a new one."""
    there = wanted.outlet or (None if found.account else Outlets(sources).find("", url))
    if there is not None and there in sources.outlets:
        return sources.outlets[there], False
    page = url if found.account or found.how != "the address itself" else site(url)
    name = wanted.name or found.title or urlsplit(url).netloc.removeprefix("www.")
    return (
        Outlet(
            id=wanted.outlet or free(outlet_id(page, account=found.account), sources.outlets),
            name=name,
            owner=wanted.owner or name,
            area=wanted.area or AREA,
            tier=wanted.tier or TIER,
            medium=Medium.SOCIAL if found.account else Medium.WEB,
            homepage=page,
            groups=wanted.groups,
        ),
        True,
    )


def _source(found: Found, outlet: Outlet, wanted: Wanted, sources: Sources) -> Source:
    taken = {source.id for other in sources.outlets.values() for source in other.sources}
    name = free(source_id(outlet.id, found.url), taken)
    return Source(name, outlet.id, found.kind, found.url, selector=wanted.selector)
