"""Drafts of agreements: labels and headings, rules, sources, layout, and cuts where there is none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.agreement import Agreement
from monitor.core.drafting import NOTHING_LEARNED, Document, Draft, DraftSection, Line, Role, draft, learn
from monitor.core.drafting.commas import has_comma
from monitor.core.drafting.cutting import cut
from monitor.core.drafting.rules import RuleKind, rules_in
from monitor.core.drafting.signs import Known, is_person, words_of
from monitor.core.drafting.terms import bracket_of, kind_of
from monitor.core.profile import Kind, PlaceList, PlaceRule, Profile, Term
from monitor.core.source import Group, Outlet, Sources

SOURCES = Sources.of(
    [
        Outlet("pier_post", "The Pier Post", "Pier", "Scotland", 3),
        Outlet("post", "Post", "Post", "UK", 2),
        Outlet("isles", "Isles.com", "Isles", "UK", 2),
    ],
    [
        Group("nationals", "UK Nationals"),
        Group("online", "UK Online Nationals"),
        Group("local", "Locals – Islands"),
    ],
)
NOBODY = Known.of(NOTHING_LEARNED, ())


def drafted(*lines: str | Line, **learned: Agreement) -> Draft:
    document = Document(tuple(Line(line) if isinstance(line, str) else line for line in lines))
    return draft(document, SOURCES, learn(learned.values()))


def section(*lines: str | Line) -> DraftSection:
    (only,) = drafted("FERRIES", "SEARCH TERMS:", *lines).sections
    return only


def terms(*lines: str | Line) -> list[str]:
    return [term.name for term in section(*lines).terms]


# --------------------------------------------------------------- parts


def test_labels_in_lines_of_their_own_at_their_head_and_in_the_midst() -> None:
    for lines in (
        ("CLIENT NAME", "Pier Council", "FERRIES", "SEARCH TERMS:", "Pier Fund", "SOURCES:", "UK Nationals"),
        ("Client: Pier Council", "1. FERRIES", "Keywords: Pier Fund", "Sources: UK Nationals"),
        ("CLIENT NAME Pier Council FERRIES SEARCH TERMS: Pier Fund SOURCES: UK Nationals",),
    ):
        made = drafted(*lines)
        (only,) = made.sections
        assert (made.client, only.id, only.title) == ("Pier Council", "ferries", "FERRIES")
        assert [term.name for term in only.terms] == ["Pier Fund"]
        assert only.sources.groups == ("nationals",)
        assert made.unread == ()


def test_a_heading_in_small_letters_and_two_of_one_name() -> None:
    made = drafted(
        Line("Ferries & piers", Role.HEADING),
        "Terms:",
        "Pier Fund",
        "Sources:",
        "Post",
        "Ferries & piers",
        "Terms:",
        "A1",
    )
    assert [s.id for s in made.sections] == ["ferries_and_piers", "ferries_and_piers_2"]
    assert made.sections[0].sources.plus == ("post",)


def test_what_stands_before_all_sections_is_told() -> None:
    assert drafted("Written in March.", "FERRIES", "SEARCH TERMS:", "Pier Fund").unread == ("Written in March.",)


def test_no_label_no_section() -> None:
    assert drafted("Dear all,", "please find the agreement attached.").sections == ()


# --------------------------------------------------------------- rules


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("All OICW ferry, pier dues, fares", "context", ("ferry", "pier dues", "fares")),
        ("Only in connection with: ferry, fares or piers", "context", ("ferry", "fares", "piers")),
        ("OICW any of: ferry; fares", "context", ("ferry", "fares")),
        ("OICW ferries", "context", ("ferries",)),
        ("OICW Scotland", "place", ("Scotland",)),
        ("OICW Western Isles", "place", ("Western Isles",)),
        ("Major Significant Stories ONLY", "major", ()),
        ("Major and significant stories only", "major", ()),
        ("Major stories only", "major", ()),
        ("Subject of:", "subject", ()),
        ("Must be the subject of", "subject", ()),
        ("Coverage to be recategorised into the relevant section", "recategorise", ()),
    ],
)
def test_rules_as_agreements_word_them(text: str, kind: str, words: tuple[str, ...]) -> None:
    (rule,) = rules_in(Line(text))
    assert (rule.kind, rule.words) == (kind, words)
    assert text[rule.start : rule.end].rstrip(": ") == text.rstrip(": ")


def test_rules_behind_one_another_and_behind_terms() -> None:
    line = Line("Pier Fund Major Significant Stories ONLY OICW Scotland All OICW ferry, fares")
    assert [rule.kind for rule in rules_in(line)] == [RuleKind.MAJOR, RuleKind.PLACE, RuleKind.CONTEXT]
    assert terms(line) == ["Pier Fund"]


def test_a_list_of_context_words_ends_where_a_name_begins() -> None:
    (rule,) = rules_in(Line("All OICW ferry, pier dues Harbour Trust"))
    assert rule.words == ("ferry", "pier dues")
    assert terms(Line("All OICW ferry, pier dues Harbour Trust")) == ["Harbour Trust"]


def test_a_rule_in_a_bracket_is_its_terms() -> None:
    assert rules_in(Line("Fares (only in connection with) access to islands")) == ()


def test_italics_that_are_no_rule_are_asked_about() -> None:
    questions = section("Pier Fund", Line("As agreed", italics=((0, 9),))).questions
    assert any("As agreed" in question for question in questions)


# --------------------------------------------------------------- sources


def test_groups_and_outlets_however_they_are_run_together() -> None:
    made = drafted(
        "FERRIES", "SEARCH TERMS:", "Pier Fund", "SOURCES:",
        "UK Nationals UK Online Nationals Locals - Islands Plus: Pier Post Isles.com (Web) The Post Online",
        "Skerry Echo (Web)",
    )  # fmt: skip
    found = made.sections[0].sources
    assert found.groups == ("nationals", "online", "local")
    assert found.plus == ("pier_post", "isles", "post")
    assert found.unknown == ("Skerry Echo",)
    assert any("Skerry Echo" in question for question in made.sections[0].questions)


# --------------------------------------------------------------- layout


def test_bullets_commas_and_semicolons_cut() -> None:
    assert terms("• Pier Fund • Tide Trust") == ["Pier Fund", "Tide Trust"]
    assert terms(Line("Pier Fund", Role.ITEM), Line("Tide Trust", Role.ITEM)) == ["Pier Fund", "Tide Trust"]
    assert terms("Pier Fund, Tide Trust, Seasickness") == ["Pier Fund", "Tide Trust", "Seasickness"]
    assert terms("Pier Fund; Department for Tides, Piers and Moons") == [
        "Pier Fund",
        "Department for Tides, Piers and Moons",
    ]
    assert terms("Ferry Delays (sick, old), Tides, Piers") == ["Ferry Delays (sick, old)", "Tides", "Piers"]


def test_the_office_above_a_list_is_the_office_of_those_in_it() -> None:
    found = section("Members of the Island Parliament:", "• Foysa Imagined • Zeb Sample", "Pier Fund")
    assert [(t.name, str(t.kind), t.role) for t in found.terms] == [
        ("Foysa Imagined", "person", "Member of the Island Parliament"),
        ("Zeb Sample", "person", "Member of the Island Parliament"),
        ("Pier Fund", "benefit", ""),
    ]
    assert found.labels == ("Members of the Island Parliament",)


def test_two_that_are_one_to_the_matcher() -> None:
    found = section("• Tides and Piers Board • Tides & Piers Board").terms
    assert [term.same_as for term in found] == ["", "Tides and Piers Board"]


# --------------------------------------------------------------- cuts


@pytest.mark.parametrize(
    "wanted",
    [
        ["Island Fares Payment", "Northern Crossing Grant"],
        ["Cabinet Secretary for Tides", "Secretary for Tides", "Rita Sample"],
        ["Scottish Isles Commission", "Office for Tide Statistics", "SHIPWISE"],
        ["Pier Economy", "Tide Economy"],
        ["Lifeline Ferries Act 2031", "Fuel Costs"],
        ["Harbour Trust", "seaco", "ShipAbility"],
    ],
)
def test_terms_that_run_together_are_cut(wanted: list[str]) -> None:
    text = " ".join(wanted)
    assert [text[c.start : c.end] for c in cut(text, Known.of(NOTHING_LEARNED, [text]))] == wanted


def test_a_learned_name_is_cut_whole_and_surely() -> None:
    profile = Profile("s", "S", terms=(Term("Bright Morning Calling", Kind.TOPIC),))
    known = Known.of(learn([Agreement("a", "c", "n", (profile,))]), ())
    text = "Seals Bright Morning Calling Otters"
    cuts = {text[c.start : c.end]: c.confidence for c in cut(text, known)}
    assert cuts["Bright Morning Calling"] > 0.9
    assert "Bright Morning Calling" not in {text[c.start : c.end] for c in cut(text, NOBODY)}


WORDS = st.sampled_from(
    "Pier Fund Tide of for and Scotland DEMOS allpay Rita Sample Act 2031 (sick/old) Board & Scottish".split()
)


@given(st.lists(WORDS, min_size=1, max_size=12))
def test_cuts_take_up_the_whole_text_and_confidence_is_a_share(words: list[str]) -> None:
    text = " ".join(words)
    cuts = cut(text, NOBODY)
    assert "".join(text[c.start : c.end] for c in cuts).replace(" ", "") == text.replace(" ", "")
    assert all(a.end < b.start for a, b in pairwise(cuts))
    assert all(0 <= c.confidence <= 1 for c in cuts)


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_confidences_of_all_ways_to_cut_add_up(words: list[str]) -> None:
    """Every word is in exactly one term, so the shares of all stretches over a word are one."""
    from monitor.core.drafting.cutting import _Chain

    read = words_of(" ".join(words))
    chain = _Chain(read, NOBODY, 0.0)
    for place in range(len(read)):
        over = [chain.confidence(a, b) for a in range(place + 1) for b in range(place + 1, len(read) + 1)]
        assert sum(over) == pytest.approx(1.0)


# --------------------------------------------------------------- what a term is


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Island Fares Payment", "benefit"),
        ("Committee on Tides", "committee"),
        ("Tides Committee", "committee"),
        ("Office for Tide Statistics", "organisation"),
        ("Minister for Tides", "role"),
        ("Rita Sample", "person"),
        ("Tidal Power (Scotland) Act 2031", "law"),
        ("Tides Scotland", "organisation"),
        ("ShipAbility", "organisation"),
        ("Seasickness", "phrase"),
    ],
)
def test_the_kind_of_a_term(name: str, kind: str) -> None:
    assert kind_of(name, "", NOTHING_LEARNED) == kind


def test_a_persons_name() -> None:
    assert is_person("Anne-Marie Sample")
    assert not is_person("Rose Tide Fund")
    assert not is_person("Heather")


def test_what_a_bracket_asks_for() -> None:
    assert bracket_of("Fares (in connection with) access to islands").only_with == ("access to islands", "islands")
    assert bracket_of("Island Fares Payment (IFP)").abbreviations == ("IFP",)
    assert bracket_of("Tides (Scotland) Act 2031").match == ()
    assert bracket_of("Harbour Trust").match == ()


def test_a_place_that_profiles_know_is_known_by_its_list() -> None:
    place = PlaceList("scotland", "Scotland", ("Scottish",))
    profile = Profile("s", "S", place=(PlaceRule(place),))
    assert learn([Agreement("a", "c", "n", (profile,))]).places == {"scotland": place}


def test_a_heading_that_says_what_the_document_is_announces_no_name() -> None:
    made = drafted(Line("Agreement", Role.HEADING), "Between a council and us.", "FERRIES", "Terms:", "Pier Fund")
    assert (made.name, made.unread) == ("", ("Between a council and us.",))
    assert drafted("Agreement: Piers", "FERRIES", "Terms:", "Pier Fund").name == "Piers"


def test_of_two_terms_with_a_comma_between_none_keeps_it() -> None:
    assert terms("Pier Fund, Ferry Strike") == ["Pier Fund", "Ferry Strike"]


def test_a_longer_name_is_not_the_outlet_that_it_ends_with() -> None:
    sources = section("Pier Fund", "Sources: Village Post, Post, Harbour Post and Ferry Gazette").sources
    assert (sources.plus, sources.unknown) == (("post",), ("Village Post", "Harbour Post and Ferry Gazette"))


@pytest.mark.parametrize("words", [40, 1000])
def test_a_text_without_end_is_cut_in_time_that_grows_with_it(words: int) -> None:
    assert len(cut("Pier Fund " * words, NOBODY)) == words


# --------------------------------------------------------------- commas


@pytest.mark.parametrize("role", [Role.TEXT, Role.ITEM])
@pytest.mark.parametrize("text", ["Alpha Group, Beta Trust", "• Alpha Group, Beta Trust • Pier Fund"])
def test_a_comma_parts_two_terms_when_nothing_speaks_against_it(text: str, role: Role) -> None:
    found = section(Line(text, role)).terms
    assert [term.name for term in found][:2] == ["Alpha Group", "Beta Trust"]
    assert not any(term.doubtful for term in found[:2])


@pytest.mark.parametrize("role", [Role.TEXT, Role.ITEM])
@pytest.mark.parametrize(
    "text",
    ["Sample, Rita", "Pier Street, Glasgow", "Skerry Piers, Ltd", "Piers, Fares and Fees"],
)
def test_a_comma_that_may_belong_to_a_name_is_never_sure(text: str, role: Role) -> None:
    assert all(term.doubtful for term in section(Line(text, role)).terms)


def test_a_comma_in_a_bracket_or_a_number_parts_nothing() -> None:
    for text in ("Fares (ferry, bus)", "1,000 Homes"):
        (only,) = section(Line(text, Role.ITEM)).terms
        assert (only.name, only.doubtful) == (text, False)


def test_a_term_named_twice_is_told_once() -> None:
    first, second = section("Skerryline, Skerryline").terms
    assert (first.written, second.written, second.same_as) == (True, False, "Skerryline")


@given(
    st.lists(st.sampled_from("Alpha Group Ferries and of for Rita , ( ) 1,000 Glasgow; Ltd •".split()), min_size=1)
)
def test_no_sure_term_has_a_comma_outside_brackets_and_numbers(words: list[str]) -> None:
    for role in (Role.TEXT, Role.ITEM):
        for made in drafted("FERRIES", "SEARCH TERMS:", Line(" ".join(words), role)).sections:
            assert not [term.name for term in made.terms if has_comma(term.name) and not term.doubtful]


# --------------------------------------------------------------- persons with a title


@pytest.mark.parametrize("role", [Role.TEXT, Role.ITEM])
@pytest.mark.parametrize(
    "name",
    [
        "Thrawn O'Sample MSP",
        "Thrawn Sample-Other MP",
        "Rita Sample MEP",
        "Thrawn Sample Cllr",
        "Cllr Thrawn Sample",
        "Councillor Thrawn Sample",
        "Minister Thrawn Sample",
        "Sir Thrawn Sample",
        "Dame Thrawn Other Sample",
    ],
)
def test_a_name_with_a_title_waits_among_the_persons_to_decide(name: str, role: Role) -> None:
    made = drafted("FERRIES", "SEARCH TERMS:", Line(name, role))
    assert [term.name for _, term in made.undecided] == [name]
    ((_, term),) = made.undecided
    titles = {"MSP", "MP", "MEP", "Cllr", "Councillor", "Minister", "Sir", "Dame"}
    assert term.match == (" ".join(w for w in name.split() if w not in titles),), "articles seldom print the title"


@pytest.mark.parametrize(
    "name", ["Minister for Ferries", "Scottish Ferries MSP", "Sir Thrawn Trust", "Councillor Conduct Commission"]
)
def test_a_title_alone_makes_no_person(name: str) -> None:
    assert drafted("FERRIES", "SEARCH TERMS:", Line(name, Role.ITEM)).undecided == ()


def test_letters_behind_a_name_are_never_surely_a_term_of_their_own() -> None:
    found = section("Pier Fund Thrawn Sample MSP Skerry Trust")
    assert all(term.doubtful for term in found.terms if term.name == "MSP")
