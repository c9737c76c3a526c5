"""The first schema: articles, judgements, sources, revisions, editions."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")
TEXT = sa.Text()
INT = sa.Integer()


def upgrade() -> None:
    """Make all tables."""
    _articles()
    _judgements()
    _verdicts()
    _words()
    _sources_and_revisions()
    _editions()
    _deliveries()


def _must(name: str, kind: sa.Text | sa.Integer) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _may(name: str, kind: sa.Text | sa.Integer) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def _table(name: str, *parts: sa.schema.SchemaItem, key: tuple[str, ...], rowid: bool = True) -> None:
    primary = sa.PrimaryKeyConstraint(*key, name=f"pk_{name}")
    op.create_table(name, *parts, primary, sqlite_with_rowid=rowid)


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _refers(table: str, to: str, *columns: tuple[str, str], cascade: bool = False) -> sa.ForeignKeyConstraint:
    here = [column for column, _ in columns]
    return sa.ForeignKeyConstraint(
        here,
        [f"{to}.{column}" for _, column in columns],
        name=f"fk_{table}_{'_'.join(here)}_{to}",
        ondelete="CASCADE" if cascade else None,
    )


def _articles() -> None:
    keys = [_must("id", KEY), _must("line", KEY), _must("address", KEY), _may("outlet", KEY), _may("source", KEY)]
    texts = [_must(name, TEXT) for name in ("url", "headline", "standfirst", "body", "byline", "carried_by")]
    _table("articles", *keys, *texts, _may("published_at", INSTANT), _must("first_seen", INSTANT), key=("id",))
    _index("articles", "first_seen", "id")
    _index("articles", "line", "first_seen", "id")
    _index("articles", "address")
    columns = [_must(name, KEY) for name in ("source", "key", "article")]
    _table("entries", *columns, _must("page_failures", INT), key=("source", "key"), rowid=False)
    failed = sa.text("page_failures > 0")
    op.create_index("ix_entries_source", "entries", ["source"], sqlite_where=failed, postgresql_where=failed)


def _judgements() -> None:
    _table(
        "judgements",
        _must("agreement", KEY),
        _must("article", KEY),
        _may("primary_section", KEY),
        _must("fingerprint", KEY),
        _must("evidence", KEY),
        _must("at", INSTANT),
        _may("json", TEXT),
        _refers("judgements", "articles", ("article", "id")),
        key=(
            "agreement",
            "article",
        ),  # with rowid: `unjudged` looks through the key, and the JSON would lie between
    )


def _verdicts() -> None:
    key = ("agreement", "article", "section")
    _table(
        "verdicts",
        *(_must(name, KEY) for name in (*key, "outcome")),
        _must("first_seen", INSTANT),
        _refers("verdicts", "judgements", *((name, name) for name in key[:2]), cascade=True),
        key=key,
        rowid=False,
    )
    _index("verdicts", "agreement", "first_seen", "article", "section")
    _table(
        "verdict_terms",
        *(_must(name, KEY) for name in (*key, "term")),
        _refers("verdict_terms", "verdicts", *((name, name) for name in key), cascade=True),
        key=(*key, "term"),
        rowid=False,
    )
    _index("verdict_terms", "agreement", "term", "article", "section")


def _words() -> None:
    unique = sa.UniqueConstraint("article", name="uq_article_words_article")
    refers = _refers("article_words", "articles", ("article", "id"))
    _table(
        "article_words", _must("no", INT), _must("article", KEY), _must("words", TEXT), unique, refers, key=("no",)
    )
    if op.get_context().dialect.name == "postgresql":
        op.execute("CREATE INDEX ix_article_words_words ON article_words USING gin (string_to_array(words, ' '))")
        return
    # The words come folded and apart by spaces: the plainest tokenizer takes them as they are.
    op.execute(
        "CREATE VIRTUAL TABLE article_words_index USING fts5"
        "(words, content='article_words', content_rowid='no', tokenize='ascii', detail='none')"
    )
    op.execute(
        "CREATE TRIGGER article_words_added AFTER INSERT ON article_words BEGIN "
        "INSERT INTO article_words_index (rowid, words) VALUES (new.no, new.words); END"
    )
    op.execute(
        "CREATE TRIGGER article_words_deleted AFTER DELETE ON article_words BEGIN "
        "INSERT INTO article_words_index (article_words_index, rowid, words) "
        "VALUES ('delete', old.no, old.words); END"
    )


def _sources_and_revisions() -> None:
    texts = [_must(name, TEXT) for name in ("error", "etag", "last_modified")]
    times = [_may(name, INSTANT) for name in ("last_tried", "last_heard", "last_new", "failing_since")]
    keys = [_must("source", KEY), _must("body_fingerprint", KEY)]
    _table("source_states", *keys, *texts, *times, key=("source",))
    keys = [_must(name, KEY) for name in ("agreement", "file", "fingerprint")]
    texts = [_must(name, TEXT) for name in ("content", "author", "reason")]
    _table("revisions", _must("no", INT), *keys, *texts, _must("at", INSTANT), key=("no",))
    _index("revisions", "agreement", "file", "no")


def _editions() -> None:
    keys = [_must(name, KEY) for name in ("id", "agreement", "digest", "fingerprint")]
    times = [_must(name, INSTANT) for name in ("window_start", "window_end", "made_at")]
    texts = [_must(name, TEXT) for name in ("subject", "text", "html", "content")]
    unique = sa.UniqueConstraint(
        "agreement", "digest", "window_end", name="uq_editions_agreement_digest_window_end"
    )
    _table("editions", *keys, *times, *texts, unique, key=("id",))
    _table(
        "edition_items",
        _must("edition", KEY),
        _must("position", INT),
        *(_must(name, KEY) for name in ("article", "section", "state", "story")),
        _refers("edition_items", "editions", ("edition", "id")),
        _refers("edition_items", "articles", ("article", "id")),
        key=("edition", "position"),
    )
    _index("edition_items", "article")


def _deliveries() -> None:
    _table(
        "deliveries",
        *(_must(name, KEY) for name in ("edition", "recipient", "message_id", "state")),
        *(_must(name, INT) for name in ("position", "attempts")),
        _may("last_tried", INSTANT),
        _must("answer", TEXT),
        _refers("deliveries", "editions", ("edition", "id")),
        key=("edition", "recipient"),
    )
    _index("deliveries", "state")
