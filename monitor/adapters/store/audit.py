"""What an audit asks of the database: the matches of a stretch, page by page, and what editions did with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, distinct, func, literal, select, tuple_

from monitor.adapters.store.coverage import replaced_at
from monitor.adapters.store.engine import Database
from monitor.adapters.store.filed import filed
from monitor.adapters.store.schema import articles, deliveries, edition_items, editions, judgements, verdicts
from monitor.adapters.store.types import Instant, Key
from monitor.core.audit import AuditedEdition, AuditedMatch
from monitor.core.edition import DeliveryState, ItemState, Window
from monitor.core.match import UNASSIGNED, Outcome
from monitor.jobs.ports import ArchiveCounts, Did

PAGE = 2000
"""Rows read at a time."""
REACHES_NOBODY = {
    str(state)
    for state in (DeliveryState.EXPIRED, DeliveryState.FAILED, DeliveryState.WITHHELD, DeliveryState.BOUNCED)
}


class Audit:
    """Reads; never judges, never changes anything."""

    _db: Database

    def audited_matches(self, agreement: str, since: datetime, until: datetime) -> Iterator[AuditedMatch]:
        """Every text first seen in `[since, until)` that is in a section, in order of first seen and id."""
        found = self._db.read(lambda c: _page(c, agreement, since, until, None))
        while found:
            yield from found
            last = (found[-1].first_seen, found[-1].article)
            found = self._db.read(lambda c, last=last: _page(c, agreement, since, until, last))  # type: ignore[misc]

    def audited_editions(self, agreement: str) -> list[AuditedEdition]:
        """All editions, the oldest first, without their mails."""
        return self._db.read(lambda c: _editions(c, agreement))

    def done_with(self, agreement: str, article_ids: Iterable[str]) -> dict[str, list[Did]]:
        """What editions did with each of these texts, by article id."""
        asked = list(article_ids)
        return self._db.read(lambda c: _done_with(c, agreement, asked))

    def sections_filed(self, agreement: str) -> set[tuple[str, str]]:
        """(Digest, section) of everything that editions filed anywhere."""
        query = select(editions.c.digest, edition_items.c.section).join_from(edition_items, editions)
        asked = query.where(editions.c.agreement == agreement).distinct()
        return {(digest, section) for digest, section in self._db.read(lambda c: c.execute(asked).all())}

    def shown_twice(self, agreement: str, since: datetime, until: datetime) -> list[tuple[str, str, int]]:
        """(Digest, line, number of editions) of articles that several editions of a digest show as new."""
        return self._db.read(lambda c: _shown_twice(c, agreement, since, until))

    def archive_counts(self, agreement: str, since: datetime, until: datetime) -> ArchiveCounts:
        """How many texts were first seen in `[since, until)`, and what the agreement made of them."""
        return self._db.read(lambda c: _counts(c, agreement, since, until))

    def count_matches(self, agreement: str, sections: Collection[str], since: datetime, until: datetime) -> int:
        """How many texts first seen in `[since, until)` are in one of these sections, counted by the database."""
        query = select(func.count(distinct(verdicts.c.article))).where(
            *_in_a_section(agreement, since, until), verdicts.c.section.in_(sections)
        )
        return self._db.read(lambda c: c.execute(query).scalar_one())


def _in_a_section(agreement: str, since: datetime, until: datetime) -> list[ColumnElement[bool]]:
    return [
        verdicts.c.agreement == agreement,
        verdicts.c.outcome == str(Outcome.IN),
        verdicts.c.first_seen >= since,
        verdicts.c.first_seen < until,
    ]


def _page(
    connection: Connection,
    agreement: str,
    since: datetime,
    until: datetime,
    after: tuple[datetime, str] | None,
) -> list[AuditedMatch]:
    """The matches after a place: as many as a page has whole."""
    columns = (verdicts.c.article, verdicts.c.section, verdicts.c.first_seen, articles.c.line)
    query = (
        select(*columns, articles.c.stored_at, judgements.c.at, replaced_at(None).label("replaced_at"))
        .join_from(verdicts, judgements)
        .join(articles, articles.c.id == verdicts.c.article)
        .where(*_in_a_section(agreement, since, until))
    )
    if after:
        here = tuple_(literal(after[0], Instant), literal(after[1], Key))
        query = query.where(tuple_(verdicts.c.first_seen, verdicts.c.article) > here)
    order = (verdicts.c.first_seen, verdicts.c.article, verdicts.c.section)
    rows = connection.execute(query.order_by(*order).limit(PAGE)).all()
    whole = [list(of) for _, of in groupby(rows, key=lambda row: row.article)]
    if len(rows) == PAGE:
        whole.pop()  # its other sections may be on the next page
    return [_match(of) for of in whole]


def _match(rows: list[Any]) -> AuditedMatch:
    first = rows[0]
    return AuditedMatch(
        article=first.article,
        line=first.line,
        first_seen=first.first_seen,
        stored_at=first.stored_at or first.first_seen,
        judged_at=first.at,
        sections=tuple(row.section for row in rows),
        replaced_at=first.replaced_at,
    )


def _editions(connection: Connection, agreement: str) -> list[AuditedEdition]:
    columns = (
        editions.c.id,
        editions.c.digest,
        editions.c.window_start,
        editions.c.window_end,
        editions.c.made_at,
    )
    query = (
        select(*columns).where(editions.c.agreement == agreement).order_by(editions.c.window_end, editions.c.id)
    )
    states: dict[str, set[str]] = defaultdict(set)
    told = (
        select(deliveries.c.edition, deliveries.c.state)
        .join_from(deliveries, editions)
        .where(editions.c.agreement == agreement)
        .distinct()
    )
    for edition, state in connection.execute(told):
        states[edition].add(state)
    return [
        AuditedEdition(
            row.id,
            row.digest,
            Window(row.window_start, row.window_end),
            row.made_at,
            bool(states[row.id]) and states[row.id] <= REACHES_NOBODY,
        )
        for row in connection.execute(query)
    ]


def _done_with(connection: Connection, agreement: str, asked: list[str]) -> dict[str, list[Did]]:
    query = select(edition_items.c.article, edition_items.c.edition, edition_items.c.state)
    of = [editions.c.agreement == agreement]
    found: dict[str, list[Did]] = defaultdict(list)
    for edition, item in filed(connection, query, edition_items.c.article, asked, of):
        found[item.article].append(Did(edition.digest, edition.id, ItemState(item.state)))
    return found


def _shown_twice(
    connection: Connection, agreement: str, since: datetime, until: datetime
) -> list[tuple[str, str, int]]:
    number = func.count(distinct(editions.c.id))
    query = (
        select(editions.c.digest, articles.c.line, number)
        .join_from(edition_items, editions)
        .join(articles, articles.c.id == edition_items.c.article)
        .where(editions.c.agreement == agreement, edition_items.c.state == str(ItemState.SHOWN))
        .where(articles.c.first_seen >= since, articles.c.first_seen < until)
        .group_by(editions.c.digest, articles.c.line)
        .having(number > 1)
        .order_by(editions.c.digest, articles.c.line)
    )
    return [(digest, line, count) for digest, line, count in connection.execute(query)]


def _counts(connection: Connection, agreement: str, since: datetime, until: datetime) -> ArchiveCounts:
    within = (articles.c.first_seen >= since, articles.c.first_seen < until)
    texts = connection.execute(select(func.count()).select_from(articles).where(*within)).scalar_one()
    judged = (
        select(func.count(), func.count().filter(judgements.c.primary_section == UNASSIGNED))
        .join_from(judgements, articles, articles.c.id == judgements.c.article)
        .where(judgements.c.agreement == agreement, *within)
    )
    known, unassigned = connection.execute(judged).one()
    matched = select(func.count(distinct(verdicts.c.article))).where(*_in_a_section(agreement, since, until))
    return ArchiveCounts(texts, known, connection.execute(matched).scalar_one(), unassigned)
