"""Measure: what a monitoring system is told of us, as plain numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from monitor.core.agreement import Agreement
from monitor.core.health import AlarmKind
from monitor.core.retention import term_of
from monitor.core.source import Sources
from monitor.jobs import ports
from monitor.jobs.ports import Clock, Measure, Measured, MeasureKind

GAUGE, COUNTER = MeasureKind.GAUGE, MeasureKind.COUNTER


class Records(ports.SourceStates, ports.Health, ports.Texts, ports.Ledger, Protocol):
    """What is read of the database."""


def measure(
    sources: Sources, agreements: Sequence[Agreement], records: Records, clock: Clock
) -> tuple[Measure, ...]:
    """Everything there is to tell now. Instants are Unix seconds; what never happened has no number."""
    return (*_of_sources(sources, records), *_of_digests(agreements, records), _texts_due(sources, records, clock))


def _of_sources(sources: Sources, records: Records) -> Iterator[Measure]:
    polled = [(s.id, {"source": s.id, "outlet": s.outlet}) for s in sources.polled()]
    states, totals, gaps = records.source_states(), records.totals(), records.open_gaps()
    alarms = {(a.source, a.kind) for a in records.open_alarms()}
    known = [(labels, states[source]) for source, labels in polled if source in states]
    never = (0, 0, 0)
    yield Measure(
        "monitor_source_up",
        "Whether the last try of the source was a success.",
        GAUGE,
        tuple(Measured(labels, float(not state.error)) for labels, state in known if state.last_tried),
    )
    yield _instants("last_tried", "When the source was last tried.", ((n, s.last_tried) for n, s in known))
    yield _instants("last_heard", "When the source was last heard.", ((n, s.last_heard) for n, s in known))
    yield _instants("last_new", "When the source last brought a new article.", ((n, s.last_new) for n, s in known))
    yield Measure(
        "monitor_source_polls",
        "Tries of the source.",
        COUNTER,
        tuple(Measured(labels, float(totals.get(source, never)[0])) for source, labels in polled),
    )
    yield Measure(
        "monitor_source_polls_failed",
        "Tries of the source that were no success.",
        COUNTER,
        tuple(
            Measured(labels, float(tried - heard))
            for source, labels in polled
            for tried, heard, _ in [totals.get(source, never)]
        ),
    )
    yield Measure(
        "monitor_source_articles",
        "New articles that the source brought.",
        COUNTER,
        tuple(Measured(labels, float(totals.get(source, never)[2])) for source, labels in polled),
    )
    yield _instants(
        "gap_start",
        "When the coverage gap began that the source is in.",
        ((labels, gaps[source].start) for source, labels in polled if source in gaps),
    )
    yield Measure(
        "monitor_source_alarm",
        "Whether an alarm of this kind is open.",
        GAUGE,
        tuple(
            Measured({**labels, "kind": str(kind)}, float((source, kind) in alarms))
            for source, labels in polled
            for kind in AlarmKind
        ),
    )


def _instants(name: str, text: str, instants: Iterable[tuple[dict[str, str], datetime | None]]) -> Measure:
    values = tuple(Measured(labels, instant.timestamp()) for labels, instant in instants if instant)
    return Measure(f"monitor_source_{name}_timestamp_seconds", text, GAUGE, values)


def _of_digests(agreements: Sequence[Agreement], records: Records) -> Iterator[Measure]:
    last = (
        ({"agreement": a.id, "digest": d.id}, records.last_edition(a.id, d.id))
        for a in agreements
        for d in a.digests
    )
    yield Measure(
        "monitor_digest_last_edition_timestamp_seconds",
        "End of the window of the digest's last edition.",
        GAUGE,
        tuple(Measured(labels, edition.window.end.timestamp()) for labels, edition in last if edition),
    )
    waiting = float(len(records.open_deliveries()))
    yield Measure("monitor_deliveries_open", "Deliveries not made yet.", GAUGE, (Measured({}, waiting),))


def _texts_due(sources: Sources, records: Records, clock: Clock) -> Measure:
    now = clock()
    due = sum(records.due_texts(term_of(o, sources, now), ()).articles for o in records.outlets_with_text())
    text = "Stored texts that the outlets' rights no longer let us keep."
    return Measure("monitor_texts_due", text, GAUGE, (Measured({}, float(due)),))
