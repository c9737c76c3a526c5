"""The trie of words finds every place of every pattern, in the order of an automaton over letters."""

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from twins import both_twins

from monitor.core.matching.automaton import built
from monitor.core.matching.trie import Trie

LONG = "antidisestablishmentarianism" * 3
"""Letters of which a key has no room, and a mask of stems no bit."""
words = st.sampled_from(
    ["a", "ab", "tax", "taxation", "benefits", "governments", "é", "œuvre", "Ж", "中", "𝔘x", LONG]
)
stems = st.sampled_from([" t", " tax", " taxation", " gov", " governme", " œu", f" {LONG[:-1]}", f" {LONG[:70]}"])
phrase = st.lists(words, min_size=1, max_size=3).map(" ".join)
closed = phrase.map(" {} ".format)
open_ended = st.one_of(stems, st.tuples(phrase, stems).map(lambda two: f" {two[0]}{two[1]}"))
patterns = st.lists(st.one_of(closed, open_ended), min_size=1, max_size=12, unique=True)
streams = st.lists(st.lists(words, max_size=6), max_size=4).map(
    lambda p: "".join(f" {' '.join(part)} " for part in p)
)


def listed(hits):
    ends, numbers = hits
    return [*zip(ends.tolist(), numbers.tolist(), strict=True)]


@both_twins
@given(patterns, streams)
@example([" tax", " tax ", " a tax ", " taxation a", " ab taxation ab "], " a tax  ab taxation ab  taxation ")
def test_it_finds_what_an_automaton_finds_in_the_same_order(twin, patterns, stream):
    with twin():
        made = Trie.of(patterns)
        found = listed(made.hits(stream))
        assert found == listed(built(patterns, "ahocorasick").hits(stream))
        assert found == listed(Trie(made.packed()).hits(stream))


@both_twins
def test_words_and_hits_beyond_the_first_thousands_are_found(twin):
    with twin():
        found = listed(Trie.of([" a ", " a a ", " a"]).hits(" a" * 5_000 + "  a "))
    assert len(found) == 5_001 + 4_999 + 5_001
    assert [end for end, _ in found] == sorted(end for end, _ in found)


@both_twins
def test_a_long_stream_takes_no_longer_than_its_length_asks(twin):
    with twin():
        assert (
            len(listed(Trie.of([" a b "]).hits(" a a" * 100_000 + " "))) == 0
        )  # each word's rest copied: a minute


@pytest.mark.parametrize("pattern", ["tax", " two  spaces ", " a* ", " ", ""])
def test_what_no_stream_has_is_no_pattern(pattern):
    with pytest.raises(ValueError, match="is no pattern of a stream"):
        Trie.of([pattern])


def test_what_was_packed_otherwise_is_refused():
    def packed(labels, *columns):
        numbers = [b"".join(n.to_bytes(4, "little", signed=True) for n in column) for column in columns]
        return msgspec.msgpack.encode([labels, *numbers])

    for state in (
        b"",
        b"nothing",
        packed(["tax"], [], [], []),
        packed(["tax"], [-1, 0], [-1, 0], [-1]),
        packed(["tax"], [-1, 1], [-1, 0], [-1, 0]),
        packed(["tax"], [-1, 0], [-1, 1], [-1, 0]),
        msgspec.msgpack.encode([["tax"], b"xyz", b"", b""]),
    ):
        with pytest.raises(ValueError, match="not a packed trie"):
            Trie(state)
