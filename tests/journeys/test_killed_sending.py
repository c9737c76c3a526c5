"""Sending killed with SIGKILL at any step of the talk with a mail server, again and again (fault F22).

The server kills its sender when it hears the n-th MAIL, RCPT or DATA, before it answers, or just after it has
answered a whole message; chance chooses the steps. It counts what came: nobody is left out, and nobody has a
second copy but where the process died between the message and the commit; then the copies are the same bytes.

MONITOR_FULL=1 runs fifty seeds on both databases.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from clean_processes import CLEAN
from real_runs import free_port

from monitor.adapters.mail import Sender, Smtp, SmtpSettings
from monitor.adapters.store import open_store
from monitor.core.edition import Delivery, DeliveryState, Edition, Mail, Window, message_id
from monitor.jobs.send import send

FULL = bool(os.environ.get("MONITOR_FULL"))
SEEDS = range(50 if FULL else 2)
END = datetime(2026, 11, 25, 7, tzinfo=UTC)
WINDOW = Window(END - timedelta(days=1), END)
EDITION = Edition("sss/morning/1", "sss", "morning", WINDOW, END, "f", Mail("S", "T" * 900, "<p>H"), "{}")
PEOPLE = [f"r{n}@reader.example" for n in range(8)]
STEPS = ("MAIL", "RCPT", "DATA", "answered")
SECONDS = 600
"""Longest wait for anything; passed only when something is wrong, however busy the machine."""


class Killer:
    """A mail server that kills who talks to it, at a step and a number; without a victim it lets all pass."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.step, self.left = "", 0
        self.victim, self.pid = Event(), 0

    def aim(self, step: str, number: int) -> None:
        self.step, self.left = step, number
        self.victim.clear()

    async def _reached(self, step: str) -> None:
        if step != self.step:
            return
        self.left -= 1
        if self.left == 0:
            await asyncio.to_thread(self.victim.wait, SECONDS)
            os.kill(self.pid, signal.SIGKILL)

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:
        envelope.mail_from = address
        await self._reached("MAIL")
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        await self._reached("RCPT")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        self.taken.append((envelope.rcpt_tos[0], envelope.content))
        await self._reached("DATA")
        if self.step == "answered":
            asyncio.get_running_loop().call_later(0.002, asyncio.ensure_future, self._reached("answered"))
        return "250 taken"


@pytest.fixture
def killer() -> Iterator[tuple[Killer, int]]:
    class Local(Controller):
        def factory(self) -> SMTP:
            return SMTP(self.handler, hostname="mx.example")

    handler = Killer()
    controller = Local(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield handler, controller.port
    finally:
        controller.stop()


def sending(url: str, port: int) -> None:
    """The process: it sends what is open, and ends."""
    settings = SmtpSettings(
        "127.0.0.1", ("reader.example",), port, starttls=False, timeout=SECONDS, per_connection=3
    )
    store, post = open_store(url), Smtp(settings, Sender("m@monitor.example", domain="monitor.example"))
    send(store, post, lambda: END + timedelta(minutes=1))
    post.close()
    store.close()


def run(url: str, port: int, killer: Killer) -> int:
    process = CLEAN.Process(target=sending, args=(url, port))
    process.start()
    killer.pid = process.pid
    killer.victim.set()
    process.join(SECONDS)
    assert process.exitcode is not None, "still running"
    return process.exitcode


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_is_left_out_and_a_second_copy_is_the_first(seed, store, store_url, killer):
    server, port = killer
    deliveries = [Delivery(EDITION.id, a, message_id(EDITION.id, a, "monitor.example")) for a in PEOPLE]
    assert store.make_edition(EDITION, [], deliveries)
    chance, in_window = random.Random(seed), 0
    for _ in range(chance.randint(2, 4)):
        step = chance.choice(STEPS)
        server.aim(step, chance.randint(1, 3))
        in_window += run(store_url, port, server) == -signal.SIGKILL and step in ("DATA", "answered")
    server.aim("", 0)
    assert run(store_url, port, server) == 0
    assert {d.state for d in store.deliveries(EDITION.id)} == {DeliveryState.SENT}
    copies = Counter(recipient for recipient, _ in server.taken)
    assert set(copies) == set(PEOPLE)
    assert copies.total() - len(PEOPLE) <= in_window
    assert all(len({content for r, content in server.taken if r == recipient}) == 1 for recipient in copies)
