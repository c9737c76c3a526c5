"""Files that arrived in a source's folder: taken once, set aside where they have faults, let go in time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from monitor.core.fault import Fault
from monitor.core.retention import files_before
from monitor.core.source import Rights, Source
from monitor.jobs.ports import Arrival, ArrivalFolders, Listed

Store = Callable[[Listed], Awaitable[None]]
"""Stores what is new of some entries."""


@dataclass(slots=True)
class Taken:
    """What became of the files."""

    files: int = 0
    faults: list[Fault] = field(default_factory=list)
    """Of the files that were set aside."""
    left_out: list[str] = field(default_factory=list)


async def take(folders: ArrivalFolders, source: Source, rights: Rights, now: datetime, store: Store) -> Taken:
    """Store what every waiting file holds, the oldest first; a file is moved when all of it is stored.

    Raises:
        InputError: the folder cannot be looked into, or a file not moved; what was read until then is stored.
    """
    await asyncio.to_thread(folders.purge, source, files_before(rights, now))
    taken = Taken()
    for arrival in await asyncio.to_thread(folders.waiting, source, now):
        faults = await _take_one(arrival, store, taken)
        if faults:
            await asyncio.to_thread(arrival.set_aside, faults)
        else:
            await asyncio.to_thread(arrival.taken)
        taken.files += 1
        taken.faults += faults
    return taken


async def _take_one(arrival: Arrival, store: Store, taken: Taken) -> list[Fault]:
    """Store what a file holds; what is wrong with it."""
    faults: list[Fault] = []
    parts = arrival.parts()
    while (part := await asyncio.to_thread(next, parts, None)) is not None:
        await store(Listed(part.entries))
        faults += part.faults
        taken.left_out += part.left_out
    return faults
