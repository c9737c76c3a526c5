"""What agreements said of articles, and which articles they have not judged yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, delete, literal, select, tuple_

from monitor.adapters.store.articles import latest_within
from monitor.adapters.store.engine import Database, upsert
from monitor.adapters.store.judgement_json import dumps, loads
from monitor.adapters.store.rows import Row, chunks, to_article
from monitor.adapters.store.schema import articles, judgements, verdict_terms, verdicts
from monitor.adapters.store.types import Instant, Key, indexable
from monitor.core.article import Article, Evidence
from monitor.core.match import Judgement, Outcome
from monitor.core.replay.outcome import Matched
from monitor.jobs.ports import Recorded

Place = tuple[datetime, str]
"""Where an article stands in the order in which they were stored: `stored_at`, id."""
STORING = timedelta(days=1)
"""As long, and much longer than it takes, may lie between the moment an article bears and its being stored."""
STORED = (articles.c.stored_at, articles.c.id)


class Judgements:
    """Stores one judgement for each agreement and article, with its verdicts and terms for `coverage`."""

    _db: Database
    _judged_up_to: dict[str, Place]

    def unjudged(self, agreement: str, limit: int) -> list[Article]:
        """Articles that this agreement has not judged yet, as they were stored; none whose text was purged.

        The first call looks through the record; each other one starts a day before the place where the last found
        its first, or nothing: what is looked at does not grow with the record. Whatever an archive's articles are
        dated, they are stored today, by whichever process, and come.
        """
        start = self._judged_up_to.get(agreement)
        found, reached = self._db.read(lambda c: _unjudged(c, agreement, limit, start))
        if reached is not None:
            self._judged_up_to[agreement] = reached
        return found

    def save_judgements(
        self, agreement: str, fingerprint: str, judged: Iterable[tuple[str, Judgement]], at: datetime
    ) -> None:
        """Store judgements by article id in one transaction, each in place of an earlier one.

        A judgement that saw no term is a small row and no more; its `url` is read back from the article.
        """
        by_article = dict(judged)
        rows = [_row(agreement, fingerprint, i, by_article[i], at) for i in sorted(by_article)]
        self._db.write(lambda c: _save(c, agreement, rows, by_article))

    def judgement(self, agreement: str, article_id: str) -> Judgement | None:
        """What the agreement said of the article when it was judged."""
        return self.judgements(agreement, [article_id]).get(article_id)

    def recorded(self, agreement: str, article_id: str) -> Recorded | None:
        """The same with when it was judged, and by what state of the agreement."""
        rows = self._db.read(lambda c: _records(c, agreement, [article_id]))
        return rows[0][1] if rows else None

    def judgements(self, agreement: str, article_ids: Iterable[str]) -> dict[str, Judgement]:
        """The same for many, by article id; those never judged are left out."""
        asked = list(dict.fromkeys(article_ids))
        records = self._db.read(lambda c: _records(c, agreement, asked))
        return {article: record.judgement for article, record in records}

    def matched(
        self, agreement: str, since: datetime, until: datetime, sections: Collection[str] = ()
    ) -> list[Matched]:
        """Those of `articles` that were in a section when they were judged, in one of these if any are given."""
        columns = (verdicts.c.article, verdicts.c.first_seen, judgements.c.fingerprint)
        asked = [verdicts.c.agreement == agreement, verdicts.c.outcome == str(Outcome.IN)]
        asked += [verdicts.c.first_seen >= since, verdicts.c.first_seen < until, latest_within(since, until)]
        asked += [verdicts.c.section.in_(sections)] if sections else []
        query = (
            select(*columns).join_from(verdicts, judgements).join(articles, articles.c.id == verdicts.c.article)
        )
        return [Matched(*row) for row in self._db.read(lambda c: c.execute(query.where(*asked).distinct()).all())]


def _unjudged(
    connection: Connection, agreement: str, limit: int, start: Place | None
) -> tuple[list[Article], Place | None]:
    """What is not judged, and where the next look starts."""
    query = _not_judged_by(agreement).order_by(*STORED).limit(limit)
    end = connection.execute(select(*STORED).order_by(*(c.desc() for c in STORED)).limit(1)).first()
    rows = connection.execute(_from(query, start)).all()
    if start is not None and len(rows) < limit:
        rows = connection.execute(_from(query, (start[0] - STORING, ""))).all()
    first = rows[0] if rows else end
    return [to_article(row) for row in rows], first and (first.stored_at, first.id)


def _from(query: Select[Any], start: Place | None) -> Select[Any]:
    if start is None:
        return query
    return query.where(tuple_(*STORED) >= tuple_(literal(start[0], Instant), literal(start[1], Key)))


def _not_judged_by(agreement: str) -> Select[Any]:
    judged = select(judgements.c.article).where(
        judgements.c.agreement == agreement, judgements.c.article == articles.c.id
    )
    # Not an EXISTS, which a PostgreSQL without statistics turns into a join of everything with everything.
    return select(articles).where(judged.scalar_subquery().is_(None), articles.c.purged_at.is_(None))


def _row(agreement: str, fingerprint: str, article: str, judgement: Judgement, at: datetime) -> Row:
    return {
        "agreement": agreement,
        "article": article,
        "primary_section": judgement.primary,
        "fingerprint": fingerprint,
        "evidence": str(judgement.evidence),
        "at": at,
        "json": dumps(judgement),
    }


def _save(connection: Connection, agreement: str, rows: list[Row], judged: dict[str, Judgement]) -> None:
    upsert(connection, judgements, rows)
    for chunk in chunks(row["article"] for row in rows):
        connection.execute(
            delete(verdicts).where(verdicts.c.agreement == agreement, verdicts.c.article.in_(chunk))
        )
        _save_verdicts(connection, agreement, {i: judged[i] for i in chunk if judged[i].verdicts})


def _save_verdicts(connection: Connection, agreement: str, judged: dict[str, Judgement]) -> None:
    if not judged:
        return
    ids = list(judged)
    seen = connection.execute(select(articles.c.id, articles.c.first_seen).where(articles.c.id.in_(ids)))
    connection.execute(
        verdicts.insert(),
        [row for i, first_seen in seen for row in _verdict_rows(agreement, i, first_seen, judged[i])],
    )
    if terms := [row for i in ids for row in _term_rows(agreement, i, judged[i])]:
        connection.execute(verdict_terms.insert(), terms)


def _verdict_rows(agreement: str, article: str, first_seen: datetime, judgement: Judgement) -> list[Row]:
    return [
        {
            "agreement": agreement,
            "article": article,
            "section": verdict.section,
            "outcome": str(verdict.outcome),
            "first_seen": first_seen,
        }
        for verdict in judgement.verdicts
    ]


def _term_rows(agreement: str, article: str, judgement: Judgement) -> list[Row]:
    return [
        {"agreement": agreement, "article": article, "section": verdict.section, "term": term}
        for verdict in judgement.verdicts
        for term in sorted({indexable(hit.term) for hit in verdict.hits})
    ]


def _records(connection: Connection, agreement: str, asked: list[str]) -> list[tuple[str, Recorded]]:
    """(Article id, judgement as stored) of those that were judged."""
    query = select(judgements, articles.c.url).join_from(judgements, articles)
    of_agreement = query.where(judgements.c.agreement == agreement)
    return [
        (row.article, Recorded(_judgement(row), row.at, row.fingerprint))
        for chunk in chunks(asked)
        for row in connection.execute(of_agreement.where(judgements.c.article.in_(chunk)))
    ]


def _judgement(row: Any) -> Judgement:
    if row.json:
        return loads(row.json)
    return Judgement(row.url, row.primary_section, evidence=Evidence(row.evidence))
