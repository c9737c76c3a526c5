"""How a file that is handed in is understood: which column is which field; shown before anything is stored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from monitor.core.source import Sources
from monitor.errors import InputError
from monitor.jobs.ports import ImportRow

SAMPLE = 50
"""Items looked at to learn the file's columns."""
WELL_KNOWN: Mapping[str, tuple[str, ...]] = {
    ours: tuple(names.split())
    for ours, names in {
        "headline": "headline title heading article_title subject",
        "standfirst": "standfirst description summary snippet abstract hit_sentence opening_text excerpt",
        "body": "body text full_text fulltext content article_text article_body html",
        "url": "url link permalink article_url web_address address",
        "published_at": "published_at date_published published pubdate publication_date publish_date date_time "
        "datetime date timestamp",
        "byline": "byline author authors author_name journalist creator by",
        "outlet": "outlet outlet_name publication publication_name source_name source publisher media_outlet "
        "media_name source_feed feed feed_url",
    }.items()
}
"""Our fields, and what vendors and tools call them, the surest name first."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """How a file is understood; shown to the user before anything is stored."""

    fields: Mapping[str, str]
    """Our field -> the file's column."""
    outlet: str | None = None
    """Outlet id for every item; None: the outlet's column, or the host of the address, says."""
    first_seen_now: bool = False
    """First seen now, as if just read; otherwise when it was published."""


def plan_import(
    rows: Iterable[ImportRow],
    sources: Sources,
    *,
    wanted: Mapping[str, str] | None = None,
    outlet: str | None = None,
    first_seen_now: bool = False,
) -> ImportPlan:
    """How to understand a file, from its first items; `wanted` (our field -> column) goes before our guesses.

    Raises:
        InputError: a wanted field or column does not exist, the outlet is unknown, nothing looks like a headline.
    """
    columns = list(dict.fromkeys(name for row in islice(rows, SAMPLE) for name in row.values))
    wanted = wanted or {}
    for name, column in wanted.items():
        if name not in WELL_KNOWN:
            raise InputError(f"{name} is no field of an article; there are {', '.join(WELL_KNOWN)}")
        if column.partition(".")[0] not in columns and column not in columns:
            raise InputError(f"the file has no column {column}; it has {', '.join(columns)}")
    if outlet is not None and outlet not in sources.outlets:
        raise InputError(f"{outlet} is no outlet of sources/")
    fields = {**guessed(columns), **wanted}
    if not fields.keys() & {"headline", "body", "standfirst"}:
        raise InputError(f"no column looks like a headline or a text; name one of {', '.join(columns)}")
    return ImportPlan(fields, outlet, first_seen_now)


def guessed(columns: Iterable[str]) -> dict[str, str]:
    """Our fields -> the columns whose names are well known.

    >>> guessed(["Title", "Link", "Date Published"])
    {'headline': 'Title', 'url': 'Link', 'published_at': 'Date Published'}
    """
    by_name = {re.sub(r"[^a-z0-9]+", "_", column.lower()).strip("_"): column for column in columns}
    found = {ours: next((by_name[n] for n in names if n in by_name), None) for ours, names in WELL_KNOWN.items()}
    return {ours: column for ours, column in found.items() if column is not None}
