"""Parsers that eat memory, hang or crash, in real processes: the caller is told, and nobody else notices (F11)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import hostile_parsers as hostile
import pytest

from monitor.adapters.workers import Limits, Workers
from monitor.errors import FeedError, ParseError

FUNCTIONS = [
    *(hostile.well, hostile.eat, hostile.nibble, hostile.spin, hostile.sleep, hostile.crash, hostile.leave),
    *(hostile.refuse, hostile.stumble, hostile.half_a_letter, hostile.too_much),
    *(hostile.open_file, hostile.look_for, hostile.connect),
]
LIMITS = Limits(cpu_seconds=1, wall_seconds=10, memory=500_000_000)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(*FUNCTIONS, limits=LIMITS, count=2) as workers:
        yield workers


def resident(pid: int | str = "self") -> int:
    """Bytes a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def soon(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + 30
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)
    return holds()


# --------------------------------------------------------------- honest bodies


def test_data_goes_in_and_comes_out_as_it_is(workers: Workers) -> None:
    here = hostile.well(b"one two one", at=NOW)
    there = workers.confined(hostile.well)(b"one two one", at=NOW)
    assert (there.words, there.at) == (here.words, here.at)
    assert there.pid != here.pid


def test_a_worker_is_used_again(workers: Workers) -> None:
    well = workers.confined(hostile.well)
    assert well(b"").pid == well(b"").pid


def test_several_at_once_and_no_more_than_asked_for(workers: Workers) -> None:
    sleep = workers.confined(hostile.sleep)
    with ThreadPoolExecutor(6) as pool:
        pids = list(pool.map(sleep, [b"0.1"] * 6))
    assert len(set(pids)) == 2


def test_what_the_function_raises_comes_through(workers: Workers) -> None:
    with pytest.raises(FeedError, match="this is not a feed"):
        workers.confined(hostile.refuse)(b"this is not a feed")
    with pytest.raises(ParseError, match="ZeroDivisionError"):
        workers.confined(hostile.stumble)(b"x")


def test_half_a_letter_is_none(workers: Workers) -> None:
    assert workers.confined(hostile.half_a_letter)(b"a").startswith("a\ufffd")


# --------------------------------------------------------------- bad ones

HARM = [
    (hostile.eat, b"x", "memory"),
    (hostile.too_much, b"x", "takes more than"),
    (hostile.spin, b"x", "more than 1 seconds"),
    (hostile.crash, b"SIGKILL", "SIGKILL"),
    (hostile.crash, b"SIGSEGV", "SIGSEGV"),
    (hostile.leave, b"", "exit status 3"),
]


@pytest.mark.parametrize(("harm", "body", "why"), HARM)
def test_the_caller_is_told_and_the_neighbours_are_unharmed(
    workers: Workers, harm: Callable[[bytes], object], body: bytes, why: str
) -> None:
    well = workers.confined(hostile.well)
    with ThreadPoolExecutor(2) as pool:
        bad = pool.submit(workers.confined(harm), body)
        good = [well(b"a word").words["word"] for _ in range(20)]
        with pytest.raises(ParseError, match=why):
            bad.result()
    assert good == [1] * 20
    assert well(b"a word").words["word"] == 1


def test_one_that_waits_for_ever_is_given_up() -> None:
    with Workers(*FUNCTIONS, limits=Limits(1, 5, 500_000_000), count=1) as workers:
        with pytest.raises(ParseError, match=r"in 5 seconds"):
            workers.confined(hostile.sleep)(b"1000")
        assert workers.confined(hostile.well)(b"word").words["word"] == 1


def test_memory_is_bounded_here_and_there(workers: Workers) -> None:
    before = resident()
    for _ in range(3):
        with pytest.raises(ParseError):
            workers.confined(hostile.eat)(b"x")
    assert resident() - before < 50_000_000


def test_one_that_has_grown_is_not_used_again(workers: Workers) -> None:
    grown = workers.confined(hostile.nibble)(b"x")
    assert soon(lambda: not alive(grown))
    assert workers.confined(hostile.well)(b"").pid != grown


def test_one_killed_between_two_bodies_costs_none(workers: Workers) -> None:
    well = workers.confined(hostile.well)
    killed = well(b"").pid
    os.kill(killed, signal.SIGKILL)
    assert soon(lambda: not alive(killed))
    assert well(b"word").words["word"] == 1


def test_a_nursery_that_is_killed_is_started_again() -> None:
    with Workers(*FUNCTIONS, limits=LIMITS, count=1) as workers:
        first = workers.confined(hostile.well)(b"").pid
        nursery = int(Path(f"/proc/{first}/stat").read_text().rpartition(")")[2].split()[1])
        os.kill(nursery, signal.SIGKILL)
        os.kill(first, signal.SIGKILL)
        assert soon(lambda: not alive(first))
        assert workers.confined(hostile.well)(b"word").words["word"] == 1


# --------------------------------------------------------------- nothing is opened


def test_closing_waits_for_no_body_and_nothing_is_begun_afterwards() -> None:
    workers = Workers(*FUNCTIONS, limits=Limits(cpu_seconds=60, wall_seconds=60), count=1)
    sleep = workers.confined(hostile.sleep)
    with ThreadPoolExecutor(2) as threads:
        waiting = [threads.submit(sleep, b"50") for _ in range(2)]
        assert soon(lambda: bool(workers._busy))
        workers.close()
        for answer in waiting:
            with pytest.raises(ParseError):
                answer.result(timeout=30)
    with pytest.raises(ParseError):
        sleep(b"0.1")
    assert workers._nursery._process is None


def test_no_file_is_opened(workers: Workers, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    canary.write_text("CANARY")
    with pytest.raises(ParseError, match="Too many open files"):
        workers.confined(hostile.open_file)(str(canary).encode())


def test_a_module_that_is_not_there_is_looked_for_in_no_folder(monkeypatch, tmp_path: Path) -> None:
    """Folders of the path change while workers live: the one we are in, that of an installation."""
    monkeypatch.syspath_prepend(tmp_path)
    with Workers(*FUNCTIONS, limits=LIMITS, count=1) as workers:
        look_for = workers.confined(hostile.look_for)
        assert look_for(b"msgspec") == "msgspec"
        (tmp_path / "nonsuch.py").write_text("")
        assert look_for(b"nonsuch") == "none"


def test_no_connection_is_made(workers: Workers) -> None:
    with pytest.raises(ParseError, match="Too many open files"):
        workers.confined(hostile.connect)(b"80")


# --------------------------------------------------------------- the end

PARENT = """
import sys, time
from monitor.adapters.workers import Workers
import hostile_parsers as hostile
workers = Workers(hostile.well, hostile.spin)
print(workers.confined(hostile.well)(b"").pid, flush=True)
if sys.argv[1] == "close":
    workers.close()
time.sleep(100)
"""


@pytest.mark.parametrize("end", ["close", "killed"])
def test_nothing_is_left_running(end: str) -> None:
    here = Path(__file__).parent
    parent = subprocess.Popen([sys.executable, "-c", PARENT, end], stdout=subprocess.PIPE, text=True, cwd=here)
    try:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        if end == "killed":
            parent.kill()
        assert soon(lambda: not alive(worker))
    finally:
        parent.kill()
        parent.wait()
