"""How fast we send: a server that is asked for more than it likes refuses, or thinks less of us."""

from __future__ import annotations

import time
from collections.abc import Callable


class Pace:
    """Lets so many messages a minute through, evenly; without a number, as many as come."""

    def __init__(
        self,
        per_minute: int,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._seconds = 60 / per_minute if per_minute else 0.0
        self._now = now
        self._sleep = sleep
        self._next = float("-inf")

    def wait(self) -> None:
        """Come back when the next message may go; time that nobody used is not made up for."""
        if (left := self._next - self._now()) > 0:
            self._sleep(left)
        self._next = max(self._next, self._now()) + self._seconds
