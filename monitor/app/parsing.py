"""The parsers, run in workers that a bad feed or page cannot take us down with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from monitor.adapters import pages, robots
from monitor.adapters.kinds import named
from monitor.adapters.workers import Limits, Workers
from monitor.app.kinds import PARSERS, Kinds
from monitor.config import ParsingSettings
from monitor.jobs.ports import FeedFinder, PageReader, RobotsReader, SourceReader

HERE = Path()
WALL = 6
"""Seconds by the clock for each of processor time: so much slower than idle a machine may be."""


@dataclass(frozen=True, slots=True)
class Parsers:
    """What reads sources and pages."""

    reader: SourceReader
    read_page: PageReader
    read_robots: RobotsReader
    find_feeds: FeedFinder


@contextmanager
def parsers(settings: ParsingSettings, home: Path = HERE) -> Iterator[Parsers]:
    """The parsers until the block ends, within the limits that settings give them; folders are below `home`."""
    limits = Limits(settings.seconds, WALL * settings.seconds, settings.megabytes * 1_000_000)
    functions = (*PARSERS, pages.extract, robots.ruling, named.parse)
    with Workers(*functions, limits=limits, count=settings.workers) as workers:
        read_page = workers.confined(pages.extract)
        yield Parsers(
            Kinds(home, read_page, workers.confined),
            read_page,
            workers.confined(robots.ruling),
            workers.confined(named.parse),
        )
