"""An alert killed with SIGKILL wherever it is made and sent (fault F22): told to everybody, and told once.

A process dies before, within (all said to the database, nothing committed) or after the step that makes the alert,
or at a word of the talk with the mail server. Another looks again. A second copy comes only where the first died
between the message and the commit, and is the same bytes. MONITOR_FULL=1 kills at every word.
"""

from __future__ import annotations

import signal
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from morning import AGREEMENT, DIGEST, END, MADE, SOURCES, article, articles, filler
from real_runs import CLEAN, Point, arrange
from test_killed_sending import FULL, SECONDS, STEPS, Killer, killer  # noqa: F401 - the fixture `killer`

from monitor.adapters.cluster import copies
from monitor.adapters.mail import Sender, Smtp, SmtpSettings
from monitor.adapters.render import Renderer
from monitor.adapters.store import Store, open_store
from monitor.core.agreement import Alerts
from monitor.core.edition import DeliveryState
from monitor.core.matching.matcher import Matcher
from monitor.jobs.addressing import Recipients
from monitor.jobs.alert import Alerter, alert
from monitor.jobs.compose import Composer, compose_owed
from monitor.jobs.send import send

TEMPLATES = Path(__file__).parents[2] / "templates"
PEOPLE = tuple(f"r{n}@reader.example" for n in range(3))
RECIPIENTS = Recipients("monitor.example", {"duty": PEOPLE})
ORDER = replace(AGREEMENT, digests=(replace(DIGEST, recipients=(), alerts=Alerts(to=("duty",))),))
NOON = END + timedelta(hours=5)
IN_THE_DATABASE = [Point("announce", position) for position in ("before", "within", "after")]
AT_THE_SERVER = [(step, n) for step in STEPS for n in (1, 2, 3)] if FULL else [("RCPT", 1), ("DATA", 3)]


def look_and_send(url: str, port: int, dying: Point | None) -> None:
    """The process: it makes the alert that there is reason for, sends what is open, and ends."""
    if dying:
        arrange(dying)
    settings = SmtpSettings("127.0.0.1", ("reader.example",), port, starttls=False, timeout=SECONDS)
    store, post = open_store(url), Smtp(settings, Sender("m@monitor.example", domain="monitor.example"))
    alert(Alerter(store, SOURCES, copies, Renderer(TEMPLATES / "alert"), lambda: NOON), ORDER, RECIPIENTS)
    send(store, post, lambda: NOON)
    post.close()
    store.close()


def run(url: str, killer: tuple[Killer, int], dying: Point | None = None) -> int:  # noqa: F811
    server, port = killer
    process = CLEAN.Process(target=look_and_send, args=(url, port, dying))
    process.start()
    server.pid = process.pid
    server.victim.set()
    process.join(SECONDS)
    assert process.exitcode is not None, "still running"
    return process.exitcode


@pytest.fixture
def due(store: Store) -> Store:
    """A morning's edition, and at noon a story that there is to be an alert of."""
    _see(store, articles(), MADE)
    composer = Composer(store, SOURCES, copies, Renderer(TEMPLATES / "digest"), lambda: MADE)
    assert len(compose_owed(composer, ORDER, RECIPIENTS).made) == 1
    body = "The Winter Heating Payment comes to Scotland. " + filler(7, 320)
    _see(store, [article("bbc", "Winter Heating Payment in Scotland is doubled", body=body, hours=-4)], NOON)
    return store


def _see(store: Store, seen: list, at: datetime) -> None:
    matcher = Matcher(AGREEMENT, SOURCES)
    store.add_articles("test", [(a.url, a) for a in seen])
    store.save_judgements(AGREEMENT.id, "f", [(a.id, matcher.judge(a)) for a in seen], at)


def must_be_told_once(store: Store, server: Killer, doubles: int) -> None:
    (made,) = [e for e in store.editions(AGREEMENT.id) if e.digest == "morning-alert"]
    assert {d.state for d in store.deliveries(made.id)} == {DeliveryState.SENT}
    counts = Counter(recipient for recipient, _ in server.taken)
    assert set(counts) == set(PEOPLE)
    assert counts.total() - len(PEOPLE) <= doubles
    assert all(len({content for r, content in server.taken if r == recipient}) == 1 for recipient in counts)


@pytest.mark.parametrize("point", IN_THE_DATABASE, ids=str)
def test_killed_where_it_is_made(point: Point, due: Store, store_url: str, killer) -> None:  # noqa: F811
    assert run(store_url, killer, point) == -signal.SIGKILL
    assert run(store_url, killer) == 0
    must_be_told_once(due, killer[0], doubles=0)


@pytest.mark.parametrize(("step", "number"), AT_THE_SERVER)
def test_killed_where_it_is_sent(step: str, number: int, due: Store, store_url: str, killer) -> None:  # noqa: F811
    killer[0].aim(step, number)
    killed = run(store_url, killer) == -signal.SIGKILL
    assert killed or step == "answered"
    killer[0].aim("", 0)
    assert run(store_url, killer) == 0
    must_be_told_once(due, killer[0], doubles=int(killed and step in ("DATA", "answered")))
