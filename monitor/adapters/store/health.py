"""The health of sources: tallies of days, coverage gaps, alarms."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from monitor.adapters.store.engine import Database, add_new, upsert
from monitor.adapters.store.rows import Row, chunks
from monitor.adapters.store.schema import articles, entries
from monitor.adapters.store.sources_schema import coverage_gaps, source_alarms, source_days
from monitor.adapters.store.types import indexable
from monitor.core.dates import london_day
from monitor.core.health import Alarm, AlarmKind, CoverageGap, DayTally, Poll
from monitor.jobs.ports import CaughtUp


class Health:
    """Keeps what is known of how each source is heard; nothing of it is rewritten once it is over."""

    _db: Database

    def tallies(self, first: date, after: date, sources: Collection[str] | None = None) -> list[DayTally]:
        """What these sources, or all, brought on the days `[first, after)`, by source and day."""
        days = and_(source_days.c.day >= str(first), source_days.c.day < str(after))
        query = select(source_days).where(days).order_by(source_days.c.source, source_days.c.day)
        asked = [query] if sources is None else [query.where(_among(some)) for some in chunks(sorted(sources))]
        return self._db.read(lambda c: [_to_tally(row) for one in asked for row in c.execute(one)])

    def totals(self) -> dict[str, tuple[int, int, int]]:
        """Polls, of these heard, and articles of every source, ever."""
        sums = [func.sum(source_days.c[name]) for name in ("polls", "heard", "articles")]
        query = select(source_days.c.source, *sums).group_by(source_days.c.source)
        return {row[0]: (row[1], row[2], row[3]) for row in self._db.read(lambda c: c.execute(query).all())}

    def open_gaps(self) -> dict[str, CoverageGap]:
        """The gap that each source is in, by source id."""
        return {gap.source: gap for gap in self._gaps(coverage_gaps.c.ended.is_(None))}

    def gaps(self, since: datetime, until: datetime) -> list[CoverageGap]:
        """All gaps that have any of `[since, until)` in them, by source and start."""
        ended = or_(coverage_gaps.c.ended.is_(None), coverage_gaps.c.ended > since)
        return self._gaps(and_(coverage_gaps.c.began < until, ended))

    def save_gaps(self, gaps: Iterable[CoverageGap]) -> None:
        """Store gaps, open ones once and closed ones over the open; a closed one stays as it is."""
        rows = [_gap_row(gap) for gap in gaps]
        if rows:
            self._db.write(lambda c: _save_gaps(c, rows))

    def caught_up(self, source: str, seen_after: datetime, dated_from: datetime) -> CaughtUp:
        """The articles of a source first seen after an instant, and their earliest date from another on."""
        return self._db.read(lambda c: _caught_up(c, source, seen_after, dated_from))

    def older_entries(self, source: str, keys: Iterable[str], than: datetime) -> set[str]:
        """Which of these entry keys led to an article that was seen by then."""
        asked = {indexable(key): key for key in keys}
        return self._db.read(lambda c: {asked[key] for key in _older(c, source, list(asked), than)})

    def open_alarms(self) -> list[Alarm]:
        """The alarms that are not over, by source and kind."""
        return self._alarms(source_alarms.c.closed.is_(None))

    def alarms(self, since: datetime, until: datetime) -> list[Alarm]:
        """The alarms that were open at some time of `[since, until)`, by source and kind."""
        closed = or_(source_alarms.c.closed.is_(None), source_alarms.c.closed > since)
        return self._alarms(and_(source_alarms.c.opened < until, closed))

    def save_alarms(self, opened: Iterable[Alarm], closed: Iterable[Alarm]) -> list[Alarm]:
        """Store new alarms, and close others, in one transaction; the new ones that were not open yet."""
        new, over = list(opened), list(closed)
        return self._db.write(lambda c: _save_alarms(c, new, over)) if new or over else []

    def _gaps(self, condition: ColumnElement[bool]) -> list[CoverageGap]:
        query = select(coverage_gaps).where(condition).order_by(coverage_gaps.c.source, coverage_gaps.c.began)
        return [_to_gap(row) for row in self._db.read(lambda c: c.execute(query).all())]

    def _alarms(self, condition: ColumnElement[bool]) -> list[Alarm]:
        order = (source_alarms.c.source, source_alarms.c.kind, source_alarms.c.opened)
        query = select(source_alarms).where(condition).order_by(*order)
        return [_to_alarm(row) for row in self._db.read(lambda c: c.execute(query).all())]


def _among(sources: list[str]) -> ColumnElement[bool]:
    return source_days.c.source.in_(sources)


def save_poll(connection: Connection, poll: Poll) -> None:
    """Add a poll to the tally of its day, and store the gap that its source is in, or was."""
    day = london_day(poll.at)
    key = and_(source_days.c.source == poll.state.source, source_days.c.day == str(day))
    add_new(connection, source_days, [_tally_row(DayTally(poll.state.source, day))])
    row = connection.execute(select(source_days).where(key).with_for_update()).one()
    upsert(connection, source_days, [_tally_row(_to_tally(row).with_poll(poll))])
    if poll.gap:
        _save_gaps(connection, [_gap_row(poll.gap)])


def _save_gaps(connection: Connection, rows: Iterable[Row]) -> None:
    for row in rows:
        same = and_(coverage_gaps.c.source == row["source"], coverage_gaps.c.began == row["began"])
        if not add_new(connection, coverage_gaps, [row]):
            connection.execute(update(coverage_gaps).where(same, coverage_gaps.c.ended.is_(None)).values(row))


def _save_alarms(connection: Connection, opened: list[Alarm], closed: list[Alarm]) -> list[Alarm]:
    for alarm in closed:
        same = and_(
            source_alarms.c.source == alarm.source,
            source_alarms.c.kind == str(alarm.kind),
            source_alarms.c.closed.is_(None),
        )
        over = {"closed": alarm.closed, "closing": alarm.closing}
        connection.execute(update(source_alarms).where(same).values(over))
    return [alarm for alarm in opened if add_new(connection, source_alarms, [_alarm_row(alarm)])]


def _caught_up(connection: Connection, source: str, since: datetime, dated_from: datetime) -> CaughtUp:
    earlier = articles.alias("earlier")
    known = select(earlier.c.id).where(earlier.c.line == articles.c.line, earlier.c.first_seen <= since)
    come = and_(articles.c.source == source, articles.c.first_seen > since, ~known.exists())
    count = connection.execute(select(func.count(articles.c.line.distinct())).where(come)).scalar_one()
    dated = select(func.min(articles.c.published_at)).where(come, articles.c.published_at >= dated_from)
    return CaughtUp(count, connection.execute(dated).scalar())


def _older(connection: Connection, source: str, keys: list[str], than: datetime) -> set[str]:
    query = select(entries.c.key).join(articles, articles.c.id == entries.c.article)
    seen = query.where(entries.c.source == source, articles.c.first_seen <= than)
    return {
        key for chunk in chunks(keys) for key in connection.execute(seen.where(entries.c.key.in_(chunk))).scalars()
    }


def _tally_row(tally: DayTally) -> Row:
    return {
        "source": tally.source,
        "day": str(tally.day),
        "polls": tally.polls,
        "heard": tally.heard,
        "articles": tally.articles,
        "caught_up": tally.caught_up,
        "by_hour": " ".join(map(str, tally.by_hour)),
        "heard_hours": tally.heard_hours,
    }


def _to_tally(row: Any) -> DayTally:
    return DayTally(
        row.source,
        date.fromisoformat(row.day),
        row.polls,
        row.heard,
        row.articles,
        row.caught_up,
        tuple(map(int, row.by_hour.split(" "))),
        row.heard_hours,
    )


def _gap_row(gap: CoverageGap) -> Row:
    return {
        "source": gap.source,
        "began": gap.start,
        "ended": gap.end,
        "ours": int(gap.ours),
        "reason": gap.reason,
        "caught_up": gap.caught_up,
        "caught_since": gap.since,
        "whole": None if gap.whole is None else int(gap.whole),
    }


def _to_gap(row: Any) -> CoverageGap:
    whole = None if row.whole is None else bool(row.whole)
    ours, since = bool(row.ours), row.caught_since
    return CoverageGap(row.source, row.began, row.ended, ours, row.reason, row.caught_up, since, whole)


def _alarm_row(alarm: Alarm) -> Row:
    return {
        "source": alarm.source,
        "kind": str(alarm.kind),
        "opened": alarm.opened,
        "since": alarm.since,
        "why": alarm.why,
        "closed": alarm.closed,
        "closing": alarm.closing,
    }


def _to_alarm(row: Any) -> Alarm:
    return Alarm(row.source, AlarmKind(row.kind), row.since, row.opened, row.why, row.closed, row.closing)
