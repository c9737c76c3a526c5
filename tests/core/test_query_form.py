"""Queries as text: what is read, how it is written again, and every fault at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from monitor.core.query import (
    And,
    AtLeast,
    Cased,
    First,
    Headline,
    Near,
    Not,
    Or,
    Phrase,
    Reach,
    Unit,
    has_places,
    parse,
    phrases,
    written,
)
from monitor.core.query.form import flat, holds_of_nothing, parts
from monitor.core.query.grammar import MAX_DEPTH, MAX_FAULTS, MAX_LENGTH, MAX_PHRASES

FAULTS = YAML(typ="safe").load((Path(__file__).parents[1] / "cases/queries/faults.yaml").read_text("utf-8"))

REACHES = st.one_of(
    st.builds(Reach, st.just(Unit.WORDS), st.integers(0, 1000), st.booleans()),
    st.sampled_from([Reach(Unit.SENTENCE), Reach(Unit.PARAGRAPH)]),
)
TEXTS = st.one_of(
    st.sampled_from(
        ["tax", "child poverty", "disab*", "child pov*", "AND", "near", "CASE", "Carer's", "a/b", "x (y)"]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='"“”„‟*'), min_size=1, max_size=8)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: any(c.isalnum() for c in text)),
)
PHRASES = TEXTS.map(Phrase)
PLACES = st.recursive(
    PHRASES,
    lambda part: st.one_of(
        st.builds(Or, st.lists(part, min_size=2, max_size=3).map(tuple)),
        st.builds(Near, part, part, REACHES, st.booleans()),
        st.builds(Headline, part),
        st.builds(First, part, st.integers(1, 10_000)),
        st.builds(Cased, part),
    ),
    max_leaves=6,
)
ANY = st.recursive(
    st.one_of(PLACES, st.builds(AtLeast, PLACES, st.integers(1, 1000))),
    lambda part: st.one_of(
        st.builds(And, st.lists(part, min_size=2, max_size=3).map(tuple)),
        st.builds(Or, st.lists(part, min_size=2, max_size=3).map(tuple)),
        st.builds(Not, part),
        st.builds(Headline, part),
        st.builds(Cased, part),
    ),
    max_leaves=6,
)
QUERIES = ANY.filter(lambda query: not holds_of_nothing(query))


@given(QUERIES)
def test_what_is_written_is_read_again(query):
    assert parse(written(query)).query == query, written(query)


@given(QUERIES)
def test_flattening_keeps_the_phrases_and_is_done_once(query):
    assert list(phrases(flat(query))) == list(phrases(query))
    assert flat(flat(query)) == flat(query)


@given(st.text(max_size=60))
def test_any_text_is_a_query_or_has_faults(text):
    read = parse(text)
    assert (read.query is None) == bool(read.faults)
    assert all(1 <= f.line <= text.count("\n") + 1 and f.column >= 1 for f in read.faults)
    assert all(f.what and not f.what.endswith(".") for f in read.faults)


WORDS = ["(", ")", "AND", "OR", "NOT", "NEAR/3", "ONEAR/0", "SENTENCE", "HEADLINE", "FIRST/5", "ATLEAST/2", "CASE"]


@settings(max_examples=400)
@given(
    st.lists(st.sampled_from([*WORDS, "tax", '"child poverty"', "dis*", "NEAR", "and", '"', "w/5"]), max_size=25)
)
def test_any_order_of_words_is_a_query_or_has_faults(words):
    read = parse(" ".join(words))
    assert (read.query is None) == bool(read.faults)
    if read.query:
        assert parse(written(read.query)).query == read.query


@pytest.mark.parametrize(
    "text",
    [
        "(" * 50_000,
        ")" * 50_000,
        "NOT " * 20_000 + "a",
        "a NEAR/1 " * 10_000 + "a",
        "HEADLINE(" * 10_000 + "a",
        '"' * 50_001,
        "a AND " * 5_001 + "a",
        "a OR b AND c NEAR/1 (" * 3_000,
        "x" * (MAX_LENGTH + 1),
    ],
    ids=["open", "close", "not", "near", "headline", "quotes", "phrases", "mixed", "long"],
)
def test_hostile_input_is_refused(text):
    read = parse(text)
    assert read.query is None
    assert 1 <= len(read.faults) <= MAX_FAULTS + 1


def test_as_many_phrases_and_levels_as_are_allowed():
    assert parse(" OR ".join(["a"] * MAX_PHRASES)).query
    assert parse("HEADLINE(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH).query
    assert not parse("HEADLINE(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1)).query


@pytest.mark.parametrize("case", FAULTS, ids=[case["query"] for case in FAULTS])
def test_faults_say_where_what_and_what_to_do(case):
    told = [f"{f.line}:{f.column} {f.what} ({f.remedy})" for f in parse(case["query"]).faults]
    assert len(told) == len(case["faults"]), told
    for said, wanted in zip(told, case["faults"], strict=True):
        assert said.startswith(wanted)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a OR b AND c", "a OR (b AND c)"),
        ("a AND NOT b NEAR/5 c", "a AND (NOT (b NEAR/5 c))"),
        ("a NOT b", "a AND NOT b"),
        ("a NOT NEAR/5 b", "a NOT NEAR/5 b"),
        ("a NEAR/1 b ONEAR/2 c SENTENCE d", "((a NEAR/1 b) ONEAR/2 c) SENTENCE d"),
        ("NOT a AND b", "(NOT a) AND b"),
        ("a\n  OR\tb", "a OR b"),
        ("“a b”", '"a b"'),
    ],
)
def test_precedence(text, read):
    assert parse(text).query == parse(read).query is not None


def test_chains_are_one_and_brackets_are_kept():
    assert parse("a AND b AND c").query == And((Phrase("a"), Phrase("b"), Phrase("c")))
    assert parse("(a AND b) AND c").query == And((And((Phrase("a"), Phrase("b"))), Phrase("c")))


@given(PLACES)
def test_what_has_places_is_no_and_no_not_no_count(query):
    assert has_places(query)
    assert not has_places(Not(query))
    assert not has_places(AtLeast(query, 2))
    assert all(has_places(part) for part in parts(query))
