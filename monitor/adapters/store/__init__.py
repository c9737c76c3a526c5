"""The database: everything decided stays answerable.

One `Store` over SQLite (a file) or PostgreSQL, the same on both. Only this package knows SQLAlchemy and Alembic;
what goes in and comes out are the frozen types of the core. `schema.py` shows the tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.adapters.store.access import Access
from monitor.adapters.store.acts import Acts
from monitor.adapters.store.announcements import Announcements
from monitor.adapters.store.articles import Articles
from monitor.adapters.store.askings import Askings
from monitor.adapters.store.audit import Audit
from monitor.adapters.store.counts import Counts
from monitor.adapters.store.coverage import Coverage
from monitor.adapters.store.curations import Curations
from monitor.adapters.store.drafts import Drafts
from monitor.adapters.store.engine import Database, connect
from monitor.adapters.store.feed_tokens import FeedTokens
from monitor.adapters.store.health import Health
from monitor.adapters.store.judgements import Judgements
from monitor.adapters.store.ledger import Ledger
from monitor.adapters.store.looks import Looks
from monitor.adapters.store.migrate import migrate
from monitor.adapters.store.received import ReceivedAgreements
from monitor.adapters.store.recipients import RecipientActs
from monitor.adapters.store.rereads import Rereads
from monitor.adapters.store.revisions import Revisions
from monitor.adapters.store.seals import Seals
from monitor.adapters.store.shelf import Shelf
from monitor.adapters.store.sources import SourceStates
from monitor.adapters.store.stories import StoryDecisions
from monitor.adapters.store.tallies import Tallies
from monitor.adapters.store.tellings import Tellings
from monitor.adapters.store.texts import Texts
from monitor.adapters.store.words import WordIndex

if TYPE_CHECKING:
    from monitor.jobs import ports

__all__ = ["Store", "open_store"]


class Store(
    Articles,
    WordIndex,
    Texts,
    Judgements,
    Coverage,
    SourceStates,
    Rereads,
    Health,
    Revisions,
    Drafts,
    Askings,
    Tallies,
    Ledger,
    Seals,
    Looks,
    Tellings,
    RecipientActs,
    ReceivedAgreements,
    Announcements,
    StoryDecisions,
    Curations,
    Audit,
    FeedTokens,
    Access,
    Acts,
    Counts,
    Shelf,
):
    """All that Monitor remembers; fits `jobs.ports.Store` and may be used from several threads.

    Every method is one transaction: what it stores is stored whole when it returns, and not at all when it raises
    `StoreError`. Instants must be aware, and come back in UTC. In texts NUL and lone surrogates become U+FFFD.
    """

    def __init__(self, database: Database) -> None:
        self._db = database
        self._judged_up_to = {}
        self._indexed_up_to = ""

    def close(self) -> None:
        """Let go of the database."""
        self._db.close()


def open_store(url: str) -> Store:
    """The store at `sqlite:////path/to/monitor.db` or `postgresql://...`, brought to the schema of this code.

    Raises:
        StoreError: the address is wrong, the database cannot be reached, or a newer Monitor wrote it.
    """
    database = Database(connect(url))
    try:
        migrate(database)
    except BaseException:  # whatever ends us, Ctrl-C too: the lock must not outlive it
        database.close()
        raise
    return Store(database)


if TYPE_CHECKING:

    def _fits(store: Store) -> ports.Store:
        return store
