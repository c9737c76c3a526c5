"""Purging texts: what goes, what stays, what the database itself keeps; kills in the middle."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from store_samples import AGREEMENT, MORNING, article, edition, item, judgement, verdict

from monitor.core.coverage import CoverageQuestion
from monitor.core.match import Outcome
from monitor.core.retention import Term
from monitor.jobs.ports import DueTexts

SECRET = "The minister of Nowhere opened a bridge that nobody had built. " * 40
LATER = MORNING + timedelta(days=40)
FAR = MORNING + timedelta(days=4000)


def term(outlet="herald", before=LATER, body_before=None, *, keep_words=True):
    return Term(outlet, before, body_before or before, keep_words)


@pytest.fixture
def judged(store):
    """An article that is in, another that nobody judged."""
    one, two = article(0, body=SECRET), article(1, body="", standfirst="A summary.")
    store.add_articles("s", [("0", one), ("1", two)])
    store.save_judgements(
        AGREEMENT, "f", [(one.id, judgement(one, verdict("benefits", Outcome.IN, "bridge")))], MORNING
    )
    store.make_edition(edition(), [item(one)], [])
    return one, two


def test_text_goes_and_all_else_stays(store, judged):
    one, two = judged
    before = (store.judgement(AGREEMENT, one.id), store.edition(edition().id), store.items(edition().id))
    assert store.due_texts(term(), [AGREEMENT]) == DueTexts(2, 1, MORNING)
    assert store.purge_texts(term(), 10, LATER) == 2
    gone = store.article(one.id)
    assert (gone.id, gone.line) == (one.id, one.line)
    assert gone == replace(one, standfirst="", body="", purged_at=LATER)
    assert (store.judgement(AGREEMENT, one.id), store.edition(edition().id), store.items(edition().id)) == before
    assert store.article(two.id).id == two.id
    assert [a.id for a in store.articles(MORNING, FAR)] == [one.id, two.id]
    assert store.find_article(one.id[:8]) in (gone, None)
    assert store.purge_texts(term(), 10, LATER) == 0
    assert store.outlets_with_text() == []


def test_what_has_no_text_is_not_judged_again_as_a_headline(store, judged):
    assert [a.id for a in store.unjudged("another", 10)] == [a.id for a in judged]
    store.purge_texts(term(), 10, LATER)
    assert store.unjudged("another", 10) == []
    fresh = article(2)
    store.add_articles("s", [("2", fresh)])
    assert store.unjudged("another", 10) == [fresh]
    assert store.unjudged("another", 10) == [fresh], "the second call starts where the first found one"


def test_the_same_text_met_again_stays_purged(store, judged):
    store.purge_texts(term(), 10, LATER)
    assert store.add_articles("s", [("0", judged[0])], stored_at=FAR) == 0
    assert store.article(judged[0].id).purged


def test_a_page_is_not_owed_for_a_text_that_was_purged(store):
    store.add_articles("s", [("0", article(0))], page_failed=["0"])
    assert len(store.owed_pages("s", 3, 9)) == 1
    store.purge_texts(term(), 10, LATER)
    assert store.owed_pages("s", 3, 9) == []


def test_days_count_from_when_a_text_was_stored(store):
    """An imported archive: seen, as we reckon, years ago, and stored today."""
    store.add_articles("s", [("0", article(0))], stored_at=LATER)
    assert store.due_texts(term(before=LATER), []).articles == 0
    assert store.due_texts(term(before=LATER + timedelta(seconds=1)), []) == DueTexts(1, 0, LATER)


def test_each_outlet_by_itself_and_those_of_none(store):
    store.add_articles("s", [("0", article(0)), ("1", article(1, outlet=None)), ("2", article(2, outlet="bbc"))])
    assert store.outlets_with_text() == [None, "bbc", "herald"]
    assert store.purge_texts(term(None), 10, LATER) == 1
    assert store.outlets_with_text() == ["bbc", "herald"]


def test_where_no_text_may_be_stored_bodies_go_at_once_and_summaries_in_time(store):
    store.add_articles("s", [("0", article(0)), ("1", article(1, body=""))])
    assert store.purge_texts(term(before=MORNING, body_before=LATER), 10, LATER) == 1
    assert [bool(a.standfirst) for a in store.articles(MORNING, FAR)] == [False, True]


def test_batches_go_on_where_the_last_ended(store):
    store.add_articles("s", [(str(n), article(n)) for n in range(7)])
    taken = []
    while number := store.purge_texts(term(), 3, LATER):
        taken.append(number)
    assert taken == [3, 3, 1]


def found(store, text):
    return [row.article.id for row in store.coverage(CoverageQuestion(AGREEMENT, text=text))]


def test_words_stay_findable_unless_the_rights_take_them(store, judged):
    store.purge_texts(term(), 10, LATER)
    assert found(store, "minister nowhere") == [judged[0].id]
    assert store.without_words(CoverageQuestion(AGREEMENT, text="minister")) == 0


def test_words_that_go_leave_those_of_the_headline_and_coverage_can_say_so(store, judged):
    store.purge_texts(term(keep_words=False), 10, LATER)
    assert found(store, "minister") == []
    assert found(store, "headline 0") == [judged[0].id]
    assert store.without_words(CoverageQuestion(AGREEMENT, text="minister")) == 1
    assert store.without_words(CoverageQuestion(AGREEMENT, text="minister", until=MORNING)) == 0


def test_a_file_holds_no_byte_of_a_purged_text(tmp_path, new_sqlite):
    """Neither the database, nor its log of writes, nor what its index of words keeps of deleted rows."""
    from monitor.adapters.store import open_store

    url = new_sqlite(tmp_path)
    store = open_store(url)
    texts = [article(n, body=f"{SECRET}\n\nzzyzx{n}") for n in range(60)]
    store.add_articles("s", [(a.url, a) for a in texts])
    said = [(a.id, judgement(a, verdict("benefits", Outcome.IN, "Headline"))) for a in texts]
    store.save_judgements(AGREEMENT, "f", said, MORNING)

    def held(what):
        return any(what in file.read_bytes() for file in Path(tmp_path).glob("monitor.db*"))

    assert held(b"minister of Nowhere")
    assert held(b"zzyzx17")
    assert store.purge_texts(term(keep_words=False), 500, LATER) == 60
    assert store.wipe_freed()
    assert not held(b"minister of Nowhere")
    assert not held(b"zzyzx17")
    assert not held(b"zzyzx")
    store.close()


def test_a_reader_in_the_way_is_said_and_the_next_wipe_does_it(tmp_path, new_sqlite, monkeypatch):
    from monitor.adapters.store import engine, open_store

    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
    store = open_store(new_sqlite(tmp_path))
    store.add_articles("s", [("0", article(0, body=SECRET))])
    reader = sqlite3.connect(tmp_path / "monitor.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM articles").fetchone()
    store.purge_texts(term(), 10, LATER)
    assert store.wipe_freed() is False
    reader.close()
    assert store.wipe_freed() is True
    store.close()


def test_postgresql_is_vacuumed(new_postgres):
    from sqlalchemy import text

    from monitor.adapters.store import open_store

    store = open_store(new_postgres())
    store.add_articles("s", [("0", article(0, body=SECRET))])
    store.purge_texts(term(), 10, LATER)
    assert store.wipe_freed() is True
    dead = text("SELECT last_vacuum FROM pg_stat_user_tables WHERE relname = 'articles'")
    assert store._db.read(lambda c: c.execute(dead).scalar()) is not None
    store.close()
