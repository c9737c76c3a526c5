"""The places of patterns in many streams are those found by looking at each place of each stream."""

from hypothesis import example, given
from hypothesis import strategies as st
from twins import both_twins

from monitor.core.matching.automaton import built
from monitor.core.matching.finder import Finder

LONG = ("abcdefgh", "abcdefghi", "abcdefghj", "abcdefghabcdefgh", "abcdefghabcdefghabc")
"""As long as what is compared at once, a letter longer, twice as long, and longer."""
words = st.one_of(
    st.text("ab", min_size=1, max_size=2),
    st.text("abé", min_size=1, max_size=3),
    st.sampled_from((*LONG, "жи", "ж")),
)
patterns = st.lists(
    st.tuples(st.lists(words, min_size=1, max_size=5), st.sampled_from(("", " "))).map(
        lambda made: f" {' '.join(made[0])}{made[1]}"
    ),
    max_size=12,
    unique=True,
)
texts = st.lists(st.one_of(words, st.just("")), max_size=12).map(lambda made: f" {' '.join(made)} ")


def one_by_one(sought, streams):
    for article, stream in enumerate(streams):
        for number, pattern in enumerate(sought):
            ends = [at + len(pattern) for at in range(len(stream)) if stream.startswith(pattern, at)]
            yield from ((article, number, end) for end in ends)


@both_twins
@given(patterns, st.lists(texts, max_size=4))
@example([" a b c ", " b ", " b c d e ", " d", " e a"], [" a b c d e ab c ", " b  c d ", " e b a a"])
@example([" b", " a b c "], [" a b c b b a b c a b ", " b ", " c b "])
@example([f" {' '.join('ab' * 100)} ", " ba"], [f" {' '.join('ab' * 101)} "])
@example([f" a{n} b{n} " for n in range(3000)], [" a2999 b2999 a7 b8 "])
def test_every_place_of_every_pattern_is_found_in_its_article(twin, sought, streams):
    with twin():
        articles, ends, numbers = Finder(sought, built(sought, "ahocorasick")).places(streams)
    found = [*zip(articles.tolist(), numbers.tolist(), ends.tolist(), strict=True)]
    assert sorted(found) == sorted(one_by_one(sought, streams))
    assert sorted(found, key=lambda place: place[:2]) == sorted(found), "those of a pattern are in order"
