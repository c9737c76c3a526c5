"""What changed, in sentences."""

import pytest

from monitor.core.editing.changes import changes

B = {"term": "B", "case": "any"}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"terms": ["A"]}, {"terms": ["A"]}, []),
        ({"terms": ["A"]}, {"terms": []}, ["Term “A”: taken away (was there)"]),
        ({"terms": []}, {"terms": [B]}, ["Term “B”: added; capitals: any"]),
        ({"terms": ["A", "B"]}, {"terms": ["B", "A"]}, ["Terms: in a new order (was in another order)"]),
        ({"terms": [B]}, {"terms": [B | {"case": "exact"}]}, ["Term “B”: capitals: exact (was any)"]),
        ({"terms": ["B"]}, {"terms": [B]}, ["Term “B”: capitals: any"]),
        (
            {"terms": [B | {"blockers": ["x", "y"]}]},
            {"terms": [B | {"blockers": ["y", "z"]}]},
            ["Term “B”: not inside: added z (was x)"],
        ),
        ({"subject_of": True}, {}, ["Must be about a term: taken away (was yes)"]),
        ({}, {"significance": {"major": True}}, ["Major stories only: major: yes"]),
        (
            {"sources": {"groups": ["a"]}},
            {"sources": {"groups": ["a", "b"], "plus": ["c"]}},
            ["Sources: groups: added b", "Sources: outlets besides: c"],
        ),
        (
            {"oicw": [{"any": ["a"]}]},
            {"oicw": [{"any": ["a"]}, {"place": "scotland"}]},
            ["Rule “scotland”: added"],
        ),
        (
            {"sources": "any_monitored"},
            {"sources": {"plus": ["c"]}},
            ["Sources: outlets besides: c (was any_monitored)"],
        ),
    ],
)
def test_it_is_said(before, after, said):
    assert [one.sentence for one in changes(before, after)] == said
