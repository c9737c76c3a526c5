"""Automata over letters find the same, and make themselves again from what they packed; ours: test_trie.py."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twins import both_twins

from monitor.core.matching.automaton import ENGINES, built, unpacked

LETTER_BY_LETTER = [engine for engine in ENGINES if engine != "trie"]

words = st.text("abcé ", min_size=1, max_size=4)
patterns = st.lists(words, min_size=1, max_size=12, unique=True)
streams = st.text("abcéœ ", max_size=60)


def naive(patterns, stream):
    return sorted(
        (at + len(pattern), number)
        for number, pattern in enumerate(patterns)
        for at in range(len(stream))
        if stream.startswith(pattern, at)
    )


def listed(hits):
    ends, numbers = hits
    return sorted(zip(ends.tolist(), numbers.tolist(), strict=True))


@both_twins
@pytest.mark.parametrize("engine", LETTER_BY_LETTER)
@given(patterns, streams)
def test_every_place_of_every_pattern_is_found(twin, engine, patterns, stream):
    automaton = built(patterns, engine)
    with twin():
        assert listed(automaton.hits(stream)) == naive(patterns, stream)
        assert listed(unpacked(automaton.packed(), engine).hits(stream)) == naive(patterns, stream)


@both_twins
@pytest.mark.parametrize("engine", LETTER_BY_LETTER)
def test_hits_beyond_the_first_thousands_are_found(twin, engine):
    with twin():
        assert listed(built([" a ", "a"], engine).hits(" a" * 5_000 + " ")) == naive(
            [" a ", "a"], " a" * 5_000 + " "
        )


@pytest.mark.parametrize("engine", ENGINES)
def test_without_patterns_nothing_is_found(engine):
    automaton = built([], engine)
    assert listed(automaton.hits(" tax ")) == []
    assert listed(unpacked(automaton.packed(), engine).hits(" tax ")) == []
