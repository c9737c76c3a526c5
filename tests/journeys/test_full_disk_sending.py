"""The disk fills up while mail goes out (fault F28): nobody is left out, and no more than one mail goes twice.

What went out and cannot be written down would go out again with every beat. A real disk of 16 MB, an SQLite
database on it, a real mail server, which fills the disk when it has taken some mails.
"""

from __future__ import annotations

import errno
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from real_runs import free_port

from monitor.adapters.mail import Sender, Smtp, SmtpSettings
from monitor.adapters.store import open_store
from monitor.core.edition import Delivery, DeliveryState, Edition, Mail, Window, message_id
from monitor.errors import StoreError
from monitor.jobs.send import send

END = datetime(2026, 11, 25, 7, tzinfo=UTC)
MOMENT = END + timedelta(minutes=1)
EDITION = Edition(
    "sss/morning/1", "sss", "morning", Window(END - timedelta(days=1), END), END, "f", Mail("S", "T", "<p>H"), "{}"
)
PEOPLE = [f"r{n:03}@reader.example" for n in range(120)]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of sixteen megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def fill(disk: Path) -> None:
    """Leave not a byte."""
    with (disk / "filling").open("ab", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise


class Filling:
    """A mail server that fills a disk once it has taken so many mails."""

    def __init__(self, disk: Path, number: int) -> None:
        self.disk, self.number = disk, number
        self.taken: list[tuple[str, bytes]] = []

    async def handle_DATA(self, server, session, envelope) -> str:
        self.taken.append((envelope.rcpt_tos[0], envelope.content))
        if len(self.taken) == self.number:
            fill(self.disk)
        return "250 taken"


@pytest.fixture
def opened(disk: Path, new_sqlite):
    store = open_store(new_sqlite(disk))
    deliveries = [Delivery(EDITION.id, a, message_id(EDITION.id, a, "monitor.example")) for a in PEOPLE]
    assert store.make_edition(EDITION, [], deliveries)
    yield store
    store.close()


@pytest.mark.parametrize("number", [1, 7, 50, 51])
def test_nobody_is_left_out_and_one_mail_goes_twice_at_most(number: int, disk: Path, opened) -> None:
    class Local(Controller):
        def factory(self) -> SMTP:
            return SMTP(self.handler, hostname="mx.example")

    server = Filling(disk, number)
    controller = Local(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings = SmtpSettings("127.0.0.1", ("reader.example",), controller.port, starttls=False, timeout=600)
    post = Smtp(settings, Sender("m@monitor.example", domain="monitor.example"))
    try:
        for _ in range(8):  # the heartbeat tries again and again
            with pytest.raises(StoreError):
                send(opened, post, lambda: MOMENT)
        assert len(server.taken) <= number + 4  # what was left of the last page takes a few more
        (disk / "filling").unlink()
        send(opened, post, lambda: MOMENT)
    finally:
        post.close()
        controller.stop()
    assert {d.state for d in opened.deliveries(EDITION.id)} == {DeliveryState.SENT}
    copies = Counter(recipient for recipient, _ in server.taken)
    assert set(copies) == set(PEOPLE)
    assert copies.total() <= len(PEOPLE) + 1
    assert all(len({content for r, content in server.taken if r == recipient}) == 1 for recipient in copies)
    with closing(sqlite3.connect(disk / "monitor.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
