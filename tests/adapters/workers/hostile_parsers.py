"""What a bad page makes of its parser; run in workers by the tests."""

from __future__ import annotations

import importlib
import os
import signal
import socket
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from monitor.errors import FeedError


@dataclass(frozen=True, slots=True)
class Found:
    words: dict[str, int]
    at: datetime | None
    pid: int


def well(body: bytes, *, at: datetime | None = None) -> Found:
    """What honest parsers do: data in, data out."""
    return Found(Counter(body.decode().split()), at, os.getpid())


def eat(body: bytes) -> int:
    """Takes memory until there is none."""
    return sum(map(len, [body * 1_000_000 for _ in range(100_000)]))


def nibble(body: bytes) -> int:
    """Takes much, and gives it back."""
    return len(body * 300_000_000) and os.getpid()


def spin(body: bytes) -> None:
    while True:
        body.strip()


def sleep(body: bytes) -> int:
    time.sleep(float(body))
    return os.getpid()


def crash(body: bytes) -> None:
    os.kill(os.getpid(), signal.Signals[body.decode()])


def leave(body: bytes) -> None:
    os._exit(3)


def refuse(body: bytes) -> None:
    raise FeedError(body.decode())


def stumble(body: bytes) -> int:
    return len(body) // 0


def half_a_letter(body: bytes) -> str:
    return body.decode() + "\ud800"


def too_much(body: bytes) -> bytes:
    return body * 100_000_000


def open_file(body: bytes) -> str:
    return Path(body.decode()).read_text()


def look_for(body: bytes) -> str:
    try:
        return importlib.import_module(body.decode()).__name__
    except ImportError:
        return "none"


def connect(body: bytes) -> str:
    return str(socket.create_connection(("127.0.0.1", int(body)), timeout=5))
