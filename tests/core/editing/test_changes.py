"""What changed, in sentences."""

import pytest

from monitor.core.editing.changes import changes

B = {"term": "B", "case": "any"}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"terms": ["A"]}, {"terms": ["A"]}, []),
        ({"terms": ["A"]}, {"terms": []}, ["Term “A”: taken away"]),
        ({"terms": []}, {"terms": [B]}, ["Term “B”: added; capitals: any"]),
        ({"terms": ["A", "B"]}, {"terms": ["B", "A"]}, ["Terms: in another order"]),
        ({"terms": ["A", B, "C"]}, {"terms": ["A", B | {"term": "D"}, "C"]}, ["Term “B”: now “D”"]),
        ({"terms": ["A", "C"]}, {"terms": ["C", "D"]}, ["Term “A”: taken away", "Term “D”: added"]),
        (
            {"terms": ["A", "B"]},
            {"terms": ["C", "D"]},
            ["Term “A”: taken away", "Term “B”: taken away", "Term “C”: added", "Term “D”: added"],
        ),
        (
            {"terms": ["A", B], "examples": [{"text": "t", "hits": ["A", "B"]}, {"text": "u", "hits": []}]},
            {"terms": ["D", B], "examples": [{"text": "t", "hits": ["D", "B"]}, {"text": "u", "hits": ["D"]}]},
            ["Term “A”: now “D”", "Example “u”: terms that must be found: now also D"],
        ),
        ({"terms": [B]}, {"terms": [B | {"case": "exact"}]}, ["Term “B”: capitals: exact (was any)"]),
        ({"terms": ["B"]}, {"terms": [B]}, ["Term “B”: capitals: any"]),
        (
            {"terms": [B | {"blockers": ["x", "y"]}]},
            {"terms": [B | {"blockers": ["y", "z"]}]},
            ["Term “B”: not inside: now also z, no longer x"],
        ),
        ({"subject_of": True}, {}, ["Must be about a term: taken away (was yes)"]),
        ({}, {"significance": {"major": True}}, ["Major stories only: major: yes"]),
        (
            {"sources": {"groups": ["a"]}},
            {"sources": {"groups": ["a", "b"], "plus": ["c"]}},
            ["Sources: groups: now also b", "Sources: outlets besides: c"],
        ),
        (
            {"oicw": [{"any": ["a"]}]},
            {"oicw": [{"any": ["a"]}, {"place": "scotland"}]},
            ["Rule “scotland”: added"],
        ),
        (
            {"oicw": [{"any": ["tax", "levy"]}, {"place": "isles"}]},
            {"oicw": [{"any": ["tax", "duty"], "within": "sentence"}, {"place": "isles"}, {"any": ["ferry"]}]},
            [
                "Only in connection with “tax, levy”: now also duty, no longer levy; within: sentence",
                "Rule: added; words: ferry",
            ],
        ),
        (
            {"oicw": [{"any": ["a", "b", "c", "d"]}]},
            {"oicw": [{"any": {"list": "main"}}]},
            ["Only in connection with “a, b, c …”: now the list “main”"],
        ),
        (
            {"sources": "any_monitored"},
            {"sources": {"plus": ["c"]}},
            ["Sources: outlets besides: c (was every outlet that is monitored)"],
        ),
    ],
)
def test_it_is_said(before, after, said):
    assert [one.sentence for one in changes(before, after)] == said


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            {},
            {"late": {"title": "Late", "at": "22:00"}},
            ["Digest “Late”: added; goes out at: 22:00"],
        ),
        (
            {"late": {"title": "Late", "at": "22:00", "days": ["mon"]}},
            {"late": {"title": "Late", "at": "21:00", "days": ["mon", "tue"]}},
            ["Digest “Late”: goes out at: 21:00 (was 22:00)", "Digest “Late”: days: now also tue"],
        ),
    ],
)
def test_digests_are_told_by_their_titles(before, after, said):
    assert [one.sentence for one in changes(before, after, "digests.yaml")] == said


def test_shared_lists_are_told_word_by_word():
    before = {"context_lists": {"main": ["tax", {"word": "grant", "plural": True}]}}
    after = {"context_lists": {"main": [{"word": "grant", "case": "lower", "plural": True}, "credit"]}}
    assert [one.sentence for one in changes(before, after)] == [
        "Word list “main”: word “tax”: taken away",
        "Word list “main”: word “grant”: capitals: lower",
        "Word list “main”: word “credit”: added",
    ]
