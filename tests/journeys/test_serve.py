"""`monitor serve`: from the sources to the mail without being asked, a clean stop, and a start after a kill."""

import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from types import FrameType, SimpleNamespace
from urllib.request import urlopen

import pytest
from real_runs import RECIPIENTS, SECONDS, Place, Point, facts, free_port, genuinely, placed, start, template

from monitor import schedule
from monitor.config import SETTINGS_FILE

SOON = 30
"""Seconds a stop may take here: a moment, on a busy machine; a feed that drips would take 55."""


@contextmanager
def serving(place: Place) -> Iterator[subprocess.Popen[str]]:
    process = genuinely(place, "serve")
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def stopped(process: subprocess.Popen[str]) -> str:
    """What it said until its end, which SIGTERM brought about soon and cleanly."""
    asked = time.monotonic()
    process.send_signal(signal.SIGTERM)
    said, log = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, log
    assert time.monotonic() - asked < SOON, log
    assert said == ""
    assert "event='stopped'" in log
    assert "Traceback" not in log
    return log


def test_it_reads_matches_makes_the_owed_edition_and_delivers_it(place, undisturbed):
    with serving(place) as process:
        assert place.inbox.number_is(2), "no mails came"
        log = stopped(process)
    assert facts(place) == undisturbed
    assert place.inbox.counts == Counter(RECIPIENTS)
    for step in ("serving", "ingested", "matched", "edition made", "delivered", "stopped"):
        assert f"event='{step}'" in log


def test_measures_are_answered_on_the_loopback_where_settings_say_so(place):
    port = free_port()
    settings = place.home / SETTINGS_FILE
    settings.write_text(f"{settings.read_text()}\n[metrics]\nport = {port}\n")
    with serving(place) as process:
        lines = iter(process.stderr.readline, "")
        assert any("event='ingested'" in line for line in lines)
        with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            measures = answer.read().decode()
        stopped(process)
    assert re.search(r'^monitor_source_up\{.*source="daily_meridian".*\} 1.0$', measures, re.MULTILINE)
    assert re.search(r'^monitor_source_up\{.*source="britannic_online".*\} 0.0$', measures, re.MULTILINE)


def test_pages_are_answered_beside_the_schedule(place):
    with serving(place) as process:
        told = next(line for line in iter(process.stderr.readline, "") if "event='pages'" in line)
        address = re.search(r"address='(http://127.0.0.1:\d+)'", told)
        with urlopen(f"{address[1]}/healthz") as answer:
            assert answer.read() == b"ok\n"
        stopped(process)


@contextmanager
def dripping() -> Iterator[tuple[str, threading.Event]]:
    """A site whose every answer begins and never ends: its address, and whether it was asked."""
    asked, over = threading.Event(), threading.Event()

    def answer(connection: socket.socket) -> None:
        with closing(connection):
            connection.recv(4096)
            connection.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: 9999\r\n\r\n<rss>"
            )
            asked.set()
            while not over.wait(0.2):
                connection.sendall(b" ")

    def accept() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:  # closed: the test is over
                return
            threading.Thread(target=_until_hung_up, args=(answer, connection), daemon=True).start()

    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", asked
        over.set()


def _until_hung_up(answer: Callable[[socket.socket], None], connection: socket.socket) -> None:
    with suppress(OSError):
        answer(connection)


def test_a_stop_does_not_wait_for_a_slow_feed(tmp_path):
    with dripping() as (site, asked), placed(template(tmp_path / "made", site), tmp_path / "workspace") as place:
        with serving(place) as process:
            assert asked.wait(SECONDS)
            log = stopped(process)
        assert "event='reading cut short'" in log
        with place.store() as store:
            assert store.editions() == [], "an edition of nothing, made before anything was read"


def test_a_stop_right_after_the_start_does_not_wait_either(tmp_path):
    with dripping() as (site, _), placed(template(tmp_path / "made", site), tmp_path / "workspace") as place:
        with serving(place) as process:
            while "event='serving'" not in (line := process.stderr.readline()):
                assert line, "it ended before it served"
            stopped(process)
        with place.store() as store:
            assert store.editions() == []


@pytest.mark.parametrize("line", range(40))
def test_a_stop_may_interrupt_any_line_from_the_start_on(line, monkeypatch):
    """As a signal does: in the thread that runs, also while that holds a lock."""
    service = schedule.Service(SimpleNamespace(home=Path(), settings=SimpleNamespace(poll_minutes=1)))
    monkeypatch.setattr(service, "_beats", dict)
    served, interrupted, seen = threading.Event(), threading.Event(), count()

    def trace(_frame: FrameType, event: str, _: object) -> Callable[..., object]:
        if event == "line" and said and next(seen) == line:
            interrupted.set()
            service.stop()
        return trace

    said: list[str] = []
    monkeypatch.setattr(
        schedule, "log", SimpleNamespace(info=lambda event, **_: (said.append(event), served.set()))
    )

    def run() -> None:
        sys.settrace(trace)
        service.run()

    running = threading.Thread(target=run, daemon=True)
    running.start()
    assert served.wait(SECONDS)
    if not interrupted.wait(0.05):
        service.stop()
    running.join(SOON)
    assert not running.is_alive()
    assert said == ["serving", "stopped"]


def test_a_stop_is_heard_whose_signal_does_not_wake_who_waits(monkeypatch):
    """One that comes just before the wait, or to another thread: its handler runs when the wait has ended."""
    service = schedule.Service(SimpleNamespace(home=Path(), settings=SimpleNamespace(poll_minutes=1)))
    monkeypatch.setattr(service, "_beats", dict)
    monkeypatch.setattr(schedule, "log", SimpleNamespace(info=lambda *_, **__: None))
    missed: list[bool] = []

    def after_all() -> None:
        missed.append(True)
        service.stop()

    before = signal.signal(signal.SIGUSR1, service.stop)
    elsewhere = threading.Timer(0.3, lambda: signal.pthread_kill(threading.get_ident(), signal.SIGUSR1))
    watchdog = threading.Timer(SOON, after_all)
    try:
        elsewhere.start()
        watchdog.start()
        service.run()
    finally:
        watchdog.cancel()
        signal.signal(signal.SIGUSR1, before)
    assert not missed


@pytest.mark.parametrize(
    ("point", "of_the_first"),
    [(Point("save_delivery", "after", 1), 1), (Point("deliver", "after", 1), 2)],
    ids=["when it was recorded", "when it was not"],
)
def test_killed_between_two_mails_and_started_again(point, of_the_first, place, undisturbed):
    assert start(place, "serve", dying=point).end() == -signal.SIGKILL
    with serving(place) as process:
        assert place.inbox.number_is(of_the_first + 1), "the other mail never came"
        stopped(process)
    assert place.inbox.counts == Counter({RECIPIENTS[0]: of_the_first, RECIPIENTS[1]: 1})
    assert all(len(messages) == 1 for messages in place.inbox.messages.values())
    assert facts(place) == undisturbed
