"""Files as editors would have them: one row for each editor and file, gone when it is published or dropped."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, delete, select

from monitor.adapters.store.engine import Database, add_new
from monitor.adapters.store.rows import plain_row
from monitor.adapters.store.schema import drafts
from monitor.core.draft import DraftFile


class Drafts:
    """Keeps what was drafted; nothing of it counts for any judgement."""

    _db: Database

    def draft_files(self, agreement: str) -> list[DraftFile]:
        """All of an agreement, by author and file."""
        query = select(drafts).where(drafts.c.agreement == agreement).order_by(drafts.c.author, drafts.c.file)
        return [DraftFile(**row) for row in self._db.read(lambda c: c.execute(query).mappings().all())]

    def save_draft(self, draft: DraftFile, over: str) -> bool:
        """Store a file of a draft; False, and nothing stored, when it is not what the editor saw any more.

        `over` is the fingerprint of the state that was changed; empty: the draft had no such file.
        """
        return self._db.write(lambda c: _save(c, draft, over))

    def drop_draft(self, agreement: str, author: str, file: str) -> bool:
        """Take a file out of a draft for good; whether it was in it."""
        gone = delete(drafts).where(_is(agreement, author, file))
        return self._db.write(lambda c: c.execute(gone).rowcount) > 0


def _is(agreement: str, author: str, file: str) -> ColumnElement[bool]:
    return and_(drafts.c.agreement == agreement, drafts.c.author == author, drafts.c.file == file)


def _save(connection: Connection, draft: DraftFile, over: str) -> bool:
    this = _is(draft.agreement, draft.author, draft.file)
    if not over:
        return add_new(connection, drafts, [plain_row(draft)]) > 0
    # Locked, where a database lets two write at once: the second sees what the first stored.
    row = connection.execute(select(drafts).where(this).with_for_update()).mappings().one_or_none()
    if row is None or DraftFile(**row).fingerprint != over:
        return False
    connection.execute(drafts.update().where(this).values(plain_row(draft)))
    return True
