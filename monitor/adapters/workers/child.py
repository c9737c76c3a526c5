"""The nursery's own process, and the workers forked from it; `python -m` runs it, nobody imports it.

A worker may take so much memory and processor time, and may open nothing: no file, no connection. What it needs of
either is loaded before it is born.
"""

from __future__ import annotations

import encodings
import gc
import importlib
import inspect
import math
import os
import pkgutil
import resource
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.machinery import BuiltinImporter, FrozenImporter
from typing import Any, get_type_hints

import msgspec

from monitor.adapters.workers.nursery import FORK, KILL, PID_BYTES, Orders, Status
from monitor.adapters.workers.wire import MAX_RESULT, Channel, Closed, Limits, Reply, Task
from monitor.core.json import texts_only
from monitor.errors import MonitorError

_GROWN = 0.5
"""A worker that has held more than this share of its memory is not used again: the next has a right to all."""
_SAMPLES = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><item><title>A</title><link>http://a.example/1</link>'
    b"<pubDate>Mon, 02 Mar 2026 09:00:00 BST</pubDate></item></channel></rss>",
    b"<html><head><meta property='article:published_time' content='2 March 2026'></head><body><article><h1>A</h1>"
    b"<p>Social Security Scotland said that payments would begin in the autumn of the year.</p></article></body>",
)
_Functions = Mapping[str, "_Function"]
_NOTHING = msgspec.Raw(msgspec.msgpack.encode(None))


def main(orders: str) -> None:
    """Load everything, then fork and reap as told until nobody listens."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # we end when those who started us do, not before
    told = msgspec.json.decode(orders, type=Orders)
    functions = {name: _Function(name) for name in told.functions}
    _warm(functions)
    gc.freeze()
    control = socket.socket(fileno=os.dup(0))
    os.close(0)
    os.open(os.devnull, os.O_RDONLY)
    answer = Channel(control)
    answer.send(b"ready")
    while request := socket.recv_fds(control, 1 + PID_BYTES, 1):
        (said, lines, _, _) = request
        if not said:
            return
        if said[:1] == FORK:
            answer.send(_born(control, lines[0], functions, told.limits).to_bytes(PID_BYTES, "big"))
        else:
            pid = int.from_bytes(said[1:], "big")
            answer.send(msgspec.msgpack.encode(_reaped(pid, kill=said[:1] == KILL)))


class _Function:
    """A function and the types of what it is given."""

    def __init__(self, name: str) -> None:
        module, _, function = name.partition(":")
        self._call: Callable[..., Any] = getattr(importlib.import_module(module), function)
        self._signature = inspect.signature(self._call)
        self._types = get_type_hints(self._call)

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """What it returns; its arguments come as plain data and are made what its annotations say."""
        given = self._signature.bind(*arguments, **options)
        for name, value in given.arguments.items():
            given.arguments[name] = msgspec.convert(value, self._types[name])
        return self._call(*given.args, **given.kwargs)


def _warm(functions: _Functions) -> None:
    """Have everything loaded that is loaded on first use: a worker cannot open a file."""
    for module in pkgutil.iter_modules(encodings.__path__):
        with suppress(ImportError):  # mbcs and oem are Windows' own
            importlib.import_module(f"encodings.{module.name}")
    for function in functions.values():
        for sample in _SAMPLES:
            with suppress(Exception):  # a page is no feed: it is run for what it imports
                function(sample, url="http://a.example/")


def _born(control: socket.socket, line: int, functions: _Functions, limits: Limits) -> int:
    pid = os.fork()
    if pid:
        os.close(line)
        return pid
    try:
        control.close()
        _live(Channel(socket.socket(fileno=line)), functions, limits)
    finally:
        os._exit(0)


def _reaped(pid: int, *, kill: bool) -> Status:
    if kill:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    _, status, usage = os.wait4(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    how = signal.Signals(-code).name if code < 0 else f"exit status {code}"
    return Status(how, usage.ru_utime + usage.ru_stime)


# --------------------------------------------------------------- in the worker


def _live(line: Channel, functions: _Functions, limits: Limits) -> None:
    _confine(limits)
    reply = Reply(_NOTHING)
    while not reply.last:
        try:
            task = msgspec.msgpack.decode(line.receive(), type=Task)
        except Closed:
            return
        _allow(limits.cpu_seconds)
        reply = _reply(functions[task.function], task)
        reply.last = reply.last or _held() > _GROWN * limits.memory
        line.send(msgspec.msgpack.encode(reply))


def _confine(limits: Limits) -> None:
    void = os.open(os.devnull, os.O_WRONLY)
    os.dup2(void, 2)  # what a C library says as it dies
    # To look for a module that is not there (feedparser does, for each feed) would open every folder of the path
    # that has changed since: no folder can be opened, and the parser would end by that.
    sys.meta_path[:] = [BuiltinImporter, FrozenImporter]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    with suppress(ValueError):  # macOS knows no limit of address space
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))


def _allow(seconds: float) -> None:
    """From now on so much processor time; the kernel ends who takes more, wherever it is."""
    until = math.ceil(time.process_time() + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def _reply(function: _Function, task: Task) -> Reply:
    try:
        result = _encoded(function(*task.arguments, **task.options))
    except MonitorError as error:
        return Reply(_NOTHING, type(error).__name__, str(error))
    except MemoryError:
        return Reply(_NOTHING, "MemoryError", "it takes more memory than a parser may have", last=True)
    except Exception as error:  # noqa: BLE001 - whatever a parser raises is this body's affair; told, not lost
        return Reply(_NOTHING, type(error).__name__, str(error)[:300].encode("utf-8", "replace").decode())
    if len(result) > MAX_RESULT:
        return Reply(_NOTHING, "ParseError", f"what is in it takes more than {MAX_RESULT:,} bytes", last=True)
    return Reply(msgspec.Raw(result))


def _encoded(result: object) -> bytes:
    try:
        return msgspec.msgpack.encode(result)
    except UnicodeEncodeError:  # half of a surrogate pair, as JSON may hold: no text
        return msgspec.msgpack.encode(texts_only(msgspec.to_builtins(result)))


def _held() -> int:
    """Bytes of memory it has had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main(sys.argv[1])
