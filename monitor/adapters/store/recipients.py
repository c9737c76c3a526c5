"""What was decided on addresses: only ever added to."""

from __future__ import annotations

from sqlalchemy import select

from monitor.adapters.store.engine import Database
from monitor.adapters.store.rows import plain_row
from monitor.adapters.store.schema import recipient_acts
from monitor.core.recipient import RecipientAct, RecipientVerb


class RecipientActs:
    """Keeps every decision, whatever is decided later."""

    _db: Database

    def recipient_acts(self) -> dict[str, list[RecipientAct]]:
        """All of them by address, the oldest first."""
        query = select(*(c for c in recipient_acts.c if c.name != "no")).order_by(recipient_acts.c.no)
        found: dict[str, list[RecipientAct]] = {}
        for row in self._db.read(lambda c: c.execute(query).mappings().all()):
            act = RecipientAct(**{**row, "verb": RecipientVerb(row["verb"])})
            found.setdefault(act.recipient, []).append(act)
        return found

    def act_on_recipient(self, act: RecipientAct) -> None:
        """Remember one."""
        row = plain_row(act) | {"verb": str(act.verb)}
        self._db.write(lambda c: c.execute(recipient_acts.insert(), row))
