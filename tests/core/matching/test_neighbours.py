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
    st.integers(0, 3),
)


def order(hit: Found, word: Found) -> tuple[bool, int, int]:
    """Tokens between the two, if they stand in one field, then which comes first."""
    if hit.field is not word.field:
        return True, 0, word.first
    left, right = sorted((hit, word), key=lambda f: f.first)
    return False, max(0, right.first - left.last - 1), word.first


@given(places, st.lists(places, max_size=30, unique_by=lambda f: (f.field, f.first)))
def test_the_nearest_is_among_the_neighbours(hit, words):
    seen = [w for _, w in Neighbours((None, w) for w in words).of(hit)]
    best = min((order(hit, w) for w in words), default=None)
    assert min((order(hit, w) for w in seen), default=None) == best


@given(places, st.lists(places, max_size=12))
def test_a_cover_tells_what_touches_and_what_lies_around(place, others):
    cover = Cover(others)
    assert cover.touches(place) == any(place.overlaps(o) for o in others)
    assert cover.around(place) == [o for o in others if place.inside(o)]
    assert cover.longer(place) == next((o for o in others if place.inside(o) and place.shorter(o)), None)
