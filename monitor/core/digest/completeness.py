"""How much of what is monitored was heard: silent, quiet and unaddressed sources of a digest; what was missed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from monitor.core.article import Article
from monitor.core.digest.heard import Completeness, GapLine, SilentSource
from monitor.core.digest.words import line
from monitor.core.edition import Window
from monitor.core.health import ALLOWED, CoverageGap, Rhythm
from monitor.core.profile import Profile
from monitor.core.source import Outlet, Source, Sources, SourceState

QUIET_LONG = timedelta(days=3)
"""A source that answers and has brought nothing for so long is named at the head: a weekend is shorter."""
SILENT_AFTER = ALLOWED
"""A source heard later than this is not silent, however short the window; one that fails now, and was not heard so
lately, is silent though heard in the window."""


def completeness(
    profiles: Iterable[Profile],
    sources: Sources,
    states: Mapping[str, SourceState],
    window: Window,
    now: datetime,
    gaps: Iterable[CoverageGap] = (),
    rhythms: Mapping[str, Rhythm] = MappingProxyType({}),
) -> Completeness:
    """What was heard of the sources that the profiles take; `gaps` are those that reach into the window.

    `rhythms`, by source, say how many articles are usual in the time that was missed.
    """
    outlets = taken_from(profiles, sources)
    polled = [(o, s) for o in outlets for s in o.sources if s.polled]
    known = [(o, s, states.get(s.id) or SourceState(s.id)) for o, s in polled]
    gaps = list(gaps)
    unheard = {gap.source for gap in gaps if gap.open}
    failed = [(o, s, state) for o, s, state in known if s.id in unheard or _is_silent(state, window, now)]
    silent = {s.id for _, s, _ in failed}
    quiet = [
        (o, s, state)
        for o, s, state in known
        if s.id not in silent and (not state.last_new or state.last_new < window.start)
    ]
    return Completeness(
        len(polled),
        len(polled) - len(failed),
        tuple(_failed_line(o, s, state, now, rhythms) for o, s, state in failed),
        tuple(_quiet_line(o, s, state, now) for o, s, state in quiet),
        tuple(o.name for o in outlets if not any(s.polled for s in o.sources)),
        _gap_lines(gaps, {s.id: o.name for o, s in polled}, rhythms),
    )


def taken_from(profiles: Iterable[Profile], sources: Sources) -> list[Outlet]:
    """The outlets that any of the profiles takes articles of, in the order they are listed."""
    profiles = list(profiles)
    if any(p.sources.any_monitored for p in profiles):
        return list(sources.outlets.values())
    groups = {g for p in profiles for g in p.sources.groups if g in sources.groups}
    ids = {o.id for group in groups for o in sources.members(group)}
    ids |= {o for p in profiles for o in p.sources.plus}
    return [o for o in sources.outlets.values() if o.id in ids]


def _is_silent(state: SourceState, window: Window, now: datetime) -> bool:
    if state.last_heard is None:
        return True
    return now - state.last_heard > SILENT_AFTER and (bool(state.error) or state.last_heard < window.start)


def _quiet_line(outlet: Outlet, source: Source, state: SourceState, now: datetime) -> SilentSource:
    long = state.last_new is not None and now - state.last_new >= QUIET_LONG
    return replace(_line(outlet, source, state.last_new), long=long)


def _failed_line(
    outlet: Outlet, source: Source, state: SourceState, now: datetime, rhythms: Mapping[str, Rhythm]
) -> SilentSource:
    usual = _usual(rhythms.get(source.id), state.last_heard, now)
    return replace(_line(outlet, source, state.last_heard, state.error), usual=usual)


def _usual(rhythm: Rhythm | None, start: datetime | None, end: datetime) -> int | None:
    return round(rhythm.between(start, end)) if rhythm and start else None


def _line(outlet: Outlet, source: Source, since: datetime | None, error: str = "") -> SilentSource:
    return SilentSource(outlet.name, source.id, since, line(error))


def _gap_lines(
    gaps: Iterable[CoverageGap], names: Mapping[str, str], rhythms: Mapping[str, Rhythm]
) -> tuple[GapLine, ...]:
    """The gaps that are over; the sources of the others are among the silent."""
    over = [
        GapLine(
            names[g.source],
            g.source,
            g.start,
            g.end,
            g.caught_up,
            bool(g.whole),
            g.ours,
            _usual(rhythms.get(g.source), g.start, g.end),
        )
        for g in gaps
        if g.end is not None and g.source in names
    ]
    return tuple(sorted(over, key=lambda g: (g.end, g.start, g.source)))


def was_missed(articles: Iterable[Article], gaps: Iterable[CoverageGap], window: Window) -> bool:
    """Whether an earlier edition would have had all of these, had their sources been heard.

    Each was published before the window, in a gap of its source that ended in it.
    """
    by_source: dict[str, list[CoverageGap]] = {}
    for gap in gaps:
        if gap.end is not None:
            by_source.setdefault(gap.source, []).append(gap)
    return all(
        a.published_at is not None
        and a.published_at < window.start
        and any(_fell_into(a, gap, window) for gap in by_source.get(a.source or "", ()))
        for a in articles
    )


def _fell_into(article: Article, gap: CoverageGap, window: Window) -> bool:
    seen, published = article.first_seen, article.published_at
    if seen is None or published is None or gap.end is None:
        return False
    return gap.start <= published < gap.end and gap.start < seen and seen >= window.start
