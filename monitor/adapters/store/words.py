"""The words of a text as coverage looks them up: whole words, whatever their case, accents and apostrophes.

Folded here and not in the database, so that SQLite and PostgreSQL give the same answer: SQLite keeps the words
in an FTS5 index, PostgreSQL in a GIN index over the list of them.
"""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import ColumnElement, Connection, Text, bindparam, false, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY

from monitor.adapters.store.engine import add_new
from monitor.adapters.store.schema import article_words, articles

WORD = re.compile(r"[^\W_]+")
APOSTROPHES = re.compile("['\u2018\u2019\u201b\u02bc\u00b4`\uff07]")
MARKS = re.compile("[\u0300-\u036f]")
LONGEST = 64
"""Characters of a word that count; an index entry of PostgreSQL has a limit."""


def words_of(*texts: str) -> list[str]:
    """Each word of the texts once, folded and sorted.

    >>> words_of("Carer\u2019s Allowance:", "low-income carers; ALLOWANCE")
    ['allowance', 'carers', 'income', 'low']
    """
    plain = unicodedata.normalize("NFKD", "\n".join(texts)).casefold()
    bare = MARKS.sub("", APOSTROPHES.sub("", plain))
    return sorted({word[:LONGEST] for word in WORD.findall(bare)})


def save_words(connection: Connection, article_ids: list[str]) -> None:
    """Make these stored articles findable by their words; those that are already stay as they are."""
    columns = (articles.c.id, articles.c.headline, articles.c.standfirst, articles.c.body)
    rows = [
        {"article": row.id, "words": " ".join(words_of(row.headline, row.standfirst, row.body))}
        for row in connection.execute(select(*columns).where(articles.c.id.in_(article_ids)))
    ]
    add_new(connection, article_words, rows)


def has_words(connection: Connection, words: list[str]) -> ColumnElement[bool]:
    """The condition on `article_words` that all these words stand in the article; no words stand in none."""
    if not words:
        return false()
    if connection.dialect.name == "postgresql":
        listed = func.string_to_array(article_words.c.words, " ")
        return listed.op("@>")(bindparam("words", words, ARRAY(Text)))
    found = text("SELECT rowid FROM article_words_index WHERE article_words_index MATCH :words")
    matched = found.bindparams(words=" ".join(f'"{word}"' for word in words)).columns(article_words.c.no)
    return article_words.c.no.in_(matched)
