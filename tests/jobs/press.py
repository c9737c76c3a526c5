"""A press of many hosts on one loopback server, which writes down who asked what and when."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from monitor.core.source import Outlet, Rights, Source

LATE = 0.05


@dataclass(frozen=True)
class Request:
    host: str
    path: str
    etag: str
    """What it says in If-None-Match."""


@dataclass(frozen=True)
class Reply:
    body: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    how: str = ""
    """`hang`: nothing is said; `drip`: a byte every half second; `junk`: no HTTP; `late`: a moment later."""


@dataclass(frozen=True)
class Asked:
    """A line of the server's log."""

    at: datetime
    """By the clock that was given, which may be a made-up one."""
    began: float
    ended: float
    host: str
    path: str
    status: int
    etag: str


class Press:
    """Serves any host's pages by what `answer` says, until the block ends."""

    def __init__(self, clock: Callable[[], datetime], answer: Callable[[Request], Reply]) -> None:
        self.clock, self.answer = clock, answer
        self.log: list[Asked] = []
        self.port = 0
        self._loop = asyncio.new_event_loop()

    def __enter__(self) -> Self:
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _serve(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            asyncio.start_server(self._connected, "127.0.0.1", 0, backlog=1_000)
        )
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self._loop.run_forever()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        server.close()
        self._loop.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
            headers = {name.lower(): value for name, value in headers.items()}
            host = headers["host"].partition(":")[0]
            request = Request(host, head[0].split()[1], headers.get("if-none-match", ""))
            at, began = self.clock(), time.monotonic()
            reply = self.answer(request)
            await self._say(reply, writer)
            said = (request.path, reply.status, request.etag)
            self.log.append(Asked(at, began, time.monotonic(), host, *said))
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _say(self, reply: Reply, writer: asyncio.StreamWriter) -> None:
        body = reply.body.encode()
        if reply.how == "hang":
            await asyncio.sleep(3_600)
        if reply.how == "late":
            await asyncio.sleep(LATE)
        if reply.how == "junk":
            writer.write(b"220 mail.example ESMTP\r\n")
            return
        known = {"Content-Length": str(len(body)), "Connection": "close", "Content-Type": "text/html"}
        lines = [f"{name}: {value}" for name, value in (known | reply.headers).items()]
        writer.write("\r\n".join([f"HTTP/1.1 {reply.status} -", *lines, "", ""]).encode())
        for byte in body if reply.how == "drip" else ():
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0.5)
        if reply.how != "drip":
            writer.write(body)
            await writer.drain()


async def here(host: str, port: int) -> list[str]:
    """A resolver to whom every name is this machine."""
    return ["127.0.0.1"]


def outlets_at(hosts: Iterable[str], each: int, port: int, *, full_text: Callable[[str], bool]) -> list[Outlet]:
    """An outlet for each host, with so many feeds."""
    return [
        Outlet(
            host,
            host,
            "Owner",
            "Scotland",
            2,
            rights=Rights(store_text=full_text(host)),
            sources=tuple(
                Source(f"{host}-{n}", host, url=f"http://{host}.example:{port}/feed/{n}") for n in range(each)
            ),
        )
        for host in hosts
    ]
