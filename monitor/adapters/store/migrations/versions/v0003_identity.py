"""One article once: what a source said under each key, and addresses by the rule of today.

Ids and lines are what judgements and editions name, and stay (docs/decisions/0009-one-article-once.md).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from monitor.adapters.store.rows import address_of

revision = "0003"
down_revision = "0002"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
BATCH = 5000


def upgrade() -> None:
    """What was said is not known of what is there; each address is reckoned again."""
    op.add_column("entries", sa.Column("said", KEY, nullable=False, server_default=""))
    op.create_index("ix_entries_key", "entries", ["key"])
    _reckon_addresses()


def _reckon_addresses() -> None:
    """By the code of today and not as it was when this step was written: an address is only ever looked up."""
    articles = sa.table("articles", sa.column("id", KEY), sa.column("url", sa.Text()), sa.column("address", KEY))
    there = sa.select(articles.c.id, articles.c.url, articles.c.address).order_by(articles.c.id).limit(BATCH)
    change = articles.update().where(articles.c.id == sa.bindparam("this")).values(address=sa.bindparam("new"))
    connection = op.get_bind()
    last = ""
    while rows := connection.execute(there.where(articles.c.id > last)).all():
        last = rows[-1].id
        changed = [{"this": r.id, "new": new} for r in rows if (new := address_of(r.url)) != r.address]
        if changed:
            connection.execute(change, changed)
