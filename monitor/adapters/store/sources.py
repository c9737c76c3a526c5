"""What is known of each source from polling it."""

from __future__ import annotations

from sqlalchemy import select

from monitor.adapters.store.engine import Database, upsert
from monitor.adapters.store.rows import plain_row
from monitor.adapters.store.schema import source_states
from monitor.core.source import SourceState


class SourceStates:
    """Stores one state for each source."""

    _db: Database

    def source_states(self) -> dict[str, SourceState]:
        """All of them, by source id."""
        rows = self._db.read(
            lambda c: c.execute(select(source_states).order_by(source_states.c.source)).mappings().all()
        )
        return {row["source"]: SourceState(**row) for row in rows}

    def save_source_state(self, state: SourceState) -> None:
        """Store one, in place of the one that is there."""
        self._db.write(lambda c: upsert(c, source_states, [plain_row(state)]))
