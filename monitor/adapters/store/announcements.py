"""What was told at once, and in which mail: a story, or that something is wrong, goes out once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, FromClause, Select, func, select
from sqlalchemy.exc import IntegrityError

from monitor.adapters.store.engine import Database, add_new
from monitor.adapters.store.ledger import Parts, made_of, make
from monitor.adapters.store.rows import Row, chunks, edition_row
from monitor.adapters.store.schema import announced, articles, curations, editions, judgements, story_decisions
from monitor.adapters.store.types import indexable
from monitor.core.edition import Delivery, Edition, Variant
from monitor.errors import StoreError
from monitor.jobs.ports import Grounds


class Announcements:
    """Keeps what was told for good."""

    _db: Database

    def grounds(self, agreement: str, since: datetime, until: datetime) -> Grounds:
        """How much there is by now to judge by, of what was first seen in `[since, until)`."""
        within = (articles.c.first_seen >= since, articles.c.first_seen < until)
        judged = judgements.join(articles, articles.c.id == judgements.c.article)
        counted = (
            _count(articles, *within),
            _count(judged, judgements.c.agreement == agreement, *within),
            _count(curations, curations.c.agreement == agreement),
            _count(story_decisions),
        )
        counts = self._db.read(lambda c: [c.execute(query).scalar_one() for query in counted])
        return Grounds(*counts)

    def announced(self, agreement: str, digest: str, what: Iterable[str]) -> dict[str, datetime]:
        """When each of these was told, of those that were."""
        asked = {indexable(one): one for one in what}
        query = (
            select(announced.c.what, editions.c.made_at)
            .join_from(announced, editions)
            .where(announced.c.agreement == agreement, announced.c.digest == digest)
        )
        rows = self._db.read(
            lambda c: [row for part in chunks(asked) for row in c.execute(query.where(announced.c.what.in_(part)))]
        )
        return {asked[row.what]: row.made_at for row in rows}

    def announce(
        self,
        edition: Edition,
        digest: str,
        what: Iterable[str],
        deliveries: Iterable[Delivery],
        variants: Iterable[Variant] = (),
    ) -> bool:
        """Store the mail that tells these on behalf of a digest, with its deliveries, in one transaction.

        False, and nothing stored, when any of these was told already: of many that look at once, one tells.
        """
        keys = sorted({indexable(one) for one in what})  # in one order, or two that tell the same lock each other
        rows = [{"agreement": edition.agreement, "digest": digest, "what": k, "edition": edition.id} for k in keys]
        parts = made_of(edition, (), deliveries, variants)
        try:
            return self._db.write(lambda c: _announce(c, edition_row(edition), rows, parts))
        except StoreError as error:
            if isinstance(error.__cause__, IntegrityError):  # another was faster, and all of ours is undone
                return False
            raise

    def note_announced(self, edition: Edition, what: str) -> None:
        """Remember that this was said of an edition that is stored; once is enough."""
        key = indexable(what)
        row = {"agreement": edition.agreement, "digest": edition.digest, "what": key, "edition": edition.id}
        self._db.write(lambda c: add_new(c, announced, [row]))


def _count(of: FromClause, *where: ColumnElement[bool]) -> Select[int]:
    return select(func.count()).select_from(of).where(*where)


def _announce(connection: Connection, edition: Row, rows: list[Row], parts: Parts) -> bool:
    if not make(connection, edition, parts):
        return False
    connection.execute(announced.insert(), rows)
    return True
