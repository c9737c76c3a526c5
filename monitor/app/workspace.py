"""A workspace: a folder whose settings become adapters, with the real clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.adapters.cluster import copies
from monitor.adapters.compiled import CompiledFiles
from monitor.adapters.credentials import Credentials
from monitor.adapters.fetch.posting import Poster
from monitor.adapters.holidays import scottish
from monitor.adapters.library import Library, read_published
from monitor.adapters.library.themes import read_theme, theme_files
from monitor.adapters.mail import Outbox, Sender, Smtp, SmtpSettings
from monitor.adapters.memory import MadeFiles
from monitor.adapters.render import Renderer
from monitor.adapters.render.checking import ALERTS, FOLDER, template_faults
from monitor.adapters.render.templates import read_folder
from monitor.adapters.store import Store, open_store
from monitor.adapters.workspace import must_be_workspace
from monitor.app.addresses import recipients_in
from monitor.app.posting import WaysOut
from monitor.config import Settings, load, shipped
from monitor.core.access import Lifetimes
from monitor.core.calendar import Holidays
from monitor.core.fault import Fault
from monitor.core.health import allowed
from monitor.core.look import Files, Look, Theme
from monitor.core.ways_back import Pages
from monitor.errors import InputError
from monitor.jobs.addressing import Recipients
from monitor.jobs.alert import Alerter, Looked
from monitor.jobs.compose import Composer
from monitor.jobs.curate import Curator
from monitor.jobs.looks import settled
from monitor.jobs.people import in_force_at
from monitor.jobs.ports import Claims, Clock, LibraryRead, Post, SourceStates
from monitor.jobs.publish import Published, publish
from monitor.jobs.sign_in import Door
from monitor.jobs.users import Accounts

if TYPE_CHECKING:
    from monitor.adapters.oidc import Organisation

DEMO_MARK = ".monitor-demo"
"""Tells a demo's folder from a workspace of somebody's own."""


def now() -> datetime:
    """The real clock, aware UTC."""
    return datetime.now(UTC)


def holidays_of(library: LibraryRead) -> Holidays:
    """Scottish bank holidays, as the workspace's holidays.yaml mends them."""
    return Holidays(scottish, {said.day: said for said in library.overrides})


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with settings, profiles, sources and a database, and everything made of them."""

    home: Path
    settings: Settings
    store: Store
    clock: Clock

    @property
    def is_demo(self) -> bool:
        """Whether `monitor demo` made it, and may make it again."""
        return (self.home / DEMO_MARK).exists()

    @property
    def every(self) -> timedelta:
        """How often a source is asked at most."""
        return timedelta(minutes=self.settings.poll_minutes)

    @property
    def outbox(self) -> Path:
        """Where mail goes while sending is off."""
        return self.home / self.settings.outbox

    @property
    def compiled(self) -> CompiledFiles:
        """What agreements were compiled to."""
        return CompiledFiles(self.home / "var" / "compiled")

    def publish(self) -> Published:
        """Read the library; what changed on disk becomes the revision in force."""
        return publish(Library(self.home), self.store, self.clock)

    def read(self, drafts: Mapping[tuple[str, str], str] | None = None) -> LibraryRead:
        """Read the library, and publish nothing; for a file with faults its revision in force stands in.

        `drafts` are read in place of files, by (agreement id, file).
        """
        return Library(self.home).read(self.store.revisions_in_force(), drafts)

    def read_at(self, moment: datetime) -> LibraryRead:
        """The library as it was in force at a moment, from its revisions.

        Raises:
            InputError: the moment is of a day to come, of which nobody can say that yet.
        """
        if moment - timedelta(days=1) > self.clock():
            raise InputError("that day is still to come: nobody can say yet what will be in force")
        return read_published(in_force_at(moment, self.store))

    def composer(self, library: LibraryRead) -> Composer:
        """What editions are made with."""
        renderer, faults = self.look(library)
        return Composer(
            self.store,
            library.sources,
            copies,
            renderer,
            self.clock,
            allowed(self.every),
            holidays_of(library),
            MadeFiles(self.home / "var" / "made"),
            faults,
            self.pages,
        )

    def look(self, library: LibraryRead) -> tuple[Renderer, tuple[Fault, ...]]:
        """What editions are rendered with; what is at fault in it has its last good copy in its place."""
        names = sorted({digest.theme for a in library.agreements for digest in a.digests if digest.theme})
        themes: dict[str, Theme] = {}
        faults: list[Fault] = []
        for name in names:
            look = Look(f"themes/{name}", theme_files(self.home / "themes" / name))
            theme, wrong = settled(look, partial(read_theme, name), self.store, self.clock)
            faults += wrong
            themes |= {name: theme} if theme else {}
        texts, wrong = self._templates(FOLDER, "templates")
        return Renderer(texts, themes), (*faults, *wrong)

    def _templates(self, folder: str, kept_as: str) -> tuple[Mapping[str, str], tuple[Fault, ...]]:
        """The templates of a folder: ours, and in place of some of them those of the workspace."""
        kind = folder.rpartition("/")[2]
        ours = read_folder(shipped("templates") / kind)
        if self.settings.templates is None:
            return ours, ()
        own = read_folder(self.home / self.settings.templates / kind)
        files = {name: text.encode() for name, text in own.items()}

        def check(files: Files) -> tuple[Mapping[str, str] | None, tuple[Fault, ...]]:
            texts = ours | {name: content.decode() for name, content in files.items()}
            found = template_faults(texts, folder)
            return (None, found) if found else (texts, ())

        made, faults = settled(Look(kept_as, files), check, self.store, self.clock)
        return made or ours, faults

    def alerter(self, library: LibraryRead, looked: Looked) -> tuple[Alerter, tuple[Fault, ...]]:
        """What alerts are made with; `looked` remembers what was looked at. And what is wrong with their look."""
        texts, faults = self._templates(ALERTS, "templates/alert")
        renderer = Renderer(texts)
        webhooks = frozenset(self.settings.webhooks)
        holidays = holidays_of(library)
        made = Alerter(
            self.store, library.sources, copies, renderer, self.clock, webhooks, holidays, looked, self.pages
        )
        return made, faults

    def curator(self) -> Curator:
        """What editors decide on stories with."""
        return Curator(self.store, copies, self.clock)

    def recipients(self, library: LibraryRead) -> Recipients:
        """Who the names in digests are."""
        return recipients_in(self.home, self.settings, library)

    @contextmanager
    def posting(self) -> Iterator[Post]:
        """The post for as long as the block runs: its connection is closed in the end."""
        with closing(WaysOut(self.post(), self.poster, self.settings.webhooks, self.clock)) as ways:
            yield ways

    @property
    def poster(self) -> Poster:
        """What posts to webhooks and pings."""
        return Poster(frozenset(self.settings.fetch.allow_private))

    @property
    def pages(self) -> Pages:
        """Where a mail leads back to: our pages, by https alone, as RFC 8058 asks of links to leave."""
        mail, web = self.settings.mail, self.settings.web.address
        return Pages(web if web.startswith("https://") else "", bool(mail.secret), mail.reply_to)

    def post(self) -> Outbox | Smtp:
        """The outbox, or the mail server that settings name.

        Raises:
            SettingsError: they cannot work.
        """
        mail = self.settings.mail
        sender = Sender(
            mail.sender, mail.sender_name, self.mail_domain, self.pages.address, mail.secret, mail.reply_to
        )
        if mail.sending == "outbox":
            return Outbox(self.outbox, sender)
        return Smtp(self._server(), sender)

    def _server(self) -> SmtpSettings:
        mail = self.settings.mail
        return SmtpSettings(
            mail.host,
            mail.allowed_domains,
            mail.port,
            mail.username,
            mail.password,
            tls=mail.tls,
            starttls=mail.starttls,
            ca_file=self.home / mail.ca_file if mail.ca_file else None,
            per_minute=mail.per_minute,
            per_connection=mail.per_connection,
        )

    def accounts(self, by: str, origin: str) -> Accounts:
        """What looks after accounts, for somebody from somewhere."""
        return Accounts(self.store, credentials(), self.clock, by, origin)

    def organisation(self, address: str) -> Organisation | None:
        """Its own sign-in, leading back to the pages at that address; None where settings name none."""
        from monitor.adapters import oidc  # a fifth of a second that only the pages need spend

        said = self.settings.web.oidc
        if not said.issuer:
            return None
        back = f"{address}/sign-in/organisation/back"
        return oidc.Organisation(said.issuer, said.client_id, said.client_secret, back, said.claim)

    def door(self) -> Door:
        """What people sign in with."""
        web = self.settings.web
        lifetimes = Lifetimes(whole=timedelta(hours=web.session_hours), idle=timedelta(minutes=web.idle_minutes))
        return Door(self.store, credentials(), self.clock, lifetimes)

    @property
    def mail_domain(self) -> str:
        """Right-hand side of Message-IDs and List-Ids: the sender's."""
        return self.settings.mail.sender.rpartition("@")[2]


@cache
def credentials() -> Credentials:
    """Secrets, made and weighed; made once, since it hashes when it is."""
    return Credentials()


@contextmanager
def open_workspace(home: Path, clock: Clock = now) -> Iterator[Workspace]:
    """The workspace of a folder; its database is made or brought up to date.

    Raises:
        InputError: the folder is no workspace.
        SettingsError: `monitor.toml` or the environment is wrong.
        StoreError: the database cannot be used.
    """
    must_be_workspace(home)
    settings = load(home)
    store = open_store(_database(home, settings.database))
    try:
        yield Workspace(home, settings, store, clock)
    finally:
        store.close()


def read_library(home: Path) -> LibraryRead:
    """Profiles and sources as a workspace's files say; nothing is published, and no database made.

    For a file with faults its revision in force stands in, as in every run.

    Raises:
        InputError: the folder is no workspace.
        StoreError: there is a database, and it cannot be used.
    """
    if not has_database(home):
        return Library(home).read()
    with open_workspace(home) as workspace:
        return Library(home).read(workspace.store.revisions_in_force())


@dataclass(frozen=True, slots=True)
class Manners:
    """What several processes of a workspace know together of the hosts they ask; without a database, nothing."""

    claims: Claims | None = None
    """What a host is claimed with, so that nobody else asks it meanwhile."""
    states: SourceStates | None = None
    """Where it is kept which hosts ask us to wait."""


@contextmanager
def manners_of(home: Path) -> Iterator[Manners]:
    """What is known of hosts in a workspace; nothing where it has no database yet: then nobody reads there.

    Raises:
        InputError: the folder is no workspace.
        StoreError: there is a database, and it cannot be used.
    """
    if not has_database(home):
        yield Manners()
        return
    with open_workspace(home) as workspace, workspace.store.claims() as claims:
        yield Manners(claims, workspace.store)


def has_database(home: Path) -> bool:
    """Whether a workspace's database is there: one that a server holds is taken to be.

    Raises:
        InputError: the folder is no workspace.
    """
    must_be_workspace(home)
    url = load(home).database
    return not url.startswith("sqlite") or (home / url.partition(":///")[2]).exists()


def _database(home: Path, url: str) -> str:
    """The address with an SQLite file's path made absolute, and its folder made."""
    scheme, _, path = url.partition(":///")
    if not scheme.startswith("sqlite") or not path or path == ":memory:":
        return url
    file = (home / path).resolve()
    file.parent.mkdir(parents=True, exist_ok=True)
    return f"{scheme}:///{file}"
