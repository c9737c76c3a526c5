"""How fast an edition goes to 2,000 recipients through a real mail server (aiosmtpd) in a process of its own.

`python -m benchmarks.bench_send [--recipients 2000] [--kilobytes 85]`
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import socket

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from monitor.adapters.mail import Sender, Smtp, SmtpSettings
from monitor.adapters.store import open_store
from monitor.core.edition import Delivery, Edition, Mail, Window, message_id
from monitor.jobs.send import SendReport, send

END = datetime(2026, 11, 25, 7, tzinfo=UTC)
DOMAIN = "reader.example"


class Taking:
    """Takes every mail, and keeps none."""

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802
        return "250 taken"


def _serve(port: int, ready: multiprocessing.synchronize.Event, over: multiprocessing.synchronize.Event) -> None:
    class Local(Controller):
        def factory(self) -> SMTP:
            return SMTP(self.handler, hostname="mx.example")

    controller = Local(Taking(), hostname="127.0.0.1", port=port)
    controller.start()
    ready.set()
    over.wait()
    controller.stop()


@contextmanager
def mail_server() -> Iterator[int]:
    """A mail server in another process; its port."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    ready, over = multiprocessing.Event(), multiprocessing.Event()
    process = multiprocessing.Process(target=_serve, args=(port, ready, over))
    process.start()
    ready.wait(30)
    try:
        yield port
    finally:
        over.set()
        process.join(30)


def edition_of(kilobytes: int) -> Edition:
    """An edition whose HTML part has that size."""
    line = '<p class="why">Scottish Child Payment · in connection with <b>Scotland</b> (“Scottish”)</p>\n'
    html = line * (kilobytes * 1000 // len(line.encode()))
    mail = Mail("Scottish Child Payment leads: 23 stories", "A line of the text part.\n" * kilobytes, html)
    return Edition("b/morning/1", "b", "morning", Window(END - timedelta(days=1), END), END, "f", mail, "{}")


def sent_to(recipients: int, kilobytes: int, per_connection: int) -> tuple[SendReport, float, float]:
    """What was sent, with wall and processor seconds of the sender."""
    edition = edition_of(kilobytes)
    addresses = [f"r{n}@{DOMAIN}" for n in range(recipients)]
    deliveries = [Delivery(edition.id, a, message_id(edition.id, a, DOMAIN)) for a in addresses]
    with tempfile.TemporaryDirectory() as folder, mail_server() as port:
        store = open_store(f"sqlite:///{Path(folder) / 'bench.db'}")
        store.make_edition(edition, [], deliveries)
        settings = SmtpSettings("127.0.0.1", (DOMAIN,), port, starttls=False, per_connection=per_connection)
        post = Smtp(settings, Sender(f"monitor@{DOMAIN}", domain=DOMAIN))
        wall, processor = time.perf_counter(), time.process_time()
        report = send(store, post, lambda: END + timedelta(minutes=1))
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        post.close()
        store.close()
    return report, wall, processor


def main() -> None:
    """Print one line for each way of using connections."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--recipients", type=int, default=2000)
    parser.add_argument("--kilobytes", type=int, default=85, help="of the HTML part")
    given = parser.parse_args()
    for per_connection in (100, 1):
        report, wall, processor = sent_to(given.recipients, given.kilobytes, per_connection)
        each = f"{1000 * processor / given.recipients:.1f} ms CPU each"
        how = f"{report.sent} sent, {per_connection} a connection"
        print(f"{how}: {wall:.1f} s wall, {processor:.1f} s CPU, {each}, {60 * report.sent / wall:.0f} a minute")


if __name__ == "__main__":
    main()
