"""Articles and entries in the store."""

from datetime import timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event
from store_samples import A_DAY, MORNING, article

from monitor.adapters.store import Store
from monitor.core.article import Article
from monitor.errors import StoreError, UnknownRecord


def add(store: Store, *articles: Article, source: str = "s") -> int:
    return store.add_articles(source, [(a.url or a.headline, a) for a in articles])


def test_an_article_comes_back_as_it_was(store):
    given = article(carried_by=("the_courier", "glasgow_times"))
    add(store, given)
    assert store.article(given.id) == given


def test_an_article_of_which_little_is_known_comes_back(store):
    given = Article(url="", headline="Only this", first_seen=MORNING)
    add(store, given)
    assert store.article(given.id) == given


def test_an_unknown_article_is_an_error_of_ours(store):
    with pytest.raises(UnknownRecord, match="no article 0123"):
        store.article("0123")


def test_an_article_that_nobody_has_seen_is_refused(store):
    with pytest.raises(StoreError, match="without first_seen"):
        add(store, article(first_seen=None))


def test_an_instant_without_a_zone_is_refused_and_nothing_stored(store):
    with pytest.raises(StoreError, match="no time zone"):
        add(store, article(1), article(2, first_seen=MORNING.replace(tzinfo=None)))
    assert store.articles(MORNING - A_DAY, MORNING + A_DAY) == []


def test_each_article_is_stored_once_and_keeps_its_first_seen(store):
    first, again = article(1), article(1, minutes=30)
    assert add(store, first) == 1
    assert add(store, again, article(2)) == 1
    assert add(store, again, again) == 0
    assert store.article(first.id).first_seen == first.first_seen


def test_entries_are_known_by_source(store):
    store.add_articles("one", [("a", article(1)), ("b", article(2))])
    assert store.known_entries("one", ["a", "b", "c"]) == {"a", "b"}
    assert store.known_entries("two", ["a", "b", "c"]) == set()
    assert store.known_entries("one", []) == set()


def test_thousands_of_entries_can_be_asked_for(store):
    store.add_articles("one", [(f"key {n}", article(n)) for n in range(40)])
    assert len(store.known_entries("one", (f"key {n}" for n in range(3_000)))) == 40


def test_very_long_and_strange_keys_are_told_apart(store):
    keys = ["x" * 5_000 + "1", "x" * 5_000 + "2", "a\x00b", "a\ud800b", "🏴󠁧󠁢󠁳󠁣󠁴󠁿" * 700]
    store.add_articles("one", [(key, article(n)) for n, key in enumerate(keys)])
    assert store.known_entries("one", [*keys, "x" * 5_000 + "3"]) == set(keys)


def test_both_articles_and_entries_or_neither(store):
    with pytest.raises(StoreError):
        store.add_articles(
            "one", [("a", article(1)), ("b", article(2, published_at=MORNING.replace(tzinfo=None)))]
        )
    assert store.known_entries("one", ["a", "b"]) == set()


class TestPagesOwed:
    def test_a_page_that_failed_is_owed_until_it_was_tried_often_enough(self, store):
        a, b = article(1), article(2)
        store.add_articles("one", [("a", a), ("b", b)], page_failed=["a"])
        assert store.owed_pages("one", 3, 9) == [("a", a)]
        assert store.owed_pages("two", 3, 9) == []
        store.add_articles("one", [("a", a)], page_failed=["a"])
        assert store.owed_pages("one", 3, 9) == [("a", a)]
        store.add_articles("one", [("a", a)], page_failed=["a"])
        assert store.owed_pages("one", 3, 9) == []

    def test_a_page_that_came_is_owed_no_more_and_the_entry_leads_to_it(self, store):
        short, full = article(1, body=""), article(1, minutes=9)
        store.add_articles("one", [("a", short)], page_failed=["a"])
        store.add_articles("one", [("a", full)])
        assert store.owed_pages("one", 3, 9) == []
        store.add_articles("one", [("a", full)], page_failed=["a"])
        assert store.owed_pages("one", 2, 9) == [("a", full)]

    def test_a_page_that_was_not_asked_for_is_owed_and_no_try_is_counted(self, store):
        articles = [(key, article(n)) for n, key in enumerate("abc")]
        store.add_articles("one", articles, page_failed=["a"], page_owed=["b", "c"])
        assert store.owed_pages("one", 3, 9) == [articles[2], articles[1], articles[0]]
        assert store.owed_pages("one", 3, 1) == [articles[2]]
        assert [store.count_owed_pages("one", tries) for tries in (1, 3)] == [2, 3]
        store.add_articles("one", [articles[0]], page_owed=["a"])
        assert store.count_owed_pages("one", 1) == 2
        store.add_articles("one", articles)
        assert store.count_owed_pages("one", 3) == 0

    def test_they_are_found_without_a_look_through_all_that_a_source_listed(self, store):
        """The index of what is owed serves: a feed that is read for years costs a look the same."""
        store.add_articles("one", [(f"key {n}", article(n)) for n in range(40)])
        plans = []

        def explained(connection, cursor, statement, parameters, context, many):
            if statement.startswith("SELECT"):
                sqlite = connection.dialect.name == "sqlite"
                if not sqlite:  # of so few rows it reads all, unless told not to
                    cursor.execute("SET LOCAL enable_seqscan = off")
                cursor.execute(f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}{statement}", parameters)
                plans.append(str(cursor.fetchall()))

        event.listen(store._db.engine, "before_cursor_execute", explained)
        assert store.owed_pages("one", 3, 9) == []
        assert store.count_owed_pages("one", 3) == 0
        assert ["ix_entries_source_page_failures" in plan for plan in plans] == [True, True]

    def test_a_key_too_long_to_be_kept_whole_still_names_its_entry(self, store):
        store.add_articles("one", [("x" * 900, article(1))], page_failed=["x" * 900])
        [(key, owed)] = store.owed_pages("one", 9, 9)
        store.add_articles("one", [(key, owed)])
        assert store.owed_pages("one", 9, 9) == []


class TestWindows:
    def test_a_window_is_half_open_and_in_order(self, store):
        add(store, *(article(n) for n in (3, 0, 2, 1)))
        got = store.articles(MORNING, MORNING + timedelta(minutes=3))
        assert [a.headline for a in got] == ["Headline 0", "Headline 1", "Headline 2"]
        assert store.count_articles(MORNING, MORNING + timedelta(minutes=3)) == 3

    def test_articles_of_one_instant_come_in_order_of_id(self, store):
        add(store, *(article(n, minutes=0) for n in range(20)))
        ids = [a.id for a in store.articles(MORNING, MORNING + A_DAY)]
        assert ids == sorted(ids)

    def test_of_an_edited_article_only_the_latest_text_comes_in_its_own_window(self, store):
        first, edited = article(1), article(1, minutes=90, body="Changed.")
        add(store, first, edited)
        assert first.line == edited.line
        assert store.articles(MORNING, MORNING + A_DAY) == [edited]
        assert store.count_articles(MORNING, MORNING + A_DAY) == 1

    def test_a_window_gives_the_same_after_a_later_edit(self, store):
        """A text that changes all the time must be in some window, and an edition made late be the same."""
        until = MORNING + timedelta(minutes=60)
        first, edited = article(1), article(1, minutes=90, body="Changed.")
        add(store, first)
        before = store.articles(MORNING, until)
        add(store, edited)
        assert store.articles(MORNING, until) == before == [first]
        assert store.articles(until, MORNING + A_DAY) == [edited]
        assert store.count_articles(MORNING, until) == 1

    def test_microseconds_count(self, store):
        tick = timedelta(microseconds=1)
        add(
            store,
            article(1, first_seen=MORNING - tick),
            article(2, first_seen=MORNING),
            article(3, first_seen=MORNING + tick),
        )
        assert len(store.articles(MORNING, MORNING + tick)) == 1
        assert store.articles(MORNING, MORNING + tick)[0].first_seen == MORNING

    def test_instants_of_any_zone_come_back_in_utc_and_in_order(self, store):
        zones = [
            ZoneInfo("Europe/London"),
            timezone(timedelta(hours=-11)),
            timezone(timedelta(hours=13, minutes=45)),
        ]
        given = [
            article(n, first_seen=(MORNING + n * timedelta(minutes=1)).astimezone(z)) for n, z in enumerate(zones)
        ]
        add(store, *given)
        got = store.articles(MORNING, MORNING + A_DAY)
        assert [a.id for a in got] == [a.id for a in given]
        assert all(a.first_seen.utcoffset() == timedelta(0) for a in got)
        assert got == given

    def test_far_instants_can_be_asked_for(self, store):
        add(store, article(1))
        assert store.count_articles(MORNING.replace(year=1), MORNING.replace(year=9999)) == 1


class TestFinding:
    @pytest.fixture
    def two_texts(self, store):
        texts = [article(1), article(1, minutes=5, body="Changed.")]
        add(store, *texts, article(2))
        return texts

    def test_by_id(self, store, two_texts):
        assert store.find_article(two_texts[0].id) == two_texts[0]
        assert store.find_article(f" {two_texts[0].id.upper()}\n") == two_texts[0]

    def test_by_its_beginning_the_latest_text(self, store, two_texts):
        assert store.find_article(two_texts[0].line) == two_texts[1]
        assert store.find_article(two_texts[0].id[:6]) == two_texts[1]

    @pytest.mark.parametrize(
        "address",
        [
            "https://www.example.org/news/1",
            "http://example.org/news/1/?utm_source=rss#top",
            "www.example.org/news/1",
            "EXAMPLE.org/news/1/",
        ],
    )
    def test_by_address_the_latest_text(self, store, two_texts, address):
        assert store.find_article(address) == two_texts[1]

    @pytest.mark.parametrize("text", ["", "12345", "ffffff", "https://example.org/other", "%", "news", "a\x00b"])
    def test_nothing(self, store, two_texts, text):
        assert store.find_article(text) is None

    def test_a_beginning_of_several_lines_is_not_unique(self, store):
        by_start: dict[str, list[Article]] = {}
        numbers = iter(range(100_000))
        while len(found := by_start.setdefault((a := article(next(numbers))).id[:6], [])) < 1:
            found.append(a)
        add(store, found[0], a)
        assert store.find_article(a.id[:6]) is None
        assert store.find_article(a.id) == a

    def test_an_article_without_address_is_not_found_by_none(self, store):
        add(store, article(1, url=""))
        assert store.find_article("") is None
        assert store.find_article("https://") is None

    def test_by_an_address_longer_than_any_index_takes(self, store):
        url = "https://example.org/" + "ä/" * 9_000
        given = [article(1, url=url + "1"), article(2, url=url + "2")]
        add(store, *given)
        assert store.find_article(url + "2") == given[1]


class TestTexts:
    def test_what_no_database_takes_is_replaced_and_the_id_is_that_of_what_is_read_back(self, store):
        given = article(1, url="https://example.org/a\x00", headline="a\x00b", body="c\ud83dd", byline="\udc00")
        assert add(store, given, article(1, headline="z")) == 2
        [got] = [a for a in store.articles(MORNING, MORNING + A_DAY) if a.headline != "z"]
        assert (got.url, got.headline, got.body) == ("https://example.org/a\ufffd", "a\ufffdb", "c\ufffdd")
        assert store.article(got.id) == got
        assert add(store, given) == 0

    @pytest.mark.parametrize(
        "text",
        [
            "Càrn Dearg – naidheachdan",
            "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿 𝔘nicode",
            "\r\n\t \x01\x1f\x7f\x85\u2028",
            "' \" \\ % ; -- :x ?",
            " spaces  kept ",
        ],
    )
    def test_everything_else_is_kept_to_the_letter(self, store, text):
        given = article(1, headline=text, body=text, byline=text, outlet=text)
        add(store, given)
        assert store.article(given.id) == given
        assert store.known_entries("s", [given.url]) == {given.url}
