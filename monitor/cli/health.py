"""`monitor sources health` and `report`: how each source is heard now, and how a month was."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated

import typer

from monitor import app
from monitor.adapters.exports import write_table
from monitor.cli.options import HERE, AsJson, Home
from monitor.cli.output import count, finish, print_json, table, tell
from monitor.core.dates import LONDON
from monitor.core.fault import Fault
from monitor.core.health import (
    LEAST_DAYS,
    LEAST_WEEKLY,
    Alarm,
    CoverageGap,
    Month,
    MonthLine,
    Rhythm,
    month_of,
)
from monitor.core.json import Json
from monitor.errors import InputError
from monitor.jobs.health import SourceHealth

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def health(
    source: Annotated[
        str | None, typer.Option("--source", help="Only this one (its id), with its rhythm hour by hour.")
    ] = None,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Show how each source is heard now: last heard, last new article, error, usual rhythm, gap, alarms.

    Status 1 while an alarm is open. Times are London's.
    """
    with app.open_workspace(home) as workspace:
        library = workspace.read()
        rows = app.health_now(workspace, library)
    chosen = [row for row in rows if source in (None, row.source.id)]
    if source is not None and not chosen:
        raise InputError(f"--source {source!r}: no such source is polled: monitor sources list has all of them")
    if as_json:
        for row in chosen:
            print_json(_health_json(row))
    else:
        _tell_health(chosen, alone=source is not None)
    alarms = [Fault(a.source, f"{a.kind}: {a.why}", a.remedy) for row in chosen for a in row.alarms]
    finish([*library.faults, *alarms])


def report(
    month: Annotated[str | None, typer.Option("--month", help="Such as 2026-11; this month without it.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV, safe to open in a spreadsheet.")] = False,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Show what a month brought of each source: polls, articles, coverage gaps with their length, alarms."""
    if as_csv and as_json:
        raise InputError("--csv and --json: give one of them")
    with app.open_workspace(home) as workspace:
        library = workspace.read()
        now = workspace.clock()
        wanted = _month(month, now)
        lines = app.month_of_sources(workspace, library, wanted)
    if as_csv:
        write_table(_COLUMNS, (_record(line, wanted, now) for line in lines), sys.stdout)
    elif as_json:
        for line in lines:
            print_json({**_record(line, wanted, now), **_details(line)})
    else:
        _tell_report(lines, wanted, now)
    finish(library.faults)


def _month(text: str | None, now: datetime) -> Month:
    try:
        return month_of(text or f"{now.astimezone(LONDON):%Y-%m}")
    except ValueError as error:
        raise InputError(f"--month: {text!r} is no month: write it as 2026-11") from error


# --------------------------------------------------------------- now


def _tell_health(rows: list[SourceHealth], *, alone: bool) -> None:
    table(
        ("source", "outlet", "last heard", "last new", "usual", "now"),
        [
            (
                row.source.id,
                row.outlet.name,
                _minute(row.state.last_heard) or "never",
                _minute(row.state.last_new) or "never",
                _usual(row),
                _now(row),
            )
            for row in rows
        ],
    )
    if alone and rows[0].rhythm:
        _tell_hours(rows[0].rhythm)
    wrong = sum(bool(row.alarms) for row in rows)
    gaps = sum(row.gap is not None for row in rows)
    tell(f"{count(len(rows), 'source')}, {wrong} in alarm, {gaps} in a coverage gap")


def _tell_hours(rhythm: Rhythm) -> None:
    shown = [(day, *(_rate(rate) for rate in rhythm.rates[n])) for n, day in enumerate(DAYS)]
    table(("articles an hour", *(f"{hour:02}" for hour in range(24))), shown)
    tell(f"learned from {rhythm.days} days")


def _rate(rate: float) -> str:
    return "" if rate < 0.05 else f"{rate:.1f}"


def _usual(row: SourceHealth) -> str:
    rhythm = row.rhythm
    if rhythm is None:
        return f"no rhythm yet: heard on {row.days} of the {LEAST_DAYS} days that it takes"
    if rhythm.weekly < LEAST_WEEKLY:
        return f"{rhythm.weekly:.1f} a week: too few for a silence to say anything"
    start, end = rhythm.busy()
    weekday = sum(rhythm.on(day) for day in range(5)) / 5
    return f"{weekday:.0f} a weekday ({start:02}-{end:02}), Sat {rhythm.on(5):.0f}, Sun {rhythm.on(6):.0f}"


def _now(row: SourceHealth) -> str:
    if row.state.last_tried is None:
        return "never tried"
    parts = [f"{alarm.kind}: {alarm.why}" for alarm in row.alarms]
    if row.gap:
        parts.append(f"not heard since {_minute(row.gap.start)}: {row.gap.why}")
    elif row.state.error and row.state.failing_since:
        parts.append(f"failing since {_minute(row.state.failing_since)}: {row.state.error}")
    return "; ".join(parts) or ("as usual" if row.rhythm else "heard")


def _health_json(row: SourceHealth) -> dict[str, Json]:
    state, rhythm = row.state, row.rhythm
    return {
        "source": row.source.id,
        "outlet": row.outlet.id,
        "last_tried": _iso(state.last_tried),
        "last_heard": _iso(state.last_heard),
        "last_new": _iso(state.last_new),
        "error": state.error,
        "failing_since": _iso(state.failing_since),
        "rhythm": {
            "learned_from_days": rhythm.days,
            "weekly": round(rhythm.weekly, 2),
            "by_weekday_and_hour": [[round(rate, 3) for rate in day] for day in rhythm.rates],
        }
        if rhythm
        else None,
        "days_heard": row.days,
        "gap": _gap_json(row.gap) if row.gap else None,
        "alarms": [_alarm_json(alarm) for alarm in row.alarms],
    }


def _gap_json(gap: CoverageGap) -> dict[str, Json]:
    return {
        "start": _iso(gap.start),
        "end": _iso(gap.end),
        "ours": gap.ours,
        "reason": gap.why,
        "caught_up": gap.caught_up,
        "caught_up_since": _iso(gap.since),
        "whole": gap.whole,
    }


def _alarm_json(alarm: Alarm) -> dict[str, Json]:
    return {
        "kind": str(alarm.kind),
        "since": _iso(alarm.since),
        "opened": _iso(alarm.opened),
        "why": alarm.why,
        "closed": _iso(alarm.closed),
        "closing": alarm.closing,
    }


# --------------------------------------------------------------- a month


_COLUMNS = (
    "month",
    "source",
    "outlet",
    "polls",
    "heard",
    "articles",
    "gaps",
    "minutes_in_gaps",
    "longest_gap_minutes",
    "gaps_maybe_incomplete",
    "alarms",
)


def _record(line: MonthLine, month: Month, now: datetime) -> dict[str, Json]:
    until = min(month.end, max(now, month.start))
    longest = max((gap.within(month.start, until) for gap in line.gaps), default=timedelta(0))
    values: tuple[Json, ...] = (
        str(month),
        line.source,
        line.outlet,
        line.polls,
        line.heard,
        line.articles,
        len(line.gaps),
        _minutes(line.missed),
        _minutes(longest),
        line.incomplete,
        len(line.alarms),
    )
    return dict(zip(_COLUMNS, values, strict=True))


def _details(line: MonthLine) -> dict[str, Json]:
    return {
        "gap_records": [_gap_json(gap) for gap in line.gaps],
        "alarm_records": [_alarm_json(alarm) for alarm in line.alarms],
    }


def _tell_report(lines: tuple[MonthLine, ...], month: Month, now: datetime) -> None:
    table(
        ("source", "outlet", "polls", "heard", "articles", "gaps", "in gaps", "maybe incomplete", "alarms"),
        [
            (
                line.source,
                line.outlet or "(no longer polled)",
                line.polls,
                line.heard,
                line.articles,
                len(line.gaps),
                _length(line.missed),
                line.incomplete,
                len(line.alarms),
            )
            for line in lines
        ],
        title=f"{month.first:%B %Y}{', up to now' if now < month.end else ''}",
    )
    for text in _said(lines, month):
        tell(text)
    total = [sum(numbers) for numbers in zip(*((x.polls, x.heard, x.articles) for x in lines), strict=True)]
    polls, heard, articles = total or (0, 0, 0)
    gaps, alarms = (sum(map(len, each)) for each in ([x.gaps for x in lines], [x.alarms for x in lines]))
    tell(
        f"in all: {count(polls, 'poll')}, {heard} heard; {count(articles, 'article')}; {count(gaps, 'gap')}, "
        f"{sum(line.incomplete for line in lines)} maybe incomplete; {count(alarms, 'alarm')}"
    )


def _said(lines: tuple[MonthLine, ...], month: Month) -> Iterator[str]:
    """A line for each gap and each alarm."""
    for line in lines:
        for gap in line.gaps:
            yield f"{line.source}: {_gap(gap)}"
        for alarm in line.alarms:
            over = f"; over {_minute(alarm.closed)}: {alarm.closing}" if alarm.closed else "; still open"
            yield f"{line.source}: alarm {_minute(alarm.opened)}, {alarm.kind}: {alarm.why}{over}"


def _gap(gap: CoverageGap) -> str:
    """The gap in a sentence, with what was caught up and whether that is all."""
    if gap.end is None:
        return f"not heard since {_minute(gap.start)}: {gap.why}"
    caught = f"{count(gap.caught_up, 'article')} caught up"
    since = f", dated from {_minute(gap.since)}" if gap.since else ""
    whole = "nothing was lost" if gap.whole else "may be incomplete: its list did not reach back over the gap"
    stretch = f"not heard {_minute(gap.start)} to {_minute(gap.end)}"
    return f"{stretch} ({_length(gap.end - gap.start)}): {gap.why}; {caught}{since}; {whole}"


def _minute(when: datetime | None) -> str:
    return f"{when.astimezone(LONDON):%Y-%m-%d %H:%M}" if when else ""


def _iso(when: datetime | None) -> str | None:
    return when.isoformat() if when else None


def _minutes(length: timedelta) -> int:
    return round(length / timedelta(minutes=1))


def _length(length: timedelta) -> str:
    minutes = _minutes(length)
    if minutes < 60:
        return f"{minutes} min" if minutes else ""
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02} min" if hours < 48 else f"{hours // 24} d {hours % 24} h"
