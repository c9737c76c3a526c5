"""Coverage: the matched articles of sections in a period - the answer to an FOI question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from monitor.core.article import Article
from monitor.core.match import Verdict


@dataclass(frozen=True, slots=True)
class CoverageQuestion:
    """What is asked. An empty field asks nothing; several values of one field are alternatives."""

    agreement: str
    since: datetime | None = None
    until: datetime | None = None
    """Half-open: `[since, until)`, by when our clock first saw the article."""
    sections: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    """Terms as the agreement writes them; any hit of one."""
    text: str = ""
    """Words that stand in headline, standfirst or body, or stood there while it was stored; case folded."""
    as_of: datetime | None = None
    """As it was known at this moment: the texts of then, what was judged by then, the editions made by then."""
    near_misses: bool = False
    """Also what was near: for editors, not for readers."""


@dataclass(frozen=True, slots=True)
class Showing:
    """Where a digest showed an article: its story is filed once, maybe under another section than the row's."""

    edition: str
    """Id of the edition."""
    section: str
    """Id of the section it stood under."""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One article in one section, with its proof."""

    article: Article
    verdict: Verdict
    fingerprint: str
    """The agreement's, when it was judged."""
    editions: tuple[Showing, ...] = ()
    """The editions that showed it, itself or as a copy, or told of the edit that it is; the oldest first."""
    replaced_at: datetime | None = None
    """When our clock saw another text of the article; None while this is the latest."""


@dataclass(frozen=True, slots=True)
class CoverageCounts:
    """The answer in numbers: of articles, each text of an edited one counted."""

    articles: int = 0
    rows: int = 0
    """Articles times the sections they are in."""
    sections: tuple[tuple[str, int], ...] = ()
    """By section id, the most first; an article in two sections counts in both."""
    outlets: tuple[tuple[str, int], ...] = ()
    """By outlet id, the most first; '' for articles of no known outlet."""
    terms: tuple[tuple[str, int], ...] = ()
    """By term as the agreement writes it, the most first; an article with two terms counts for both."""
    days: tuple[tuple[date, int], ...] = ()
    """By the day in London on which our clock first saw them; days with none are left out."""


MOST_BARS = 62
"""Of a chart; more cannot be told apart."""


def spread(days: Sequence[tuple[date, int]]) -> tuple[str, tuple[tuple[date, int], ...]]:
    """The counts by day, week (from Monday) or month, whichever is the first with few enough, none left out.

    >>> spread([(date(2026, 11, 1), 2), (date(2026, 11, 3), 1)])[1][1]
    (datetime.date(2026, 11, 2), 0)
    """
    if not days:
        return "day", ()
    for name, first, after in (("day", _same, _next_day), ("week", _monday, _next_week)):
        found = _filled(days, first, after)
        if len(found) <= MOST_BARS:
            return name, found
    return "month", _filled(days, _first_of_month, _next_month)


def _filled(
    days: Sequence[tuple[date, int]], first: Callable[[date], date], after: Callable[[date], date]
) -> tuple[tuple[date, int], ...]:
    counts: Counter[date] = Counter()
    for day, number in days:
        counts[first(day)] += number
    at, last, found = min(counts), max(counts), []
    while at <= last:
        found.append((at, counts[at]))
        at = after(at)
    return tuple(found)


def _same(day: date) -> date:
    return day


def _next_day(day: date) -> date:
    return day + timedelta(days=1)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _next_week(day: date) -> date:
    return day + timedelta(days=7)


def _first_of_month(day: date) -> date:
    return day.replace(day=1)


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
