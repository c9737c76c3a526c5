"""The process that workers are forked from, as seen by those who need one.

Everything is loaded once, there; a new worker then costs milliseconds, so a feed of a hundred pages that each kill
their parser is no burden. It is a process of its own because this one has threads, which no fork survives.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from threading import Lock

import msgspec

from monitor.adapters.workers.wire import Channel, Closed, Limits
from monitor.errors import ParseError

FORK, REAP, KILL = b"f", b"r", b"k"
PID_BYTES = 8
_CHILD = "monitor.adapters.workers.child"
_START_SECONDS = 120
"""Until everything is loaded, on the slowest of machines."""
_ANSWER_SECONDS = 30


class Status(msgspec.Struct, array_like=True):
    """How a worker ended."""

    how: str
    """In plain words: a signal's name, an exit status."""
    cpu_seconds: float = 0.0
    """Of processor time over its whole life: no less than its last body's."""


class Orders(msgspec.Struct, array_like=True):
    """What a nursery is started with."""

    functions: Sequence[str]
    limits: Limits


class Nursery:
    """Started when the first worker is wanted, and again should it die; never after it was closed."""

    def __init__(self, functions: Sequence[str], limits: Limits) -> None:
        self._orders = msgspec.json.encode(Orders(functions, limits)).decode()
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()
        self._closed = False

    def fork(self) -> tuple[int, socket.socket]:
        """A new worker: its process id, and our end of the line to it.

        Raises:
            ParseError: no process can be made.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                pid = self._forked(theirs)
            except (OSError, Closed) as error:
                ours.close()
                with self._lock:
                    self._end()
                raise ParseError(f"no parser can be started: {error or 'its process ended'}") from error
        return pid, ours

    def reap(self, pid: int, *, kill: bool = False) -> Status:
        """How a worker ended that has been told to, or is made to now."""
        with self._lock:
            try:
                self._control.sendall((KILL if kill else REAP) + pid.to_bytes(PID_BYTES, "big"))
                return msgspec.msgpack.decode(Channel(self._control).receive(_ANSWER_SECONDS), type=Status)
            except (OSError, Closed):
                self._end()
                return Status("all parsers ended")

    def close(self) -> None:
        """End it for good; its workers end when their lines do."""
        self._closed = True
        starting = self._process
        if starting is not None:
            starting.kill()  # who waits for it, with the lock in hand, is told so
        with self._lock:
            self._end()

    def _forked(self, theirs: socket.socket) -> int:
        with self._lock:
            if self._closed:
                raise Closed
            if self._process is None or self._process.poll() is not None:
                self._end()
                self._start()
            socket.send_fds(self._control, [FORK + bytes(PID_BYTES)], [theirs.fileno()])
            return int.from_bytes(Channel(self._control).receive(_ANSWER_SECONDS), "big")

    def _start(self) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - ourselves
                [sys.executable, "-m", _CHILD, self._orders],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                start_new_session=True,  # Ctrl-C is ours to answer
            )
        Channel(self._control).receive(_START_SECONDS)

    def _end(self) -> None:
        if self._process is not None:
            self._control.close()
            self._process.kill()
            self._process.wait()
            self._process = None
