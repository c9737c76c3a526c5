"""Every section has its say: hits in their sentences, places that are no hit, and what stands nearby."""

from __future__ import annotations

from dataclasses import replace

import pytest
from explained import POVERTY, SOURCES, agreement, article, judged, section

from monitor.core.article import Article, Field
from monitor.core.explanation import Account, accounts, explain, passages
from monitor.core.match import Verdict
from monitor.core.matching.matcher import Matcher
from monitor.core.profile import Alias, Guard, Kind, PlaceList, PlaceRule, Profile, Scope, SourceRule, Term
from monitor.core.source import Group, Outlet, Sources

UC = "Universal Credit"
LONG = " ".join(["word"] * 60)


def told(of: Article, *profiles: Profile) -> list[Account]:
    asked = agreement(*profiles)
    return list(accounts(of, Matcher(asked, SOURCES).judge(of), asked, SOURCES))


# --------------------------------------------------------------- passages


def marked(verdict: Verdict, **texts: str) -> list[str]:
    return [f"{p.field}: {p}" for p in passages(article(**texts), verdict)]


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (
            {
                "headline": "Change to Universal Credit",
                "body": "It rose. Poverty fell, says Mr. Reid of UC. It rained.",
            },
            ["headline: Change to »Universal Credit«", "body: ›Poverty‹ fell, says Mr. Reid of UC."],
        ),
        (
            {"body": "“Universal Credit is no cure for poverty.” They left.\n\nUniversal Credit again!"},
            ["body: “»Universal Credit« is no cure for ›poverty‹.”", "body: »Universal Credit« again!"],
        ),
        (
            {"body": f"It began. {LONG} Universal Credit {LONG} poverty {LONG}."},
            [
                f"body: … {' '.join(['word'] * 18)} »Universal Credit« {' '.join(['word'] * 18)} … "
                f"{' '.join(['word'] * 18)} ›poverty‹ {' '.join(['word'] * 18)} …"
            ],
        ),
        ({"body": "Universal\n Credit and  poverty"}, ["body: »Universal Credit« and ›poverty‹"]),
    ],
    ids=["sentences", "quotes", "long", "white space"],
)
def test_hits_stand_marked_in_their_whole_sentence_and_a_long_one_is_cut_between_words(texts, shown):
    assert marked(judged(context=POVERTY, **texts), **texts) == shown


def test_the_nearest_context_word_is_shown_though_it_is_too_far():
    body = f"Universal Credit rose. W{LONG} {LONG}. There is poverty."
    assert marked(judged(context=POVERTY, body=body), body=body) == [
        "body: »Universal Credit« rose.",
        "body: There is ›poverty‹.",
    ]


def test_pieces_joined_without_marks_are_the_sentence():
    body = "First. In Ayr £5 of Universal Credit “is” poverty — almost. Last."
    (passage,) = passages(article(body=body), judged(context=POVERTY, body=body))
    assert "".join(p.text for p in passage.pieces) == "In Ayr £5 of Universal Credit “is” poverty — almost."
    assert (passage.field, passage.start) == (Field.BODY, body.index("In Ayr"))
    assert [(p.text, str(p.mark)) for p in passage.pieces if p.mark] == [(UC, "term"), ("poverty", "context")]


def test_spans_that_cut_another_text_are_not_marked():
    verdict = judged(body=f"Now {UC}")
    assert passages(article(body="A text that was replaced since"), verdict) == ()


# --------------------------------------------------------------- sections that saw something


def test_the_nearest_word_of_a_guard_and_its_distance():
    term = Term("DEMOS", match=("Demos",), only_with=Guard(("report", "study"), Scope.parse("3 words")))
    (account,) = told(article(body="Demos were held in five towns, says a report."), section((term,)))
    assert account.decided_by == "guard"
    assert account.sentence == (
        "“Demos” counts only with report or study within 3 words, and the nearest of these, “report”, is 7 words "
        "away, 4 more than the 3 allowed."
    )
    (place,) = account.turned_down
    assert str(place.passage) == "»Demos« were held in five towns, says a report."


def test_words_of_a_place_that_prove_nothing_are_told_with_the_reason():
    place = PlaceList("scotland", "Scotland", words=("Scotland", "Scots"), blockers=("Scotland Yard",))
    body = f"{UC} is studied at Scotland Yard. The scots met."
    (account,) = told(article(body=body), section(place=(PlaceRule(place),)))
    assert account.decided_by == "place"
    assert [t.said for t in account.turned_down] == [
        "as a place “Scotland” is part of the longer name “Scotland Yard”",
        "as a place “scots” is written with other capitals: each of its words must begin with one",
    ]
    assert str(account.turned_down[0].passage) == "Universal Credit is studied at »Scotland« Yard."
    (proven,) = told(article(body=f"{body} In Scotland."), section(place=(PlaceRule(place),)))
    assert proven.turned_down == ()


def test_rules_that_have_nothing_to_judge_are_not_told():
    (account,) = told(article(body="the Universal Credit Union"), section(context=POVERTY))
    assert [r.rule for r in account.rules] == ["source"]


def test_the_rule_that_the_sentence_tells_is_marked_so():
    (account,) = told(article(body=UC), section(context=POVERTY))
    assert [(r.rule, r.holds, r.in_sentence) for r in account.rules] == [
        ("source", True, False),
        ("context", False, True),
    ]


# --------------------------------------------------------------- a group's area

REGIONALS = Group("regionals", "UK regionals", "Scotland")
AREAS = Sources.of(
    [
        Outlet("tyne", "Tyne Times", "Tyne", "England", 2, groups=("regionals",)),
        Outlet("both", "Both Times", "Both", "England", 2, groups=("regionals", "cymru")),
        Outlet("other", "The Other", "O", "UK", 3),
        Outlet("free", "Free Press", "F", "England", 3, groups=("regionals", "all")),
    ],
    [REGIONALS, Group("cymru", "Welsh titles", "Wales"), Group("all", "All titles")],
)


@pytest.mark.parametrize(
    ("outlet", "said"),
    [
        ("tyne", "Tyne Times is in the group UK regionals, but not from Scotland"),
        (
            "both",
            "Both Times is in the group UK regionals, but not from Scotland, and in the group Welsh titles, "
            "but not from Wales",
        ),
        ("other", None),
    ],
)
def test_an_outlet_of_a_group_and_not_of_its_area_is_told_so_and_the_verdict_stays(outlet, said):
    profile = replace(section(), sources=SourceRule(groups=("regionals", "cymru")))
    of = agreement(profile)
    names, rains = article(outlet, body="Universal Credit rose."), article(outlet, body="Rain.")
    judgement = Matcher(of, AREAS).judge(names)
    before = judgement.to_json()
    (named,) = accounts(names, judgement, of, AREAS)
    (silent,) = accounts(rains, Matcher(of, AREAS).judge(rains), of, AREAS)
    name = AREAS.outlets[outlet].name
    unnamed = f"{name} is not among the section's sources"
    assert named.sentence == f"It names Universal Credit, but {said or unnamed}."
    assert silent.sentence == f"No term stands in the article, and {said or f'{name} is not among its sources'}."
    assert (
        explain(judgement.verdicts[0], AREAS, profile) == f"Out: {named.sentence[:1].lower()}{named.sentence[1:]}"
    )
    assert judgement.to_json() == before


def test_a_group_is_not_named_where_the_section_takes_the_outlet_by_now():
    before = replace(section(), sources=SourceRule(groups=("regionals",)))
    made = article("free", body="Universal Credit rose.")
    judgement = Matcher(agreement(before), AREAS).judge(made)
    now = replace(before, sources=SourceRule(groups=("regionals", "all")))
    (account,) = accounts(made, judgement, agreement(now), AREAS)
    assert account.sentence == "It names Universal Credit, but Free Press is not among the section's sources."


# --------------------------------------------------------------- sections that saw nothing


@pytest.mark.parametrize(
    ("outlet", "texts", "sentence", "takes"),
    [
        ("bbc", {"body": "Rain."}, "No term stands in the article.", True),
        ("bbc", {"standfirst": "Rain."}, "No term stands in the summary.", True),
        ("bbc", {"headline": "Rain."}, "No term stands in the headline.", True),
        ("other", {"body": "R."}, "No term stands in the article, and The Other is not among its sources.", False),
        (None, {"body": "Rain."}, "No term stands in the article.", None),
    ],
)
def test_a_section_that_saw_nothing_says_what_was_looked_at_and_whether_it_takes_the_outlet(
    outlet, texts, sentence, takes
):
    (account,) = told(article(outlet, **texts), section())
    assert (account.outcome, account.decided_by) == ("out", "no_term")
    assert (account.sentence, account.takes) == (sentence, takes)


@pytest.mark.parametrize(
    ("term", "body", "near"),
    [
        (
            Term(UC, aliases=(Alias("the new credit"),)),
            "The new credit and the new credit.",
            "“The new credit” stands in the body (2 times in all): another name for Universal Credit, which "
            "counts once somebody approves it",
        ),
        (
            Term(UC, abbreviations=("UC",)),
            "UC rose.",
            "“UC” stands in the body: short for Universal Credit, which has to be named in full first",
        ),
        (
            Term("Una Reid", Kind.PERSON),
            "Ms Reid spoke.",
            "“Reid” stands in the body: the surname of Una Reid, who has to be named in full first",
        ),
    ],
    ids=["alias", "abbreviation", "surname"],
)
def test_what_stands_and_does_not_count_is_told(term, body, near):
    (account,) = told(article(body=body), section((term,)))
    assert [str(n) for n in account.nearby] == [near]


@pytest.mark.parametrize("body", ["uc rose.", "The reid rose.", "Nothing."])
def test_what_would_not_count_in_any_case_is_not_told(body):
    terms = (Term(UC, abbreviations=("UC",)), Term("Una Reid", Kind.PERSON))
    (account,) = told(article(body=body), section(terms))
    assert account.nearby == ()


def test_a_section_of_bylines_says_what_its_list_holds():
    by_name = Profile("k", "KEY", recategorise=True, sources=SourceRule(any_monitored=True))
    (empty,) = told(article(body="Rain."), by_name)
    assert (empty.decided_by, empty.sentence) == ("no_byline", "Its list of journalists is empty.")
    (other,) = told(article(body="Rain."), Profile("k", "KEY", bylines=("Una Reid",), recategorise=True))
    assert other.sentence == "The byline names no journalist of its list."


def test_a_section_that_was_never_published_says_so():
    asked = agreement(section())
    left_out = type(asked)("a", "c", "n", asked.profiles, left_out=("broken",))
    found = accounts(article(body=UC), Matcher(left_out, SOURCES).judge(article(body=UC)), left_out, SOURCES)
    assert [(a.section, a.decided_by) for a in found] == [("s", "all"), ("broken", "not_judged")]


def test_a_verdict_of_a_section_that_is_no_more_is_told():
    judgement = Matcher(agreement(section()), SOURCES).judge(article(body=UC))
    (account,) = accounts(article(body=UC), judgement, agreement(), SOURCES)
    assert (account.section, account.title, account.sentence) == ("s", "s", "It names Universal Credit.")
