"""The audit, on both databases: it counts what is there, and finds what is lost or there twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from memory_archive import Quiet
from morning import AGREEMENT, DIGEST, END, SOURCES, STATES, articles
from sqlalchemy import text
from test_compose import RECIPIENTS, RENDERER, Clock, fill, wire

from monitor.adapters.cluster import copies
from monitor.adapters.store import audit as store_audit
from monitor.core.audit import Whereabouts
from monitor.core.calendar import NO_HOLIDAYS
from monitor.core.edition import DeliveryState
from monitor.jobs.audit import Auditor, audit
from monitor.jobs.compose import Composer, compose_owed

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
MINISTERS = replace(DIGEST, id="ministers", sections=("ministerial",), hour=12)
TWO = replace(AGREEMENT, digests=(DIGEST, MINISTERS))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def composer(store, clock) -> Composer:
    for state in STATES.values():
        store.save_source_state(state)
    return Composer(store, SOURCES, copies, RENDERER, clock)


def audited(store, clock, agreement=TWO, digest=None, since=BEGINNING):
    return audit(Auditor(store, NO_HOLIDAYS, clock, Quiet()), agreement, since, clock.now + DAY, digest)


def places(report, digest="morning"):
    (one,) = (d for d in report.digests if d.digest == digest)
    return {str(where): number for where, number in one.counts.items()}


def test_a_morning_is_accounted_for(store, composer, clock):
    fill(store, articles())
    compose_owed(composer, TWO, RECIPIENTS)
    report = audited(store, clock)
    assert report.sound
    assert places(report) == {"shown": 11, "folded": 4, "below significance": 7}
    assert places(report, "ministers") == {"shown": 2}
    assert [(d.matches, d.counted) for d in report.digests] == [(22, 22), (2, 2)]
    counts = report.archive
    assert (counts.texts, counts.judged, counts.matched) == (len(articles()), len(articles()), 22)
    assert (counts.unassigned, report.in_no_digest) == (0, 0)


def test_before_any_edition_everything_waits(store, clock):
    fill(store, [wire("herald", 5)])
    assert places(audited(store, clock)) == {"waiting": 1}


def test_only_the_days_and_the_digest_that_were_asked_for(store, composer, clock):
    fill(store, articles())
    compose_owed(composer, TWO, RECIPIENTS)
    report = audited(store, clock, digest="ministers", since=END - timedelta(hours=1))
    assert [(d.digest, d.matches) for d in report.digests] == [("ministers", 0)]
    assert report.sound


def test_what_no_digest_takes_is_counted_apart(store, composer, clock):
    fill(store, articles())
    report = audited(store, clock, replace(AGREEMENT, digests=(MINISTERS,)))
    assert (report.archive.matched, report.in_no_digest, report.digests[0].matches) == (22, 20, 2)


def test_an_item_that_goes_missing_is_found_and_named(store, composer, clock):
    """The thing at fault is the ledger itself: a row is taken out behind the back of everybody."""
    fill(store, articles())
    clock.now = END + timedelta(hours=1)
    (edition,) = compose_owed(composer, AGREEMENT, RECIPIENTS).made
    gone = store.items(edition.id)[3].article
    store._db.write(lambda c: c.execute(text("DELETE FROM edition_items WHERE article = :gone"), {"gone": gone}))
    report = audited(store, clock, AGREEMENT)
    assert not report.sound
    (wrong,) = report.digests[0].wrong
    assert (wrong.match.article, wrong.where, wrong.editions) == (gone, Whereabouts.LOST, (edition.id,))
    assert report.digests[0].adds_up


def test_an_item_that_is_in_two_editions_is_found_and_named(store, composer, clock):
    fill(store, articles())
    (first,) = compose_owed(composer, AGREEMENT, RECIPIENTS).made
    clock.now = END + DAY
    (second,) = compose_owed(composer, AGREEMENT, RECIPIENTS).made
    shown = next(item for item in store.items(first.id) if item.state == "shown")
    row = {"edition": second.id, "article": shown.article, "section": shown.section, "story": shown.story}
    words = "VALUES (:edition, 999, :article, :section, 'shown', :story)"
    store._db.write(lambda c: c.execute(text(f"INSERT INTO edition_items {words}"), row))
    (one,) = audited(store, clock, AGREEMENT).digests
    assert [(w.match.article, w.where, w.editions) for w in one.wrong] == [
        (shown.article, Whereabouts.TWICE, (first.id, second.id))
    ]
    assert len(one.twice) == 1
    assert not one.sound


def test_a_digest_that_was_given_up_is_audited_by_what_it_took(store, composer, clock):
    fill(store, articles())
    compose_owed(composer, TWO, RECIPIENTS)
    report = audited(store, clock, AGREEMENT)
    assert report.sound
    assert places(report, "ministers") == {"shown": 2}


def test_pages_lose_nothing(store, composer, clock, monkeypatch):
    """Page by page, however many sections an article is in, the sum stays the same."""
    fill(store, articles())
    compose_owed(composer, AGREEMENT, RECIPIENTS)
    whole = audited(store, clock, AGREEMENT)
    for size in (5, 7, 11):
        monkeypatch.setattr(store_audit, "PAGE", size)
        assert audited(store, clock, AGREEMENT) == whole


@pytest.mark.parametrize(
    ("states", "expired"),
    [
        (("failed", "withheld"), True),
        (("expired", "bounced"), True),
        (("failed", "sent"), False),
        (("failed", "pending"), False),
    ],
)
def test_what_reached_nobody_was_shown_to_nobody(store, composer, clock, states, expired):
    fill(store, articles())
    compose_owed(composer, replace(TWO, digests=(DIGEST,)), RECIPIENTS)
    (edition,) = store.editions()
    to = store.deliveries(edition.id)
    assert len(to) >= len(states)
    for delivery, state in zip(to, [*states, *states[-1:] * len(to)], strict=False):
        store.save_delivery(replace(delivery, state=DeliveryState(state)))
    found = places(audited(store, clock, replace(TWO, digests=(DIGEST,))))
    assert ("expired" in found, "shown" in found) == (expired, not expired)
