"""A service that lives through a stretch: it polls, matches, makes editions and sends them, is down, comes back.

The jobs are the real ones, the store and the outbox too; only the clock is simulated. What goes wrong is drawn
from a seed: outages of outlets and of ours, restarts, deaths between making and sending, a relay that is down, a
clock that is an hour wrong. Editors keep stories out, or for the next edition.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from time import process_time

from lived_world import Outage
from memory_archive import Quiet
from morning import MAJOR, section
from press import here
from test_compose import RENDERER

from monitor.adapters import pages
from monitor.adapters.cluster import copies
from monitor.adapters.fetch import HttpFetcher, Limits
from monitor.adapters.holidays import scottish
from monitor.adapters.mail import Outbox, Sender
from monitor.adapters.store import open_store
from monitor.app.kinds import Kinds
from monitor.core.agreement import Agreement, Digest, Early, OnHolidays
from monitor.core.article import line_of
from monitor.core.calendar import Holidays, upcoming
from monitor.core.curation import Act, Curation
from monitor.core.dates import LONDON
from monitor.core.edition import edition_id
from monitor.core.matching.matcher import Matcher
from monitor.core.source import Sources
from monitor.errors import DeliveryError
from monitor.jobs.compose import Composer, Recipients, compose_owed
from monitor.jobs.ingest import Pace, ingest
from monitor.jobs.match import match
from monitor.jobs.send import send

WEEK = (0, 1, 2, 3, 4)
BEATS = "00:40 03:00 05:00 06:20 06:40 07:00 09:00 11:00 12:30 15:00 17:00 19:00 21:00 23:00".split()
"""When the heartbeat falls, London; twenty seconds after."""
HOUR = timedelta(hours=1)
BROAD = Agreement(
    "trial",
    "Trial",
    "A broad one",
    (
        section("economy", "ECONOMY", "inflation", "cost of living", "interest rates", significance=MAJOR),
        section("health", "HEALTH", "NHS", "waiting lists"),
        section("politics", "POLITICS", "Scottish Government", "First Minister", "SNP", "Universal Credit"),
    ),
    digests=(
        Digest("morning", "Morning", (), WEEK, 7, 0, ("desk",), early=Early(time(6, 15), 3), stale=time(13)),
        Digest("lunch", "Lunch", ("politics",), WEEK, 12, 30, ("desk",), holidays=OnHolidays.SEND),
        Digest("weekly", "The week", ("economy", "health"), (4,), 15, 0, ("desk",), holidays=OnHolidays.MOVE),
    ),
    fingerprint="b" * 64,
)
"""An agreement of our own beside the shipped one, with sections that find something every day."""


@dataclass(frozen=True)
class Ills:
    """What goes wrong in a stretch."""

    outlets: Sequence[Outage]
    ours: Sequence[tuple[datetime, datetime]]
    """Stretches in which nothing of ours runs."""
    relay: Sequence[tuple[datetime, datetime]]
    """Stretches in which no mail is taken."""
    wrong: Sequence[tuple[datetime, datetime, timedelta]]
    """Stretches in which our clock is wrong, and by how much."""
    restarts: float = 0.05
    """Of all beats, those before which the service starts anew."""
    deaths: float = 0.04
    """Of all beats, those that end before anything is sent."""
    curated: float = 0.1
    """Of all beats, those at which an editor keeps a story out, or for the next edition."""


def ills(start: datetime, end: datetime, seed: int, outlets: Sequence[str]) -> Ills:
    """What goes wrong, drawn from a seed: more in a month than in a good year."""
    random, days = Random(seed), (end - start).days

    def stretches(number: int, longest: float) -> list[tuple[datetime, datetime]]:
        starts = sorted(start + random.random() * (end - start) for _ in range(max(1, number)))
        return [(s, s + (0.1 + random.random()) * longest * HOUR) for s in starts]

    off = [Outage(random.choice(outlets), *stretch) for stretch in stretches(days // 3, 30)]
    ours = [*stretches(days // 8, 9), *stretches(days // 40, 70)]
    wrong = [(a, b, random.choice((HOUR, -HOUR))) for a, b in stretches(days // 20, 8)]
    return Ills(off, ours, stretches(days // 10, 12), wrong)


class Relay(Outbox):
    """An outbox that takes nothing while the relay is down."""

    def __init__(self, folder: Path, life: Life) -> None:
        super().__init__(folder, Sender("monitor@trial.example", "Monitor", "trial.example"))
        self._life = life

    def deliver(self, edition, delivery):
        if within(self._life.ills.relay, self._life.now):
            raise DeliveryError("the relay is down")
        return super().deliver(edition, delivery)


@dataclass
class Told:
    """What happened."""

    beats: int = 0
    restarts: int = 0
    deaths: int = 0
    curated: int = 0
    made: list[str] = field(default_factory=list)
    seen: int = 0
    edited: int = 0
    faults: list[str] = field(default_factory=list)


class Life:
    """The service, from its first beat to its last."""

    def __init__(self, url: str, outbox: Path, agreements: Sequence[Agreement], drawn: Ills, seed: int) -> None:
        self.url, self.agreements, self.ills = url, agreements, drawn
        self.now = datetime(2023, 1, 1, tzinfo=UTC)
        self.told = Told()
        self.store = open_store(url)
        self.holidays = Holidays(scottish)
        self._relay = Relay(outbox, self)
        self._random = Random(seed)
        self._spent = process_time()

    def clock(self) -> datetime:
        """What our clock says, which is not always right."""
        return self.now + sum((by for a, b, by in self.ills.wrong if a <= self.now < b), timedelta())

    async def live(self, start: datetime, end: datetime, sources: Sources) -> Told:
        """Every beat of a stretch, but for those in which we are down; a line of each week, with its cost."""
        names = frozenset(f"{outlet}.example" for outlet in sources.outlets)
        week = start
        async with HttpFetcher(limits=Limits(), allowed_private=names, resolver=here) as fetcher:
            for at in beats(start, end):
                self.now = at
                if not within(self.ills.ours, at):
                    await self._beat(sources, fetcher)
                if at >= week + timedelta(weeks=1):
                    week += timedelta(weeks=1)
                    self._say(week)
        return self.told

    def _say(self, week: datetime) -> None:
        """So that who waits an hour sees how far it is, and whether a longer record makes a week dearer."""
        told, spent = self.told, process_time()
        cost = f"this week {spent - self._spent:.0f} s"
        print(f"to {week:%d %B}: {told.seen} articles, {len(told.made)} editions; {cost}", flush=True)
        self._spent = spent

    async def _beat(self, sources: Sources, fetcher: HttpFetcher) -> None:
        self.told.beats += 1
        if self._random.random() < self.ills.restarts:
            self.store.close()
            self.store = open_store(self.url)
            self.told.restarts += 1
        pace = Pace(HOUR, pause=0)
        report = await ingest(
            sources, self.store, self.store, fetcher, Kinds(), pages.extract, self.clock, Quiet(), pace
        )
        self.told.seen += report.new
        self.told.edited += report.edited
        if self._random.random() < self.ills.curated:
            self._curate(BROAD, BROAD.digests[0])
        composer = Composer(self.store, sources, copies, RENDERER, self.clock, holidays=self.holidays)
        for agreement in self.agreements:
            match(agreement, sources, self.store, self.clock, Quiet(), self._matcher)
            composed = compose_owed(composer, agreement, recipients(agreement))
            self.told.made += [edition.id for edition in composed.made]
            self.told.faults += [str(fault) for fault in composed.faults]
        if self._random.random() < self.ills.deaths:
            self.told.deaths += 1
        else:
            send(self.store, self._relay, self.clock)

    def _curate(self, agreement: Agreement, digest: Digest) -> None:
        """An editor says of a story of the last hours that it is not to go, or not yet."""
        now = self.clock()
        found = self.store.matched(agreement.id, now - 12 * HOUR, now)
        if not found:
            return
        last = self.store.last_edition(agreement.id, digest.id)
        edition = edition_id(agreement.id, digest.id, upcoming(digest, self.holidays, last, now))
        act = self._random.choice((Act.EXCLUDE, Act.HOLD))
        line = line_of(self._random.choice(sorted(m.article for m in found)))
        of = edition if act is Act.HOLD else ""
        self.store.curate(Curation(act, agreement.id, digest.id, of, line, "An Editor", "not for readers", now))
        self.told.curated += 1

    def _matcher(self, agreement: Agreement, sources: Sources) -> Matcher:
        """Compiled once, as a service keeps it."""
        known = self.__dict__.setdefault("_matchers", {})
        if agreement.id not in known:
            known[agreement.id] = Matcher(agreement, sources)
        return known[agreement.id]


def recipients(agreement: Agreement) -> Recipients:
    names = {name for digest in agreement.digests for name in digest.recipients}
    return Recipients("trial.example", {name: (f"{name}@trial.example",) for name in names})


def within(stretches: Sequence[tuple[datetime, datetime]], now: datetime) -> bool:
    return any(start <= now < end for start, end in stretches)


def beats(start: datetime, end: datetime) -> Iterator[datetime]:
    """The beats of a stretch, true time."""
    day: date = start.astimezone(LONDON).date()
    while day <= end.astimezone(LONDON).date():
        for beat in BEATS:
            at = datetime.combine(day, time.fromisoformat(beat), LONDON).astimezone(UTC) + timedelta(seconds=20)
            if start <= at < end:
                yield at
        day += timedelta(days=1)
