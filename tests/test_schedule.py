"""The heartbeat's own: what a stop meets."""

from __future__ import annotations

import asyncio

from monitor.schedule import Service


async def _read_nothing() -> None:
    return None


def test_a_stop_that_comes_just_after_a_reading_has_ended_stops_all_the_same() -> None:
    service = Service(workspace=None)  # type: ignore[arg-type] - nothing of it is asked
    loop = asyncio.new_event_loop()
    reading = loop.create_task(_read_nothing())
    loop.run_until_complete(reading)
    loop.close()
    service._reading = (loop, reading)  # type: ignore[assignment]
    service._cut_short()
