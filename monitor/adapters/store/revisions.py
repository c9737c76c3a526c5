"""Published states of the library's files: only ever added to."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, Connection, func, select, text

from monitor.adapters.store.engine import Database
from monitor.adapters.store.rows import plain_row
from monitor.adapters.store.schema import revisions
from monitor.core.revision import Revision

COLUMNS = [column for column in revisions.columns if column.name != "no"]


class Revisions:
    """Keeps every revision; the one stored last is in force."""

    _db: Database

    def revisions_in_force(self) -> list[Revision]:
        """The latest revision of every file, by agreement and file."""
        latest = select(func.max(revisions.c.no)).group_by(revisions.c.agreement, revisions.c.file)
        return self._revisions(revisions.c.no.in_(latest), revisions.c.agreement, revisions.c.file)

    def publish(
        self, revision: Revision, over: str | None = None, write: Callable[[], None] | None = None
    ) -> bool:
        """Store a revision unless the one in force has the same fingerprint; whether it was stored.

        With `over` only if the one in force has that fingerprint, or, when it is empty, if there is none: what
        somebody else published meanwhile stands. `write` is called last before it is stored for good; what it
        raises leaves nothing stored.
        """
        return self._db.write(lambda c: _publish(c, revision, over, write))

    def revisions(self, agreement: str) -> list[Revision]:
        """All revisions of an agreement, the oldest first."""
        return self._revisions(revisions.c.agreement == agreement, revisions.c.no)

    def _revisions(self, condition: ColumnElement[bool], *order: ColumnElement[object]) -> list[Revision]:
        query = select(*COLUMNS).where(condition).order_by(*order)
        return [Revision(**row) for row in self._db.read(lambda c: c.execute(query).mappings().all())]


def _publish(
    connection: Connection, revision: Revision, over: str | None, write: Callable[[], None] | None
) -> bool:
    if connection.dialect.name == "postgresql":
        # Readers go on; a second publisher waits and then sees what the first stored. On SQLite all writers do.
        connection.execute(text("LOCK TABLE revisions IN SHARE ROW EXCLUSIVE MODE"))
    in_force = connection.execute(
        select(revisions.c.fingerprint)
        .where(revisions.c.agreement == revision.agreement, revisions.c.file == revision.file)
        .order_by(revisions.c.no.desc())
        .limit(1)
    ).scalar()
    if in_force == revision.fingerprint or over not in (None, in_force or ""):
        return False
    connection.execute(revisions.insert(), plain_row(revision))
    if write:
        write()
    return True
