"""Reads the sources that are due: what each lists, new entries, their pages; stores an article for each.

A source at fault is recorded on its state and stops no other. Which requests may run at the same time is
decided in `jobs.road`, which pages are asked for in `pages`, which their site keeps to itself in `robots`, what an
entry and its page become in `making`, what an answer is worth in `answer`, what one source goes through in
`reading`, what all that says of the sources' health in `watching`. When a source is due, `core.polling` says.
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
from monitor.jobs.ingest.watching import Records, Watch
from monitor.jobs.ports import (
    Archive,
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

    Without `robots` no robots.txt is asked for: a publisher may have agreed to that.

    May be killed at any moment: what was not stored is read again the next time.

    Raises:
        StoreError: the database refused; what was read until then is stored.
    """
    road = Road(fetcher, clock, states, pause=pace.pause, wait=pace.every)
    asked_first = Robots(road, robots, clock) if robots else None
    watch = Watch(states, clock, allowed(pace.every))
    tools = Tools(archive, states, road, asked_first, reader, read_page, clock, watch, pace)
    known = known_states(sources, states)
    watch.begin(known)
    due = [s for s in sources.polled() if pace.all_sources or is_due(known[s.id], clock())]
    done: list[SourceOutcome] = []

    async def read(source: Source) -> SourceOutcome:
        outcome = await Reading(tools, source, sources.outlets[source.outlet], known[source.id]).run()
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
    outcomes = tuple(task.result() for task in tasks)
    if is_ours(known, outcomes, clock()):
        spare(states, outcomes, clock())
    later = [known[source] for source in known.keys() - {source.id for source in due}]
    return IngestReport(
        outcomes,
        watched=watch.end(known),
        not_due=len(later),
        failing=sum(bool(state.error) for state in later),
        next_due=min((state.next_due for state in later if state.next_due), default=None),
    )


def known_states(sources: Sources, states: SourceStates) -> dict[str, SourceState]:
    """What is known of every polled source at its present address, by source id."""
    known = states.source_states()
    return {s.id: settled_at(known.get(s.id, SourceState(s.id)), s) for s in sources.polled()}


def _first(group: BaseExceptionGroup[StoreError]) -> StoreError:
    error = group.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error
