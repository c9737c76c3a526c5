"""Work measured in alternating rounds: each in a process of its own, so that memory and answers stay apart.

A round asks each in turn; whatever disturbs the machine then disturbs all of them.
"""

from __future__ import annotations

import json
import math
import multiprocessing
import statistics
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any, Protocol

from benchmarks.machine import busy, cpu_here, forget_peak, memory_of, peak_of

ROUND = 0.3
"""CPU seconds of a round, about and at least: a server's are counted in hundredths."""
MOST = 100
"""How often the work is done in one round, at most."""
_FORK = multiprocessing.get_context("fork")


class Work(Protocol):
    """What is measured. Made in its own process."""

    def once(self) -> None:
        """All of the work, timed."""

    def answer(self) -> Any:
        """The same, and what it came to, as JSON; asked once, before the rounds."""

    def elsewhere(self) -> tuple[float, int]:
        """CPU seconds so far, and bytes at the peak, of processes that are not children of this one."""

    def close(self) -> None:
        """Let go of them."""


@dataclass
class Measured:
    """What one piece of work cost."""

    name: str
    answer: Any = None
    build: float = 0.0
    """CPU seconds until it was ready."""
    first: float = 0.0
    """CPU seconds of the first time, in which what is made only when it is needed is made."""
    cpu: list[float] = field(default_factory=list)
    """CPU seconds of each round, those of children and of a server included."""
    wall: list[float] = field(default_factory=list)
    """Seconds of each round by the clock."""
    others: list[float] = field(default_factory=list)
    """Processors that the rest of the machine was using in each round: what the clock says hangs on them."""
    memory: int = 0
    """Bytes it took at its peak, over what its process held before it was made."""
    fault: str = ""
    """Why it could not be measured."""

    @property
    def seconds(self) -> float:
        """CPU seconds: the median of its rounds."""
        return statistics.median(self.cpu)

    @property
    def disturbed(self) -> float:
        """Processors that others were using: the median of its rounds."""
        return statistics.median(self.others)

    @property
    def waited(self) -> float:
        """Seconds by the clock: the median of its rounds."""
        return statistics.median(self.wall)


def alternate(
    works: Mapping[str, Callable[[], Work]], rounds: int, tell: Callable[[str], None] = print
) -> dict[str, Measured]:
    """Each piece of work by name: built, asked for its answer, then all timed in turn, so many rounds.

    What cannot be built says why, and is left out of the rounds.
    """
    measured = {name: Measured(name) for name in works}
    workers: dict[str, _Worker] = {}
    try:
        for name, make in works.items():
            workers[name] = _Worker(make)
            if not workers[name].ready(measured[name]):
                tell(f"left out: {name}: {measured[name].fault}")
                workers.pop(name).end()
        for _ in range(rounds):
            for name, worker in workers.items():
                cpu, wall, others = worker.ask("once")
                measured[name].cpu.append(cpu)
                measured[name].wall.append(wall)
                measured[name].others.append(others)
        for name, worker in workers.items():
            measured[name].memory = worker.ask("memory")
    finally:
        for worker in workers.values():
            worker.end()
    return measured


class _Worker:
    """The process of one piece of work, at the other end of a pipe."""

    def __init__(self, make: Callable[[], Work]) -> None:
        self._here, there = _FORK.Pipe()
        self._process = _FORK.Process(target=_serve, args=(make, there))
        self._process.start()
        there.close()

    def ready(self, measured: Measured) -> bool:
        """Wait until it is built, and take its answer; whether that could be done."""
        try:
            measured.build, measured.fault = self.ask("build")
            if not measured.fault:
                measured.first, measured.answer = self.ask("answer")
        except EOFError:
            measured.fault = "its process died, for want of memory perhaps"
        return not measured.fault

    def ask(self, what: str) -> Any:
        """What its process says.

        Raises:
            EOFError: it has ended.
        """
        self._here.send_bytes(json.dumps(what).encode())
        return json.loads(self._here.recv_bytes())

    def end(self) -> None:
        """Let it end, and wait for that."""
        with suppress(OSError):  # it has ended by itself
            self._here.send_bytes(json.dumps("end").encode())
        self._process.join()


class _Serving:
    """One piece of work, in its process."""

    def __init__(self, make: Callable[[], Work]) -> None:
        forget_peak()
        self._before = memory_of()
        self._make = make
        self._work: Work | None = None
        self._times = 1
        """How often the work is done in one round, so that a round can be measured."""

    def build(self) -> tuple[float, str]:
        """CPU seconds it took; why it cannot be built, if so."""
        start = cpu_here()
        try:
            self._work = self._make()
        except ImportError as error:
            return 0.0, f"{error.name or error} is not installed; make bench installs it"
        except Exception:  # noqa: BLE001 - that a library cannot take so many patterns is a result
            return 0.0, traceback.format_exc().strip().rpartition("\n")[2]
        return cpu_here() - start, ""

    def once(self) -> tuple[float, float, float]:
        """CPU seconds and seconds by the clock that the work takes once; processors that others used meanwhile."""
        assert self._work
        clock, start, everybody = time.perf_counter(), cpu_here() + self._work.elsewhere()[0], busy()
        for _ in range(self._times):
            self._work.once()
        everybody = busy() - everybody
        cpu = cpu_here() + self._work.elsewhere()[0] - start
        wall = time.perf_counter() - clock
        return cpu / self._times, wall / self._times, max(0, everybody - cpu) / wall

    def answer(self) -> tuple[float, Any]:
        """CPU seconds of the first time, and what the work comes to."""
        assert self._work
        start = cpu_here() + self._work.elsewhere()[0]
        answer = self._work.answer()
        cpu = cpu_here() + self._work.elsewhere()[0] - start
        self._times = math.ceil(ROUND / max(cpu, ROUND / MOST))
        return cpu, answer

    def memory(self) -> int:
        """Bytes at the peak."""
        assert self._work
        return max(0, peak_of() - self._before) + self._work.elsewhere()[1]

    def end(self) -> None:
        """Let go of what it holds."""
        if self._work:
            self._work.close()


def _serve(make: Callable[[], Work], pipe: Connection) -> None:
    """Answer what is asked over the pipe, until the end."""
    serving = _Serving(make)
    while True:
        try:
            what = json.loads(pipe.recv_bytes())
        except EOFError:  # whoever asked is gone
            what = "end"
        said = getattr(serving, what)()
        if what == "end":
            return
        pipe.send_bytes(json.dumps(said).encode())
