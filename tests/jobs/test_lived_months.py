"""Months as lived: whatever goes wrong, every match is accounted for, once.

By default a week of invented news; MONITOR_FULL=1 takes three of them, and all that was captured of 2023, and
prints the table of docs/measured.md (pytest -s).
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lived_life import BROAD, Life, ills
from lived_world import FEEDS, NEWS, World, made_up_news, real_news
from memory_archive import Quiet

from monitor.adapters.library import Library
from monitor.core.audit import Whereabouts
from monitor.core.edition import DeliveryState
from monitor.jobs.audit import Auditor, AuditReport, audit

FULL = os.environ.get("MONITOR_FULL") == "1"
ROOT = Path(__file__).parents[2]
SHIPPED = Library(ROOT).read()
START = datetime(2023, 4, 3, tzinfo=UTC)
"""Before Good Friday, which is a holiday in Scotland, and Easter Monday, which is none."""
CAPTURED = datetime(2023, 2, 8, tzinfo=UTC), datetime(2023, 10, 1, tzinfo=UTC)


def lived(life: Life, news: Iterator, outlets: dict, start: datetime, end: datetime) -> None:
    world = World(news, life.ills.outlets, lambda: life.now)
    with world.press:
        asyncio.run(life.live(start, end, world.sources(outlets)))
    assert world.refused
    assert life.told.restarts
    assert life.told.deaths
    assert not life.told.faults


def audited(life: Life, start: datetime, end: datetime) -> list[AuditReport]:
    auditor = Auditor(life.store, life.holidays, life.clock, Quiet())
    return [audit(auditor, agreement, start, end) for agreement in life.agreements]


def must_be_sound(life: Life) -> None:
    """Nothing lost, nothing twice, and every edition made and delivered once, or expired."""
    for report in audited(life, datetime(2023, 1, 1, tzinfo=UTC), life.now + timedelta(days=1)):
        for one in report.digests:
            assert one.matches == one.counted
            assert [(w.match.article, str(w.where), w.editions) for w in one.wrong] == [], one.digest
            assert one.twice == (), one.digest
        assert report.sound
    assert len(set(life.told.made)) == len(life.told.made)
    assert {e.id for a in life.agreements for e in life.store.editions(a.id)} == set(life.told.made)
    for edition in life.told.made:
        states = [d.state for d in life.store.deliveries(edition)]
        assert set(states) <= {DeliveryState.SENT, DeliveryState.EXPIRED, DeliveryState.PENDING}, edition


@pytest.mark.parametrize("seed", [1, 2] if FULL else [1])
def test_invented_news(new_sqlite: Callable[[Path], str], tmp_path: Path, seed: int) -> None:
    end = START + timedelta(weeks=3 if FULL else 1)
    outlets = list(FEEDS.values())
    life = Life(new_sqlite(tmp_path), tmp_path / "outbox", [BROAD], ills(START, end, seed, outlets), seed)
    lived(life, made_up_news(START, end, seed, outlets), SHIPPED.sources.outlets, START, end)
    must_be_sound(life)
    (report,) = audited(life, START, end)
    counts = {one.digest: one.counts for one in report.digests}
    met = (Whereabouts.SHOWN, Whereabouts.FOLDED, Whereabouts.REPLACED, Whereabouts.EXCLUDED, Whereabouts.WAITING)
    assert all(counts["morning"][where] for where in met)


@pytest.mark.skipif(not FULL, reason="takes an hour: MONITOR_FULL=1")
@pytest.mark.skipif(not NEWS.exists(), reason="the captured feeds of 2023 are not here")
def test_real_news_as_if_live(new_sqlite: Callable[[Path], str], tmp_path: Path) -> None:
    start, end = CAPTURED
    agreements = [*SHIPPED.agreements, BROAD]
    drawn = ills(start, end, 7, list(FEEDS.values()))
    life = Life(new_sqlite(tmp_path), tmp_path / "outbox", agreements, drawn, 7)
    lived(life, real_news(start, end, 7), SHIPPED.sources.outlets, start, end)
    print(table(life, start, end))
    must_be_sound(life)


def table(life: Life, start: datetime, end: datetime) -> str:
    """Where the matches of each month and digest are, as Markdown."""
    told = life.told
    lines = [
        f"{told.beats} beats, {told.restarts} restarts, {told.deaths} deaths, {told.curated} acts of editors,"
    ]
    lines += [f"{told.seen} articles, {told.edited} edited, {len(told.made)} editions.", ""]
    lines += ["| month | digest | matches | " + " | ".join(str(w) for w in Whereabouts) + " |"]
    lines += ["|---|---|" + "---:|" * (len(Whereabouts) + 1)]
    month = start.replace(day=1)
    while month < end:
        after = (month + timedelta(days=32)).replace(day=1)
        for report in audited(life, month, after):
            for one in report.digests:
                counts = " | ".join(str(one.counts.get(w, 0)) for w in Whereabouts)
                lines.append(f"| {month:%Y-%m} | {report.agreement}/{one.digest} | {one.matches} | {counts} |")
        month = after
    return "\n".join(lines)
