"""Reads the sources that are due: what each lists, new entries, their pages; stores an article for each.

A source at fault is recorded on its state and stops no other. Which requests may run at the same time is
decided in `jobs.road`, which pages are asked for in `pages`, which their site keeps to itself in `robots`, what an
entry and its page become in `making`, what an answer is worth in `answer`, what one source goes through in
`reading`, which process reads it in `sharing`, what all that says of the sources' health in `watching`. When a
source is due, `core.polling` says.
"""

from __future__ import annotations

import asyncio

from monitor.core.health import allowed
from monitor.core.polling import is_due, settled_at
from monitor.core.source import Source, Sources, SourceState
from monitor.errors import StoreError
from monitor.jobs.ingest.outage import is_ours, spare
from monitor.jobs.ingest.reading import USUAL, Pace, Reading, Tools
from monitor.jobs.ingest.report import IngestReport, SourceOutcome, Watched
from monitor.jobs.ingest.robots import Robots
from monitor.jobs.ingest.sharing import Shared
from monitor.jobs.ingest.watching import Records, Watch
from monitor.jobs.ports import (
    Archive,
    Claims,
    Clock,
    Fetcher,
    PageReader,
    Progress,
    RobotsReader,
    SourceReader,
    SourceStates,
)
from monitor.jobs.road import Road

__all__ = ["IngestReport", "Pace", "SourceOutcome", "Watched", "ingest", "known_states"]


async def ingest(
    sources: Sources,
    archive: Archive,
    states: Records,
    fetcher: Fetcher,
    reader: SourceReader,
    read_page: PageReader,
    clock: Clock,
    progress: Progress,
    pace: Pace = USUAL,
    robots: RobotsReader | None = None,
) -> IngestReport:
    """Read every source that is due, store what is new; the report is in the order of the sources.

    Without `robots` no robots.txt is asked for: a publisher may have agreed to that. A source that another process
    is reading is waited for, and not asked again where that leaves it not due.

    May be killed at any moment: what was not stored is read again the next time.

    Raises:
        StoreError: the database refused; what was read until then is stored.
    """
    with states.claims() as claims:
        road = Road(fetcher, clock, states, pause=pace.pause, wait=pace.every, claims=claims)
        asked_first = Robots(road, robots, clock) if robots else None
        watch = Watch(states, clock, allowed(pace.every))
        tools = Tools(archive, states, states, road, asked_first, reader, read_page, clock, watch, pace)
        known = known_states(sources, states)
        watch.begin(known)
        async with road:
            outcomes = await _read_due(tools, sources, known, claims, progress)
        if is_ours(known, outcomes, clock()):
            spare(states, outcomes, clock())
        later = [known[source] for source in known.keys() - {outcome.source for outcome in outcomes}]
        return IngestReport(
            outcomes,
            watched=watch.end(known),
            not_due=len(later),
            failing=sum(bool(state.error) for state in later),
            next_due=min((state.next_due for state in later if state.next_due), default=None),
        )


async def _read_due(
    tools: Tools, sources: Sources, known: dict[str, SourceState], claims: Claims, progress: Progress
) -> tuple[SourceOutcome, ...]:
    """What the sources brought that are due; `known` is brought up to date for those that another process read."""
    due = [s for s in sources.polled() if tools.pace.all_sources or is_due(known[s.id], tools.clock())]
    shared = Shared(claims, tools.states, tools.clock, all_sources=tools.pace.all_sources)
    done: list[SourceOutcome] = []

    async def read(source: Source) -> SourceOutcome | None:
        async with shared.alone(source, known[source.id]) as found:
            known[source.id] = found.state
            outcome = found.outcome
            if found.due:
                outcome = await Reading(tools, source, sources.outlets[source.outlet], found.state).run()
        if outcome is not None:
            done.append(outcome)
        so_far = IngestReport(tuple(done))
        progress.advance(1, articles=so_far.new, failures=len(so_far.failures))
        return outcome

    progress.start("sources", len(due))
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(read(source)) for source in due]
    except* StoreError as refused:
        raise _first(refused) from None
    finally:
        progress.finish()
    return tuple(outcome for task in tasks if (outcome := task.result()) is not None)


def known_states(sources: Sources, states: SourceStates) -> dict[str, SourceState]:
    """What is known of every polled source at its present address, by source id."""
    known = states.source_states()
    return {s.id: settled_at(known.get(s.id, SourceState(s.id)), s) for s in sources.polled()}


def _first(group: BaseExceptionGroup[StoreError]) -> StoreError:
    error = group.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error
