"""The answer to an FOI question: verdicts of a period with their articles, proof and editions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, ScalarSelect, distinct, func, literal, select, tuple_

from monitor.adapters.store.engine import Database
from monitor.adapters.store.filed import filed
from monitor.adapters.store.judgement_json import loads
from monitor.adapters.store.rows import to_article
from monitor.adapters.store.schema import (
    article_words,
    articles,
    edition_items,
    editions,
    judgements,
    verdict_terms,
    verdicts,
)
from monitor.adapters.store.types import Instant, Key, indexable
from monitor.adapters.store.words import holding
from monitor.core.coverage import CoverageQuestion, CoverageRow, Showing
from monitor.core.edition import ItemState
from monitor.core.match import Outcome
from monitor.core.replay.words import NOTHING, Word, all_of, words_in

PAGE = 1000
"""Rows read at a time; no connection is held while the asker looks at them."""
READ = [str(ItemState.SHOWN), str(ItemState.COPY), str(ItemState.UPDATED), str(ItemState.DEVELOPED)]
"""What readers have had before them."""
ORDER = (verdicts.c.first_seen, verdicts.c.article, verdicts.c.section)


class Coverage:
    """Answers from what was judged, never by judging again."""

    _db: Database

    def coverage(self, question: CoverageQuestion) -> Iterator[CoverageRow]:
        """The answer, in order of first seen, article id, section.

        `text` asks for whole words, all of them, anywhere in headline, standfirst and body, whatever their case,
        accents and apostrophes: *carers allowance* finds "Allowance for Carer's", and *tax* never finds "taxi".
        Words are looked up in the index, which must be whole (`unindexed`).
        Every text of an edited article that matched is a row of its own. Read page by page: what is judged while
        the answer is read may be in it or not.
        """
        rows = self._page(question, None)
        while rows:
            yield from rows
            last = rows[-1]
            rows = self._page(question, (last.article.first_seen, last.article.id, last.verdict.section))

    def names_found(self, agreement: str) -> set[str]:
        """Every section and term that something was found under, and every outlet that anything came from."""
        queries = (
            select(verdicts.c.section).distinct().where(verdicts.c.agreement == agreement),
            select(verdict_terms.c.term).distinct().where(verdict_terms.c.agreement == agreement),
            select(articles.c.outlet).distinct().where(articles.c.outlet.is_not(None)),
        )
        return self._db.read(lambda c: {name for query in queries for name in c.execute(query).scalars()})

    def without_words(self, question: CoverageQuestion) -> int:
        """Articles of the answer that `text` can find by their headline alone: their text and words are purged."""
        anything = replace(question, text="")
        return self._db.read(lambda c: _count_without_words(c, anything))

    def _page(self, question: CoverageQuestion, after: tuple[Any, ...] | None) -> list[CoverageRow]:
        return self._db.read(lambda c: _read_page(c, question, after))


def _read_page(
    connection: Connection, question: CoverageQuestion, after: tuple[Any, ...] | None
) -> list[CoverageRow]:
    replaced = replaced_at(question.as_of).label("replaced_at")
    query = (
        select(verdicts.c.section, judgements.c.json, judgements.c.fingerprint, articles, replaced)
        .join_from(verdicts, judgements)
        .join(articles, articles.c.id == verdicts.c.article)
        .where(*conditions(connection, question))
    )
    if after:
        first_seen, article, section = after
        here = tuple_(literal(first_seen, Instant), literal(article, Key), literal(section, Key))
        query = query.where(tuple_(*ORDER) > here)
    rows = connection.execute(query.order_by(*ORDER).limit(PAGE)).all()
    shown = _shown(connection, question, list({row.id for row in rows}))
    once = lru_cache(maxsize=1)(loads)  # sections of one article follow one another
    return [
        CoverageRow(to_article(row), verdict, row.fingerprint, tuple(shown.get(row.id, ())), row.replaced_at)
        for row in rows
        if (verdict := once(row.json).verdict(row.section))
    ]


def _count_without_words(connection: Connection, question: CoverageQuestion) -> int:
    query = (
        select(func.count(distinct(articles.c.id)))
        .join_from(verdicts, judgements)
        .join(articles, articles.c.id == verdicts.c.article)
    )
    gone = query.where(articles.c.purged_words == 1, *conditions(connection, question))
    return connection.execute(gone).scalar_one()


def conditions(connection: Connection, question: CoverageQuestion) -> Iterator[ColumnElement[bool]]:
    """What rows of `verdicts`, joined with `judgements` and `articles`, must meet to be in the answer."""
    yield verdicts.c.agreement == question.agreement
    outcomes = [Outcome.IN, Outcome.NEAR_MISS] if question.near_misses else [Outcome.IN]
    yield verdicts.c.outcome.in_([str(outcome) for outcome in outcomes])
    if question.since:
        yield verdicts.c.first_seen >= question.since
    if question.until:
        yield verdicts.c.first_seen < question.until
    if question.as_of:
        yield articles.c.first_seen < question.as_of
        yield judgements.c.at < question.as_of
        yield replaced_at(question.as_of).is_(None)
    if question.sections:
        yield verdicts.c.section.in_(question.sections)
    if question.outlets:
        yield articles.c.outlet.in_(question.outlets)
    if question.terms:
        yield _has_term(question.terms)
    if question.text.strip():
        words = [Word(word) for word in sorted(words_in(question.text))]
        asked = holding(connection, all_of(words) if words else NOTHING)
        with_words = select(article_words.c.article).where(asked)
        yield verdicts.c.article.in_(with_words)


def replaced_at(as_of: datetime | None) -> ScalarSelect[datetime | None]:
    """When the next text of an article was seen, as far as that was known at `as_of`."""
    later = articles.alias("later")
    place = tuple_(articles.c.first_seen, articles.c.id)
    query = select(func.min(later.c.first_seen, type_=Instant)).where(
        later.c.line == articles.c.line, tuple_(later.c.first_seen, later.c.id) > place
    )
    if as_of:
        query = query.where(
            later.c.first_seen < as_of, func.coalesce(later.c.stored_at, later.c.first_seen) < as_of
        )
    return query.correlate(articles).scalar_subquery()


def _has_term(terms: tuple[str, ...]) -> ColumnElement[bool]:
    key = (verdict_terms.c.agreement, verdict_terms.c.article, verdict_terms.c.section)
    hit = select(verdict_terms.c.term).where(
        tuple_(*key) == tuple_(verdicts.c.agreement, verdicts.c.article, verdicts.c.section),
        verdict_terms.c.term.in_([indexable(term) for term in terms]),
    )
    return hit.exists()


def _shown(connection: Connection, question: CoverageQuestion, article_ids: list[str]) -> dict[str, list[Showing]]:
    """Where editions showed each article, the oldest first."""
    columns = (edition_items.c.article, edition_items.c.edition, edition_items.c.section)
    query = select(*columns).where(edition_items.c.state.in_(READ)).distinct()
    of = [editions.c.agreement == question.agreement]
    if question.as_of:
        of.append(editions.c.made_at < question.as_of)
    rows = filed(connection, query, edition_items.c.article, article_ids, of)
    rows.sort(key=lambda found: (found[0].window_end, found[0].id, found[1].section))
    shown: dict[str, list[Showing]] = {}
    for edition, item in rows:
        shown.setdefault(item.article, []).append(Showing(edition.id, item.section))
    return shown
