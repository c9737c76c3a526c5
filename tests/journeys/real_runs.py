"""Real processes for journeys: a workspace on the sample site, a mail server, `monitor` started and killed.

A process here runs the command line's own `main`, started by a fork server that has imported it already: a real
process that really dies, two seconds of imports sooner. `genuinely` starts one as a person does.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from itertools import count
from pathlib import Path
from threading import Condition, Event
from types import MappingProxyType

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from clean_processes import CLEAN

from monitor.adapters.mail import Smtp
from monitor.adapters.store import Store, open_store
from monitor.adapters.store.engine import Database
from monitor.app import demo_workspace
from monitor.config import SETTINGS_FILE
from monitor.core.json import Json

AGREEMENT = "social-security-scotland"
RECIPIENTS = ("first@reader.example", "second@reader.example")
SECONDS = 120
"""Longest wait for anything; passed only when something is wrong."""
LONG_AGO, FAR_AHEAD = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)

# --------------------------------------------------------------- the mail server


class Inbox:
    """What a mail server took. It answers when it may, and can kill the sender before it does."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        """Recipient and message, in order."""
        self.changed = Condition()
        self.may_answer = Event()
        self.may_answer.set()
        self.kill_at = 0
        """The mail, counted from 1, that is the last thing its sender does; 0: none."""
        self.victim = Event()
        self.pid = 0

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:
        with self.changed:
            self.taken += [(recipient, envelope.content) for recipient in envelope.rcpt_tos]
            self.changed.notify_all()
        await asyncio.to_thread(self.may_answer.wait, SECONDS)
        if self.kill_at and len(self.taken) == self.kill_at:
            assert self.victim.wait(SECONDS)
            os.kill(self.pid, signal.SIGKILL)
        return "250 taken"

    def number_is(self, number: int) -> bool:
        """Whether so many mails come in time."""
        with self.changed:
            return self.changed.wait_for(lambda: len(self.taken) >= number, SECONDS)

    def kill_at_next(self, number: int) -> None:
        """Kill the sender of the n-th mail from now on, when all of it has come in and no answer gone out."""
        self.victim.clear()
        self.kill_at = len(self.taken) + number

    def aim(self, pid: int) -> None:
        """Name the process to kill."""
        self.pid = pid
        self.victim.set()

    @property
    def counts(self) -> Counter[str]:
        """How many mails each recipient has."""
        return Counter(recipient for recipient, _ in self.taken)

    @property
    def message_ids(self) -> dict[str, set[str]]:
        """The Message-IDs that each recipient has seen."""
        return {
            r: {str(message_from_bytes(m)["Message-ID"]) for to, m in self.taken if to == r} for r in self.counts
        }

    @property
    def messages(self) -> dict[str, set[bytes]]:
        """The different messages, to the byte, that each recipient has."""
        return {r: {m for to, m in self.taken if to == r} for r in self.counts}


@contextmanager
def post_office() -> Iterator[tuple[Inbox, int]]:
    """A mail server on loopback: its inbox and its port."""

    class Local(Controller):
        def factory(self) -> SMTP:
            return SMTP(self.handler, hostname="mx.example")

    inbox = Inbox()
    controller = Local(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield inbox, controller.port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# --------------------------------------------------------------- the workspace


@dataclass(frozen=True)
class Place:
    """A workspace, its database, and who takes its mail."""

    home: Path
    url: str
    inbox: Inbox

    @contextmanager
    def store(self) -> Iterator[Store]:
        store = open_store(self.url)
        try:
            yield store
        finally:
            store.close()


def template(folder: Path, site: str) -> Path:
    """A workspace as the demo makes it, to be copied: making it takes longer than copying it."""
    demo_workspace(folder, site)
    return folder


@contextmanager
def placed(made: Path, home: Path, url: str | None = None) -> Iterator[Place]:
    """A copy of a workspace with a mail server of its own; without `url` its database is an SQLite file."""
    shutil.copytree(made, home)
    settings = home / SETTINGS_FILE
    url = url or f"sqlite:///{home / 'var' / 'monitor.db'}"
    with post_office() as (inbox, port):
        mail = {
            "sending": "smtp",
            "host": "127.0.0.1",
            "port": port,
            "starttls": False,
            "sender": "monitor@monitor.example",
            "allowed_domains": ["reader.example"],
        }
        lines = [f"database = {json.dumps(url)}", settings.read_text("utf-8"), "[mail]"]
        lines += [f"{key} = {json.dumps(value)}" for key, value in mail.items()]
        lines += ["[recipients]", f"comms-team = {json.dumps(RECIPIENTS)}", "[web]", 'listen = "127.0.0.1:0"']
        settings.write_text("\n".join(lines), "utf-8")
        yield Place(home, url, inbox)


# --------------------------------------------------------------- processes


@dataclass(frozen=True)
class Point:
    """Where a process dies: before, within (all said, nothing committed) or after the n-th call of a method."""

    method: str
    position: str
    number: int = 1

    def __str__(self) -> str:
        return f"{self.position}-{self.method}-{self.number}"


@dataclass
class Run:
    """A started process."""

    process: multiprocessing.Process
    said: Path
    """What it wrote, both streams."""

    @property
    def output(self) -> str:
        return self.said.read_text("utf-8")

    def end(self) -> int:
        """Its exit status, once it has ended; negative is a signal."""
        self.process.join(SECONDS)
        assert self.process.exitcode is not None, f"still running\n{self.output}"
        return self.process.exitcode


_runs = count(1)


def start(place: Place, *command: str, dying: Point | None = None, together: object = None) -> Run:
    """Start `monitor COMMAND --home ...`; `together` is a barrier it waits at before its first step."""
    said = place.home.parent / f"{place.home.name}-{next(_runs)}.txt"
    arguments = [*command, "--home", str(place.home)]
    process = CLEAN.Process(target=_monitor, args=(arguments, str(said), dying, together))
    process.start()
    return Run(process, said)


def run(place: Place, dying: Point | None = None) -> int:
    """The exit status of `monitor run`."""
    if dying and dying.method == "deliver" and dying.position == "within":
        place.inbox.kill_at_next(dying.number)
        started = start(place, "run")
        place.inbox.aim(started.process.pid)
    else:
        started = start(place, "run", dying=dying)
    status = started.end()
    assert status in (0, 1, -signal.SIGKILL), started.output
    return status


@dataclass(frozen=True)
class Typed:
    """What came of a command."""

    status: int
    out: bytes
    errors: str

    @property
    def said(self) -> str:
        """Standard output as text."""
        return self.out.decode("utf-8")


def typed(
    folder: Path, *command: str, given: bytes = b"", environment: Mapping[str, str] = MappingProxyType({})
) -> Typed:
    """What `monitor COMMAND` makes of what it is given on standard input; its streams are files in the folder."""
    stdin, stdout, stderr = (folder / f"{next(_runs)}.txt" for _ in range(3))
    stdin.write_bytes(given)
    process = CLEAN.Process(
        target=_type, args=(list(command), dict(environment), str(stdin), str(stdout), str(stderr))
    )
    process.start()
    process.join(SECONDS)
    assert process.exitcode is not None, "still running"
    return Typed(process.exitcode, stdout.read_bytes(), stderr.read_text("utf-8"))


def _type(command: list[str], environment: dict[str, str], stdin: str, stdout: str, stderr: str) -> None:
    from monitor.cli.main import main

    os.environ.update(environment)
    os.dup2(os.open(stdin, os.O_RDONLY), 0)
    os.dup2(os.open(stdout, os.O_WRONLY | os.O_CREAT), 1)
    os.dup2(os.open(stderr, os.O_WRONLY | os.O_CREAT), 2)
    sys.stdin = os.fdopen(0)
    sys.argv = ["monitor", *command]
    main()


def genuinely(place: Place, *command: str) -> subprocess.Popen[str]:
    """Start `python -m monitor COMMAND --home ...` as a person does."""
    return subprocess.Popen(
        [sys.executable, "-m", "monitor", *command, "--home", str(place.home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _monitor(arguments: list[str], said: str, dying: Point | None, together: object) -> None:
    """The process: its output into a file, its death arranged, then the command line."""
    from monitor.cli.main import main

    stream = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(stream, 1)
    os.dup2(stream, 2)
    if dying:
        arrange(dying)
    if together is not None:
        together.wait(SECONDS)
    sys.argv = ["monitor", *arguments]
    main()


def arrange(dying: Point) -> None:
    owner = Smtp if dying.method == "deliver" else Store
    real, calls = getattr(owner, dying.method), count(1)

    def counted(*given: object, **more: object) -> object:
        if next(calls) != dying.number:
            return real(*given, **more)
        if dying.position == "before":
            _die()
        if dying.position == "within":
            Database.write = _uncommitted
        done = real(*given, **more)
        _die()
        return done

    setattr(owner, dying.method, counted)


def _uncommitted(database: Database, unit: object) -> None:
    """Everything of a unit of work is said to the database, and nothing committed."""
    database._run(database._writing, lambda connection: (unit(connection), _die()))


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


# --------------------------------------------------------------- what there is at the end


def facts(place: Place) -> dict[str, Json]:
    """Everything that must not depend on how often a process was killed: no times, no order of arrival."""
    with place.store() as store:
        ids = [a.id for a in store.articles(LONG_AGO, FAR_AHEAD)]
        judged = store.judgements(AGREEMENT, ids)
        (edition,) = store.editions()
        content = json.loads(edition.content)
        return {
            "articles": sorted(ids),
            "judgements": {i: judged[i].to_json() for i in sorted(judged)},
            "edition": edition.id,
            "items": sorted((i.article, i.section, i.story) for i in store.items(edition.id)),
            "sections": [_section(part) for part in content["sections"]],
            "sources": [content["completeness"][key] for key in ("sources", "heard")],
            "deliveries": sorted((d.recipient, str(d.state), d.message_id) for d in store.deliveries(edition.id)),
            "open": store.open_deliveries(),
        }


def _section(part: dict) -> Json:
    counts = {key: part[key] for key in ("id", "count", "major", "held")}
    stories = {item["story"]: [item["also"], item["major"], sorted(_outlets(item))] for item in part["items"]}
    return {**counts, "stories": stories}


def _outlets(item: dict) -> list[str]:
    return [item["outlet"], *(copy["outlet"] for group in item["copies"] for copy in group["copies"])]
