"""What is known of each source and each host from asking them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from monitor.adapters.store.claims import claims
from monitor.adapters.store.engine import Database, upsert
from monitor.adapters.store.health import save_poll
from monitor.adapters.store.rows import plain_row, source_state_row, to_source_state
from monitor.adapters.store.sources_schema import hosts, source_states
from monitor.core.health import Poll
from monitor.core.source import HostState, SourceState

if TYPE_CHECKING:
    from monitor.jobs import ports


class SourceStates:
    """Stores one state for each source, and one for each host."""

    _db: Database

    def source_states(self) -> dict[str, SourceState]:
        """All of them, by source id."""
        rows = self._db.read(
            lambda c: c.execute(select(source_states).order_by(source_states.c.source)).mappings().all()
        )
        return {row["source"]: to_source_state(row) for row in rows}

    def source_state(self, source: str) -> SourceState | None:
        """That of one source, if it was ever asked."""
        query = select(source_states).where(source_states.c.source == source)
        row = self._db.read(lambda c: c.execute(query).mappings().first())
        return None if row is None else to_source_state(row)

    def save_source_state(self, state: SourceState, poll: Poll | None = None) -> None:
        """Store one, in place of the one that is there, and the poll that it is the state after."""
        self._db.write(lambda c: _save(c, state, poll))

    def host_states(self) -> dict[str, HostState]:
        """What hosts have asked of us, by host."""
        rows = self._db.read(lambda c: c.execute(select(hosts).order_by(hosts.c.host)).mappings().all())
        return {row["host"]: HostState(**row) for row in rows}

    def host_state(self, host: str) -> HostState | None:
        """What one of them has asked, if it ever did."""
        row = self._db.read(lambda c: c.execute(select(hosts).where(hosts.c.host == host)).mappings().first())
        return None if row is None else HostState(**row)

    def save_host_state(self, state: HostState) -> None:
        """Store one, in place of the one that is there."""
        self._db.write(lambda c: upsert(c, hosts, [plain_row(state)]))

    def claims(self) -> AbstractContextManager[ports.Claims]:
        """What sources and hosts can be claimed with, so that no other process asks them meanwhile."""
        return claims(self._db)


def _save(connection: Connection, state: SourceState, poll: Poll | None) -> None:
    upsert(connection, source_states, [source_state_row(state)])
    if poll:
        save_poll(connection, poll)
