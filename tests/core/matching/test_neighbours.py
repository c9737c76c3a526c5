"""The few places that are looked at around a hit decide as all of them would."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.core.article import Field
from monitor.core.matching.found import Cover, Found
from monitor.core.matching.reach import Neighbours

places = st.builds(
    lambda field, first, length: Found(field, first, first + length),
    st.sampled_from([Field.HEADLINE, Field.BODY]),
    st.integers(0, 60),
    st.one_of(st.integers(0, 3), st.integers(0, 20)),
)


def parted(hit: Found, word: Found, ends: set[int]) -> bool:
    """Whether a sentence ends between the two, before one of these words."""
    left, right = sorted((hit, word), key=lambda f: f.first)
    return hit.field is not word.field or any(left.last < end <= right.first for end in ends)


@given(places, st.lists(places, max_size=30), st.sets(st.integers(0, 70), max_size=8))
def test_the_nearest_is_among_the_neighbours(hit, words, ends):
    seen = [*Neighbours(words).of(hit)]
    assert min((hit.words_between(w) for w in seen), default=None) == min(
        (hit.words_between(w) for w in words), default=None
    )
    assert {w.field for w in seen} == {w.field for w in words}
    assert all(parted(hit, w, ends) for w in seen) == all(parted(hit, w, ends) for w in words)


@given(places, st.lists(places, max_size=30))
def test_the_nearest_that_share_no_word_are_told(hit, words):
    apart = [w for w in words if w.field is hit.field and not w.overlaps(hit)]
    expected = min(((hit.words_between(w), w.first) for w in apart), default=None)
    assert min(((hit.words_between(w), w.first) for w in Neighbours(words).apart(hit)), default=None) == expected


@given(places, st.lists(places, max_size=12))
def test_a_cover_tells_what_touches_and_what_lies_around(place, others):
    cover = Cover(others)
    assert cover.touches(place) == any(place.overlaps(o) for o in others)
    assert cover.around(place) == [o for o in others if place.inside(o)]
    assert cover.longer(place) == next((o for o in others if place.inside(o) and place.shorter(o)), None)
