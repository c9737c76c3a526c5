"""Advice: what is no fault and may yet not be meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from monitor.core.agreement import Agreement
from monitor.core.lint import Advice, Weight, lint
from monitor.core.matching.text import comparable
from monitor.core.profile import (
    AboutnessRule,
    Alias,
    Case,
    ContextRule,
    ContextWord,
    Example,
    Guard,
    Kind,
    NamedPerson,
    Profile,
    SourceRule,
    Term,
)
from monitor.core.source import Group, Outlet, Source, SourceKind, Sources

ON = date(2026, 11, 26)
RULE = ContextRule((ContextWord("park", plural=True), ContextWord("tax")))
POLLED = Outlet("daily", "Daily", "Daily", "UK", 1, sources=(Source("d", "daily", url="https://d.example/f"),))
SILENT = Outlet("post", "Post", "Post", "UK", 1, sources=(Source("p", "post", SourceKind.NONE, note="No feed."),))
SOURCES = Sources.of([POLLED, SILENT], [Group("local", "Local", "Scotland")])


def section(*terms: Term, name: str = "trees", **rules: object) -> Profile:
    return replace(Profile(name, name.upper(), terms=terms), **rules)  # type: ignore[arg-type]


def advice(*profiles: Profile) -> list[Advice]:
    return list(lint(Agreement("a", "client", "name", profiles), SOURCES, ON))


def test_nothing_to_say() -> None:
    assert advice(section(Term("Scots pine"), context=(RULE,), sources=SourceRule(plus=("daily",)))) == []


def test_a_term_that_meets_its_own_rule() -> None:
    (one,) = advice(section(Term("Parks Trust"), Term("taxi rank"), context=(RULE,)))
    assert (one.term, one.weight) == ("Parks Trust", Weight.NOTE)
    assert "contains the context word 'park'" in one.what


def test_not_when_it_is_turned_off_or_blocked_by_a_bracket() -> None:
    off = replace(RULE, self_context=False)
    assert advice(section(Term("Park Trust"), context=(off,))) == []
    two_words = ContextRule((ContextWord("park trust"),))
    assert advice(section(Term("Park (Trust) Act"), context=(two_words,))) == []


def test_a_term_inside_another() -> None:
    (one,) = advice(section(Term("Carers Allowance"), Term("Carer's Allowance Supplement")))
    assert one.term == "Carers Allowance"
    assert "stands inside" in one.what


def test_the_same_term_in_two_sections() -> None:
    (one,) = advice(section(Term("Pine & Oak")), section(Term("pine and oak"), name="ponds"))
    assert (one.section, one.what) == ("trees", "is also a term of PONDS")


def test_the_same_term_in_two_sections_under_other_rules() -> None:
    (one,) = advice(section(Term("Pine Board"), context=(RULE,)), section(Term("Pine Board"), name="ponds"))
    assert one.what == "is also a term of PONDS, under other context words"


def test_a_common_word_that_nothing_holds_back() -> None:
    (one,) = advice(section(Term("Trees")))
    assert one.weight is Weight.CHECK
    assert "is a common word" in one.what
    assert "only_with" in one.remedy
    for held in (Term("Trees", only_with=Guard(("pine",))), Term("Trees", case=Case.EXACT), Term("Pine trees")):
        assert advice(section(held)) == []
    assert advice(section(Term("Trees"), aboutness=AboutnessRule())) == []


def test_a_word_of_grammar_whatever_must_stand_near_it() -> None:
    (one,) = advice(section(Term("Of"), context=(RULE,)))
    assert (one.weight, one.what) == (Weight.CHECK, "'Of' stands in nearly every article")


def test_a_term_that_may_be_a_person() -> None:
    (one,) = advice(section(Term("Rita Sample")))
    assert "looks like the name of a person" in one.what
    assert advice(section(Term("Rita Sample", kind=Kind.PERSON), Term("Rose Trust"))) == []
    (titled,) = advice(section(Term("Thrawn O'Sample MSP"), Term("Minister for Ferries")))
    assert (titled.term, titled.what) == ("Thrawn O'Sample MSP", one.what)


def test_an_office_holder_past_the_review() -> None:
    def named(day: int) -> Profile:
        return section(people=(NamedPerson("Rita Sample", role="Minister", review_by=date(2026, 11, day)),))

    (one,) = advice(named(25))
    assert (one.term, one.weight) == ("Rita Sample", Weight.CHECK)
    assert "was to be reviewed by 2026-11-25 (Minister)" in one.what
    assert advice(named(26)) == []


def test_what_the_agreement_leaves_unclear() -> None:
    (one,) = advice(section(ask_client=("For the whole list?",)))
    assert "the agreement is unclear: For the whole list?" in one.what
    assert "ask the client" in one.remedy


def test_names_that_wait_for_approval() -> None:
    aliases = (Alias("DWP"), Alias("the Department"), Alias("D", approved=True))
    first, second = advice(section(Term("Department for Work", aliases=aliases)))
    assert "abbreviation 'DWP' waits" in first.what
    assert "other name 'the Department' waits" in second.what
    assert first.weight is Weight.CHECK


def test_sources_that_bring_nothing() -> None:
    rule = SourceRule(groups=("local", "gone"), plus=("daily", "post", "gone"))
    silent, empty = advice(section(sources=rule))
    assert "no address is polled for Post" in silent.what
    assert "no outlet belongs to the group Local" in empty.what


def test_people_followed_by_name() -> None:
    (one,) = advice(section(bylines=("A. N. Other",)))
    assert "recorded decision" in one.remedy
    assert "A. N. Other" not in str(one)


def test_as_text_and_json() -> None:
    one = Advice("trees", "what is seen", "what to do", "Scots pine", Weight.CHECK)
    assert str(one) == "trees: Scots pine: what is seen (what to do)"
    assert str(Advice("trees", "what is seen")) == "trees: what is seen"
    assert one.to_json() == {
        "section": "trees",
        "term": "Scots pine",
        "weight": "check",
        "what": "what is seen",
        "remedy": "what to do",
    }


def test_what_matches_the_same_compares_the_same() -> None:
    assert comparable("Carer’s  Allowance") == comparable("carers allowance")
    assert comparable("Pine & Oak") == comparable("pine and oak")
    assert comparable("Park (Trust) Act") != comparable("Park Trust Act")


def test_an_example_in_an_outlet_that_is_not_there() -> None:
    examples = tuple(Example("", "A pine.", outlet, verdict="in") for outlet in (None, "daily", "dayly"))
    (one,) = advice(section(Term("Scots pine"), examples=examples))
    assert one.weight is Weight.CHECK
    assert one.what == "its example 3 stands in `dayly`, and there is no such outlet"
    assert "add the outlet to sources/" in one.remedy
