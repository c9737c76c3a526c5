"""What is asked of a batch of articles in columns is what one would find by looking at each article by itself."""

from collections.abc import Iterator
from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.match import as_json, quoted
from monitor.core.matching import native
from monitor.core.matching.aboutness import Points
from monitor.core.matching.automaton import built
from monitor.core.matching.columns.hits import Hits, Seen, further_in
from monitor.core.matching.columns.sheet import Sheet
from monitor.core.matching.columns.stands import Places
from monitor.core.matching.columns.terms import overlapping
from monitor.core.matching.folding import folded
from monitor.core.matching.tables import MOST, Lists, Table, column
from monitor.core.matching.text import Text

WORDS = ("tax", "Credits", "CARER'S", "straße", "жизнь", "x")
GAPS = (" ", "-", ". ", "\n\n", ", ", "' ")
texts = st.lists(st.sampled_from([w + g for w in WORDS for g in GAPS]), max_size=8).map("".join)
articles = st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=4)
OF_WORDS = "start possessive follows hyphen gap sign sign_behind sign_start sign_end written"
PATTERNS = (" tax ", " tax tax ", " credits ", " carers tax ", " x", " strasse ", " жизнь ")


def seen_one_by_one(found: list) -> Iterator[tuple[int, int, int]]:
    for number, article in enumerate(found):
        stream = article.stream
        for pattern, wanted in enumerate(PATTERNS):
            ends = [at + len(wanted) for at in range(len(stream)) if stream.startswith(wanted, at)]
            yield from ((number, end, pattern) for end in ends)


@given(articles)
def test_articles_read_in_one_go_are_seen_as_each_alone(batch):
    found = folded(batch)
    seen = Seen.by(built(PATTERNS, "ahocorasick"), found)
    rows = [
        (number, int(seen.ends[hit] - start), int(seen.patterns[hit]))
        for number, (start, begin, behind) in enumerate(zip(seen.starts, seen.begins, seen.behinds, strict=True))
        for hit in range(begin, behind)
    ]
    assert sorted(rows) == sorted(seen_one_by_one(found))


@given(articles)
def test_a_hit_begins_and_ends_with_the_words_it_was_seen_at(batch):
    found = folded(batch)
    sheet = Sheet(found)
    seen = Seen.by(built(PATTERNS, "ahocorasick"), found)
    hits = Hits.of(sheet, seen, further_in(PATTERNS))
    columns = (hits.articles, hits.patterns, hits.firsts, hits.lasts, hits.fields)
    for article, pattern, first, last, field in zip(*(c.tolist() for c in columns), strict=True):
        text, begin = Text(found[article]), sheet.first(article)
        words = " ".join(text.words[first - begin : last - begin + 1])
        assert f" {words} ".startswith(PATTERNS[pattern])
        assert text.part_of(first - begin) == field


@given(articles)
def test_the_sheet_tells_at_a_glance_what_the_text_tells_word_by_word(batch):
    found = folded(batch)
    sheet = Sheet(found)
    for number, one in enumerate(found):
        text, begin = Text(one), sheet.first(number)
        for word in range(len(text.words)):
            assert sheet.possessive(column([begin + word]))[0] == text.possessive(word)
            if sheet.capitalised(column([begin + word]), column([begin + word]))[0]:
                assert not text.written(word)[0].islower()
            if word and sheet.whole(column([begin + word - 1]), column([begin + word]))[0]:
                assert text.joins(word)


@given(articles)
def test_an_article_of_a_sheet_reads_as_it_does_alone(batch):
    found = folded(batch)
    with native.in_python():
        texts = [Text(one) for one in found]
        told = [(text.paragraphs, text.stops) for text in texts]
    sheet = Sheet(found)
    for number, (alone, ends) in enumerate(zip(texts, told, strict=True)):
        among = sheet.text(number)
        assert (among.paragraphs, among.stops) == ends
        for said in ("words", "firsts", "sentences", "sentence_of"):
            assert getattr(among, said) == getattr(alone, said)
        for part in range(3):
            assert among.shouts(part) == alone.shouts(part)
        assert among.starts_again(1, 2) == alone.starts_again(1, 2)
        for first, last in combinations_with_replacement(range(len(alone.words)), 2):
            assert among.stretch(first, last) == alone.stretch(first, last)
            assert last == first or among.joins(last) == alone.joins(last)
        for word in range(len(alone.words)):
            for asked in OF_WORDS.split():
                assert getattr(among, asked)(word) == getattr(alone, asked)(word)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 12), st.integers(0, 3)), min_size=1, max_size=12))
def test_places_that_share_a_word_are_found_out(rows):
    cases, firsts, longer = (column(values) for values in zip(*sorted(rows), strict=True))
    none = np.zeros(len(cases), np.bool_)
    places = Places.of_columns(firsts, firsts + longer, firsts, none, none, none, none)
    spans = [(case, first, first + more) for case, first, more in sorted(rows)]
    expected = [
        any(case == spans[n][0] and last >= spans[n][1] for case, _, last in spans[:n])
        for n in range(1, len(spans))
    ]
    assert overlapping(cases, places).tolist() == expected


@given(st.lists(st.text(st.sampled_from('a"\\,[]\n é'), max_size=5)))
def test_texts_written_in_one_go_are_written_as_each_alone(said):
    assert quoted(said) == [as_json(text) for text in said]


@given(st.lists(st.lists(st.integers(0, 9), max_size=4), min_size=1), st.data())
def test_lists_are_looked_up_many_at_a_time(lists, data):
    kept = Lists()
    for values in lists:
        kept.add(values)
    asked = data.draw(st.lists(st.integers(0, len(lists) - 1), max_size=5))
    owners, values = kept.of(column(asked))
    assert list(zip(owners.tolist(), values.tolist(), strict=True)) == [
        (n, value) for n, number in enumerate(asked) for value in lists[number]
    ]


@given(st.lists(st.tuples(st.integers(-1, 9), st.integers(0, 2**70))), st.data())
def test_a_table_has_every_row_that_was_added(added, data):
    """Rows are added before and after it is read; a number that is too high is the highest there is."""
    table = Table("one", "other")
    read = data.draw(st.integers(0, len(added)))
    for number, row in enumerate(added):
        if number == read:
            assert len(table.rows) == len(table) == read
        assert table.add(*row) == number
    rows = column(range(len(added)))
    assert table.of("one", rows).tolist() == [one for one, _ in added]
    assert table.of("other", rows).tolist() == [min(other, MOST) for _, other in added]


@given(articles)
def test_words_that_the_sheet_says_are_whole_stand_so_in_the_original(batch):
    fields = [[text.replace("x", "&amp;x").replace("tax", "t&shy;ax<i>") for text in article] for article in batch]
    sheet = Sheet(folded(fields))
    edges = [*sheet.firsts.tolist(), len(sheet.starts)]
    for part in range(3 * len(fields)):
        letters, before = sheet.letters(part // 3), sheet.offsets[part // 3 * 3] - 1
        for first, last in combinations_with_replacement(range(edges[part], edges[part + 1]), 2):
            begin = sheet.first(part // 3)
            start, end = sheet.text(part // 3).stretch(first - begin, last - begin)
            if sheet.is_whole(part, first, last):
                written = letters[sheet.heads[first] - before : sheet.tails[last] - before]
                assert fields[part // 3][part % 3][start:end] == written


@pytest.mark.parametrize(
    ("headline", "lead", "hits", "words", "points"),
    [(1, 1, 2, 500, 80), (1, 0, 3, 500, 60), (0, 1, 3, 199, 50), (0, 0, 2, 200, 10), (0, 0, 99, 500, 30)],
)
def test_points_add_up(headline, lead, hits, words, points):
    assert Points.of(column([headline]), column([lead]), column([hits]), column([words])).all.tolist() == [points]
