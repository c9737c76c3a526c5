"""Coverage gaps: stretches in which a source was not heard for longer than allowed, and whether anything was lost.

Our own outage is a gap of every source: what nobody polled was not heard.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from math import ceil

from monitor.core.dates import LONDON
from monitor.core.source import SourceState

ALLOWED = timedelta(hours=3)
"""A source not heard for longer is in a gap: a few polls may fail, and a slow feed is asked every hour or two."""
LEAST_REACH, REACH_SHARE = 2, 10
"""How many of the listed entries must be older than the gap: one may be pinned to the top for years."""


@dataclass(frozen=True, slots=True)
class CoverageGap:
    """A stretch `[start, end)` in which a source was not heard."""

    source: str
    start: datetime
    """When it was last heard; of a source never heard, when it was first tried in vain."""
    end: datetime | None = None
    """When it was heard again, or no longer polled; None: neither yet."""
    ours: bool = False
    """Whether it began with nobody polling: we were down."""
    reason: str = ""
    """Why it could not be heard, in plain words; empty when it never was tried in vain."""
    caught_up: int = 0
    """Articles that came when it was heard again."""
    since: datetime | None = None
    """The earliest date that any of them gives itself, from the gap's start on."""
    whole: bool | None = None
    """Whether what it listed then reached back over the gap. False: some may be lost. None: open."""

    @property
    def open(self) -> bool:
        """Whether the source has not been heard since."""
        return self.end is None

    def lasted(self, now: datetime) -> timedelta:
        """How long it lasted, or has lasted."""
        return (self.end or now) - self.start

    def within(self, start: datetime, end: datetime) -> timedelta:
        """How much of it lies in `[start, end)`."""
        return max(min(self.end or end, end) - max(self.start, start), timedelta(0))

    @property
    def why(self) -> str:
        """Why it was not heard, in a sentence without a full stop."""
        if not self.ours:
            return self.reason
        return f"nobody polled it: Monitor was not running{f'; then: {self.reason}' if self.reason else ''}"


def allowed(every: timedelta) -> timedelta:
    """How long a source may go unheard, when one is asked so often.

    >>> str(allowed(timedelta(minutes=15))), str(allowed(timedelta(hours=24)))
    ('3:00:00', '2 days, 0:00:00')
    """
    return max(ALLOWED, 2 * every)


def begun(state: SourceState, now: datetime, within: timedelta = ALLOWED) -> CoverageGap | None:
    """The gap that a source is in now, if it was not heard for longer than allowed.

    >>> from datetime import UTC
    >>> state = SourceState("a", last_heard=datetime(2026, 11, 2, 6, tzinfo=UTC))
    >>> begun(state, datetime(2026, 11, 2, 8, tzinfo=UTC)) is None
    True
    >>> begun(state, datetime(2026, 11, 2, 10, tzinfo=UTC)).ours
    True
    """
    start = state.last_heard or state.failing_since
    if start is None or now - start <= within:
        return None
    tried = max(state.last_tried or start, start)
    return CoverageGap(state.source, start, ours=now - tried > within, reason=state.error)


def unrecorded(
    states: Iterable[SourceState], known: Iterable[CoverageGap], now: datetime, within: timedelta
) -> list[CoverageGap]:
    """The gaps that sources are in and no run has recorded, since none has run; `known` has those that are."""
    recorded = {gap.source for gap in known if gap.open}
    new = (begun(state, now, within) for state in states if state.source not in recorded)
    return [gap for gap in new if gap]


def dated_before(published: datetime | None, start: datetime) -> bool:
    """Whether an entry is older than a gap by its date; one at midnight may stand for any hour of its day."""
    if published is None:
        return False
    day_alone = published.time() == time() or published.astimezone(LONDON).time() == time()
    return published < (start - timedelta(days=1) if day_alone else start)


def reaches_back(older: int, entries: int) -> bool:
    """Whether a listing reaches back to before a gap, when so many of its entries are older than the gap.

    >>> reaches_back(1, 30), reaches_back(3, 30), reaches_back(1, 1), reaches_back(0, 0)
    (False, True, True, False)
    """
    needed = min(entries, max(LEAST_REACH, ceil(entries / REACH_SHARE)))
    return entries > 0 and older >= needed


def closed(gap: CoverageGap, at: datetime, *, caught_up: int, since: datetime | None, whole: bool) -> CoverageGap:
    """The gap, ended by the source's being heard."""
    return replace(gap, end=at, caught_up=caught_up, since=since, whole=whole)


def given_up(gap: CoverageGap, at: datetime) -> CoverageGap:
    """The gap, ended by nobody's polling the source any more: what it had to say is not known."""
    why = "the source is no longer polled"
    return replace(gap, end=at, reason=f"{gap.reason}; {why}" if gap.reason else why, whole=False)
