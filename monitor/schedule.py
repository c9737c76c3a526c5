"""The heartbeat: wakes the jobs up, decides nothing. What is owed, the ledger says.

Reading the sources may take minutes, so it has a thread of its own: an edition never waits for it, but once, for
the first reading after a start, and then not for long.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import threading
from collections.abc import Callable, Coroutine, Iterable
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from types import FrameType

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from monitor.app import (
    FIRST,
    Unseen,
    Workspace,
    alert_all,
    compose_all,
    founded,
    ingest_all,
    lay_out_desks,
    match_all,
    metrics_served,
    notify_all,
    open_workspace,
    ping_all,
    purge_all,
    read_bounces,
    send_all,
)
from monitor.core.digest import Standing
from monitor.core.fault import Fault
from monitor.errors import MonitorError
from monitor.jobs.alert import Looked
from monitor.jobs.ingest import IngestReport, Watched
from monitor.jobs.ports import LibraryRead
from monitor.jobs.send import SendReport

log = structlog.get_logger()
LATE_SECONDS = 600
"""A beat that comes this late is still taken; missed ones are taken together, once."""
POLL_SECONDS = 60
"""How often we look which sources are due; when each is, `core.polling` says."""
EDITIONS_SECONDS = 60
ALERTS_SECONDS = 60
NOTICES_SECONDS = 60
PING_SECONDS = 30
DELIVERIES_SECONDS = 10
"""How often we look what is to be sent: an edition that was made is on its way in seconds."""
PURGE_SECONDS = 3600
HEARING_SECONDS = 1.0
"""How often we look whether a signal came: one that comes in the very moment before a wait does not wake it."""
FIRST_READING_SECONDS = 120
"""How long after a start the editions wait for the sources: what came out while nobody looked belongs in them."""


class Service:
    """Keeps a workspace going until it is told to stop."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._asked: SimpleQueue[None] = SimpleQueue()
        self._stopping = threading.Event()
        self._caught_up = threading.Event()
        self._reading: tuple[asyncio.AbstractEventLoop, asyncio.Task[IngestReport]] | None = None
        self._looked: Looked = {}
        self._scheduler = BackgroundScheduler(
            timezone="UTC",
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": LATE_SECONDS},
        )

    def run(self) -> None:
        """Beat until `stop`; then let the running jobs end, cut short where that is safe."""
        for job, seconds in self._beats().items():
            first = datetime.now(UTC)
            name = job.__name__.strip("_")
            self._scheduler.add_job(self._beat(job), "interval", seconds=seconds, id=name, next_run_time=first)
        self._scheduler.start()
        log.info("serving", home=str(self._workspace.home), poll_minutes=self._workspace.settings.poll_minutes)
        self._until_asked()
        self._stopping.set()
        self._caught_up.set()
        self._cut_short()
        self._scheduler.shutdown(wait=True)
        log.info("stopped")

    def stop(self, *_: int | FrameType | None) -> None:
        """Ask for a clean stop; fits a signal handler.

        It may interrupt `run` anywhere: an event's lock, were it held there, would never be had. A simple queue
        takes what is put whatever it interrupts.
        """
        self._asked.put(None)

    def _until_asked(self) -> None:
        """Wait for `stop`, in waits that end: between them Python runs the handler of a signal that woke none."""
        while True:
            with suppress(Empty):
                return self._asked.get(timeout=HEARING_SECONDS)

    def _beats(self) -> dict[Callable[[], None], int]:
        """Each job, and every how many seconds it is woken up."""
        return {
            self._poll: POLL_SECONDS,
            self._editions: EDITIONS_SECONDS,
            self._deliver: DELIVERIES_SECONDS,
            self._alerts: ALERTS_SECONDS,
            self._notices: NOTICES_SECONDS,
            self._ping: PING_SECONDS,
            self._purge: PURGE_SECONDS,
        }

    def _beat(self, job: Callable[[], None]) -> Callable[[], None]:
        """The job, its errors logged: the next beat tries again."""

        def beat() -> None:
            try:
                if not self._stopping.is_set():
                    job()
            except MonitorError as error:
                log.error("not done", job=job.__name__.strip("_"), error=str(error))  # noqa: TRY400 (ours: no trace)

        return beat

    def _founded(self, library: LibraryRead) -> LibraryRead | None:
        """The library, or None before its first agreement: no outlet is read for nobody."""
        return founded(library, self._workspace.store)

    def _poll(self) -> None:
        try:
            self._read()
        finally:
            self._caught_up.set()

    def _read(self) -> None:
        library = self._founded(self._workspace.publish().read)
        if library is None:
            return
        _tell(library.faults)
        report = asyncio.run(self._cancellable(ingest_all(self._workspace, library, Unseen())))
        if report is None:
            return
        _tell_health(report.watched)
        if not report.outcomes:
            return
        _log(report)
        for match in match_all(self._workspace, library, Unseen()):
            log.info("matched", agreement=match.agreement, judged=match.judged, matched=match.matched)

    def _editions(self) -> None:
        self._caught_up.wait(FIRST_READING_SECONDS)
        self._caught_up.set()
        library = None if self._stopping.is_set() else self._founded(self._workspace.publish().read)
        if library is None:
            return
        for match in match_all(self._workspace, library, Unseen()):
            if match.judged:
                log.info("matched", agreement=match.agreement, judged=match.judged, matched=match.matched)
        for desk in lay_out_desks(self._workspace, library):
            log.info("desk open", edition=desk.edition, stories=len(desk.standing(Standing.SHOWN)))
        for report in compose_all(self._workspace, library):
            _tell(report.faults)
            for edition in report.made:
                log.info("edition made", edition=edition.id, subject=edition.mail.subject)

    def _alerts(self) -> None:
        """Once the first edition of a start is made: what is in it is no alert."""
        self._caught_up.wait()
        library = None if self._stopping.is_set() else self._founded(self._workspace.read())
        if library is None:
            return
        for report in alert_all(self._workspace, library, self._looked):
            _tell(report.faults)
            for made in report.made:
                log.info("alert made", edition=made.id, subject=made.mail.subject)

    def _deliver(self) -> None:
        """A long list takes minutes: what is owed meanwhile is made in a thread of its own."""
        _tell_sent(send_all(self._workspace, lambda: not self._stopping.is_set()))

    def _notices(self) -> None:
        bounced, unread = read_bounces(self._workspace)
        _tell(unread)
        for address in bounced.suppressed:
            log.warning(
                "suppressed", recipient=address, remedy="monitor recipients list; lift it when it is mended"
            )
        for notice in notify_all(self._workspace):
            log.info("notice made", edition=notice.id, subject=notice.mail.subject)

    def _ping(self) -> None:
        """Apart from the mail: who is pinged may be slow, or gone."""
        report = ping_all(self._workspace)
        for said in report.said:
            log.info("pinged", edition=said)
        _tell(report.faults)

    def _purge(self) -> None:
        """Once what a start has to catch up with is judged: a text that is due to go is looked at before."""
        self._caught_up.wait()
        library = None if self._stopping.is_set() else self._founded(self._workspace.publish().read)
        if library is None:
            return
        report = purge_all(self._workspace, library, Unseen())
        if report.articles or report.files:
            log.info("texts purged", articles=report.articles, files=report.files, wiped=report.wiped)

    async def _cancellable(self, work: Coroutine[object, object, IngestReport]) -> IngestReport | None:
        """The report, or None when a stop cut it short: what was stored stays, the rest is read next time."""
        reading = asyncio.ensure_future(work)
        self._reading = asyncio.get_running_loop(), reading
        if self._stopping.is_set():  # asked before there was anything to cut short
            reading.cancel()
        try:
            return await reading
        except asyncio.CancelledError:
            log.info("reading cut short")
            return None
        finally:
            self._reading = None

    def _cut_short(self) -> None:
        reading = self._reading
        if reading:
            loop, task = reading
            with suppress(RuntimeError):  # it has ended meanwhile, and its loop is closed
                loop.call_soon_threadsafe(task.cancel)


def _log(report: IngestReport) -> None:
    counts = {"pages_owed": report.pages_owed} if report.pages_owed else {}
    log.info("ingested", articles=report.new, heard=report.heard, failed=len(report.failures), **counts)
    _tell(Fault(o.source, o.error) for o in report.failures)
    for moved in report.moved:
        log.warning("moved for good", source=moved.source, to=moved.moved_to)


def _tell_sent(sent: SendReport) -> None:
    if sent.sent or sent.failed or sent.expired:
        log.info("delivered", sent=sent.sent, failed=sent.failed, expired=sent.expired, waiting=sent.pending)
    for address in sent.suppressed:
        log.warning("suppressed", recipient=address, remedy="monitor recipients list; lift it when it is mended")
    if sent.unavailable:
        log.error("mail server takes nothing", error=sent.unavailable, waiting=sent.pending + sent.unknown)


def _tell(faults: Iterable[Fault]) -> None:
    for fault in faults:
        log.warning("fault", **fault.to_json())


def _tell_health(watched: Watched) -> None:
    for alarm in watched.opened:
        log.warning("alarm", source=alarm.source, kind=str(alarm.kind), why=alarm.why, remedy=alarm.remedy)
    for alarm in watched.closed:
        log.info("alarm over", source=alarm.source, kind=str(alarm.kind), why=alarm.closing)
    for gap in watched.gaps:
        tell = log.info if gap.whole else log.warning
        whole = "nothing was lost" if gap.whole else "may be incomplete"
        tell("coverage gap over", source=gap.source, since=str(gap.start), caught_up=gap.caught_up, whole=whole)


def _log_to_stderr(level: int) -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


def serve(
    home: Path, beside: Callable[[Workspace], AbstractContextManager[str | None]], *, quiet: bool = False
) -> None:
    """Keep the workspace of a folder going until SIGTERM or SIGINT, then stop cleanly.

    `beside` is what runs as long: it gives its address, or None when it does nothing. Log lines go to standard
    error; with `quiet` only warnings and errors.
    """
    _log_to_stderr(logging.WARNING if quiet else logging.INFO)
    with open_workspace(home) as workspace:
        if founded(workspace.publish().read, workspace.store) is None:
            log.info("nothing to do yet", why="there is no agreement", remedy=FIRST)
        service = Service(workspace)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, service.stop)
        with metrics_served(workspace) as port, beside(workspace) as address:
            if port:
                log.info("metrics", address=f"http://127.0.0.1:{port}/metrics")
            if address:
                log.info("pages", address=address)
            service.run()
