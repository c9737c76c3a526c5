"""Parsers run where nothing they do can hurt: in worker processes with limits; fits the parsers of `jobs.ports`.

A page or feed that eats memory, runs for ever or breaks its parser costs its worker, and nobody else notices: the
caller is told (`ParseError`), and the next body gets a new worker. Here is the side of those who call; `nursery`
is the process that everything is loaded in once and workers are forked from, `wire` what is said between them.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from threading import BoundedSemaphore, Lock
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar, get_type_hints

import msgspec

from monitor import errors
from monitor.adapters.workers.nursery import Nursery
from monitor.adapters.workers.wire import Channel, Closed, Limits, Reply, Task, name_of
from monitor.errors import FetchError, MonitorError, ParseError

__all__ = ["Limits", "Workers"]

P = ParamSpec("P")
T = TypeVar("T")


class Workers:
    """Processes that run the given functions, one call at a time each; started when first asked.

    Threads may share it. The functions are annotated ones at the top of a module; what goes in and comes out is
    data: bytes, texts, numbers, instants, dataclasses of them.
    """

    def __init__(self, *functions: Callable[..., Any], limits: Limits | None = None, count: int = 0) -> None:
        """`count` processes at most; 0: as many as there are cores to run on."""
        self._limits = limits or Limits()
        self._nursery = Nursery([name_of(function) for function in functions], self._limits)
        self._turns = BoundedSemaphore(count or _cores())
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all of them; who waits for one is told that it broke, and nothing is run any more."""
        with self._lock:
            idle, self._idle = self._idle, []
            for worker in self._busy:
                worker.channel.hang_up()
        for worker in idle:
            worker.channel.close()
        self._nursery.close()

    def confined(self, function: Callable[P, T]) -> Callable[P, T]:
        """The function, run in a worker.

        What it returns raises `ParseError` where the function would have broken, or taken more time or memory than
        the limits allow; the function's own `MonitorError` comes through as it is.
        """
        name, decoder = name_of(function), msgspec.msgpack.Decoder(get_type_hints(function)["return"])

        def in_a_worker(*arguments: P.args, **options: P.kwargs) -> T:
            result: T = decoder.decode(self._run(Task(name, arguments, dict(options))))
            return result

        return in_a_worker

    def _run(self, task: Task) -> msgspec.Raw:
        with self._turns:
            worker = self._hired()
            with self._lock:
                self._busy.add(worker)
            try:
                reply = worker.ask(task)
            except (OSError, Closed) as error:
                raise ParseError(self._end_of(worker, error)) from None
            finally:
                with self._lock:
                    self._busy.discard(worker)
            self._back(worker, reply)
        if reply.error:
            raise _raised(reply)
        return reply.result

    def _hired(self) -> _Worker:
        while True:
            with self._lock:
                if not self._idle:
                    break
                worker = self._idle.pop()
            if not worker.channel.ended():
                return worker
            self._end_of(worker, Closed())
        return _Worker(*self._nursery.fork(), self._limits)

    def _back(self, worker: _Worker, reply: Reply) -> None:
        if reply.last:
            worker.channel.close()
            self._nursery.reap(worker.pid)
            return
        with self._lock:
            self._idle.append(worker)

    def _end_of(self, worker: _Worker, error: Exception) -> str:
        """What became of a worker that did not answer; it is gone afterwards."""
        worker.channel.close()
        status = self._nursery.reap(worker.pid, kill=True)
        if isinstance(error, TimeoutError):
            return f"no parser was done with it in {self._limits.wall_seconds:g} seconds: given up"
        if status.cpu_seconds >= self._limits.cpu_seconds:
            return f"it took its parser more than {self._limits.cpu_seconds:g} seconds: given up"
        return f"it broke its parser ({status.how})"


class _Worker:
    """One process, as seen from here."""

    def __init__(self, pid: int, end: socket.socket, limits: Limits) -> None:
        self.pid, self.channel = pid, Channel(end)
        self._seconds = limits.wall_seconds

    def ask(self, task: Task) -> Reply:
        """What it says to a task.

        Raises:
            TimeoutError: nothing, within the limit.
            Closed, OSError: it is gone.
        """
        self.channel.send(msgspec.msgpack.encode(task), self._seconds)
        return msgspec.msgpack.decode(self.channel.receive(self._seconds), type=Reply)


def _raised(reply: Reply) -> MonitorError:
    """The error that ended the function, if it is one of ours (none of them fetches); else a `ParseError`."""
    kind = getattr(errors, reply.error, None)
    if isinstance(kind, type) and issubclass(kind, MonitorError) and not issubclass(kind, FetchError):
        return kind(reply.message)
    return ParseError(f"cannot be read: {reply.error}: {reply.message}".rstrip(": "))


def _cores() -> int:
    """How many processors this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
