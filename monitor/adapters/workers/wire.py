"""What is said between the workers and those who ask them, and the limits they live under."""

from __future__ import annotations

import contextlib
import select
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

MAX_MESSAGE = 100_000_000
"""Bytes of one message: six times the largest body that is fetched."""
MAX_RESULT = MAX_MESSAGE // 2
"""Bytes of what a function returns."""
_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Limits:
    """What one body may cost its parser."""

    cpu_seconds: float = 20
    """Of processor time."""
    wall_seconds: float = 120
    """By the clock: a machine may be busy with other things."""
    memory: int = 1_000_000_000
    """Bytes of address space of a worker, what is loaded in it included."""


class Task(msgspec.Struct, array_like=True):
    """A call of a function."""

    function: str
    """`module:name`."""
    arguments: tuple[Any, ...]
    options: dict[str, Any]


class Reply(msgspec.Struct, array_like=True):
    """What came of it."""

    result: msgspec.Raw
    error: str = ""
    """Name of the error's class, when there was one."""
    message: str = ""
    last: bool = False
    """The worker ends now: it has grown too large to be used again."""


class Closed(Exception):
    """The other side is gone."""


class Channel:
    """Messages over a stream socket, each with its length in front."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end

    def send(self, message: bytes, seconds: float | None = None) -> None:
        """Say it all, within so many seconds.

        Raises:
            TimeoutError: the other side does not listen.
            OSError: it is gone.
        """
        self._end.settimeout(seconds)
        self._end.sendall(len(message).to_bytes(_LENGTH, "big"))
        self._end.sendall(message)

    def receive(self, seconds: float | None = None) -> bytes:
        """The next message, whole within so many seconds.

        Raises:
            TimeoutError: it did not come.
            Closed: there will be none.
        """
        until = None if seconds is None else time.monotonic() + seconds
        length = int.from_bytes(self._exactly(_LENGTH, until), "big")
        if length > MAX_MESSAGE:
            raise Closed
        return bytes(self._exactly(length, until))

    def ended(self) -> bool:
        """Whether the other side, which has nothing to say now, is gone."""
        listening = select.poll()
        listening.register(self._end, select.POLLIN)
        return bool(listening.poll(0))

    def _exactly(self, size: int, until: float | None) -> bytearray:
        data = bytearray(size)
        view, got = memoryview(data), 0
        while got < size:
            self._end.settimeout(None if until is None else max(0.001, until - time.monotonic()))
            came = self._end.recv_into(view[got:])
            if not came:
                raise Closed
            got += came
        return data

    def hang_up(self) -> None:
        """End the line for whoever waits at either end; fits another thread than theirs."""
        with contextlib.suppress(OSError):  # it has ended already
            self._end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Say no more."""
        self._end.close()


def name_of(function: Callable[..., Any]) -> str:
    """`module:name`, by which another process finds it."""
    return f"{function.__module__}:{function.__qualname__}"
