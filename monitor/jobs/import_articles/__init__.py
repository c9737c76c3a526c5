"""Takes over an archive that somebody hands in: their columns to our fields, their outlets to ours.

Running it again stores nothing twice and goes quickly over what is there: an item is recognised by its address and
text. An archive's articles are *first seen* when they were published, unless told otherwise: windows and coverage
then reckon with those dates. What each column means is in `plan`, which outlet a name means in `outlets`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from monitor.core.article import Article
from monitor.core.dates import instant
from monitor.core.fault import Fault
from monitor.core.markup import plain, words_of
from monitor.core.retention import storable
from monitor.core.source import Sources
from monitor.jobs.import_articles.outlets import Outlets
from monitor.jobs.import_articles.plan import ImportPlan, guessed, plan_import
from monitor.jobs.ports import Archive, Clock, ImportRow, Progress

__all__ = ["ImportPlan", "ImportReport", "guessed", "import_articles", "plan_import"]

SOURCE = "import"
"""The source id of imported articles."""
BATCH = 2_000
"""Items in one transaction."""
MAX_FAULTS = 1_000
"""Faults that are kept; the others are counted."""
_NOTHING = frozenset({"nan", "nat", "none", "null", "n/a"})
"""What tools write into a cell that has nothing."""
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’)]*$")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file."""

    plan: ImportPlan
    items: int = 0
    """Items read, faulty ones too."""
    new: int = 0
    known: int = 0
    """Items that were stored before, or twice in the file."""
    skipped: int = 0
    """Items that could not be used."""
    faults: tuple[Fault, ...] = ()
    """The first thousand."""
    fault_count: int = 0
    unknown_outlets: Mapping[str, int] = field(default_factory=dict)
    """Names that are no outlet of `sources/`, with how many items had them."""


@dataclass(slots=True)
class _Tally:
    items: int = 0
    new: int = 0
    known: int = 0
    skipped: int = 0
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0
    unknown: Counter[str] = field(default_factory=Counter)

    def fault(self, fault: Fault) -> None:
        self.fault_count += 1
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(fault)


def import_articles(
    rows: Iterable[ImportRow],
    plan: ImportPlan,
    archive: Archive,
    sources: Sources,
    clock: Clock,
    progress: Progress,
    *,
    where: str = "",
) -> ImportReport:
    """Store what is new among the items of a file; memory does not grow with it. `where` names it in faults.

    Raises:
        StoreError: the database refused; the batches before are stored.
        InputError: the file cannot be read.
    """
    tally = _Tally()
    making = _Making(plan, Outlets(sources), tally, where, clock())
    remaining = iter(rows)
    progress.start("items", None)
    try:
        while batch := list(islice(remaining, BATCH)):
            _store(making.articles(batch), archive, tally, clock())
            progress.advance(len(batch), articles=tally.new, known=tally.known, faults=tally.fault_count)
    finally:
        progress.finish()
    return ImportReport(
        plan=plan,
        items=tally.items,
        new=tally.new,
        known=tally.known,
        skipped=tally.skipped,
        faults=tuple(tally.faults),
        fault_count=tally.fault_count,
        unknown_outlets=dict(tally.unknown.most_common()),
    )


def _store(articles: Sequence[Article], archive: Archive, tally: _Tally, now: datetime) -> None:
    by_id = {article.id: article for article in articles}
    known = archive.known_entries(SOURCE, by_id)
    fresh = [(key, article) for key, article in by_id.items() if key not in known]
    new = archive.add_articles(SOURCE, fresh, stored_at=now) if fresh else 0
    tally.new += new
    tally.known += len(articles) - new


class _Making:
    """Makes articles of rows, counting what was wrong with them."""

    def __init__(self, plan: ImportPlan, outlets: Outlets, tally: _Tally, where: str, now: datetime) -> None:
        self._plan = plan
        self._outlets = outlets
        self._tally = tally
        self._where = where
        self._now = now

    def articles(self, rows: Iterable[ImportRow]) -> list[Article]:
        return [article for row in rows if (article := self._article(row)) is not None]

    def _article(self, row: ImportRow) -> Article | None:
        self._tally.items += 1
        values = {ours: text_at(row.values, column) for ours, column in self._plan.fields.items()}
        headline = " ".join(plain(values.get("headline", "")).split())
        standfirst, body = words_of(values.get("standfirst", "")), words_of(_paragraphed(values.get("body", "")))
        if not (headline or standfirst or body):
            self._skip(row)
            return None
        if not headline:
            self._fault(row, "it has no headline", "imported without", "headline")
        published = self._published(row, values.get("published_at", ""))
        outlet = self._outlet(values.get("outlet", ""), values.get("url", ""))
        standfirst, body = storable(standfirst, body, self._outlets.rights(outlet))
        return Article(
            url=self._address(row, values.get("url", "")),
            headline=headline,
            standfirst=standfirst,
            body=body,
            byline=" ".join(plain(values.get("byline", "")).split()),
            outlet=outlet,
            source=SOURCE,
            published_at=published,
            first_seen=self._now if self._plan.first_seen_now or published is None else published,
        )

    def _address(self, row: ImportRow, text: str) -> str:
        if text and not text.lower().startswith(("http://", "https://", "urn:", "tag:")):
            self._fault(row, f"{text[:60]!r} is no http(s) address", "imported without", "url")
            return ""
        return text

    def _skip(self, row: ImportRow) -> None:
        self._tally.skipped += 1
        self._fault(row, row.fault or "it has neither headline nor text", "not imported", "")

    def _fault(self, row: ImportRow, what: str, remedy: str, ours: str) -> None:
        column = self._plan.fields.get(ours, "")
        self._tally.fault(Fault(self._where, what, remedy, line=row.line, field=column))

    def _published(self, row: ImportRow, text: str) -> datetime | None:
        if not text:
            return None
        published = instant(text)
        if published is None:
            self._fault(row, f"{text[:60]!r} is no date", "imported without; first seen now", "published_at")
        return published

    def _outlet(self, name: str, url: str) -> str | None:
        if self._plan.outlet is not None:
            return self._plan.outlet
        found = self._outlets.find(name, url)
        if found is None:
            self._tally.unknown[name or self._outlets.host(url) or "(none)"] += 1
        return found


def text_at(values: Mapping[str, object], column: str) -> str:
    """The text of a column; `a.b` looks inside; lists of names are joined, objects give their `name`.

    >>> text_at({"author": [{"name": "Jane Example"}, "Sam Sample"]}, "author")
    'Jane Example, Sam Sample'
    """
    value: object = values.get(column)
    if value is None and "." in column:
        head, _, rest = column.partition(".")
        inner = values.get(head)
        return text_at(inner, rest) if isinstance(inner, dict) else ""
    return _text(value)


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(text for item in value if (text := _text(item)))
    if isinstance(value, dict):
        return _text(value.get("name"))
    text = "" if value is None or isinstance(value, bool) else str(value).strip()
    return "" if text.lower() in _NOTHING else text


def _paragraphed(text: str) -> str:
    """A text whose lines are paragraphs (most end a sentence) gets its blank lines."""
    if "\n\n" in text or "\n" not in text or "<" in text:
        return text
    lines = text.split("\n")
    ended = sum(_SENTENCE_END.search(line.rstrip()) is not None for line in lines)
    return "\n\n".join(lines) if ended * 2 > len(lines) else text
