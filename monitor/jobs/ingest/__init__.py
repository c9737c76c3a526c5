"""Reads every source once: what it lists, new entries, their pages; stores an article for each.

A source at fault is recorded on its state and stops no other. Which requests may run at the same time is
decided in `road`, what an entry and its page become in `making`, what one source goes through in `reading`.
"""

from __future__ import annotations

import asyncio

from monitor.core.source import Source, Sources, SourceState
from monitor.errors import StoreError
from monitor.jobs.ingest.reading import Reading, Tools
from monitor.jobs.ingest.report import IngestReport, SourceOutcome
from monitor.jobs.ingest.road import Road
from monitor.jobs.ports import Archive, Clock, Fetcher, PageReader, Progress, SourceReader, SourceStates

__all__ = ["IngestReport", "SourceOutcome", "ingest"]


async def ingest(
    sources: Sources,
    archive: Archive,
    states: SourceStates,
    fetcher: Fetcher,
    reader: SourceReader,
    read_page: PageReader,
    clock: Clock,
    progress: Progress,
) -> IngestReport:
    """Read every polled source once, store what is new; the report is in the order of the sources.

    May be killed at any moment: what was not stored is read again the next time.

    Raises:
        StoreError: the database refused; what was read until then is stored.
    """
    tools = Tools(archive, states, Road(fetcher), reader, read_page, clock)
    polled, known = sources.polled(), states.source_states()
    done: list[SourceOutcome] = []

    async def read(source: Source) -> SourceOutcome:
        state = known.get(source.id, SourceState(source.id))
        outcome = await Reading(tools, source, sources.outlets[source.outlet], state).run()
        done.append(outcome)
        so_far = IngestReport(tuple(done))
        progress.advance(1, articles=so_far.new, failures=len(so_far.failures))
        return outcome

    progress.start("sources", len(polled))
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(read(source)) for source in polled]
    except* StoreError as refused:
        raise _first(refused) from None
    finally:
        progress.finish()
    return IngestReport(tuple(task.result() for task in tasks))


def _first(group: BaseExceptionGroup[StoreError]) -> StoreError:
    error = group.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error
