"""Articles and the entries they came from."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, literal_column, select, tuple_

from monitor.adapters.store.engine import Database, add_new, insert
from monitor.adapters.store.rows import Row, address_of, article_row, chunks, entry_row, storable, to_article
from monitor.adapters.store.schema import article_words, articles, entries
from monitor.adapters.store.types import indexable
from monitor.adapters.store.words import holding, save_words
from monitor.core.address import canonical_url, names_a_page
from monitor.core.article import Article, line_of
from monitor.core.identity import Seen
from monitor.core.likeness import Wording
from monitor.core.replay.words import EVERYTHING, Words
from monitor.errors import UnknownRecord

BEGINNING = re.compile(r"[0-9a-f]{6,24}")
SCHEME = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)


class Articles:
    """Stores each article once.

    Texts are stored to the letter, but for NUL and lone surrogates, which no database takes: they become
    U+FFFD before the article's id is reckoned, so that what is read back has the id it is stored under.
    """

    _db: Database

    def known_entries(self, source: str, keys: Iterable[str]) -> set[str]:
        """Which of these entry keys this source has shown before."""
        asked: dict[str, list[str]] = {}
        for key in keys:
            asked.setdefault(indexable(key), []).append(key)
        found = self._db.read(lambda c: _known(c, source, list(asked)))
        return {key for stored in found for key in asked[stored]}

    def seen_entries(
        self, source: str, others: Iterable[str], keys: Iterable[str]
    ) -> tuple[dict[str, Seen], dict[str, Seen]]:
        """What is remembered of these entry keys: as this source showed them, and as the `others` did."""
        asked: dict[str, list[str]] = {}
        for key in keys:
            asked.setdefault(indexable(key), []).append(key)
        rows = self._db.read(lambda c: _seen(c, [source, *others], list(asked)))
        here: dict[str, Seen] = {}
        elsewhere: dict[str, Seen] = {}
        for row in rows:
            into = here if row.source == source else elsewhere
            into.update((key, Seen(row.article, row.said)) for key in asked[row.key])
        return here, elsewhere

    def note_entries(self, source: str, noted: Iterable[tuple[str, str, str]]) -> None:
        """Remember (entry key, article id, what was said) of entries whose article is stored."""
        rows = {indexable(key): entry_row(source, key, article, said=said) for key, article, said in noted}
        self._db.write(lambda c: _note(c, [rows[k] for k in sorted(rows)]))

    def add_articles(
        self,
        source: str,
        articles: Iterable[tuple[str, Article]],
        *,
        page_failed: Collection[str] = (),
        page_owed: Collection[str] = (),
        stored_at: datetime | None = None,
        said: Mapping[str, str] | None = None,
    ) -> int:
        """Store (entry key, article) pairs in one transaction, each article once; how many were new.

        An article that is there stays as it was first stored, `first_seen` and all, and without its text if that
        was purged; an entry leads to the article given last. One whose address its outlet has had before becomes
        a text of that line. Keys in `page_failed` are those whose page could not be read: each adds one to the
        entry's failed tries. Keys in `page_owed` are those whose page was not asked for yet: their tries stay. For
        the other keys the tries are back at 0 and nothing is owed. Rights count the days from `stored_at`; without
        it, from when an article was first seen. `said` is what the source said under each key.
        """
        said = said or {}
        given = [(key, storable(article)) for key, article in articles]

        def add(connection: Connection) -> int:
            lines = _lines(connection, (article for _, article in given))
            new: dict[str, Row] = {}
            seen: dict[str, Row] = {}
            for key, article in given:
                row = article_row(_of_line(article, lines), stored_at)
                new.setdefault(row["id"], row)
                pages = {"failed": key in page_failed, "owed": key in page_owed}
                seen[indexable(key)] = entry_row(source, key, row["id"], said=said.get(key, ""), **pages)
            # Sorted, so that two writers of the same rows wait for one another and do not lock each other out.
            return _add(connection, [new[i] for i in sorted(new)], [seen[k] for k in sorted(seen)])

        return self._db.write(add)

    def addresses_taken(self, outlet: str, urls: Iterable[str]) -> set[str]:
        """Which of these addresses, made canonical, the outlet has an article at."""
        asked = {address_of(url): canonical_url(url) for url in urls}
        here = select(articles.c.address).where(articles.c.outlet == outlet)
        found = self._db.read(
            lambda c: [a for some in chunks(asked) for a in c.execute(here.where(_at_any(some))).scalars()]
        )
        return {asked[address] for address in found}

    def at_address(self, outlet: str, url: str) -> Article | None:
        """The latest text of the outlet's article at that address."""
        here = and_(articles.c.outlet == outlet, articles.c.address == address_of(url))
        row = self._db.read(lambda c: c.execute(_newest(here).limit(1)).first())
        return None if row is None else to_article(row)

    def texts(self, line: str) -> list[Article]:
        """Every text of an article, by its line, the oldest first."""
        query = select(articles).where(articles.c.line == line).order_by(articles.c.first_seen, articles.c.id)
        return [to_article(row) for row in self._db.read(lambda c: c.execute(query).all())]

    def owed_pages(self, source: str, tries: int, limit: int) -> list[tuple[str, Article]]:
        """(Entry key, its article) of entries whose page is owed and failed fewer than `tries` times.

        Those never asked for come first, then by `first_seen`, the newest first; `limit` at most. The key is as
        stored: it names the entry here, even where the feed's own was too long to be kept whole.
        """
        query = select(entries.c.key, articles).join(articles, articles.c.id == entries.c.article)
        order = (entries.c.page_failures, articles.c.first_seen.desc(), entries.c.key)
        query = query.where(_owed(source, tries)).order_by(*order).limit(limit)
        return [(row.key, to_article(row)) for row in self._db.read(lambda c: c.execute(query).all())]

    def count_owed_pages(self, source: str, tries: int) -> int:
        """How many `owed_pages` would give without a limit."""
        query = select(func.count()).select_from(entries).join(articles, articles.c.id == entries.c.article)
        return self._db.read(lambda c: c.execute(query.where(_owed(source, tries))).scalar_one())

    def article(self, article_id: str) -> Article:
        """The article of that id.

        Raises:
            UnknownRecord: there is none.
        """
        row = self._db.read(lambda c: c.execute(select(articles).where(articles.c.id == article_id)).first())
        if row is None:
            raise UnknownRecord(f"no article {article_id}")
        return to_article(row)

    def find_article(self, text: str) -> Article | None:
        """The latest article of that id, beginning of an id (six digits or more, of one line only), or address."""
        asked = text.strip()
        return self._db.read(lambda c: _by_id(c, asked.lower()) or _by_address(c, asked))

    def articles(self, since: datetime, until: datetime) -> list[Article]:
        """The latest article of every line first seen in `[since, until)`, in order of `first_seen`, id.

        *Latest* is meant as known at `until`, and its own `first_seen` is the line's: a window asked for again
        gives the same answer after a text has changed, and a text that changes all the time is in some window.
        """
        query = select(articles).where(latest_within(since, until)).order_by(articles.c.first_seen, articles.c.id)
        return [to_article(row) for row in self._db.read(lambda c: c.execute(query).all())]

    def count_articles(self, since: datetime, until: datetime) -> int:
        """How many `articles` would give."""
        # Each line once, whichever of its texts is the latest. The index over `first_seen` does not say the line:
        # to walk through that over lines and times takes a tenth of the time, and no database would choose it.
        seen = func.coalesce(articles.c.first_seen, articles.c.first_seen)
        query = select(func.count(articles.c.line.distinct())).where(seen >= since, seen < until)
        return self._db.read(lambda c: c.execute(query).scalar_one())

    def articles_with(
        self, words: Words, since: datetime, until: datetime, *, every_text: bool = False
    ) -> Iterator[Article]:
        """Those of `articles` that hold these words, in no order; `every_text`: texts that changed since too.

        The index of words must be whole (`unindexed`); what it lacks is not found. Read page by page.
        """
        within = _first_seen_within(since, until) if every_text else latest_within(since, until)
        for page in chunks(self._db.read(lambda c: _ids_with(c, words, within))):
            query = select(articles).where(articles.c.id.in_(page), within)
            yield from map(to_article, self._db.read(lambda c, q=query: c.execute(q).all()))  # type: ignore[misc]

    def count_with(self, words: Words, since: datetime, until: datetime, *, at_most: int | None = None) -> int:
        """How many `articles_with` gives, of the latest texts alone; counted no further than `at_most`."""
        within = latest_within(since, until)
        return self._db.read(lambda c: _count_with(c, words, within, at_most))

    def wordings(self, since: datetime, until: datetime) -> list[Wording]:
        """Of every text first seen in `[since, until)`, also where it changed since; in no order."""
        compared = case((articles.c.body == "", articles.c.standfirst), else_=articles.c.body)
        query = select(articles.c.id, articles.c.line, articles.c.first_seen, compared)
        query = query.where(_first_seen_within(since, until))
        return [Wording(*row) for row in self._db.read(lambda c: c.execute(query).all())]


def _count_with(connection: Connection, words: Words, within: ColumnElement[bool], at_most: int | None) -> int:
    there = select(articles.c.id).where(within).limit(at_most)
    if words != EVERYTHING:
        held = select(article_words.c.article).where(holding(connection, words))
        there = there.where(articles.c.id.in_(held))
    return connection.execute(select(func.count()).select_from(there.subquery())).scalar_one()


def _ids_with(connection: Connection, words: Words, within: ColumnElement[bool]) -> list[str]:
    """Ids of articles that hold the words, some of another time; the index alone is asked, if it need be."""
    if words == EVERYTHING:
        return list(connection.execute(select(articles.c.id).where(within)).scalars())
    return list(connection.execute(select(article_words.c.article).where(holding(connection, words))).scalars())


def _add(connection: Connection, new: list[Row], seen: list[Row]) -> int:
    if not seen:
        return 0
    statement = insert(connection, entries)
    given = statement.excluded
    tries = case(
        (given.page_failures > 0, entries.c.page_failures + 1),
        (given.page_owed > 0, entries.c.page_failures),
        else_=0,
    )
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[entries.c.source, entries.c.key],
            set_={
                "article": given.article,
                "page_failures": tries,
                "page_owed": given.page_owed,
                "said": _said(statement),
            },
        ),
        seen,
    )
    added = add_new(connection, articles, new)
    save_words(connection, new)
    return added


def _said(statement: Any) -> ColumnElement[str]:
    """What was said now; as it was, where nobody says."""
    return case((statement.excluded.said == "", entries.c.said), else_=statement.excluded.said)


def _note(connection: Connection, rows: list[Row]) -> None:
    if not rows:
        return
    statement = insert(connection, entries)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[entries.c.source, entries.c.key],
            set_={"article": statement.excluded.article, "said": _said(statement)},
        ),
        rows,
    )


def _lines(connection: Connection, given: Iterable[Article]) -> dict[tuple[str | None, str], str]:
    """The line of each outlet and address that has one: that of its first text."""
    wanted = {address for a in given if not a.kept_line and names_a_page(address := address_of(a.url))}
    columns = (articles.c.outlet, articles.c.address, articles.c.line)
    lines: dict[tuple[str | None, str], str] = {}
    for chunk in chunks(sorted(wanted)):
        there = select(*columns).where(articles.c.address.in_(chunk))
        for row in connection.execute(there.order_by(articles.c.first_seen, articles.c.id)):
            lines.setdefault((row.outlet, row.address), row.line)
    return lines


def _of_line(article: Article, lines: Mapping[tuple[str | None, str], str]) -> Article:
    """The article with the line of its outlet and address, unless it has one."""
    line = "" if article.kept_line else lines.get((article.outlet, address_of(article.url)), "")
    return replace(article, kept_line=line) if line else article


def _seen(connection: Connection, sources: list[str], keys: list[str]) -> list[Any]:
    of_sources = select(entries).where(entries.c.source.in_(sources)).order_by(entries.c.source, entries.c.key)
    return [
        row for chunk in chunks(keys) for row in connection.execute(of_sources.where(entries.c.key.in_(chunk)))
    ]


def _owed(source: str, tries: int) -> ColumnElement[bool]:
    """Of entries and their articles: a page to be read. Where the text was purged nothing is owed."""
    # Nought in so many words: with a parameter there a database cannot know that its index of owed pages serves.
    owed = and_(
        entries.c.source == source, entries.c.page_owed > literal_column("0"), entries.c.page_failures < tries
    )
    return and_(owed, articles.c.purged_at.is_(None))


def _at_any(addresses: list[str]) -> ColumnElement[bool]:
    return articles.c.address.in_(addresses)


def _known(connection: Connection, source: str, keys: list[str]) -> set[str]:
    of_source = select(entries.c.key).where(entries.c.source == source)
    return {
        key
        for chunk in chunks(keys)
        for key in connection.execute(of_source.where(entries.c.key.in_(chunk))).scalars()
    }


def latest_within(since: datetime, until: datetime) -> ColumnElement[bool]:
    """The condition on `articles` that it was first seen in the window, and no later text of its line was."""
    later = articles.alias("later")
    text_after = select(later.c.id).where(
        later.c.line == articles.c.line,
        tuple_(later.c.first_seen, later.c.id) > tuple_(articles.c.first_seen, articles.c.id),
        later.c.first_seen < until,
    )
    return and_(_first_seen_within(since, until), ~text_after.exists())


def _first_seen_within(since: datetime, until: datetime) -> ColumnElement[bool]:
    return and_(articles.c.first_seen >= since, articles.c.first_seen < until)


def _newest(condition: ColumnElement[bool]) -> Select[Any]:
    return select(articles).where(condition).order_by(articles.c.first_seen.desc(), articles.c.id.desc())


def _by_id(connection: Connection, beginning: str) -> Article | None:
    if not BEGINNING.fullmatch(beginning):
        return None
    rows = connection.execute(
        _newest(and_(articles.c.id >= beginning, articles.c.id < beginning + "g")).limit(100)
    ).all()
    return to_article(rows[0]) if len({row.line for row in rows}) == 1 else None


def _by_address(connection: Connection, text: str) -> Article | None:
    """At the address it gives itself, or else at one that a source gave for it; `#...` names a piece of a page.

    Of several articles at one canonical address, that of the very address; else the latest.
    """
    address = address_of(text if SCHEME.match(text) else f"//{text}")
    if not address:
        return None
    here = articles.c.address == address
    of_the_very = select(articles.c.line).where(here, articles.c.url == text).limit(1).scalar_subquery()
    piece = articles.c.address == indexable(f"{address}#{text.partition('#')[2]}")
    found = (
        connection.execute(_newest(one).limit(1)).first() for one in (articles.c.line == of_the_very, piece, here)
    )
    row = next((row for row in found if row is not None), None)
    if row is None and (led := connection.execute(_led_to(address)).scalar()):
        row = connection.execute(_newest(articles.c.line == line_of(led)).limit(1)).first()
    return None if row is None else to_article(row)


def _led_to(address: str) -> Select[Any]:
    """The id of the article that an entry's address leads to."""
    return select(entries.c.article).where(entries.c.key == address).order_by(entries.c.source).limit(1)
