"""How many articles each term brought, counted where they lie: for pages, which cannot wait for a weighing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, distinct, func, select

from monitor.adapters.store.engine import Database
from monitor.adapters.store.rows import chunks
from monitor.adapters.store.schema import articles, judgements, verdict_terms, verdicts
from monitor.core.match import Outcome
from monitor.jobs.ports import Tally

LINES = func.count(distinct(articles.c.line))


class Tallies:
    """Counts; never judges."""

    _db: Database

    def tally(self, agreement: str, since: datetime, until: datetime, excluded: Collection[str]) -> list[Tally]:
        """What each term of each section brought among articles first seen in `[since, until)`, by line.

        `excluded` are lines that are counted apart.
        """
        within = and_(
            verdicts.c.agreement == agreement, verdicts.c.first_seen >= since, verdicts.c.first_seen < until
        )
        return self._db.read(lambda c: _tally(c, within, excluded))

    def count_judged(self, agreement: str, since: datetime, until: datetime) -> tuple[int, datetime | None]:
        """How many articles first seen in `[since, until)` were judged, and when the first of them was seen."""
        query = (
            select(func.count(), func.min(articles.c.first_seen, type_=articles.c.first_seen.type))
            .select_from(judgements.join(articles, articles.c.id == judgements.c.article))
            .where(
                judgements.c.agreement == agreement, articles.c.first_seen >= since, articles.c.first_seen < until
            )
        )
        number, first = self._db.read(lambda c: c.execute(query).one())
        return number, first

    def first_judged(self, agreement: str, since: datetime) -> datetime | None:
        """When the first of the articles that were judged was seen, of those first seen at `since` or later."""
        query = (
            select(articles.c.first_seen)
            .join(judgements, judgements.c.article == articles.c.id)
            .where(judgements.c.agreement == agreement, articles.c.first_seen >= since)
            .order_by(articles.c.first_seen)
            .limit(1)
        )
        found: datetime | None = self._db.read(lambda c: c.scalar(query))
        return found


def _tally(connection: Connection, within: ColumnElement[bool], excluded: Collection[str]) -> list[Tally]:
    of_row = (verdict_terms.c[name] == verdicts.c[name] for name in ("agreement", "article", "section"))
    columns = (verdicts.c.section, verdict_terms.c.term, verdicts.c.outcome)
    query = (
        select(*columns, LINES, func.max(verdicts.c.first_seen, type_=verdicts.c.first_seen.type))
        .select_from(verdicts.join(verdict_terms, and_(*of_row)))
        .join(articles, articles.c.id == verdicts.c.article)
        .where(within)
        .group_by(*columns)
    )
    there = [line for some in chunks(sorted(excluded)) for line in _seen(connection, within, some)]
    rows = connection.execute(query.where(articles.c.line.not_in(there)) if there else query).all()
    found = [Tally(section, term, Outcome(outcome), number, last) for section, term, outcome, number, last in rows]
    for some in chunks(there):
        for section, term, outcome, number, last in connection.execute(query.where(articles.c.line.in_(some))):
            found.append(Tally(section, term, Outcome(outcome), number, last, excluded=True))
    return found


def _seen(connection: Connection, within: ColumnElement[bool], lines: list[str]) -> list[str]:
    """Of these lines those that something was found in during the stretch."""
    query = select(articles.c.line).select_from(verdicts.join(articles, articles.c.id == verdicts.c.article))
    return list(connection.execute(query.where(within, articles.c.line.in_(lines)).distinct()).scalars())
