"""Every change that is told can be put back by itself, and nothing else moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.editing.changes import changes
from monitor.core.editing.putting_back import put_back

B = {"term": "B", "case": "any"}
NAMES = st.sampled_from(["A", "B", "C", "D"])
TERM = NAMES | st.fixed_dictionaries(
    {"term": NAMES}, optional={"case": st.sampled_from(["lower", "exact"]), "match": st.lists(NAMES, max_size=2)}
)
PLACES = st.dictionaries(
    st.sampled_from(["isles", "north"]), st.fixed_dictionaries({"area": NAMES}), min_size=1, max_size=2
)
FILE = st.fixed_dictionaries(
    {"title": NAMES},
    optional={
        "terms": st.lists(TERM, unique_by=lambda one: one if isinstance(one, str) else one["term"], min_size=1),
        "places": PLACES,
        "oicw": st.lists(
            st.fixed_dictionaries({"any": st.lists(NAMES, min_size=1, max_size=3)}), max_size=3, unique_by=repr
        ),
        "sources": st.just("any_monitored") | st.fixed_dictionaries({"groups": st.lists(NAMES, max_size=2)}),
    },
)


@pytest.mark.parametrize(
    ("before", "after", "way", "left"),
    [
        ({"terms": ["A"]}, {"terms": ["A", "B"]}, ("terms", "B"), {"terms": ["A"]}),
        ({"terms": ["A", "B", "C"]}, {"terms": ["A", "C"]}, ("terms", "B"), {"terms": ["A", "B", "C"]}),
        ({"terms": ["B"]}, {"terms": [B]}, ("terms", "B", "case"), {"terms": ["B"]}),
        ({"terms": [B]}, {"terms": ["B"]}, ("terms", "B", "case"), {"terms": [B]}),
        ({"terms": ["A", "B"]}, {"terms": ["B", "A", "C"]}, ("terms", "*"), {"terms": ["A", "C", "B"]}),
        (
            {"terms": ["A", "C"], "examples": [{"text": "t", "hits": ["A"]}]},
            {"terms": ["B", "C"], "examples": [{"text": "t", "hits": ["B"]}], "title": "y"},
            ("terms", "A", "B"),
            {"terms": ["A", "C"], "examples": [{"text": "t", "hits": ["A"]}], "title": "y"},
        ),
        (
            {"terms": ["A"], "examples": [{"text": "t", "hits": []}]},
            {"terms": ["B"], "examples": [{"text": "t", "hits": ["B"]}]},
            ("examples", "t", "hits"),
            {"terms": ["B"], "examples": [{"text": "t", "hits": []}]},
        ),
        ({"title": "x"}, {"title": "x", "examples": [{"text": "t"}]}, ("examples", "t"), {"title": "x"}),
        ({"subject_of": True, "title": "x"}, {"title": "y"}, ("subject_of",), {"subject_of": True, "title": "y"}),
        ({}, {"morning": {"at": "07:00"}, "late": {"at": "22:00"}}, ("late",), {"morning": {"at": "07:00"}}),
    ],
)
def test_it_is_as_it_was_and_the_rest_is_as_it_is(before, after, way, left):
    assert put_back(before, after, way) == left


@given(FILE, FILE)
def test_one_after_the_other_they_lead_back_to_the_beginning(before, after):
    told = changes(before, after)
    left = after
    for count in range(len(told), 0, -1):
        now = changes(before, left)
        assert len(now) <= count
        if not now:
            break
        left = put_back(before, left, now[0].way)
    assert changes(before, left) == ()
