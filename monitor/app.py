"""Wiring: a workspace's settings become adapters, and the jobs run on them with the real clock.

publish → ingest → match → compose → send
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from monitor.adapters.cluster import copies
from monitor.adapters.feeds import parse as parse_feed
from monitor.adapters.fetch import HttpFetcher, Limits
from monitor.adapters.imports import read as read_rows
from monitor.adapters.library import Library
from monitor.adapters.library.addresses import silence
from monitor.adapters.mail import Outbox, Sender, Smtp, SmtpSettings
from monitor.adapters.pages import extract as read_page
from monitor.adapters.render import Renderer
from monitor.adapters.store import Store, open_store
from monitor.adapters.workspace import make_workspace
from monitor.config import SETTINGS_FILE, FetchSettings, MailSettings, Settings, load, shipped
from monitor.core.agreement import Agreement, Digest
from monitor.core.article import Article
from monitor.core.fault import Fault
from monitor.core.match import Judgement
from monitor.core.source import Sources
from monitor.errors import InputError, LibraryError
from monitor.jobs.check_sources import SourceCheck, check_sources
from monitor.jobs.compose import Composer, ComposeReport, Draft, Recipients, compose_owed
from monitor.jobs.compose import preview as make_preview
from monitor.jobs.explain import Explanation, explain_stored
from monitor.jobs.import_articles import ImportPlan, ImportReport, import_articles, plan_import
from monitor.jobs.import_articles.outlets import Outlets
from monitor.jobs.ingest import IngestReport, ingest
from monitor.jobs.match import MatchReport, judge_together, match
from monitor.jobs.ports import Clock, LibraryRead, Post, Progress
from monitor.jobs.publish import Published, publish
from monitor.jobs.send import SendReport, send
from monitor.sample.morning import outlets_text

DEMO_MARK = ".monitor-demo"
"""Tells a demo's folder from a workspace of somebody's own."""
NO_ADDRESS = "recipients.invalid"
"""Where the outbox's mails are addressed to when settings give a name no address; the domain can never exist."""


class Unseen:
    """A progress that nobody sees."""

    def start(self, what: str, total: int | None) -> None:
        """Say nothing."""

    def advance(self, count: int = 1, **counts: int) -> None:
        """Say nothing."""

    def finish(self) -> None:
        """Say nothing."""


def now() -> datetime:
    """The real clock, aware UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with settings, profiles, sources and a database, and everything made of them."""

    home: Path
    settings: Settings
    store: Store
    clock: Clock

    @property
    def outbox(self) -> Path:
        """Where mail goes while sending is off."""
        return self.home / self.settings.outbox

    def publish(self) -> Published:
        """Read the library; what changed on disk becomes the revision in force."""
        return publish(Library(self.home), self.store, self.clock)

    def composer(self, library: LibraryRead) -> Composer:
        """What editions are made with."""
        renderer = Renderer((self.settings.templates or shipped("templates")) / "digest")
        return Composer(self.store, library.sources, copies, renderer, self.clock)

    def recipients(self, library: LibraryRead) -> Recipients:
        """Who the names in digests are. In the outbox a name without an address is written to nobody real."""
        known = dict(self.settings.recipients)
        if self.settings.mail.sending == "outbox":
            names = {name for a in library.agreements for d in a.digests for name in d.recipients}
            known = {name: (f"{name}@{NO_ADDRESS}",) for name in names} | known
        return Recipients(self.mail_domain, known)

    def post(self) -> Post:
        """The outbox, or the mail server that settings name."""
        mail = self.settings.mail
        sender = Sender(mail.sender, mail.sender_name, self.mail_domain)
        if mail.sending == "outbox":
            return Outbox(self.outbox, sender)
        return Smtp(_server(mail), sender)

    @property
    def mail_domain(self) -> str:
        """Right-hand side of Message-IDs and List-Ids: the sender's."""
        return self.settings.mail.sender.rpartition("@")[2]


def _server(mail: MailSettings) -> SmtpSettings:
    return SmtpSettings(
        mail.host, mail.allowed_domains, mail.port, mail.username, mail.password, starttls=mail.starttls
    )


@contextmanager
def open_workspace(home: Path, clock: Clock = now) -> Iterator[Workspace]:
    """The workspace of a folder; its database is made or brought up to date.

    Raises:
        SettingsError: `monitor.toml` or the environment is wrong.
        StoreError: the database cannot be used.
    """
    settings = load(home)
    store = open_store(_database(home, settings.database))
    try:
        yield Workspace(home, settings, store, clock)
    finally:
        store.close()


def _database(home: Path, url: str) -> str:
    """The address with an SQLite file's path made absolute, and its folder made."""
    scheme, _, path = url.partition(":///")
    if not scheme.startswith("sqlite") or not path or path == ":memory:":
        return url
    file = (home / path).resolve()
    file.parent.mkdir(parents=True, exist_ok=True)
    return f"{scheme}:///{file}"


def fetcher(settings: FetchSettings) -> HttpFetcher:
    """What addresses are read with."""
    limits = Limits(
        connect=settings.connect_seconds,
        read=settings.connect_seconds,
        total=settings.total_seconds,
        body=settings.max_bytes,
    )
    return HttpFetcher(contact=settings.contact, limits=limits, allowed_private=frozenset(settings.allow_private))


async def ingest_all(workspace: Workspace, library: LibraryRead, progress: Progress) -> IngestReport:
    """Read every source once."""
    async with fetcher(workspace.settings.fetch) as web:
        return await ingest(
            library.sources,
            workspace.store,
            workspace.store,
            web,
            parse_feed,
            read_page,
            workspace.clock,
            progress,
        )


def match_all(workspace: Workspace, library: LibraryRead, progress: Progress) -> tuple[MatchReport, ...]:
    """Judge what every agreement has not judged yet."""
    return tuple(
        match(agreement, library.sources, workspace.store, workspace.clock, progress)
        for agreement in library.agreements
    )


def compose_all(workspace: Workspace, library: LibraryRead) -> tuple[ComposeReport, ...]:
    """Make every edition that is owed."""
    composer, recipients = workspace.composer(library), workspace.recipients(library)
    return tuple(compose_owed(composer, agreement, recipients) for agreement in library.agreements)


def preview(workspace: Workspace, library: LibraryRead, agreement: Agreement, digest: Digest) -> Draft:
    """The edition of a digest as it would be now; what is new is matched first, and nothing sent."""
    match_all(workspace, library, Unseen())
    return make_preview(workspace.composer(library), agreement, digest)


def send_all(workspace: Workspace) -> SendReport:
    """Try every open delivery."""
    return send(workspace.store, workspace.post(), workspace.clock)


@dataclass(frozen=True, slots=True)
class RunReport:
    """What one run did, from sources to deliveries."""

    published: Published
    ingest: IngestReport
    matches: tuple[MatchReport, ...]
    composed: tuple[ComposeReport, ...]
    sent: SendReport

    @property
    def faults(self) -> list[Fault]:
        """Everything that went wrong and was passed over."""
        failed = [Fault(o.source, o.error, "monitor sources check tells more") for o in self.ingest.failures]
        composed = [fault for report in self.composed for fault in report.faults]
        return [*self.published.read.faults, *failed, *composed, *undelivered(self.sent)]


def undelivered(sent: SendReport) -> list[Fault]:
    """A fault for each state that deliveries are in which nobody wants."""
    told = {"failed": sent.failed, "expired": sent.expired, "unanswered": sent.unknown, "waiting": sent.pending}
    remedy = "monitor digest list tells which"
    return [Fault("deliveries", f"{number} {state}", remedy) for state, number in told.items() if number]


def run_once(workspace: Workspace, progress: Progress) -> RunReport:
    """Ingest, match, owed editions, once."""
    published = workspace.publish()
    library = usable(published.read)
    report = asyncio.run(ingest_all(workspace, library, progress))
    matches = match_all(workspace, library, progress)
    composed = compose_all(workspace, library)
    return RunReport(published, report, matches, composed, send_all(workspace))


def usable(library: LibraryRead) -> LibraryRead:
    """The library, if there is any agreement in it.

    Raises:
        LibraryError: there is none; the message has all faults.
    """
    if not library.agreements:
        faults = "\n".join(f"  {fault}" for fault in library.faults)
        raise LibraryError(f"no agreement can be used\n{faults}" if faults else "there is no agreement")
    return library


def read_library(home: Path) -> LibraryRead:
    """Profiles and sources as the files of a workspace say, nothing published."""
    return Library(home).read()


def read_agreement(folder: Path, sources: Path | None = None) -> LibraryRead:
    """One agreement from its folder, with the sources beside `profiles/`, or those given, or those we ship.

    Raises:
        InputError: the folder holds no agreement.
        LibraryError: its faults leave nothing of it.
    """
    if not (folder / "agreement.yaml").is_file():
        raise InputError(f"{folder}: there is no agreement.yaml: give an agreement's folder")
    folder = folder.resolve()
    beside = folder.parent.parent / "sources"
    outlets = sources or (beside if beside.is_dir() else shipped("sources"))
    return usable(Library(folder.parent.parent, agreement=folder, sources=outlets).read())


def chosen(library: LibraryRead, agreement: str | None) -> Agreement:
    """The agreement of that id, or the only one.

    Raises:
        InputError: there is none of that id, or several and none was named.
    """
    found = [a for a in library.agreements if agreement in (None, a.id)]
    if len(found) == 1:
        return found[0]
    ids = ", ".join(a.id for a in library.agreements) or "none"
    raise InputError(f"which agreement? --agreement takes one of: {ids}")


def extract_body(html: bytes, url: str) -> str:
    """The article's text in a page or a fragment of HTML."""
    return read_page(html, url=url).body


async def check_all(settings: FetchSettings, sources: Sources, progress: Progress) -> tuple[SourceCheck, ...]:
    """Try every address once, storing nothing."""
    async with fetcher(settings) as web:
        return await check_sources(sources, web, parse_feed, progress)


async def read_article(workspace: Workspace, library: LibraryRead, url: str) -> Article:
    """The article at an address, fetched now and stored nowhere; its outlet by the host.

    Raises:
        FetchError: the address gives no page.
    """
    async with fetcher(workspace.settings.fetch) as web:
        fetched = await web.fetch(url)
    page = read_page(fetched.body, url=fetched.url, content_type=fetched.content_type)
    return Article(
        url=page.canonical_url or fetched.url,
        headline=page.headline,
        body=page.body,
        byline=page.byline,
        outlet=Outlets(library.sources).find("", fetched.url),
        published_at=page.published_at,
    )


def plan_file(
    file: str, library: LibraryRead, *, wanted: Mapping[str, str], outlet: str | None, first_seen_now: bool
) -> ImportPlan:
    """How a file of articles would be understood.

    Raises:
        InputError: it cannot be read, or what was asked for is not in it.
    """
    return plan_import(
        read_rows(file), library.sources, wanted=wanted, outlet=outlet, first_seen_now=first_seen_now
    )


def import_file(
    workspace: Workspace, library: LibraryRead, file: str, plan: ImportPlan, progress: Progress
) -> ImportReport:
    """Import a file of articles as planned."""
    rows = read_rows(file)
    return import_articles(rows, plan, workspace.store, library.sources, workspace.clock, progress, where=file)


def new_workspace(folder: Path) -> list[Path]:
    """Make a workspace of what we ship; the files made."""
    settings = shipped("templates") / "workspace" / SETTINGS_FILE
    return make_workspace(folder, shipped("profiles"), shipped("sources"), settings)


def demo_workspace(folder: Path, site: str) -> None:
    """A workspace whose sources are the sample site's; a demo that is there starts again, its profiles kept.

    Raises:
        InputError: the folder is a workspace of somebody's own.
    """
    mark = folder / DEMO_MARK
    if not mark.exists():
        new_workspace(folder)
        mark.write_text("Made by `monitor demo`, which may make it again: var/ is removed then.\n", "utf-8")
    shutil.rmtree(folder / "var", ignore_errors=True)
    for file in (folder / "sources").glob("*.yaml"):
        if file.name != "groups.yaml":
            silence(file)
    (folder / "sources" / "sample.yaml").write_text(outlets_text(site), "utf-8")
    host = site.removeprefix("http://")
    (folder / SETTINGS_FILE).write_text(f'[fetch]\nallow_private = ["{host}"]\n', "utf-8")


def shipped_digest(agreement: str, digest: str) -> Digest:
    """A digest as we ship it."""
    library = read_agreement(shipped("profiles") / agreement)
    return next(d for d in library.agreements[0].digests if d.id == digest)


def judge_lines(articles: Sequence[Article], library: LibraryRead) -> tuple[Judgement, ...]:
    """The judgements of articles that are one archive, by the library's first agreement; stores nothing."""
    return judge_together(articles, library.agreements[0], library.sources, copies).judgements


def explain_article(
    workspace: Workspace, library: LibraryRead, agreement: Agreement, article: Article
) -> Explanation:
    """Why a stored article is in each section or not."""
    return explain_stored(article, agreement, library.sources, workspace.store, copies)
