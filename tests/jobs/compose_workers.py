"""What a scheduler does in a process of its own: it lives through slots with other schedulers at one database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from morning import AGREEMENT, END, SOURCES
from test_compose import RECIPIENTS, RENDERER

from monitor.adapters.cluster import copies
from monitor.adapters.store import open_store
from monitor.core.agreement import Agreement
from monitor.errors import StoreError
from monitor.jobs.compose import Composer, ComposeReport, compose_owed

DAILY = tuple(range(7))


def _beat(composer: Composer, agreement: Agreement) -> ComposeReport:
    """As a service beats: what the database refuses for now, the next beat tries again."""
    while True:
        try:
            return compose_owed(composer, agreement, RECIPIENTS)
        except StoreError:
            continue


def compose_through(url: str, slots: int) -> list[str]:
    """The ids of the editions that this process made, of so many days."""
    store, now = open_store(url), END
    digests = tuple(replace(digest, days=DAILY) for digest in AGREEMENT.digests)
    composer = Composer(store, SOURCES, copies, RENDERER, lambda: now)
    made = []
    for _ in range(slots):
        report = _beat(composer, replace(AGREEMENT, digests=digests))
        made += [edition.id for edition in report.made]
        now += timedelta(days=1)
    store.close()
    return made
