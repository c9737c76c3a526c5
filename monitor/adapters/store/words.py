"""The index of words: which stored articles hold a word, the beginning of one, or several together.

The words are the core's, folded here and not in the database, so that SQLite and PostgreSQL give the same answer,
and that of the matcher. SQLite keeps them in an FTS5 index without content, PostgreSQL in a GIN index over the
list of them. An article's words are stored with it; those that were there before the index are caught up with, a
batch at a time (`jobs/index_words.py`), and all of them again when the core compares words otherwise (`FOLDING`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    cast,
    false,
    func,
    literal_column,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from monitor.adapters.store.engine import Database, add_new
from monitor.adapters.store.rows import Row, chunks
from monitor.adapters.store.schema import article_words, articles, word_index
from monitor.core.article import fingerprint
from monitor.core.replay.words import EVERYTHING, NOTHING, AllOf, AnyOf, Word, Words, words_in, words_of_each

LONGEST = 64
"""Characters of a word that count; an index entry of PostgreSQL has a limit."""
SAMPLE = (
    "Carer\u2019s D.W.P. R&amp;D Stra\u00dfe \u0130zmir \ufb01nance low-income na\u00efve 1,250.5 \u00bd x\u00b2 "
    "U.K so\u00adft e\u0301 \uff46ull \u00aa_b tax/credit http://x.org/a www.x.org a@b.org @tax #tax "
    "<p>one<br>two</p>"
)
FOLDING = fingerprint(unicodedata.unidata_version, *sorted(words_in(SAMPLE)))[:16]
"""How words are folded: an index made otherwise is made again."""
LARGE = 500_000
"""Bytes of words from which on PostgreSQL looks through the list itself: a tsvector holds 1 MB at most."""
ADD = "INSERT INTO article_words_index (rowid, words) VALUES (:no, :words)"
TAKE = "INSERT INTO article_words_index (article_words_index, rowid, words) VALUES ('delete', :no, :words)"
SMALL_LISTS = f"(CASE WHEN octet_length(words) < {LARGE} THEN array_to_tsvector(string_to_array(words, ' ')) END)"


class WordIndex:
    """Keeps the index whole."""

    _db: Database
    _indexed_up_to: str

    def unindexed(self) -> int:
        """How many stored articles the index lacks: all of them, when it was made with words folded otherwise."""
        if self._db.read(_foldings) not in ([], [FOLDING]):
            self._db.write(_start_again)
        return self._db.read(_count_unindexed)

    def index_words(self, limit: int) -> int:
        """Index so many of the articles that the index lacks, in one transaction; 0 when it lacks none.

        Goes on where the last call ended, and once more from the beginning before it says 0.
        """
        after = self._indexed_up_to
        found = self._db.read(lambda c: _unindexed(c, after, limit))
        self._indexed_up_to = found[-1]["id"] if found else ""
        if found:
            self._db.write(lambda c: save_words(c, found))
        elif after:
            return self.index_words(limit)
        return len(found)


def save_words(connection: Connection, rows: Iterable[Row]) -> None:
    """Index these articles, given as their rows; those that are indexed stay as they are."""
    by_id = {row["id"]: row for row in rows}
    if not _foldings(connection):
        add_new(connection, word_index, [{"folding": FOLDING}])
    there = {i for chunk in chunks(by_id) for i in connection.execute(_indexed(chunk)).scalars()}
    words = _lists(row for i, row in by_id.items() if i not in there)
    if connection.dialect.name == "postgresql":
        add_new(connection, article_words, [{"article": i, "words": said} for i, said in words.items()])
    elif words:
        last = connection.execute(select(func.coalesce(func.max(article_words.c.no), 0))).scalar_one()
        numbered = [{"no": n, "article": i, "words": words[i]} for n, i in enumerate(words, last + 1)]
        connection.execute(article_words.insert(), [{"no": r["no"], "article": r["article"]} for r in numbered])
        connection.execute(text(ADD), numbered)


def keep_words(connection: Connection, ids: list[str]) -> None:
    """Make these articles, whose texts are about to go, findable by all their words for ever after."""
    rows = _rows(connection, articles.c.id.in_(ids))
    save_words(connection, rows)
    if connection.dialect.name == "sqlite":  # whose index does not say what it holds
        keep = article_words.update().where(article_words.c.article == bindparam("this"))
        connection.execute(keep, [{"this": i, "words": words} for i, words in _lists(rows).items()])


def drop_words(connection: Connection, ids: list[str]) -> None:
    """Take these articles, whose texts are about to go, out of the index."""
    of_them = article_words.c.article.in_(ids)
    if connection.dialect.name == "sqlite":
        if _foldings(connection) not in ([], [FOLDING]):
            _start_again(connection)  # to take words out, the index must be told which they are
        numbers = {row.article: row for row in connection.execute(select(article_words).where(of_them))}
        words = _lists(row for row in _rows(connection, articles.c.id.in_(ids)) if row["id"] in numbers)
        gone = [{"no": numbers[i].no, "words": numbers[i].words or said} for i, said in words.items()]
        if gone:
            connection.execute(text(TAKE), gone)
    connection.execute(article_words.delete().where(of_them))


def holding(connection: Connection, words: Words) -> ColumnElement[bool]:
    """The condition on `article_words` that these words stand in the article."""
    if words in (NOTHING, EVERYTHING):
        return true() if words == EVERYTHING else false()
    if connection.dialect.name == "postgresql":
        small = literal_column(SMALL_LISTS).op("@@")(cast(_tsquery(words), TSQUERY))
        return or_(small, and_(func.octet_length(article_words.c.words) >= LARGE, _listed(words)))
    found = text("SELECT rowid FROM article_words_index WHERE article_words_index MATCH :words")
    matched = found.bindparams(bindparam("words", _fts5(words), unique=True)).columns(article_words.c.no)
    return article_words.c.no.in_(matched)


# --------------------------------------------------------------- catching up


def _foldings(connection: Connection) -> list[str]:
    """How the words that are in the index were folded: one way, or none when it is empty."""
    return list(connection.execute(select(word_index.c.folding)).scalars())


def _start_again(connection: Connection) -> None:
    """Empty the index, but for words that nothing can be read of any more: they stay as they were folded."""
    if _foldings(connection) == [FOLDING]:
        return  # another process did
    connection.execute(word_index.delete())
    purged = select(articles.c.id).where(articles.c.purged_at.is_not(None))
    kept = and_(article_words.c.words.is_not(None), article_words.c.article.in_(purged))
    connection.execute(article_words.delete().where(~kept))
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO article_words_index (article_words_index) VALUES ('delete-all')"))
        connection.execute(
            text("INSERT INTO article_words_index (rowid, words) SELECT no, words FROM article_words")
        )


def _count_unindexed(connection: Connection) -> int:
    """Whatever is indexed is an article, so that counting both says how many are not."""
    there = connection.execute(select(func.count()).select_from(articles)).scalar_one()
    return there - connection.execute(select(func.count()).select_from(article_words)).scalar_one()


def _unindexed(connection: Connection, after: str, limit: int) -> list[Row]:
    indexed = select(article_words.c.no).where(article_words.c.article == articles.c.id)
    # Not an EXISTS, which a PostgreSQL without statistics turns into a join of everything with everything.
    return _rows(connection, and_(articles.c.id > after, indexed.scalar_subquery().is_(None)), limit)


def _rows(connection: Connection, condition: ColumnElement[bool], limit: int | None = None) -> list[Row]:
    columns = (articles.c.id, articles.c.headline, articles.c.standfirst, articles.c.body)
    query = select(*columns).where(condition).order_by(articles.c.id).limit(limit)
    return [dict(row._mapping) for row in connection.execute(query)]


def _indexed(ids: list[str]) -> Any:
    return select(article_words.c.article).where(article_words.c.article.in_(ids))


def _lists(rows: Iterable[Row]) -> dict[str, str]:
    """The words of each article by its id: each once, apart by spaces."""
    rows = list(rows)
    found = words_of_each([(row["headline"], row["standfirst"], row["body"]) for row in rows])
    return {
        row["id"]: " ".join(sorted({word[:LONGEST] for word in words}))
        for row, words in zip(rows, found, strict=True)
    }


# --------------------------------------------------------------- asking


def _fts5(words: Words) -> str:
    match words:
        case Word(said, beginning):
            return f'"{said[:LONGEST]}"' + " *" * beginning
        case AllOf(parts):
            return f"({' AND '.join(map(_fts5, parts))})"
        case AnyOf(parts):
            return f"({' OR '.join(map(_fts5, parts))})"


def _tsquery(words: Words) -> str:
    match words:
        case Word(said, beginning):
            return f"'{said[:LONGEST]}'" + ":*" * beginning
        case AllOf(parts):
            return f"({' & '.join(map(_tsquery, parts))})"
        case AnyOf(parts):
            return f"({' | '.join(map(_tsquery, parts))})"


def _listed(words: Words) -> ColumnElement[bool]:
    """The same, looked for in the list itself. Words are letters and digits: none is a pattern's sign."""
    match words:
        case Word(said, beginning):
            listed: ColumnElement[str] = literal_column("' ' || words || ' '")
            return listed.like(f"% {said[:LONGEST]}%" if beginning else f"% {said[:LONGEST]} %")
        case AllOf(parts):
            return and_(true(), *map(_listed, parts))
        case AnyOf(parts):
            return or_(false(), *map(_listed, parts))
