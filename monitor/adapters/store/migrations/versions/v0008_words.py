"""An index of the words of every article, as the core compares them, in place of that of matched articles.

It is made empty, but for what was kept of purged texts: the other articles that are there are caught up with by
the commands that ask it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the index anew, empty."""
    op.create_table(
        "word_index",
        sa.Column("folding", KEY, nullable=False),
        sa.PrimaryKeyConstraint("folding", name="pk_word_index"),
    )
    if op.get_context().dialect.name == "postgresql":
        _postgresql()
    else:
        _sqlite()


def _postgresql() -> None:
    op.drop_index("ix_article_words_words", "article_words")
    op.execute(
        "DELETE FROM article_words WHERE article NOT IN (SELECT id FROM articles WHERE purged_at IS NOT NULL)"
    )
    op.alter_column("article_words", "words", nullable=True)
    op.execute(
        "CREATE INDEX ix_article_words_words ON article_words USING gin "
        "((CASE WHEN octet_length(words) < 500000 THEN array_to_tsvector(string_to_array(words, ' ')) END))"
    )
    op.execute("CREATE INDEX ix_article_words_large ON article_words (no) WHERE octet_length(words) >= 500000")


def _sqlite() -> None:
    op.execute("DROP TABLE article_words_index")
    op.execute("DROP TRIGGER article_words_added")
    op.execute("DROP TRIGGER article_words_deleted")
    op.rename_table("article_words", "old_words")
    op.create_table(
        "article_words",
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("article", KEY, nullable=False),
        sa.Column("words", sa.Text()),
        sa.PrimaryKeyConstraint("no", name="pk_article_words"),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_article_words_article_articles"),
        sa.UniqueConstraint("article", name="uq_article_words_article"),
    )
    # The words come folded and apart by spaces: the plainest tokenizer takes them as they are.
    op.execute(
        "CREATE VIRTUAL TABLE article_words_index USING fts5"
        "(words, content='', columnsize=0, tokenize='ascii', detail='none')"
    )
    op.execute(
        "INSERT INTO article_words SELECT no, article, words FROM old_words "
        "WHERE article IN (SELECT id FROM articles WHERE purged_at IS NOT NULL)"
    )
    op.execute("INSERT INTO article_words_index (rowid, words) SELECT no, words FROM article_words")
    op.drop_table("old_words")
