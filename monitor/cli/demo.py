"""`monitor demo`: the main job on the sample morning, from real feeds and pages on loopback to a mail to open."""

from __future__ import annotations

import asyncio
import shutil
import socket
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from monitor import app
from monitor.cli.options import AsJson
from monitor.cli.output import count, print_json, report, say, table, tell, tell_wrapped
from monitor.cli.progress import Bar
from monitor.config import host_and_port
from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.edition import Edition
from monitor.core.explanation import explain, passages
from monitor.core.explanation.passages import passage_of
from monitor.core.explanation.words import outlet_name
from monitor.core.health import ALLOWED
from monitor.core.json import Json
from monitor.core.match import Judgement, Outcome, Rule, Verdict
from monitor.core.source import Sources
from monitor.sample.morning import Morning, load_morning
from monitor.sample.site import LOOPBACK, SampleSite

AGREEMENT = "social-security-scotland"
USUAL_PORT = 8421
DAYS_HEARD = 5
"""No edition of the demo looks back further: a long weekend and the day before it."""
PROOFS = 2
"""Sentences of an article that the demo shows for a verdict."""


def demo(
    folder: Annotated[Path, typer.Option("--dir", help="Where the demo's workspace goes.")] = Path("monitor-demo"),
    stay: Annotated[
        bool,
        typer.Option(
            "--stay", help="Keep the outlets' site and the pages open at the end; the mail's links work."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Run the main job on a sample morning that we wrote: 12 invented outlets, 60 articles, one digest.

    The outlets are a real site on this machine's loopback. Nothing is sent: the mail is a file to open.
    """
    seven = app.shipped_slot(AGREEMENT, "morning", app.now())
    morning = load_morning(seven)
    with _open(morning) as site:
        app.demo_workspace(folder, site.url, morning)
        started = app.now()
        with app.open_workspace(folder, lambda: seven + (app.now() - started)) as workspace:
            _read_before(workspace, morning)
            run = app.run_once(workspace, Bar(quiet=as_json))
            told = _Told(workspace, run, seven)
            if as_json:
                print_json(told.to_json())
            else:
                told.print()
            if stay:
                _stay(site.url, workspace)
    report(run.published.read.faults)


def _open(morning: Morning) -> SampleSite:
    """The site at its usual port, so that addresses stay the same from demo to demo; at another if it is taken."""
    return SampleSite(morning, USUAL_PORT if _is_free(USUAL_PORT) else 0)


def _stay(url: str, workspace: app.Workspace) -> None:
    """Answer with the pages, too, and wait until somebody has seen enough."""
    from monitor import web  # half a second that only this needs

    app.index_words(workspace, app.Unseen())
    usual = workspace.settings.web.listen
    listen = usual if _is_free(host_and_port(usual)[1]) else f"{LOOPBACK}:0"
    with web.served(workspace, listen) as pages:
        say(f"\nThe pages are open at {pages}, signed in as a demo editor, and the outlets at {url}.")
        say("Ctrl-C closes them.")
        with suppress(KeyboardInterrupt):
            threading.Event().wait()


def _is_free(port: int) -> bool:
    """Whether nobody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex((LOOPBACK, port)) != 0


def _read_before(workspace: app.Workspace, morning: Morning) -> None:
    """Read the silent feed as it was when it last brought something, so that its silence has a beginning.

    And since, as often as it must be heard to be in no coverage gap.
    """
    silent = {article.outlet for article in morning.archive}
    if not silent:
        return
    library = workspace.publish().read
    only = Sources.of([o for o in library.sources.outlets.values() if o.id in silent])
    for then in _moments(max(article.published for article in morning.archive), morning.seven):
        earlier = replace(workspace, clock=lambda then=then: then)
        asyncio.run(app.ingest_all(earlier, replace(library, sources=only), app.Unseen(), all_sources=True))


def _moments(last: datetime, seven: datetime) -> Iterator[datetime]:
    """When it was read: soon after its last article, then again and again in the days before the edition."""
    yield last + timedelta(minutes=20)
    step = ALLOWED / 2
    yield from (seven - n * step for n in range(timedelta(days=DAYS_HEARD) // step, 0, -1))


@dataclass(frozen=True)
class _Told:
    """What the demo says at the end."""

    workspace: app.Workspace
    run: app.RunReport
    seven: datetime

    @property
    def agreement(self) -> Agreement:
        return self.run.published.read.agreements[0]

    @property
    def edition(self) -> Edition:
        made = [edition for report in self.run.composed for edition in report.made]
        return made[0] if made else self.workspace.store.editions()[0]

    @property
    def files(self) -> dict[str, Path]:
        """The mail as files, by ending."""
        found = sorted(self.workspace.outbox.rglob("*.*"))
        return {path.suffix: path for path in found if path.suffix in (".html", ".eml", ".txt")}

    def judged(self) -> list[tuple[Article, Judgement]]:
        """Everything that was judged, in order of address."""
        archive = self.workspace.store
        seen = archive.articles(self.seven - timedelta(hours=1), self.workspace.clock() + timedelta(hours=1))
        judgements = archive.judgements(self.agreement.id, [a.id for a in seen])
        return sorted(((a, judgements[a.id]) for a in seen if a.id in judgements), key=lambda p: p[0].url)

    def proofs(self) -> list[tuple[Article, Verdict]]:
        """Two matches, one of them with a context word, and the near miss that came nearest."""
        pairs = [(a, v) for a, j in self.judged() for v in j.verdicts]
        within = [p for p in pairs if p[1].outcome is Outcome.IN]
        linked = [p for p in within if _distance(p[1])] + within
        placed = [p for p in within if p[1].finding(Rule.ABOUTNESS)] + within
        near = [p for p in pairs if p[1].outcome is Outcome.NEAR_MISS]
        near.sort(key=lambda p: _distance(p[1]) or 10_000)
        return [*linked[:1], *placed[:1], *near[:1]]

    def sections(self) -> list[tuple[str, int, int, int]]:
        """Title, articles in, near, and out, by section."""
        counts = Counter((v.section, v.outcome) for _, j in self.judged() for v in j.verdicts)
        return [
            (
                p.title,
                counts[p.section, Outcome.IN],
                counts[p.section, Outcome.NEAR_MISS],
                counts[p.section, Outcome.OUT],
            )
            for p in self.agreement.profiles
        ]

    def to_json(self) -> Json:
        """The same as one document."""
        return {
            "workspace": str(self.workspace.home),
            "edition": self.edition.id,
            "subject": self.edition.mail.subject,
            "sources": len(self.run.ingest.outcomes),
            "heard": self.run.ingest.heard,
            "failed": [o.source for o in self.run.ingest.failures],
            "articles": self.run.ingest.new,
            "sections": [dict(zip(("title", "in", "near_miss", "out"), s, strict=True)) for s in self.sections()],
            "files": {ending: str(path) for ending, path in self.files.items()},
        }

    def print(self) -> None:
        """For a person: the numbers, the proof, what to open, what to type."""
        run = self.run.ingest
        tell(f"{run.heard} of {len(run.outcomes)} sources heard, {run.new} articles read, {self._failures()}")
        tell(f"Of these are {self._kinds()}")
        table(
            ("section", "in", "near miss", "out"), self.sections(), title="What the sections say of each article"
        )
        tell("Every verdict has its proof. Two matches and a near miss:")
        for article, verdict in self.proofs():
            self._tell_proof(article, verdict)
        tell(f"\nThe edition: {self.edition.mail.subject}")
        tell(f"Open it:     {self.files['.html']}")
        tell(f"As a mail:   {self.files['.eml']}")
        tell("\nWhat to type next (nothing is fetched by these):")
        for line in self._next():
            tell(f"  {line}")

    def _next(self) -> list[str]:
        """Commands worth a try, each with what it shows."""
        program = _program()
        home = f"--home {self.workspace.home}"
        shows = {
            f"explain {self.proofs()[-1][0].id[:10]} {home}": "why that one is not in the digest",
            f"coverage --section benefits {home}": "what BENEFITS found, with proof",
            f"profiles show benefits {home}": "what is monitored, in the agreement's words",
            "demo --stay": "the same, and the pages in a browser; the mail's links work",
            "init my-workspace": "a workspace of your own, with real outlets",
        }
        width = max(len(command) for command in shows)
        return [f"{program} {command:{width}}  {what}" for command, what in shows.items()]

    def _kinds(self) -> str:
        """How many sources of each kind were asked: `9 feed, 1 sitemap ...`."""
        asked = {outcome.source for outcome in self.run.ingest.outcomes}
        polled = self.run.published.read.sources.polled()
        kinds = Counter(str(source.kind) for source in polled if source.id in asked)
        return ", ".join(count(number, kind) for kind, number in kinds.most_common())

    def _failures(self) -> str:
        failed = ", ".join(o.source for o in self.run.ingest.failures)
        return f"not heard: {failed}" if failed else "none silent"

    def _tell_proof(self, article: Article, verdict: Verdict) -> None:
        sources = self.run.published.read.sources
        tell()
        tell_wrapped(f"{article.headline} ({outlet_name(article.outlet, sources)})", 2, 2)
        title = self.agreement.profile(verdict.section).title
        tell_wrapped(f"{title}: {explain(verdict, sources)}", 4, 2)
        rejected = [passage for r in verdict.rejected if (passage := passage_of(article, r))]
        for passage in [*passages(article, verdict), *rejected][:PROOFS]:
            tell_wrapped(f"{passage.field}: {passage}", 4, 2)


def _program() -> str:
    """What a person types to start us again."""
    if shutil.which("monitor"):
        return "monitor"
    started = sys.argv[0]
    return f"{sys.executable} -m monitor" if Path(started).name == "__main__.py" else started


def _distance(verdict: Verdict) -> int:
    """Words to the nearest context word; 0 when there is none, or it touches."""
    finding = verdict.finding(Rule.CONTEXT)
    distance = finding.evidence.get("distance") if finding else None
    return distance if isinstance(distance, int) else 0
