"""Long work that a page asks for: done beside the answers, its progress to be seen, ended when nobody wants it.

One piece is worked on at a time. Whoever asks for another thing in the same place gives up what was asked there
before. Nothing is stored: what is forgotten, or lost with the service, is worked out again when it is asked for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any, Generic, TypeVar

from monitor.jobs.ports import Progress

T = TypeVar("T")
FRESH_SECONDS = 600
"""How long what was worked out is given again; articles arrive meanwhile."""
MOST = 24
"""Pieces that are remembered."""


class GivenUp(Exception):
    """Nobody wants this any more."""


class Watch:
    """Fits `jobs.ports.Progress`: how far the work has come, and whether anybody wants the rest."""

    def __init__(self) -> None:
        self.what = ""
        self.done = 0
        self.total: int | None = None
        self.given_up = Event()

    def start(self, what: str, total: int | None) -> None:
        """A stretch of the work begins."""
        self.what, self.done, self.total = what, 0, total

    def advance(self, count: int = 1, **counts: int) -> None:
        """So much more is done.

        Raises:
            GivenUp: nobody wants the rest.
        """
        self.done += count
        if self.given_up.is_set():
            raise GivenUp

    def finish(self) -> None:
        """The stretch is over."""


@dataclass(frozen=True, slots=True)
class Piece(Generic[T]):
    """Something that is worked out."""

    asked: object
    """What it is of: the same is not worked out twice."""
    watch: Watch
    future: Future[T]
    since: float = field(default_factory=time.monotonic)

    def wait(self, seconds: float) -> T | None:
        """What was worked out; None when it is not ready within so many seconds.

        Raises:
            Exception: whatever the work ended with.
        """
        return self.future.result() if wait([self.future], seconds).done else None

    @property
    def is_good(self) -> bool:
        """Whether it may be given to whoever asks the same: under way, or well ended and not old."""
        if self.watch.given_up.is_set() or self.future.cancelled():
            return False
        fresh = time.monotonic() - self.since < FRESH_SECONDS
        return not self.future.done() or (fresh and self.future.exception() is None)

    def give_up(self) -> None:
        """End it: at once if it has not begun, else at the next sign of progress."""
        self.watch.given_up.set()
        self.future.cancel()


class Background:
    """The pieces of a service, by the place where each was asked for."""

    def __init__(self) -> None:
        self._pieces: dict[Hashable, Piece[Any]] = {}
        self._lock = Lock()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")

    def piece(self, place: Hashable, asked: object, work: Callable[[Progress], T]) -> Piece[T]:
        """What is asked for at a place: the piece that is there, or a new one, which is begun."""
        with self._lock:
            there = self._pieces.pop(place, None)
            if there is None or there.asked != asked or not there.is_good:
                if there:
                    there.give_up()
                watch = Watch()
                there = Piece(asked, watch, self._worker.submit(work, watch))
            self._pieces[place] = there  # what was asked for last is forgotten last
            for oldest in list(self._pieces)[:-MOST]:
                self._pieces.pop(oldest).give_up()
            return there

    def give_up(self, place: Hashable, *, but: object) -> None:
        """End what was asked for at a place, unless it is this."""
        with self._lock:
            there = self._pieces.get(place)
            if there and there.asked != but:
                self._pieces.pop(place).give_up()

    def known(self, place: Hashable) -> Piece[Any] | None:
        """The piece that was asked for there, if any."""
        return self._pieces.get(place)

    def close(self) -> None:
        """End all work, and take no more; wait for none of it."""
        with self._lock:
            for piece in self._pieces.values():
                piece.give_up()
            self._pieces.clear()
        self._worker.shutdown(wait=False, cancel_futures=True)
