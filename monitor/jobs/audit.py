"""Audit: every match is in exactly one edition of each digest that takes its section, or out of it for a reason.

Told from the ledger, whatever the profiles say today; nothing is judged again, and nothing changed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Protocol

from monitor.core.agreement import Agreement
from monitor.core.audit import WRONG, AuditedEdition, AuditedMatch, Located, Shelf, Whereabouts
from monitor.core.calendar import Holidays, upcoming
from monitor.core.digest.composing import sections_of
from monitor.core.significance import WITHIN
from monitor.jobs.ports import ArchiveCounts, Clock, Did, Ledger, Progress
from monitor.jobs.ports import Audit as AuditRecords

AT_A_TIME = 500
MOST_NAMED = 1000
"""Wrong ones that are named of each digest; the rest are counted."""


class Records(AuditRecords, Ledger, Protocol):
    """What auditing reads."""


@dataclass(frozen=True, slots=True)
class DigestAudit:
    """The matches of one digest, each at one place."""

    digest: str
    counts: Mapping[Whereabouts, int]
    wrong: tuple[Located, ...]
    """Those in two editions or in none: the first thousand."""
    twice: tuple[tuple[str, int], ...]
    """(Line, number of editions) of articles that several editions show as new."""
    counted: int
    """Its matches, counted by the database and not by us."""

    @property
    def matches(self) -> int:
        """Its matches, summed over where they are."""
        return sum(self.counts.values())

    @property
    def adds_up(self) -> bool:
        """Whether both counts agree."""
        return self.matches == self.counted

    @property
    def sound(self) -> bool:
        """Whether every match is accounted for, once."""
        return self.adds_up and not self.twice and not any(self.counts.get(where) for where in WRONG)


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What an audit of a stretch of time found."""

    agreement: str
    since: datetime
    until: datetime
    archive: ArchiveCounts
    in_no_digest: int
    """Matches in sections that no digest takes, unassigned ones included."""
    digests: tuple[DigestAudit, ...]

    @property
    def sound(self) -> bool:
        """Whether every match of every digest is accounted for."""
        return all(digest.sound for digest in self.digests)


@dataclass(frozen=True, slots=True)
class Auditor:
    """What an audit is made with."""

    records: Records
    holidays: Holidays
    clock: Clock
    progress: Progress


def audit(
    auditor: Auditor, agreement: Agreement, since: datetime, until: datetime, digest: str | None = None
) -> AuditReport:
    """Where each match first seen in `[since, until)` is, for every digest there is or was, or for one.

    Reads page by page: an archive of years costs no more memory than a day.
    """
    records = auditor.records
    archive = records.archive_counts(agreement.id, since, until)
    asked = {name: taking for name, taking in _sections(auditor, agreement).items() if digest in (None, name)}
    made = records.audited_editions(agreement.id)
    shelves = {name: _shelf(auditor, agreement, name, [e for e in made if e.digest == name]) for name in asked}
    tallies = {name: _Tally() for name in asked}
    in_none = 0
    auditor.progress.start("matches", archive.matched)
    for page in _pages(records.audited_matches(agreement.id, since, until)):
        did = records.done_with(agreement.id, [match.article for match in page])
        in_none += sum(not any(taking & set(match.sections) for taking in asked.values()) for match in page)
        for name, taking in asked.items():
            mine = [match for match in page if taking & set(match.sections)]
            tallies[name].take(_located(shelves[name], name, mine, did))
        auditor.progress.advance(len(page), wrong=sum(len(t.wrong) for t in tallies.values()))
    auditor.progress.finish()
    twice = records.shown_twice(agreement.id, since, until)
    found = tuple(
        DigestAudit(
            name,
            tallies[name].counts,
            tuple(tallies[name].wrong),
            tuple((line, number) for of, line, number in twice if of == name),
            records.count_matches(agreement.id, taking, since, until),
        )
        for name, taking in asked.items()
    )
    return AuditReport(agreement.id, since, until, archive, in_none, found)


class _Tally:
    """What was found of one digest so far."""

    def __init__(self) -> None:
        self.counts: Counter[Whereabouts] = Counter()
        self.wrong: list[Located] = []

    def take(self, located: Iterable[Located]) -> None:
        """Count some more."""
        for one in located:
            self.counts[one.where] += 1
            if one.where in WRONG and len(self.wrong) < MOST_NAMED:
                self.wrong.append(one)


def _located(
    shelf: Shelf, digest: str, matches: Iterable[AuditedMatch], did: Mapping[str, Sequence[Did]]
) -> Iterator[Located]:
    for match in matches:
        mine = [(d.edition, d.state) for d in did.get(match.article, ()) if d.digest == digest]
        yield shelf.locate(match, mine)


def _sections(auditor: Auditor, agreement: Agreement) -> dict[str, set[str]]:
    """The sections that each digest takes or ever took anything of, by its id; those given up are among them."""
    taking = {d.id: {p.section for p in sections_of(agreement, d)} for d in agreement.digests}
    for name, section in auditor.records.sections_filed(agreement.id):
        taking.setdefault(name, set()).add(section)
    return taking


def _shelf(auditor: Auditor, agreement: Agreement, name: str, editions: Sequence[AuditedEdition]) -> Shelf:
    """The editions of a digest, and from when on its next one looks."""
    records = auditor.records
    digest = next((d for d in agreement.digests if d.id == name), None)
    looks_from = None
    if digest:
        last = records.last_edition(agreement.id, name)
        looks_from = upcoming(digest, auditor.holidays, last, auditor.clock()).start - WITHIN

    @cache
    def sections(edition: str) -> Collection[str]:
        parts = json.loads(records.edition(edition).content).get("sections", [])
        return frozenset(part["id"] for part in parts)

    return Shelf(editions, sections, looks_from)


def _pages(matches: Iterator[AuditedMatch]) -> Iterator[list[AuditedMatch]]:
    while page := list(islice(matches, AT_A_TIME)):
        yield page
