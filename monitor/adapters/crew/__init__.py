"""Articles judged by several processes at once: the same answers as from one, to the byte, in the same order.

The processes are forked when everything that judges is ready, so that they share it. One that dies is told, and
what it had is judged again by others, article by article; only one that ends three of them is given up (F34). So
who asks does not judge along with them: what ends a process must not end it.

Articles and answers lie in memory that both sides have (`desk.py`), and over a pipe goes only how long they are: a
pipe takes 64 kB at a time, and the answers of a shard (`shards.py`) may be megabytes.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import cycle
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Generic, Self, TypeAlias, TypeVar

import msgspec

from monitor.adapters.crew.desk import Desk
from monitor.adapters.crew.shards import FEW, Shard, shards
from monitor.core.article import Article
from monitor.core.fault import Fault

TRIES = 3
"""How many processes an article may end before it is given up."""
LENGTH = 8
"""Bytes of a message: how long is what lies there."""
Answer = TypeVar("Answer")
"""What is said of an article; msgspec can pack it, and it holds no part of what it was unpacked from."""
Judge: TypeAlias = Callable[[Sequence[Article]], list[Answer]]
"""Says of each article what it is, in order, and raises nothing."""
_ENCODER = msgspec.msgpack.Encoder()
_ARTICLES = msgspec.msgpack.Decoder(list[Article])


class Crew(Generic[Answer]):
    """So many processes that judge; forked when first needed, ended with the context. None for a few articles."""

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
            member.end(at_once=error is not None)
        self._members.clear()

    def judge(self, articles: Sequence[Article]) -> list[Answer]:
        """What is said of each article, in order."""
        if self._processes < 2 or len(articles) <= FEW:
            return self._judge(articles)
        self._hire()
        waiting = deque(shards(articles, self._processes))
        busy: dict[Connection, Shard] = {}
        answered: list[tuple[Shard, memoryview]] = []
        found: list[Answer] = [None] * len(articles)  # type: ignore[list-item]
        while waiting or busy or answered:
            self._hand_out(waiting, busy, found)
            for shard, answers in answered:  # read while who gave them has the next shard
                found[shard.of] = self._decoder.decode(answers)
            answered = self._collect(waiting, busy, found)
        return found

    def _hand_out(self, waiting: deque[Shard], busy: dict[Connection, Shard], found: list[Answer]) -> None:
        """A shard for everyone who has none."""
        for pipe, member in self._members.items():
            while waiting and pipe not in busy:
                shard = waiting.popleft()
                try:
                    member.give(shard.articles)
                    busy[pipe] = shard
                except UnicodeEncodeError:  # half of a surrogate pair, which cannot be packed
                    found[shard.of] = self._judge(shard.articles)

    def _collect(
        self, waiting: deque[Shard], busy: dict[Connection, Shard], found: list[Answer]
    ) -> list[tuple[Shard, memoryview]]:
        """What is answered, as soon as anything is; what a dead one had waits again."""
        answered = []
        ready = wait(list(busy)) if busy else []
        for pipe in [pipe for pipe in busy if pipe in ready]:
            shard, answers = busy.pop(pipe), self._members[pipe].answers()
            if answers is None:
                how = self._members.pop(pipe).end()
                waiting.extendleft(reversed(self._again(shard, how, found)))
                self._hire()
            else:
                answered.append((shard, answers))
        return answered

    def _again(self, shard: Shard, how: str, found: list[Answer]) -> list[Shard]:
        """What of a shard that ended its process is judged again, one by one."""
        ended = shard.ended + 1
        if ended < TRIES:
            remedy = f"what it had is judged again by others: {_count(len(shard.articles))}"
            self.faults.append(Fault("judging", f"a process that judged {how}", remedy))
            at = range(len(found))[shard.of]
            return [Shard(slice(n, n + 1), [one], ended) for n, one in zip(at, shard.articles, strict=True)]
        what = f"it ended {TRIES} processes that judged it; the last {how}"
        found[shard.of] = [self._given_up(article, what) for article in shard.articles]
        return []

    def _hire(self) -> None:
        """As many more processes as are lacking."""
        if len(self._members) == self._processes:
            return
        gc.collect()
        gc.freeze()  # or every process would copy what is shared, only to look through it for garbage
        while len(self._members) < self._processes:
            member = _Member(self._judge, list(self._members.values()))
            self._members[member.pipe] = member
        gc.unfreeze()


class _Member:
    """One process, as seen from here."""

    def __init__(self, judge: Judge[Any], others: Sequence[_Member]) -> None:
        fork = multiprocessing.get_context("fork")
        self.pipe, there = fork.Pipe()
        self._desks = (Desk(), Desk())  # two: at one it judges, while at the other its last answers are read
        self._turns = cycle(self._desks)
        self._desk = self._desks[0]
        of_others = [part for other in others for part in (other.pipe, *other._desks)]
        args = (judge, there, self._desks, [self.pipe, *of_others])
        self._process = fork.Process(target=_serve, args=args, daemon=True)
        self._process.start()
        there.close()

    def give(self, articles: Sequence[Article]) -> None:
        """Let it judge these; one that is dead by now is found out when its answers are read.

        Raises:
            UnicodeEncodeError: they cannot be packed.
        """
        packed = _ENCODER.encode(articles)
        self._desk = next(self._turns)
        length = self._desk.put(packed)
        with suppress(OSError):
            _tell(self.pipe, length)

    def answers(self) -> memoryview | None:
        """What it says of them; lies there until it is given articles the next time but one. None: it is dead."""
        try:
            return self._desk.read(_told(self.pipe))
        except (EOFError, OSError):  # it died, maybe in the middle of a word
            return None

    def end(self, *, at_once: bool = False) -> str:
        """Let it go, once it has judged what it has or at once; say how it ended."""
        if at_once:
            self._process.kill()
        self.pipe.close()
        self._process.join()
        for desk in self._desks:
            desk.close()
        code = self._process.exitcode or 0
        return f"was killed by signal {-code}" if code < 0 else f"ended with status {code}"


def _serve(
    judge: Judge[Any], pipe: Connection, desks: Sequence[Desk], not_its_own: Sequence[Connection | Desk]
) -> None:
    """Judge what lies at each desk by turns, until nobody is there any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends who asked, and that ends us
    for one in not_its_own:
        one.close()
    packed = bytearray()  # kept: memory that is had already is written several times as fast as new memory
    with suppress(EOFError, OSError):
        for desk in cycle(desks):
            _ENCODER.encode_into(judge(_ARTICLES.decode(desk.read(_told(pipe)))), packed)
            _tell(pipe, desk.put(packed))
    os._exit(0)  # nothing is to be tidied up, written or waited for: all that is open here is its parent's


def _tell(pipe: Connection, length: int) -> None:
    pipe.send_bytes(length.to_bytes(LENGTH))


def _told(pipe: Connection) -> int:
    return int.from_bytes(pipe.recv_bytes())


def cores() -> int:
    """How many processors this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _count(articles: int) -> str:
    return f"{articles} article{'' if articles == 1 else 's'}"
