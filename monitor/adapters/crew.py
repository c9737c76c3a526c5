"""Articles judged by several processes at once: the same answers as from one, to the byte, in the same order.

The processes are forked when everything that judges is ready, so that they share it. One that dies is told, and
what it had is judged again by others, article by article; only one that ends three of them is given up (F34).
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Generic, NamedTuple, Self, TypeAlias, TypeVar

import msgspec

from monitor.core.article import Article
from monitor.core.fault import Fault

SHARD = 64
"""Articles that a process is given at a time."""
TRIES = 3
"""How many processes an article may end before it is given up."""
Answer = TypeVar("Answer")
"""What is said of an article; msgspec can pack it."""
Judge: TypeAlias = Callable[[Sequence[Article]], list[Answer]]
"""Says of each article what it is, in order, and raises nothing."""
_ARTICLES = msgspec.msgpack.Decoder(list[Article])


class _Shard(NamedTuple):
    """Articles that are judged together: where they begin among all, and how many processes they ended."""

    start: int
    articles: Sequence[Article]
    ended: int = 0


class Crew(Generic[Answer]):
    """So many processes that judge; forked when first needed, ended with the context. None for a single shard."""

    def __init__(
        self,
        judge: Judge[Answer],
        given_up: Callable[[Article, str], Answer],
        answer: type[Answer],
        processes: int,
    ) -> None:
        """`given_up` says of an article that it cannot be judged, and why; both say an `answer`."""
        self._judge = judge
        self._given_up = given_up
        self._decoder: msgspec.msgpack.Decoder[list[Answer]] = msgspec.msgpack.Decoder(list[answer])  # type: ignore[valid-type]
        self._processes = processes
        self._members: dict[Connection, _Member] = {}
        self.faults: list[Fault] = []
        """Which processes died, and what became of their articles."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for member in self._members.values():
            member.end()
        self._members.clear()

    def judge(self, articles: Sequence[Article]) -> list[Answer]:
        """What is said of each article, in order."""
        if self._processes < 2 or len(articles) <= SHARD:
            return self._judge(articles)
        waiting = deque(_Shard(at, articles[at : at + SHARD]) for at in range(0, len(articles), SHARD))
        found: dict[int, list[Answer]] = {}
        self._hire()
        idle, busy = list(self._members), dict[Connection, _Shard]()
        while waiting or busy:
            while waiting and idle:
                end = idle.pop()
                busy[end] = waiting.popleft()
                self._members[end].give(busy[end].articles)
            ready = wait(list(busy))
            for end in [end for end in busy if end in ready]:
                shard = busy.pop(end)
                try:
                    found[shard.start] = self._decoder.decode(end.recv_bytes())
                    idle.append(end)
                except (EOFError, OSError):  # it died, maybe in the middle of a word
                    waiting.extendleft(reversed(self._again(shard, self._members.pop(end).end(), found)))
                    idle += self._hire()
        return [answer for start in sorted(found) for answer in found[start]]

    def _again(self, shard: _Shard, how: str, found: dict[int, list[Answer]]) -> list[_Shard]:
        """What of a shard that ended its process is judged again, one by one."""
        ended = shard.ended + 1
        if ended < TRIES:
            remedy = f"what it had is judged again by others: {_count(len(shard.articles))}"
            self.faults.append(Fault("judging", f"a process that judged {how}", remedy))
            return [_Shard(shard.start + at, [one], ended) for at, one in enumerate(shard.articles)]
        what = f"it ended {TRIES} processes that judged it; the last {how}"
        found[shard.start] = [self._given_up(article, what) for article in shard.articles]
        return []

    def _hire(self) -> list[Connection]:
        """As many more processes as are lacking."""
        hired: list[Connection] = []
        if len(self._members) == self._processes:
            return hired
        gc.collect()
        gc.freeze()  # or every process would copy what is shared, only to look through it for garbage
        while len(self._members) < self._processes:
            member = _Member(self._judge, list(self._members))
            self._members[member.end_here] = member
            hired.append(member.end_here)
        gc.unfreeze()
        return hired


class _Member:
    """One process, as seen from here."""

    def __init__(self, judge: Judge[Any], others: Sequence[Connection]) -> None:
        fork = multiprocessing.get_context("fork")
        self.end_here, there = fork.Pipe()
        not_its_own = (*others, self.end_here)
        self._process = fork.Process(target=_serve, args=(judge, there, not_its_own), daemon=True)
        self._process.start()
        there.close()

    def give(self, articles: Sequence[Article]) -> None:
        """Let it judge these; one that is dead by now is found out when its answer is read."""
        with suppress(OSError):
            self.end_here.send_bytes(msgspec.msgpack.encode(articles))

    def end(self) -> str:
        """Let it go, and say how it ended."""
        self.end_here.close()
        self._process.join()
        code = self._process.exitcode or 0
        return f"was killed by signal {-code}" if code < 0 else f"ended with status {code}"


def _serve(judge: Judge[Any], pipe: Connection, not_its_own: Sequence[Connection]) -> None:
    """Judge what comes, until nobody is there any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends who asked, and that ends us
    for end in not_its_own:
        end.close()
    with suppress(EOFError, OSError):
        while True:
            pipe.send_bytes(msgspec.msgpack.encode(judge(_ARTICLES.decode(pipe.recv_bytes()))))
    os._exit(0)  # nothing is to be tidied up, written or waited for: all that is open here is its parent's


def cores() -> int:
    """How many processors this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _count(articles: int) -> str:
    return f"{articles} article{'' if articles == 1 else 's'}"
