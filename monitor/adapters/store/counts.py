"""Coverage in numbers, over the same conditions as the answer itself."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import Connection, Select, distinct, func, select

from monitor.adapters.store.coverage import conditions
from monitor.adapters.store.engine import Database
from monitor.adapters.store.schema import articles, judgements, verdict_terms, verdicts
from monitor.core.coverage import CoverageCounts, CoverageQuestion
from monitor.core.dates import london_day

ARTICLES = func.count(distinct(verdicts.c.article))


class Counts:
    """Counts; never judges."""

    _db: Database

    def coverage_counts(self, question: CoverageQuestion) -> CoverageCounts:
        """How many rows the answer has, by section, outlet, term and day."""
        return self._db.read(lambda c: _count(c, question))


def _count(connection: Connection, question: CoverageQuestion) -> CoverageCounts:
    asked = list(conditions(connection, question))

    def of(*columns: Any) -> Select[Any]:
        found = select(*columns).select_from(verdicts.join(judgements))
        return found.join(articles, articles.c.id == verdicts.c.article).where(*asked)

    def by(column: Any, query: Select[Any]) -> tuple[tuple[str, int], ...]:
        rows = connection.execute(query.group_by(column)).all()
        return tuple(sorted(((name or "", number) for name, number in rows), key=lambda p: (-p[1], p[0])))

    rows = connection.execute(of(func.count())).scalar_one()
    seen = connection.execute(of(verdicts.c.article, verdicts.c.first_seen).distinct()).all()
    hits = verdict_terms.alias("hits")
    of_row = (hits.c[name] == verdicts.c[name] for name in ("agreement", "article", "section"))
    terms = of(hits.c.term, ARTICLES).where(*of_row)
    return CoverageCounts(
        len(seen),
        rows,
        by(verdicts.c.section, of(verdicts.c.section, ARTICLES)),
        by(articles.c.outlet, of(articles.c.outlet, ARTICLES)),
        by(hits.c.term, terms),
        tuple(sorted(Counter(london_day(first_seen) for _, first_seen in seen).items())),
    )
