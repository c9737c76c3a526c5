"""Looking back: what went before an edition of a digest, and what of it belongs to stories of today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from monitor.core.article import Article
from monitor.core.dates import london_day
from monitor.core.digest import Past
from monitor.core.health import LEARN_DAYS, CoverageGap, DayTally, Rhythm, days_of, learn
from monitor.core.significance import WITHIN
from monitor.core.source import SourceState
from monitor.core.story import Story
from monitor.jobs.ports import Health, Tellings

REMEMBERED = timedelta(days=14)
"""So long a story that was told stays known: what comes of it later is a story of its own."""
HALF_A_YEAR = timedelta(weeks=26)
"""Editions of so long a time say how full a section usually is."""


class Records(Tellings, Health, Protocol):
    """What looking back reads."""


def told_before(
    records: Tellings, agreement: str, digest: str, start: datetime, seen: Collection[str]
) -> list[Article]:
    """The articles told in the two weeks before a window whose lines are not among the `seen`: too old for it."""
    known = records.told_articles(agreement, digest, start - REMEMBERED, start - WITHIN)
    return [article for article in known if article.line not in seen]


def past(
    records: Records,
    agreement: str,
    digest: str,
    now: datetime,
    stories: Sequence[Story],
    rhythms: Mapping[str, Rhythm],
) -> Past:
    """What went before an edition that is made now."""
    told = records.tellings(agreement, digest, now - REMEMBERED)
    others = {
        article.line
        for story in stories
        if any(a.line in told for a in story.articles)
        for article in story.articles
        if article.line not in told
    }
    editions = records.past_editions(agreement, digest, now - HALF_A_YEAR)
    return Past(told, records.first_seen(others), editions, rhythms)


def rhythms_of_missed(
    records: Health, states: Mapping[str, SourceState], gaps: Iterable[CoverageGap], start: datetime, now: datetime
) -> dict[str, Rhythm]:
    """What is usual of each source that is not heard, or was not for a time since `start`."""
    missed = {gap.source for gap in gaps}
    missed |= {s for s, state in states.items() if state.error or not state.last_heard or state.last_heard < start}
    return _learned(records, missed, now) if missed else {}


def _learned(records: Health, sources: Collection[str], now: datetime) -> dict[str, Rhythm]:
    today = london_day(now)
    tallies: dict[str, list[DayTally]] = {source: [] for source in sources}
    for tally in records.tallies(today - timedelta(days=LEARN_DAYS), today, sources):
        tallies[tally.source].append(tally)
    alarms = records.alarms(now - timedelta(days=LEARN_DAYS), now)
    found = {
        source: learn(known, today, days_of((a for a in alarms if a.source == source), today))
        for source, known in tallies.items()
    }
    return {source: rhythm for source, rhythm in found.items() if rhythm}
