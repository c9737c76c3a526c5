"""Other values in a file: it says them, and nothing that was not touched is another."""

import re
from difflib import unified_diff

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.adapters.library.dumping import inside
from monitor.adapters.library.rewriting import rewrite, values_of
from monitor.config import shipped
from monitor.errors import InputError

SECTIONS = [
    p
    for p in sorted((shipped("profiles") / "social-security-scotland").glob("*.yaml"))
    if "terms:\n" in p.read_text("utf-8")
]
FILE = """\
# About this file.
section: energy
title: ENERGY  # as printed

terms:
  # The first is the oldest.
  - Winter Heating Payment  # by its old name
  - term: Fuel Poverty
    # since the summer
    case: exact  # the campaign
    blockers: [a, b]
  - Warm Homes
sources: any_monitored
"""


def changed(text: str, values: dict) -> list[str]:
    after = rewrite(text, values)
    assert values_of(after) == values
    return [
        line
        for line in unified_diff(text.splitlines(), after.splitlines(), n=0, lineterm="")
        if re.match(r"[+-](?![+-])", line)
    ]


def with_terms(*terms: object) -> dict:
    return {**values_of(FILE), "terms": list(terms)}


def test_the_same_values_are_the_same_text():
    assert rewrite(FILE, values_of(FILE)) == FILE


def test_a_term_is_added_where_it_is_put_and_one_taken_away():
    first, second, third = values_of(FILE)["terms"]
    assert changed(FILE, with_terms(first, second, "Cold Spell", third)) == ["+  - Cold Spell"]
    assert changed(FILE, with_terms("Cold Spell", first, second, third)) == ["+  - Cold Spell"]
    assert changed(FILE, with_terms(first, second)) == ["-  - Warm Homes"]


def test_an_option_changes_its_own_line_and_keeps_the_comment_behind_it():
    first, second, third = values_of(FILE)["terms"]
    lines = changed(FILE, with_terms(first, second | {"case": "any"}, third))
    assert lines == ["-    case: exact  # the campaign", "+    case: any  # the campaign"]
    gone = {k: v for k, v in second.items() if k != "blockers"}
    assert changed(FILE, with_terms(first, gone, third)) == ["-    blockers: [a, b]"]


def test_a_line_becomes_a_term_with_options_and_keeps_its_comment():
    first, second, third = values_of(FILE)["terms"]
    lines = changed(FILE, with_terms({"term": first, "kind": "benefit"}, second, third))
    assert lines == [
        "-  - Winter Heating Payment  # by its old name",
        "+  - term: Winter Heating Payment  # by its old name",
        "+    kind: benefit",
    ]


def test_a_renamed_term_is_the_same_lines():
    first, second, third = values_of(FILE)["terms"]
    lines = changed(FILE, with_terms(first, second | {"term": "Fuel: Poverty"}, third))
    assert lines == ["-  - term: Fuel Poverty", '+  - term: "Fuel: Poverty"']


def test_a_new_key_stands_in_its_place():
    values = values_of(FILE)
    wanted = {k: values[k] for k in ("section", "title", "terms")} | {
        "subject_of": True,
        "sources": "any_monitored",
    }
    after = rewrite(FILE, wanted)
    assert "  - Warm Homes\n\nsubject_of: true\nsources: any_monitored\n" in after
    assert rewrite(after, values) == FILE


def test_what_no_reader_may_take_for_something_else_is_in_quotes():
    odd = [
        "yes",
        "y",
        "010",
        "2027-03-31",
        "a: b",
        "a #b",
        "- a",
        "* a",
        "é",
        "[a",
        "‘a’",
        "true",
        "1.5",
        "a, b",
        "~",
    ]
    assert values_of(rewrite(FILE, with_terms(*odd)))["terms"] == odd


def test_ends_of_lines_stay_as_they_are():
    after = rewrite(FILE.replace("\n", "\r\n"), with_terms("A", "B"))
    assert "\n" not in after.replace("\r\n", "")


@pytest.mark.parametrize("file", SECTIONS, ids=lambda file: file.stem)
def test_in_every_file_that_we_ship_a_change_is_only_its_own_lines(file):
    text = file.read_text("utf-8")
    values = values_of(text)
    values["terms"] = [*values["terms"], "One More"]
    values["recategorise"] = not values.get("recategorise", False)
    lines = changed(text, values)
    assert "+  - One More" in lines
    assert len(lines) <= 4, lines


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- a\n", "not a list of keys"),
        ("a: [\n", "cannot be read as YAML"),
        ("a: 1\na: 2\n", "twice"),
        ("{a: b}\n", "is not changed here"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(text, why):
    with pytest.raises(InputError, match=why):
        rewrite(text, {"a": "c"})


words = st.text(alphabet="ab cY1:#-,'\"[]{}&*!|>%@`é\n~?0.\\", max_size=8)
plain = st.one_of(words, st.booleans(), st.integers(0, 99))
keys = st.sampled_from(["a", "term", "word", "any", "note", "on", "list"])
values = st.recursive(
    plain, lambda of: st.lists(of, max_size=4) | st.dictionaries(keys, of, max_size=3), max_leaves=12
)
documents = st.dictionaries(
    st.sampled_from(["section", "title", "terms", "oicw", "x"]), values, min_size=1, max_size=5
)


@settings(max_examples=150)
@given(documents, documents, st.sampled_from(["\n", "\r\n"]))
def test_whatever_a_file_says_it_says_what_was_asked_for(had, wanted, newline):
    text = newline.join(["# head", *inside(had, 0), ""])
    assert values_of(rewrite(text, wanted)) == wanted
