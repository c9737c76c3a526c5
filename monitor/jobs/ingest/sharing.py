"""Which of several processes reads a source: one at a time, and none that another has read meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from monitor.core.polling import is_due, settled_at
from monitor.core.source import Source, SourceState
from monitor.jobs.ingest.report import SourceOutcome
from monitor.jobs.ports import Claims, Clock, SourceStates
from monitor.jobs.road import claimed

PATIENCE = 300.0
"""Seconds that a source is waited for which another process is reading."""


@dataclass(frozen=True, slots=True)
class Alone:
    """What was found when a source's turn came."""

    state: SourceState
    due: bool = True
    """It is ours to read."""
    outcome: SourceOutcome | None = None
    """Why it is not, where that is to be told: nothing where another process has read it."""


class Shared:
    """Gives each source to one process at a time, for one round."""

    def __init__(self, claims: Claims, states: SourceStates, clock: Clock, *, all_sources: bool) -> None:
        self._claims = claims
        self._states = states
        self._clock = clock
        self._all = all_sources

    @asynccontextmanager
    async def alone(self, source: Source, known: SourceState) -> AsyncIterator[Alone]:
        """The block has the source to itself; `known` is what was known of it when the round began.

        Raises:
            StoreError: the database refused.
        """
        name = f"source {source.id}"
        if await claimed(self._claims, name, PATIENCE) is None:
            why = f"another process has been reading it for {PATIENCE / 60:g} minutes"
            yield Alone(known, due=False, outcome=SourceOutcome(source.id, put_off=why))
            return
        try:
            yield self._found(source, known)
        finally:
            self._claims.release(name)

    def _found(self, source: Source, known: SourceState) -> Alone:
        stored = self._states.source_state(source.id)
        state = known if stored is None else settled_at(stored, source)
        if state.last_tried == known.last_tried:
            return Alone(state)
        return Alone(state, due=not self._all and is_due(state, self._clock()))
