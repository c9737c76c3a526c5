"""Merging: what one changed is taken, what both changed is put to a person."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.core.editing.merging import GONE, Clash, Side, merge

BASE = {
    "title": "BENEFITS",
    "terms": ["A", {"term": "B", "case": "any", "note": "n"}, "C"],
    "sources": {"groups": ["x", "y"], "plus": ["p"]},
}


def test_what_only_one_changed_is_taken():
    mine = BASE | {"terms": ["A", "New of mine", {"term": "B", "case": "any", "note": "n"}, "C"]}
    theirs = BASE | {"title": "BENEFITS AND PAYMENTS", "terms": [*BASE["terms"][:2], "C", "New of theirs"]}
    merged = merge(BASE, mine, theirs)
    assert merged.clashes == ()
    assert merged.values["title"] == "BENEFITS AND PAYMENTS"
    assert merged.values["terms"] == ["A", "New of mine", BASE["terms"][1], "C", "New of theirs"]


def test_two_options_of_one_term_do_not_touch():
    mine = BASE | {"terms": ["A", {"term": "B", "case": "exact", "note": "n"}, "C"]}
    theirs = BASE | {"terms": ["A", {"term": "B", "case": "any", "note": "other"}, "C"]}
    assert merge(BASE, mine, theirs).values["terms"][1] == {"term": "B", "case": "exact", "note": "other"}


def test_two_first_options_of_a_term_that_was_only_a_name():
    mine = BASE | {"terms": [{"term": "A", "case": "exact"}, *BASE["terms"][1:]]}
    theirs = BASE | {"terms": [{"term": "A", "kind": "benefit"}, *BASE["terms"][1:]]}
    assert merge(BASE, mine, theirs).values["terms"][0] == {"term": "A", "kind": "benefit", "case": "exact"}


def test_what_both_changed_is_a_clash_until_somebody_chooses():
    mine = BASE | {"terms": ["A", {"term": "B", "case": "exact", "note": "n"}, "C"]}
    theirs = BASE | {"terms": ["A", {"term": "B", "case": "lower", "note": "n"}, "C"]}
    merged = merge(BASE, mine, theirs)
    assert merged.clashes == (Clash(("terms", "B", "case"), "any", "exact", "lower"),)
    assert merged.values == theirs
    for side, chosen in ((Side.MINE, mine), (Side.THEIRS, theirs)):
        settled = merge(BASE, mine, theirs, {"terms / B / case": side})
        assert (settled.values, settled.clashes) == (chosen, ())


def test_one_takes_a_term_away_and_the_other_changes_it():
    mine = BASE | {"terms": ["A", "C"]}
    theirs = BASE | {"terms": ["A", {"term": "B", "case": "lower", "note": "n"}, "C"]}
    merged = merge(BASE, mine, theirs)
    assert [(clash.name, clash.mine) for clash in merged.clashes] == [("terms / B", GONE)]
    assert merge(BASE, mine, theirs, {"terms / B": Side.MINE}).values == mine


def test_another_name_goes_together_with_other_options():
    base = {"terms": ["A", "C"], "examples": [{"text": "t", "hits": ["A"]}]}
    mine = {"terms": ["B", "C"], "examples": [{"text": "t", "hits": ["B"]}]}
    theirs = {"terms": [{"term": "A", "case": "exact"}, "C"], "examples": [*base["examples"], {"hits": ["A"]}]}
    both = {"terms": [{"term": "B", "case": "exact"}, "C"], "examples": [*mine["examples"], {"hits": ["B"]}]}
    for one, other in ((mine, theirs), (theirs, mine)):
        merged = merge(base, one, other)
        assert (merged.values, merged.clashes) == (both, ())


def test_two_new_names_of_one_term_clash():
    base, mine, theirs = ({"terms": [name, "C"]} for name in "ABD")
    clash = Clash(("terms", "A", "new name"), GONE, "B", "D")
    assert merge(base, mine, theirs).clashes == (clash,)
    assert merge(base, mine, theirs, {clash.name: Side.MINE}).values == mine
    assert merge(base, mine, theirs, {clash.name: Side.THEIRS}).values == theirs


def test_a_new_name_that_somebody_else_gave_to_another_term_is_one_term():
    base, mine, theirs = {"terms": ["A", "C"]}, {"terms": ["B", "C"]}, {"terms": ["A", "C", "B"]}
    assert merge(base, mine, theirs).values == {"terms": ["C", "B"]}


def test_a_list_of_sources_is_merged_outlet_by_outlet():
    mine = BASE | {"sources": {"groups": ["x", "y"], "plus": ["p", "q"]}}
    theirs = BASE | {"sources": {"groups": ["y"], "plus": ["p", "r"]}}
    assert merge(BASE, mine, theirs).values["sources"] == {"groups": ["y"], "plus": ["p", "q", "r"]}


names = st.lists(st.sampled_from("abcdef"), unique=True, max_size=5)
terms = names.flatmap(
    lambda found: st.tuples(
        *(st.one_of(st.just(n), st.builds(dict, term=st.just(n), case=st.sampled_from("xyz"))) for n in found)
    ).map(list)
)
states = st.fixed_dictionaries({"title": st.sampled_from("xyz"), "terms": terms})


@given(states, states)
def test_who_changed_nothing_loses_nothing(base, other):
    assert merge(base, other, base).values == other
    assert merge(base, base, other).values == other
    assert merge(base, other, other).values == other


@given(states, states, states)
def test_a_choice_for_every_clash_leaves_none(base, mine, theirs):
    first = merge(base, mine, theirs)
    settled = merge(base, mine, theirs, {clash.name: Side.MINE for clash in first.clashes})
    assert settled.clashes == ()
