"""Who judges: this process, or several that are forked from it."""

from __future__ import annotations

from functools import partial

from monitor.adapters.crew import Crew, cores
from monitor.jobs.judging import Crews


def crews_of(processes: int) -> Crews:
    """Crews of so many processes; 0: one for each core."""
    return partial(Crew, processes=processes or cores())
