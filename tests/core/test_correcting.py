"""What a person says of a draft: split, joined, sure, left out, decided; the document stays as it is."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.drafting import NOTHING_LEARNED, Document, Draft, Line, draft
from monitor.core.drafting.correcting import (
    At,
    call,
    confirm,
    decide,
    join,
    leave_out,
    rename,
    say_source,
    split,
    without_undecided,
)
from monitor.core.profile import Kind, NamedPerson, Standing
from monitor.core.source import Group, Outlet, Sources
from monitor.errors import InputError

SOURCES = Sources.of([Outlet("post", "Post", "Post", "UK", 2)], [Group("local", "Locals")])
HEAD = ("FERRIES", "SEARCH TERMS:")
OFFICE = NamedPerson("", Standing.OFFICE_HOLDER, "Minister", "Contract", "Head of News", "", date(2099, 1, 1))


def drafted(*lines: str) -> Draft:
    return draft(Document(tuple(map(Line, (*HEAD, *lines)))), SOURCES, NOTHING_LEARNED)


def names(made: Draft) -> list[str]:
    return [term.name for term in made.sections[0].terms if term.written]


def at(number: int) -> At:
    return At("ferries", number)


RUN = drafted("Pier Fund Harbour Board Ferry Relief Payment")


def test_split_and_join_are_each_others_way_back() -> None:
    joined = join(RUN, at(1), NOTHING_LEARNED)
    assert names(joined) == ["Pier Fund Harbour Board", "Ferry Relief Payment"]
    again = split(joined, at(1), 2, NOTHING_LEARNED)
    assert names(again) == names(RUN)
    assert [t.confidence for t in again.sections[0].terms[:2]] == [1.0, 1.0]
    assert again.sections[0].terms[1].kind is Kind.ORGANISATION
    assert again.sections[0].lines == RUN.sections[0].lines


def test_a_bracket_is_one_word_and_counts_for_the_term_that_keeps_it() -> None:
    made = drafted("Harbour Ferries (delays / sick passengers)")
    (whole,) = made.sections[0].terms
    with pytest.raises(InputError, match="has 3 words"):
        split(made, at(1), 3, NOTHING_LEARNED)
    two = split(made, at(1), 1, NOTHING_LEARNED).sections[0].terms
    assert [t.name for t in two] == ["Harbour", "Ferries (delays / sick passengers)"]
    assert (two[0].only_with, two[1].only_with) == ((), whole.only_with)
    assert "delays" in whole.only_with


def test_terms_of_two_lines_are_joined_and_what_stands_below_keeps_its_place() -> None:
    made = drafted("Pier", "Fund", "Harbour Board", "A1", "B2", "C3")
    joined = join(made, at(1), NOTHING_LEARNED)
    section = joined.sections[0]
    assert names(joined) == ["Pier Fund", "Harbour Board", "A1", "B2", "C3"]
    assert [section.lines[t.line].text[t.start : t.end] for t in section.terms] == names(joined)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (lambda: split(RUN, at(1), 2, NOTHING_LEARNED), "2 words: it cannot be split after word 2"),
        (lambda: split(RUN, at(1), 0, NOTHING_LEARNED), "cannot be split after word 0"),
        (lambda: join(RUN, at(3), NOTHING_LEARNED), "last of its section"),
        (lambda: confirm(RUN, at(4)), "its terms are 1 to 3"),
        (lambda: confirm(RUN, at(0)), "its terms are 1 to 3"),
        (lambda: confirm(RUN, At("piers", 1)), "no section piers"),
        (lambda: say_source(RUN, "ferries", "Times"), "no source Times"),
        (lambda: join(drafted("A1", "OICW Scotland", "B2"), at(1), NOTHING_LEARNED), "something else"),
    ],
)
def test_what_cannot_be_is_told(said, why: str) -> None:
    with pytest.raises(InputError, match=why):
        said()


def test_what_is_left_out_is_not_written_and_can_come_back() -> None:
    made = drafted("Pier Fund", "Harbour Board", "PIER FUND")
    assert names(made) == ["Pier Fund", "Harbour Board"], "the third is the first to the matcher"
    out = leave_out(made, at(1))
    assert names(out) == ["Harbour Board", "PIER FUND"], "nothing is lost that stood twice"
    assert names(leave_out(out, at(1), out=False)) == names(made)
    assert not out.doubtful


def test_what_somebody_has_looked_at_is_sure() -> None:
    made = drafted("Pier Fund Harbour Board Ferry Relief Payment Boat Boat Boat Boat Boat")
    for number in range(1, len(made.sections[0].terms) + 1):
        made = confirm(made, at(number))
    assert made.doubtful == ()


def test_persons_wait_for_a_decision() -> None:
    made = drafted("Rita Sample", "Harbour Board")
    assert [term.name for _, term in made.undecided] == ["Rita Sample"]
    assert names(without_undecided(made)) == ["Harbour Board"]
    decided = decide(made, {at(1): OFFICE})
    assert decided.undecided == ()
    assert decided.sections[0].terms[0].person == OFFICE
    none = call(decided, at(1), Kind.PHRASE)
    assert (none.undecided, none.sections[0].terms[0].person) == ((), None)


def test_a_source_that_nobody_knew_is_said() -> None:
    made = drafted("Pier Fund", "SOURCES:", "Harbour Times", "Nobody Weekly", "The Isles")
    assert made.sections[0].sources.unknown == ("Harbour Times", "Nobody Weekly", "The Isles")
    said = say_source(made, "ferries", "Harbour Times", outlet="post")
    said = say_source(said, "ferries", "The Isles", group="local")
    sources = said.sections[0].sources
    assert (sources.plus, sources.groups, sources.unknown) == (("post",), ("local",), ("Nobody Weekly",))
    left = say_source(said, "ferries", "Nobody Weekly").sections[0]
    assert left.sources.unknown == ()
    assert [q for q in left.questions if "Nobody Weekly" in q], "the client is asked all the same"
    assert not [q for q in left.questions if "Harbour Times" in q]


def test_names_are_given() -> None:
    named = rename(RUN, " A  Council ", "Piers")
    assert (named.client, named.name) == ("A Council", "Piers")


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 6), st.integers(1, 4)), max_size=12))
def test_whatever_is_cut_each_term_stands_where_it_says_and_none_runs_into_another(acts) -> None:
    made = drafted("Pier Fund Harbour Board", "Ferry Relief Payment", "Boat")
    words = sorted(" ".join(names(made)).split())
    for splits, number, after in acts:
        try:
            at_ = at(number)
            made = split(made, at_, after, NOTHING_LEARNED) if splits else join(made, at_, NOTHING_LEARNED)
        except InputError:
            continue
    section = made.sections[0]
    spans = [(t.line, t.start, t.end) for t in section.terms]
    assert [" ".join(section.lines[line].text[a:b].split()) for line, a, b in spans] == [
        t.name for t in section.terms
    ]
    assert all(one[0] < other[0] or one[2] <= other[1] for one, other in pairwise(spans))
    assert sorted(" ".join(t.name for t in section.terms).split()) == words
