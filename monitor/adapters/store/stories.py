"""What editors decided on stories: only ever added to."""

from __future__ import annotations

from sqlalchemy import Connection, select

from monitor.adapters.store.engine import Database
from monitor.adapters.store.schema import story_decisions, story_pairs
from monitor.core.story import Pair, StoryDecision, Verb


class StoryDecisions:
    """Keeps every decision, whatever is decided later."""

    _db: Database

    def story_decisions(self) -> list[StoryDecision]:
        """All of them, the oldest first."""
        return self._db.read(_decisions)

    def decide_story(self, decision: StoryDecision) -> None:
        """Remember one."""
        self._db.write(lambda c: _add(c, decision))


def _decisions(connection: Connection) -> list[StoryDecision]:
    pairs: dict[int, list[Pair]] = {}
    for row in connection.execute(select(story_pairs).order_by(story_pairs.c.line, story_pairs.c.other)):
        pairs.setdefault(row.decision, []).append((row.line, row.other))
    found = connection.execute(select(story_decisions).order_by(story_decisions.c.no))
    return [StoryDecision(Verb(r.verb), tuple(pairs.get(r.no, ())), r.author, r.reason, r.at) for r in found]


def _add(connection: Connection, decision: StoryDecision) -> None:
    row = {"verb": str(decision.verb), "author": decision.author, "reason": decision.reason, "at": decision.at}
    number = connection.execute(story_decisions.insert().returning(story_decisions.c.no), row).scalar_one()
    pairs = [{"decision": number, "line": line, "other": other} for line, other in decision.pairs]
    if pairs:
        connection.execute(story_pairs.insert(), pairs)
