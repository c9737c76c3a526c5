"""The index of words: the same answers on both databases, whole again after any end; words of purged texts."""

from datetime import timedelta

import pytest
import store_workers as workers
from clean_processes import CLEAN
from store_samples import AGREEMENT, MORNING, article, judgement, verdict

from monitor.adapters.store import open_store, words
from monitor.app import Unseen
from monitor.core.coverage import CoverageQuestion
from monitor.core.replay.words import EVERYTHING, NOTHING, Word, all_of, any_of, hold, of_phrase, words_of
from monitor.core.retention import Term
from monitor.jobs.index_words import index_words

LATER = MORNING + timedelta(days=365)
A = article(1, headline="Carer’s Allowance: new ‘Càrer’ payment", body="")
B = article(2, headline="Straße closed for taxi rank", standfirst="Low-income drivers", body="")
C = article(3, headline="Quiet day", standfirst="", body="The Universal\nCredit deadline, £1,250. D.W.P. R&amp;D.")
D = article(4, headline="好 ﬁnance naïve", body="")
ALL = [A, B, C, D]
ASKED = [
    of_phrase("carer"),
    of_phrase("tax"),
    of_phrase("tax*"),
    of_phrase("Universal Cred*"),
    of_phrase("universal taxi"),
    of_phrase("DWP"),
    of_phrase("finance"),
    of_phrase("naive"),
    of_phrase("好"),
    of_phrase("strasse"),
    any_of([of_phrase("carer"), all_of([of_phrase("low income"), any_of([of_phrase("taxi"), Word("x")])])]),
    all_of([any_of([of_phrase("quiet"), of_phrase("taxi")]), any_of([Word("c", beginning=True), Word("d")])]),
    any_of(Word(f"w{n}") for n in range(3000)),
    NOTHING,
    EVERYTHING,
]


def found(store, asked, **more):
    ids = sorted(a.id for a in store.articles_with(asked, MORNING, LATER, **more))
    assert more or store.count_with(asked, MORNING, LATER) == len(ids)
    assert more or store.count_with(asked, MORNING, LATER, at_most=1) == min(len(ids), 1)
    return ids


@pytest.fixture
def filled(store):
    store.add_articles("s", [(a.url, a) for a in ALL])
    return store


@pytest.mark.parametrize("number", range(len(ASKED)))
def test_those_that_hold_the_words_are_found_and_no_others(filled, number):
    asked = ASKED[number]
    assert found(filled, asked) == sorted(a.id for a in ALL if hold(asked, words_of(a)))


def test_articles_are_indexed_as_they_are_stored(filled):
    assert filled.unindexed() == 0
    assert filled.add_articles("s", [(A.url, A)]) == 0
    assert filled.unindexed() == 0


def test_the_latest_text_of_a_line_within_the_window(filled):
    edited = article(1, minutes=90, headline="Carers again", body="")
    filled.add_articles("s", [("again", edited)])
    carers = of_phrase("carers")
    assert found(filled, carers) == [edited.id]
    assert found(filled, carers, every_text=True) == sorted([A.id, edited.id])
    hour = MORNING + timedelta(hours=1)
    assert [a.id for a in filled.articles_with(carers, MORNING, hour)] == [A.id]
    assert list(filled.articles_with(carers, hour + timedelta(hours=1), LATER)) == []
    assert filled.count_articles(MORNING, LATER) == len(ALL) == len(filled.articles(MORNING, LATER))


def test_an_article_with_more_words_than_a_tsvector_takes(filled):
    many = article(9, body=" ".join(f"word{n}" + "x" * 40 for n in range(25_000)))
    filled.add_articles("s", [("many", many)])
    asked = all_of([of_phrase("word24999*"), any_of([of_phrase("headline"), of_phrase("none")])])
    assert found(filled, asked) == [many.id]
    assert found(filled, all_of([asked, of_phrase("word25001*")])) == []


# --------------------------------------------------------------- catching up


def unindex(store):
    """As it is after a database of an earlier schema was brought to this one."""

    def empty(connection):
        words._start_again(connection)

    store._db.write(lambda c: c.execute(words.word_index.delete()))
    store._db.write(empty)


def test_what_was_there_before_is_caught_up_with(filled):
    unindex(filled)
    assert (filled.unindexed(), found(filled, of_phrase("carer"))) == (4, [])
    assert (filled.index_words(3), filled.unindexed()) == (3, 1)
    new = article(5, headline="Carers")
    filled.add_articles("s", [("new", new)])
    assert index_words(filled, Unseen()) == 1
    assert found(filled, of_phrase("carer")) == sorted([A.id, new.id])
    assert index_words(filled, Unseen()) == 0


def test_an_index_that_was_folded_otherwise_is_made_again(filled, monkeypatch):
    monkeypatch.setattr(words, "FOLDING", "another")
    assert filled.unindexed() == 4
    assert index_words(filled, Unseen()) == 4
    assert found(filled, of_phrase("carer")) == [A.id]
    assert filled.unindexed() == 0


def test_killed_while_catching_up_it_goes_on(filled, store_url):
    filled.add_articles("s", [(str(n), article(n, headline=f"Carers {n}")) for n in range(10, 40)])
    unindex(filled)
    ready = CLEAN.Event()
    process = CLEAN.Process(target=workers.hang_in, args=(store_url, "words", ready))
    process.start()
    assert ready.wait(60)
    process.kill()
    process.join()
    left = filled.unindexed()
    assert left == 24
    assert index_words(filled, Unseen()) == left
    assert len(found(filled, of_phrase("carers"))) == 31


def test_two_that_catch_up_at_once_do_each_article_once(filled, store_url):
    unindex(filled)
    other = open_store(store_url)
    assert other.index_words(2) == 2
    assert index_words(filled, Unseen()) >= 2
    assert index_words(other, Unseen()) == 0
    assert found(filled, of_phrase("carer")) == [A.id]
    other.close()


# --------------------------------------------------------------- texts that went


def purged(store, *, keep_words):
    later = LATER + timedelta(days=400)
    return store.purge_texts(Term("herald", later, later, keep_words=keep_words), 100, LATER)


@pytest.mark.parametrize("indexed", [True, False])
def test_the_words_of_a_purged_text_are_kept_where_they_may_be(filled, indexed, monkeypatch):
    if not indexed:
        unindex(filled)
    filled.save_judgements(AGREEMENT, "f", [(C.id, judgement(C, verdict()))], MORNING)
    assert purged(filled, keep_words=True) == 4
    index_words(filled, Unseen())
    assert found(filled, of_phrase("universal")) == [C.id]
    monkeypatch.setattr(words, "FOLDING", "another")
    assert filled.unindexed() == 0  # of what can be read no more, the words stay as they are
    index_words(filled, Unseen())
    assert found(filled, of_phrase("universal")) == [C.id]
    question = CoverageQuestion(AGREEMENT, text="deadline universal")
    assert [row.article.id for row in filled.coverage(question)] == [C.id]


def test_the_words_of_a_purged_text_go_where_they_must(filled):
    assert purged(filled, keep_words=False) == 4
    assert found(filled, of_phrase("universal")) == []
    assert found(filled, of_phrase("quiet")) == [C.id]
    assert found(filled, of_phrase("carer")) == [A.id]
    assert filled.unindexed() == 0
