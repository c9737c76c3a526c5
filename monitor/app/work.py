"""The jobs on a workspace, in their order.

publish → ingest → match → compose → send
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from monitor.adapters.fetch import HttpFetcher, Limits
from monitor.app.advising import advice_of_the_week
from monitor.app.copies import lines_around
from monitor.app.crews import crews_of
from monitor.app.kinds import Kinds
from monitor.app.library import usable
from monitor.app.parsing import parsers
from monitor.app.recipients import read_bounces
from monitor.app.workspace import Workspace, has_database, holidays_of, manners_of, now, open_workspace
from monitor.config import FetchSettings, Settings
from monitor.core.agreement import Agreement, Digest
from monitor.core.edition import Edition
from monitor.core.fault import Fault
from monitor.core.source import Sources, SourceState
from monitor.core.term_yield import YieldReport
from monitor.jobs.alert import AlertReport, Looked, alert
from monitor.jobs.audit import Auditor, AuditReport, audit
from monitor.jobs.bounces import BounceReport
from monitor.jobs.check_sources import SourceCheck, check_sources
from monitor.jobs.compose import ComposeReport, Draft, compose_owed
from monitor.jobs.compose import preview as make_preview
from monitor.jobs.doctor import Checkup, check_up
from monitor.jobs.due import DueEdition, due
from monitor.jobs.ingest import IngestReport, Pace, ingest, known_states
from monitor.jobs.match import MatchReport, match
from monitor.jobs.notify import ToldWhom, notify
from monitor.jobs.ping import PingReport, ping
from monitor.jobs.ports import LibraryRead, Progress
from monitor.jobs.publish import Published
from monitor.jobs.purge import FilesDue, PurgeLine, PurgeReport, plan_files, plan_purge, purge
from monitor.jobs.send import SendReport, send
from monitor.jobs.weigh_aliases import AliasReport, weigh_aliases
from monitor.jobs.weigh_terms import Tried, propose_changes, weigh_terms


class Unseen:
    """A progress that nobody sees."""

    def start(self, what: str, total: int | None) -> None:
        """Say nothing."""

    def advance(self, count: int = 1, **counts: int) -> None:
        """Say nothing."""

    def finish(self) -> None:
        """Say nothing."""


def fetcher(settings: FetchSettings) -> HttpFetcher:
    """What addresses are read with."""
    limits = Limits(
        connect=settings.connect_seconds,
        read=settings.connect_seconds,
        total=settings.total_seconds,
        body=settings.max_bytes,
    )
    return HttpFetcher(contact=settings.contact, limits=limits, allowed_private=frozenset(settings.allow_private))


async def ingest_all(
    workspace: Workspace, library: LibraryRead, progress: Progress, *, all_sources: bool = False
) -> IngestReport:
    """Read every source that is due, or with `all_sources` every one."""
    settings = workspace.settings
    pace = Pace(
        every=timedelta(minutes=settings.poll_minutes),
        pages=settings.fetch.pages_at_once,
        pause=settings.fetch.pause_seconds,
        again=tuple(timedelta(hours=hours) for hours in sorted(settings.fetch.read_again_hours)),
        all_sources=all_sources,
    )
    with parsers(settings.parsing, workspace.home) as parse:
        async with fetcher(settings.fetch) as web:
            return await ingest(
                library.sources,
                workspace.store,
                workspace.store,
                web,
                parse.reader,
                parse.read_page,
                workspace.clock,
                progress,
                pace,
                parse.read_robots if settings.fetch.robots else None,
            )


def source_states(home: Path, sources: Sources) -> dict[str, SourceState]:
    """What is known of every polled source, by its id: when it was heard, when it is asked next, why.

    No database is made for it: without one nothing is known.
    """
    if not has_database(home):
        return {}
    with open_workspace(home) as workspace:
        return known_states(sources, workspace.store)


def match_all(
    workspace: Workspace, library: LibraryRead, progress: Progress, processes: int = 1
) -> tuple[MatchReport, ...]:
    """Judge what every agreement has not judged yet.

    Several `processes` are forked: only for a command of one job, not where threads of others are at work.
    """
    matchers, crews = workspace.compiled.matcher, crews_of(processes)
    return tuple(
        match(agreement, library.sources, workspace.store, workspace.clock, progress, matchers, crews)
        for agreement in library.agreements
    )


def compose_all(workspace: Workspace, library: LibraryRead) -> tuple[ComposeReport, ...]:
    """Make every edition that is owed; what is wrong with the recipients is told first."""
    composer, recipients = workspace.composer(library), workspace.recipients(library)
    made = (compose_owed(composer, agreement, recipients) for agreement in library.agreements)
    faults = (*recipients.faults, *composer.faults)
    return (*([ComposeReport(faults=faults)] if faults else []), *made)


def alert_all(workspace: Workspace, library: LibraryRead, looked: Looked | None = None) -> tuple[AlertReport, ...]:
    """Make every alert that there is reason for; `looked` remembers, from one call to the next, what was seen."""
    alerter, faults = workspace.alerter(library, {} if looked is None else looked)
    recipients = workspace.recipients(library)
    made = (alert(alerter, agreement, recipients) for agreement in library.agreements)
    return (*([AlertReport(faults=faults)] if faults else []), *made)


def notify_all(workspace: Workspace) -> tuple[Edition, ...]:
    """Tell IT and the editors what is wrong and was not told."""
    alarms = workspace.settings.alarms
    known = tuple(name for name in alarms.webhooks if name in workspace.settings.webhooks)
    whom = ToldWhom(workspace.mail_domain, alarms.to, alarms.editors, known)
    return notify(workspace.store, whom, workspace.clock, partial(advice_of_the_week, workspace))


def ping_all(workspace: Workspace) -> PingReport:
    """Let somebody outside hear of every edition."""

    def post(url: str, text: str) -> str:
        return workspace.poster.post(url, text.encode(), {"Content-Type": "text/plain; charset=utf-8"})

    return ping(workspace.store, workspace.settings.pings, post, workspace.clock)


def preview(workspace: Workspace, library: LibraryRead, agreement: Agreement, digest: Digest) -> Draft:
    """The edition of a digest as it would be now; what is new is matched first, and nothing sent."""
    match_all(workspace, library, Unseen())
    return make_preview(workspace.composer(library), agreement, digest)


def audit_of(
    workspace: Workspace,
    library: LibraryRead,
    agreement: Agreement,
    since: datetime,
    until: datetime,
    progress: Progress,
    digest: str | None = None,
) -> AuditReport:
    """Where each match first seen in `[since, until)` is, for every digest or for one."""
    auditor = Auditor(workspace.store, holidays_of(library), workspace.clock, progress)
    return audit(auditor, agreement, since, until, digest)


def check_up_of(library: LibraryRead) -> Checkup:
    """The bank holidays to come, and what about them should be looked at."""
    return check_up(holidays_of(library), library.holidays_checked, now)


def due_in(workspace: Workspace, library: LibraryRead, days: int) -> tuple[DueEdition, ...]:
    """The editions that are owed now and in so many days, of every agreement."""
    holidays = holidays_of(library)
    return tuple(
        one
        for agreement in library.agreements
        for one in due(workspace.store, agreement, holidays, workspace.clock, days)
    )


def send_all(workspace: Workspace, going: Callable[[], bool] = lambda: True) -> SendReport:
    """Try every open delivery, while `going`."""
    with workspace.posting() as post:
        return send(workspace.store, post, workspace.clock, going)


def plan_purge_all(workspace: Workspace, library: LibraryRead) -> tuple[PurgeLine, ...]:
    """What the outlets' rights no longer let us keep; takes nothing."""
    return plan_purge(library.sources, library.agreements, workspace.store, workspace.clock)


def plan_purge_files(workspace: Workspace, library: LibraryRead) -> tuple[FilesDue, ...]:
    """The files in watched folders that go with it; deletes none."""
    return plan_files(library.sources, Kinds(workspace.home), workspace.clock)


def purge_all(workspace: Workspace, library: LibraryRead, progress: Progress) -> PurgeReport:
    """Take out what the outlets' rights no longer let us keep."""
    return purge(library.sources, workspace.store, Kinds(workspace.home), workspace.clock, progress)


@dataclass(frozen=True, slots=True)
class RunReport:
    """What one run did, from sources to deliveries."""

    published: Published
    ingest: IngestReport
    matches: tuple[MatchReport, ...]
    composed: tuple[ComposeReport, ...]
    alerted: tuple[AlertReport, ...]
    sent: SendReport
    pinged: PingReport
    bounced: BounceReport
    unread: tuple[Fault, ...]
    """Why no bounces could be read."""

    @property
    def faults(self) -> list[Fault]:
        """Everything that went wrong and was passed over."""
        judged = [fault for report in self.matches for fault in report.faults]
        composed = [fault for report in self.composed for fault in report.faults]
        composed += [fault for report in self.alerted for fault in report.faults]
        read = self.published.read.faults
        told = [*undelivered(self.sent), *self.unread, *suppressed(self.bounced.suppressed, "it bounced")]
        return [*read, *self.ingest.faults, *judged, *composed, *told, *self.pinged.faults]


def undelivered(sent: SendReport) -> list[Fault]:
    """A fault for each state that deliveries are in which nobody wants."""
    told = {"failed": sent.failed, "expired": sent.expired, "unanswered": sent.unknown, "waiting": sent.pending}
    remedy = "monitor digest list tells which"
    states = [Fault("deliveries", f"{number} {state}", remedy) for state, number in told.items() if number]
    down = [Fault("mail server", sent.unavailable, "see [mail] in monitor.toml")] if sent.unavailable else []
    return [*down, *suppressed(sent.suppressed, "no such address"), *states]


def suppressed(addresses: Iterable[str], why: str) -> list[Fault]:
    """A fault for each address that nothing goes to any more."""
    remedy = "monitor recipients list"
    return [Fault("recipients", f"{address} is suppressed: {why}", remedy) for address in addresses]


def run_once(workspace: Workspace, progress: Progress, *, all_sources: bool = False) -> RunReport:
    """Ingest, match, bounces, owed editions, alerts, mail, once; `all_sources`: also those that are not due.

    Raises:
        SettingsError: the mail settings cannot work; nothing was begun.
        LibraryError: there is no agreement that can be used.
    """
    workspace.post()
    published = workspace.publish()
    library = usable(published.read)
    report = asyncio.run(ingest_all(workspace, library, progress, all_sources=all_sources))
    matches = match_all(workspace, library, progress, workspace.settings.processes)
    bounced, unread = read_bounces(workspace)
    composed = compose_all(workspace, library)
    alerted = alert_all(workspace, library)
    notify_all(workspace)
    sent = send_all(workspace)
    return RunReport(published, report, matches, composed, alerted, sent, ping_all(workspace), bounced, unread)


def weigh_aliases_of(
    workspace: Workspace,
    library: LibraryRead,
    agreement: Agreement,
    since: datetime,
    until: datetime,
    progress: Progress,
) -> AliasReport:
    """What each alias that waits for approval would have added in `[since, until)`."""
    return weigh_aliases(agreement, library.sources, workspace.store, since, until, progress)


def weigh_terms_of(
    workspace: Workspace, agreement: Agreement, since: datetime, until: datetime, progress: Progress
) -> YieldReport:
    """What each term brought in `[since, until)`."""
    return weigh_terms(agreement, workspace.store, since, until, progress, lines_around(workspace))


def proposals_of(
    workspace: Workspace,
    library: LibraryRead,
    agreement: Agreement,
    since: datetime,
    until: datetime,
    progress: Progress,
) -> tuple[Tried, ...]:
    """What would have spared editors their exclusions in `[since, until)`."""
    lines_of = lines_around(workspace)
    return propose_changes(agreement, library.sources, workspace.store, since, until, progress, lines_of)


async def check_all(
    home: Path, settings: Settings, sources: Sources, progress: Progress, *, insist: bool = False
) -> tuple[SourceCheck, ...]:
    """Try every address once; `insist`: those of hosts, too, that asked us to wait.

    Nothing is stored but that a host asks us to wait; by who insists, nothing at all.
    """
    pause = settings.fetch.pause_seconds
    with parsers(settings.parsing, home) as parse, manners_of(home) as known:
        async with fetcher(settings.fetch) as web:
            states = None if insist else known.states
            return await check_sources(
                sources, web, parse.reader, now, progress, pause=pause, claims=known.claims, states=states
            )
