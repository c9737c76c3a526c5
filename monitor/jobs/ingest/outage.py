"""When nobody at all can be reached the fault is ours, and no source is made to wait for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from monitor.core.polling import HOURLY, address, spared
from monitor.core.source import SourceState, Trouble
from monitor.jobs.ingest.report import SourceOutcome
from monitor.jobs.ports import SourceStates
from monitor.jobs.road import host_of

HOSTS = 3
"""So many hosts must be out of reach at once before it is the network and not they."""
LATELY = HOURLY + timedelta(minutes=30)
"""Somebody is heard within this time while the network is well: a source that is well is asked hourly."""
_OUT_OF_REACH = frozenset({Trouble.TIMEOUT, Trouble.UNREACHABLE})


def is_ours(known: Mapping[str, SourceState], outcomes: Sequence[SourceOutcome], now: datetime) -> bool:
    """Whether nobody could be reached in a round, nor has been lately."""
    silent = [o for o in outcomes if not o.put_off]
    hosts = {host_of(address(known[o.source])) for o in silent}
    heard = max((state.last_heard for state in known.values() if state.last_heard), default=None)
    lately = heard is not None and now - heard < LATELY
    return len(hosts) >= HOSTS and not lately and all(o.trouble in _OUT_OF_REACH for o in silent)


def spare(states: SourceStates, outcomes: Sequence[SourceOutcome], now: datetime) -> None:
    """Have the sources of a round asked again within the hour, however often they failed.

    Raises:
        StoreError: the database refused.
    """
    stored = states.source_states()
    for outcome in outcomes:
        states.save_source_state(spared(stored[outcome.source], now))
